from __future__ import annotations

import numpy as np
import pytest
from grid_parts import answer
from msgspec.structs import replace

from clipview.ui.photo_model import Answer, Badge, Heading, PhotoModel


def test_selection_and_current_follow_their_photos_to_another_order() -> None:
    model = PhotoModel()
    model.show(answer([10, 20, 30, 40, 50]))
    model.select_ids([20, 40])
    currents: list[int | None] = []
    model.current_changed.connect(currents.append)
    model.show(answer([50, 40, 30, 20, 10]))
    assert set(model.selected_ids) == {20, 40}
    assert model.current_id == 20
    assert currents == []


def test_photos_that_are_gone_are_no_longer_selected_and_it_is_said() -> None:
    model = PhotoModel()
    model.show(answer([10, 20, 30]))
    model.select_ids([10, 30])
    said: list[tuple[int, ...]] = []
    currents: list[int | None] = []
    model.selection_changed.connect(lambda: said.append(model.selected_ids))
    model.current_changed.connect(currents.append)
    model.show(answer([30, 20]))
    assert said == [(30,)]
    assert currents == [None]


def test_the_range_anchor_follows_its_photo() -> None:
    model = PhotoModel()
    model.show(answer([10, 20, 30, 40]))
    with model.selecting() as selection:
        selection.only(3)
    model.show(answer([40, 30, 20, 10]))
    with model.selecting() as selection:
        selection.extend(2)
    assert model.selected_ids == (40, 30, 20)


def test_ids_too_large_for_a_table_are_found_again_too() -> None:
    model = PhotoModel()
    far = 1 << 40
    model.show(answer([far, far + 1, 3]))
    model.select_ids([far + 1])
    model.show(answer([3, far + 1, far]))
    assert model.selected_ids == (far + 1,)


def test_a_closed_divider_hides_and_deselects_the_weaker_photos() -> None:
    model = PhotoModel()
    model.show(answer([1, 2, 3, 4, 5], weaker_from=2, weaker_count=96))
    assert (model.count, model.weaker_count, model.weaker_expanded) == (2, 96, False)
    assert model.position_of(4) is None
    model.set_weaker_expanded(True)
    assert model.count == 5
    model.select_ids([1, 5])
    model.set_weaker_expanded(False)
    assert model.selected_ids == (1,)


def test_an_open_divider_stays_open_for_the_next_answer() -> None:
    model = PhotoModel()
    model.show(answer([1, 2, 3], weaker_from=1))
    model.set_weaker_expanded(True)
    model.show(answer([4, 5, 6, 7], weaker_from=1))
    assert model.count == 4
    assert model.weaker_count == 3


def test_weaker_photos_show_when_there_are_no_others() -> None:
    model = PhotoModel()
    model.show(answer([1, 2, 3], weaker_from=0))
    assert model.count == 3
    assert model.is_weaker(0)


def test_a_badge_changes_at_once_and_leaves_the_answer_given_alone() -> None:
    model = PhotoModel()
    badges = np.array([0, int(Badge.VIDEO), 0], np.uint8)
    model.show(answer([7, 8, 9], badges=badges))
    model.set_badge([8, 9], Badge.FAVOURITE, on=True)
    assert [model.badges_at(n) for n in range(3)] == [0, Badge.VIDEO | Badge.FAVOURITE, Badge.FAVOURITE]
    model.set_badge([8], Badge.FAVOURITE, on=False)
    assert model.badges_at(1) == Badge.VIDEO
    assert badges.tolist() == [0, int(Badge.VIDEO), 0]


def test_one_change_of_the_selection_is_announced_once() -> None:
    model = PhotoModel()
    model.show(answer(range(1, 11)))
    said: list[int] = []
    model.selection_changed.connect(lambda: said.append(model.selection.count))
    with model.selecting() as selection:
        selection.only(0)
        selection.extend(4)
    with model.selecting() as selection:
        selection.extend(4)
    assert said == [5]


def test_columns_of_unequal_length_are_refused() -> None:
    whole = answer([1, 2, 3])
    with pytest.raises(ValueError, match="match has 2 entries for 3 photos"):
        replace(whole, match=np.zeros(2, np.uint8))
    with pytest.raises(ValueError, match="weaker_from is 4 with 3 photos"):
        replace(whole, weaker_from=4)


def test_an_empty_answer_shows_nothing() -> None:
    model = PhotoModel()
    model.show(answer([1, 2]))
    model.select_ids([2])
    model.show(Answer(np.empty(0, np.int64), np.empty(0, np.uint32), headings=(Heading(0, "May"),)))
    assert (model.count, model.selected_ids, model.current_id) == (0, (), None)
