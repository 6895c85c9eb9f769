"""A closure and a sale are entered in the window, change the forecast, and are there when the file is opened again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.driving import confirm_data, idle, shown_text
from tests.window_fixtures import WindowUnderTest

from almanac.core.events import Event, EventKind, Span
from almanac.desktop.pages.events.dialog import EventsDialog

START, DAYS = date(2025, 1, 6), 98
FIRST = START + timedelta(DAYS)  # the day on which the forecast begins
MAX_CLICKS = 6
# Dialogs of the offscreen plugin take no part in a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CLOSED = Event("Closed", EventKind.CLOSURE, (Span(FIRST, FIRST),))
SALE = Event("Spring sale", EventKind.SALE, (Span(FIRST + timedelta(2), FIRST + timedelta(2)),))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Some weeks of days of one product that sells every day."""
    values = 100 + 10 * np.sin(np.arange(DAYS) * 2 * np.pi / 7) + np.random.default_rng(0).normal(0, 2, DAYS)
    rows = [f"{START + timedelta(n)},{value:.0f}" for n, value in enumerate(values)]
    path = tmp_path / "shop.csv"
    path.write_text("\n".join(["day,sold", *rows]))
    return path


def to_forecast(window: WindowUnderTest, qtbot: QtBot, path: Path) -> None:
    window.session.open_file(path)
    idle(window, qtbot)
    confirm_data(window, qtbot)
    idle(window, qtbot)
    assert window.session.result is not None


def opened(window: WindowUnderTest) -> EventsDialog:
    dialog = window.forecast.events.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


class Person:
    """Clicks, each counted, and types."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clicks = 0
        self._qtbot = qtbot

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self.clicks += 1
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            self._qtbot.keyClick(focused, key)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(QApplication.focusWidget(), text)


def assert_known(window: WindowUnderTest, events: tuple[Event, ...]) -> None:
    """The forecast knows of the events, and the page says so."""
    result = window.session.result
    assert result is not None
    assert result.event_choice.events == events
    assert result.forecast.median[0, 0] == 0  # closed
    assert (result.forecast.median[0, 1:] > 50).all()
    assert f"Knows of {len(events)} event" in shown_text(window)


def test_a_closure_and_a_sale_take_six_clicks(window: WindowUnderTest, qtbot: QtBot, shop: Path) -> None:
    window.activateWindow()
    to_forecast(window, qtbot, shop)
    person = Person(qtbot)
    person.click(window.forecast.events)
    dialog = opened(window)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
    person.click(dialog.entry.add)  # closed, on the first day of the forecast
    person.click(dialog.entry.kinds[EventKind.SALE])
    person.press(Qt.Key.Key_Tab)
    person.type("Spring sale")
    person.press(Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Up)  # two days later
    person.click(dialog.entry.add)
    person.click(dialog.again)
    idle(window, qtbot)
    assert person.clicks <= MAX_CLICKS
    assert_known(window, (CLOSED, SALE))

    window.session.unsaved = False
    to_forecast(window, qtbot, shop)  # opened again, the file has its events
    assert_known(window, (CLOSED, SALE))
    person.click(window.forecast.events)
    assert opened(window).choice.events == (CLOSED, SALE)


def test_the_keyboard_alone_enters_and_takes_back(window: WindowUnderTest, qtbot: QtBot, shop: Path) -> None:
    window.activateWindow()
    to_forecast(window, qtbot, shop)
    person = Person(qtbot)
    window.forecast.events.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Qt.Key.Key_Space)
    dialog = opened(window)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
    person.type("Stocktaking")
    person.press(Qt.Key.Key_Return)
    stocktaking = Event("Stocktaking", EventKind.CLOSURE, CLOSED.spans)
    assert dialog.choice.events == (stocktaking,)
    dialog.undo.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Qt.Key.Key_Space)
    assert dialog.choice.events == ()
    assert not dialog.again.isEnabled()  # nothing is changed any more
    dialog.entry.name.setFocus(Qt.FocusReason.TabFocusReason)
    person.type("Stocktaking")
    person.press(Qt.Key.Key_Return)
    dialog.again.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Qt.Key.Key_Space)
    idle(window, qtbot)
    assert_known(window, (stocktaking,))
