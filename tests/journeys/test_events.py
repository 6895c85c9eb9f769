"""A closure and a sale are entered in the window, change the forecast, and are there when the file is opened again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.desktop.driving import idle, shown_text
from tests.journeys.person import DAYS, START, Person, to_forecast
from tests.window_fixtures import WindowUnderTest

from almanac.core.entered.events import Event, EventKind, Span
from almanac.desktop.pages.events.dialog import EventsDialog

FIRST = START + timedelta(DAYS)  # the day on which the forecast begins
MAX_CLICKS = 6
# Dialogs of the offscreen plugin take no part in a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CLOSED = Event("Closed", EventKind.CLOSURE, (Span(FIRST, FIRST),))
SALE = Event("Spring sale", EventKind.SALE, (Span(FIRST + timedelta(2), FIRST + timedelta(2)),))


def opened(window: WindowUnderTest) -> EventsDialog:
    dialog = window.forecast.events.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


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
    person.click(dialog.use)
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
    assert not dialog.use.isEnabled()  # nothing is changed any more
    dialog.entry.name.setFocus(Qt.FocusReason.TabFocusReason)
    person.type("Stocktaking")
    person.press(Qt.Key.Key_Return)
    dialog.use.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Qt.Key.Key_Space)
    idle(window, qtbot)
    assert_known(window, (stocktaking,))
