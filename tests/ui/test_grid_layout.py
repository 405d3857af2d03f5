from __future__ import annotations

import itertools

import pytest

from clipview.ui.grid_layout import MARGIN_PX, Break, BreakKind, GridLayout

HEADINGS = [
    Break(0, BreakKind.HEADING, "one"),
    Break(7, BreakKind.HEADING, "two"),
    Break(8, BreakKind.HEADING, "three"),
    Break(20, BreakKind.DIVIDER, "weaker"),
]


def layouts() -> list[GridLayout]:
    return [
        GridLayout(width, cell, 31, breaks)
        for width, cell in ((640, 96), (938, 148), (500, 360))
        for breaks in ([], HEADINGS)
    ]


@pytest.mark.parametrize("layout", layouts())
def test_every_photo_is_found_where_it_is_drawn(layout: GridLayout) -> None:
    for position in range(31):
        cell = layout.cell(position)
        corners = itertools.product((0, layout.cell_width_px - 1), (0, layout.cell_height_px - 1))
        assert {layout.position_at(cell.x + x, cell.y + y) for x, y in corners} == {position}
        assert layout.position_at(cell.x - 1, cell.y) is None
        assert layout.position_at(cell.x, cell.y - 1) is None
        assert layout.position_at(cell.x, cell.y + layout.cell_height_px) is None


@pytest.mark.parametrize("layout", layouts())
def test_cells_never_overlap_each_other_or_a_heading(layout: GridLayout) -> None:
    cells = list(layout.cells_between(0, layout.height_px))
    assert [cell.position for cell in cells] == list(range(31))
    for one, other in itertools.combinations(cells, 2):
        assert abs(one.x - other.x) >= layout.cell_width_px + 6 or abs(one.y - other.y) >= layout.cell_height_px + 6
    for _, top, height in layout.breaks_between(0, layout.height_px):
        assert all(cell.y >= top + height or cell.y + layout.cell_height_px <= top for cell in cells)


@pytest.mark.parametrize("layout", layouts())
def test_a_stripe_gives_exactly_the_rows_it_touches(layout: GridLayout) -> None:
    cells = [layout.cell(position) for position in range(31)]
    for top in range(0, layout.height_px, 37):
        bottom = top + 111
        expected = [cell for cell in cells if cell.y < bottom and cell.y + layout.row_px > top]
        assert list(layout.cells_between(top, bottom)) == expected
        assert list(layout.positions_between(top, bottom)) == [cell.position for cell in expected]


@pytest.mark.parametrize("layout", layouts())
def test_a_rectangle_holds_exactly_the_cells_it_touches(layout: GridLayout) -> None:
    cells = [layout.cell(position) for position in range(31)]
    for left, top, width, height in itertools.product((0, 13, 160, 400), (0, 50, 333), (1, 155, 700), (1, 90, 400)):
        right, bottom = left + width, top + height
        expected = [
            cell.position
            for cell in cells
            if cell.x <= right
            and cell.x + layout.cell_width_px > left
            and cell.y <= bottom
            and cell.y + layout.cell_height_px > top
        ]
        ranges = layout.ranges_in(left, top, right, bottom)
        assert [position for start, end in ranges for position in range(start, end)] == expected


@pytest.mark.parametrize("layout", layouts())
def test_up_and_down_keep_the_column_across_headings(layout: GridLayout) -> None:
    for position in range(31):
        here, below, above = (layout.cell(p) for p in (position, layout.below(position), layout.above(position)))
        assert below.x <= here.x
        assert above.x <= here.x
        assert below.y > here.y or here.y == layout.cell(30).y
        assert above.y < here.y or here.y == layout.cell(0).y
    assert layout.cell(layout.below(0, 999)).y == layout.cell(30).y
    assert layout.above(30, 999) < layout.columns


def test_rows_fill_the_width() -> None:
    for width in range(300, 1500, 7):
        layout = GridLayout(width, 148, 500)
        last = layout.cell(layout.columns - 1)
        assert last.x + layout.cell_width_px == width - MARGIN_PX


def test_a_million_photos_have_exact_places() -> None:
    layout = GridLayout(300, 360, 1_000_000)
    assert layout.columns == 1
    assert layout.height_px < 2**31
    last = layout.cell(999_999)
    assert layout.position_at(last.x, last.y) == 999_999
    assert last.y + layout.cell_height_px <= layout.height_px


def test_a_closed_divider_lies_below_the_last_photo() -> None:
    layout = GridLayout(640, 148, 5, [Break(5, BreakKind.DIVIDER, "weaker")])
    ((divider, top, _),) = layout.breaks_between(0, layout.height_px)
    assert divider.kind is BreakKind.DIVIDER
    assert top >= layout.cell(4).y + layout.cell_height_px
    assert layout.below(4) == 4


def test_no_photos_have_no_places() -> None:
    layout = GridLayout(640, 148, 0)
    assert layout.position_at(30, 30) is None
    assert list(layout.cells_between(0, 900)) == []
    assert layout.ranges_in(0, 0, 600, 600) == []
    assert layout.nearest(0) is None
