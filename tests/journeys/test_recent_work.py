"""Work is kept without asking: after closing, the first page lists it, and opens it though the file is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.desktop.driving import forecast, idle, shown_text
from tests.window_fixtures import WindowUnderTest


def listed(window: WindowUnderTest, qtbot: QtBot) -> None:
    window._go_to_start()
    idle(window, qtbot)


def test_a_forecast_comes_back_when_its_file_is_gone(
    keeping_window: WindowUnderTest, qtbot: QtBot, sales: Path
) -> None:
    window = keeping_window
    forecast(window, qtbot, sales)
    made = window.session.result
    assert made is not None
    assert not window.session.unsaved  # closing loses nothing, and asks nothing
    sales.unlink()
    listed(window, qtbot)
    (row,) = window.start.recent.rows
    assert row.open.accessibleName() == "Open sales, Ready for new data"

    row.open.setFocus()
    qtbot.keyClick(row.open, Qt.Key.Key_Space)
    idle(window, qtbot)
    assert window.pages.currentWidget() is window.forecast
    again = window.session.result
    assert again is not None
    assert again.forecast.quantiles == pytest.approx(made.forecast.quantiles, rel=1e-6)  # kept as float32

    listed(window, qtbot)
    qtbot.mouseClick(window.start.recent.rows[0].delete, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    qtbot.waitUntil(lambda: not window.start.recent.rows, timeout=5000)
    assert "“sales” was deleted." in shown_text(window)
    undo = next(b for b in window.start.findChildren(QPushButton) if b.text() == "&Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    qtbot.waitUntil(lambda: len(window.start.recent.rows) == 1, timeout=5000)
