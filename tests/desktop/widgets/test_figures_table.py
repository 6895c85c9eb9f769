"""The table of figures and the widths of its columns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from almanac.desktop.widgets.figures_table import MIN_COLUMN_WIDTH, FiguresTable, whole_columns

HEADS = ["Promised to hold in", "Held", "Checks"]
ROWS = [["5 in 10 cases", "59%", "3,600"], ["8 in 10 cases", "80%", "3,600"]]


@pytest.fixture
def table(qtbot: QtBot, dressed: None) -> FiguresTable:  # noqa: ARG001
    made = FiguresTable("How often the ranges held")
    qtbot.addWidget(made)
    made.show_figures(HEADS, ROWS)
    made.show()
    return made


def widths(table: FiguresTable) -> list[int]:
    return [table.columnWidth(k) for k in range(len(HEADS))]


@pytest.mark.parametrize("room", [600, 601, 1003])
def test_columns_fill_the_frame_however_wide_it_is(table: FiguresTable, room: int) -> None:
    table.resize(200, 100)
    least = table._natural_widths
    table.resize(room, 100)
    assert sum(widths(table)) == table.viewport().width()
    more = [wide - narrow for wide, narrow in zip(widths(table), least, strict=True)]
    assert max(more) - min(more) <= 1  # the room is shared fairly
    assert not table.horizontalScrollBar().isVisible()


def test_where_there_is_too_little_room_columns_keep_their_width_and_the_table_scrolls(table: FiguresTable) -> None:
    table.resize(900, 100)
    table.resize(200, 100)
    assert sum(widths(table)) > table.viewport().width()
    assert min(widths(table)) >= MIN_COLUMN_WIDTH
    assert table.horizontalScrollBar().maximum() > 0


def test_new_figures_get_new_columns(table: FiguresTable) -> None:
    table.resize(600, 100)
    table.show_figures(["", "A"], [["x", "1"]])
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()


def test_names_are_on_the_left_and_figures_on_the_right(table: FiguresTable) -> None:
    model = table.model()
    role = Qt.ItemDataRole.TextAlignmentRole
    assert model.index(0, 0).data(role) & Qt.AlignmentFlag.AlignLeft
    assert model.index(0, 1).data(role) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(2, Qt.Orientation.Horizontal, role) & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize("room", range(200, 1000, 37))
def test_no_column_is_cut_at_the_edge_however_far_one_scrolls(room: int) -> None:
    wanted = [190, *[88 + 7 * (k % 3) for k in range(24)]]
    widths = whole_columns(wanted, room)
    ends = [sum(widths[: k + 1]) for k in range(len(widths))]
    assert all(width >= least - 1 for width, least in zip(widths, wanted, strict=True))
    for start in [0, *ends]:
        if start + room <= ends[-1]:
            assert start + room in ends
