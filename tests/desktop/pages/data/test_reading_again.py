"""Check my data with a real worker: a choice reads the file again, and can be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.desktop.driving import drop, idle
from tests.desktop.pages.data.steps import choose, heads
from tests.window_fixtures import WindowUnderTest


def test_a_choice_reads_the_file_again_and_can_be_undone(window: WindowUnderTest, qtbot: QtBot, sales: Path) -> None:
    drop(window, sales)
    idle(window, qtbot)
    window.data.show_step(window.data.columns)
    window.data.columns.values.changed.emit(("milk",))
    window.data.next.click()
    idle(window, qtbot)
    assert window.session.file is not None
    assert window.session.file.series.names == ("milk",)
    assert window.data.current is window.data.dates
    assert window.data.undo.isVisible()
    window.data.undo.click()
    idle(window, qtbot)
    assert window.session.file.series.names == ("bread", "milk")
    assert not window.data.undo.isVisible()
    assert window.data.current is window.data.dates


def test_a_choice_that_cannot_be_read_is_undone(window: WindowUnderTest, qtbot: QtBot, sales: Path) -> None:
    drop(window, sales)
    idle(window, qtbot)
    window.data.show_step(window.data.columns)
    window.data.columns.date.setCurrentText("bread")
    window.data.columns.date.activated.emit(window.data.columns.date.currentIndex())
    window.data.next.click()
    idle(window, qtbot)
    assert window.data.shown_problems  # a column of prices is no calendar
    assert window.data.current is window.data.columns
    assert window.data.columns.date.currentText() == "month"
    assert heads(window.data) == ["month\nWhen", "bread\nTo forecast", "milk\nTo forecast"]
    assert window.session.file is not None


def test_rows_come_from_the_file(window: WindowUnderTest, qtbot: QtBot, sales: Path) -> None:
    lines = sales.read_text().splitlines()
    lines.insert(12, lines[11])
    sales.write_text("\n".join(lines))
    drop(window, sales)
    idle(window, qtbot)
    assert window.data.current is window.data.findings
    window.data.findings.cards[0].show_rows.click()
    idle(window, qtbot)
    model = window.data.findings.table.model()
    assert [model.headerData(k, Qt.Orientation.Vertical) for k in range(2)] == ["12", "13"]  # both rows of the pair
    assert model.index(0, 1).data() == lines[12].split(",")[1]


def test_going_on_while_rows_are_looked_up_loses_nothing(window: WindowUnderTest, qtbot: QtBot, sales: Path) -> None:
    lines = sales.read_text().splitlines()
    sales.write_text("\n".join([*lines, lines[-1]]))
    drop(window, sales)
    idle(window, qtbot)
    window.data.findings.cards[0].show_rows.click()
    choose(window.data.findings, 0, 1)
    window.data.next.click()
    qtbot.waitUntil(lambda: window.data.current is window.data.summary, timeout=20_000)
    idle(window, qtbot)
    assert not window.data.shown_problems
    assert window.data.undo.isVisible()
