"""A forecast is adjusted in the window: in few clicks, by the keyboard alone, taken back, and kept for the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop.driving import idle, shown_text
from tests.journeys.person import Person, to_forecast
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.adjust.dialog import AdjustDialog

MAX_CLICKS = 4
REDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
# Dialogs of the offscreen plugin take no part in a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def opened(window: WindowUnderTest, qtbot: QtBot) -> AdjustDialog:
    dialog = window.forecast.adjust.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
    return dialog


def first_day(window: WindowUnderTest) -> float:
    result = window.session.result
    assert result is not None
    return float(result.plan.point[0, 0])


def settled(window: WindowUnderTest, qtbot: QtBot) -> None:
    idle(window, qtbot)
    qtbot.waitUntil(lambda: not window.session.jobs.pending and not window.session.worker.busy, timeout=30_000)


def test_one_day_is_adjusted_in_four_clicks_and_taken_back(window: WindowUnderTest, qtbot: QtBot, shop: Path) -> None:
    window.activateWindow()
    to_forecast(window, qtbot, shop)
    settled(window, qtbot)
    before = first_day(window)
    person, steps = Person(qtbot), window.forecast.steps
    cell = steps.visualRect(steps.model().index(0, 0)).center()
    qtbot.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell))
    person.clicks += 1
    person.click(window.forecast.adjust)
    dialog = opened(window, qtbot)
    assert dialog.entry.first.currentText() == dialog.entry.last.currentText()
    person.type("25,5")
    person.click(dialog.use)
    settled(window, qtbot)
    assert person.clicks <= MAX_CLICKS
    assert first_day(window) == 25.5
    assert "Adjusted by you: the forecast is about" in shown_text(window)
    assert "adjusted by you (forecast: " in window.forecast.headline.sentence.text()

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    window.forecast.adjust.setFocus()
    qtbot.keyClick(window.forecast.adjust, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window, qtbot)
    assert first_day(window) == before
    assert "djusted" not in window.forecast.headline.sentence.text()
    qtbot.keyClick(window.forecast.adjust, *REDO)
    settled(window, qtbot)
    assert first_day(window) == 25.5

    window.session.unsaved = False
    to_forecast(window, qtbot, shop)  # opened again, the file has its adjustment
    settled(window, qtbot)
    assert first_day(window) == 25.5


def test_the_keyboard_alone_adjusts(window: WindowUnderTest, qtbot: QtBot, shop: Path) -> None:
    window.activateWindow()
    to_forecast(window, qtbot, shop)
    settled(window, qtbot)
    person = Person(qtbot)
    window.forecast.adjust.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Qt.Key.Key_Space)
    opened(window, qtbot)
    person.type("1000")
    person.press(Qt.Key.Key_Return)
    settled(window, qtbot)
    QApplication.processEvents()
    result = window.session.result
    assert result is not None
    assert result.plan.mean.sum() == pytest.approx(1000, rel=1e-9)
    assert "about 1000, adjusted by you" in shown_text(window)
