from __future__ import annotations

import numpy as np

from clipview.ui.folding import fold


def folded(groups: list[int], strong: int, *spread: int) -> tuple[list[int], list[int]]:
    shown = fold(np.array(groups, np.int64), strong, spread)
    return shown.places.tolist(), shown.counts.tolist()


def test_the_first_photo_of_a_group_stands_for_it_with_a_count() -> None:
    assert folded([0, 7, 0, 7, 7], 5) == ([0, 1, 2], [0, 3, 0])


def test_a_spread_stack_lies_behind_its_first_photo() -> None:
    assert folded([7, 0, 7, 9, 9], 5, 7) == ([0, 2, 1, 3], [2, 0, 0, 2])


def test_strong_and_possible_photos_are_never_folded_together() -> None:
    shown = fold(np.array([7, 7, 7, 7, 0]), 2, ())
    assert (shown.places.tolist(), shown.counts.tolist(), shown.strong) == ([0, 2, 4], [2, 2, 0], 1)


def test_a_group_of_which_one_photo_is_found_shows_no_count() -> None:
    assert folded([7, 0, 9], 3, 7) == ([0, 1, 2], [0, 0, 0])


def test_nothing_folds_to_nothing() -> None:
    assert folded([], 0, 3) == ([], [])
