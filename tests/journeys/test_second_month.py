"""The second month: drop the newer file on the first page, see what happened and changed, and the new forecast."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop.driving import drop, forecast, idle, shown_text
from tests.desktop.layout import faults
from tests.window_fixtures import WindowUnderTest

from almanac.core.alerts import AlertAction
from almanac.core.entered.events import Event
from almanac.desktop.pages.watch.alert_card import AlertCard
from almanac.desktop.shell.station import StationKey


def newer(sales: Path, folder: Path) -> Path:
    """The same table a month later, with one value of the past corrected."""
    table = pd.read_csv(sales)
    table.loc[50, "bread"] += 7.0
    later = pd.concat([table, pd.DataFrame({"month": ["2024-01-01"], "bread": [101.5], "milk": [99.25]})])
    later.to_csv(folder / "sales january.csv", index=False)
    return folder / "sales january.csv"


def test_the_second_month_takes_two_clicks(
    keeping_window: WindowUnderTest, qtbot: QtBot, sales: Path, tmp_path: Path
) -> None:
    window = keeping_window
    forecast(window, qtbot, sales)
    qtbot.mouseClick(window.sidebar.other_file, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert len(window.start.recent.rows) == 1
    before = window.session.result
    drop(window, newer(sales, tmp_path))
    idle(window, qtbot)
    page = window.page(StationKey.WATCH)
    assert window.pages.currentWidget() is page
    said = shown_text(window)
    assert "New data for “sales”" in said
    assert "2 new values" in said
    assert "1 past value was corrected" in said
    assert page.proposal.corrections.model().index(0, 0).data() == "bread"  # type: ignore[attr-defined]
    assert faults(window) == []
    assert window.session.result is before  # nothing is changed before it is accepted

    assert QApplication.focusWidget() is page.proposal.accept  # type: ignore[attr-defined]
    qtbot.keyClick(page.proposal.accept, Qt.Key.Key_Space)  # type: ignore[attr-defined] # the first
    idle(window, qtbot)
    assert window.pages.currentWidget() is page
    assert page.outcome.table.model().rowCount() == 1  # type: ignore[attr-defined]
    assert "2 new values" in shown_text(window)

    assert faults(window) == []
    cards = page.findChildren(AlertCard)
    assert cards  # both products fell far below what was expected
    assert all(AlertAction.KEEP_WATCHING in card.buttons for card in cards)
    cards[0].buttons[AlertAction.KEEP_WATCHING].click()
    idle(window, qtbot)
    qtbot.waitUntil(lambda: len([c for c in page.findChildren(AlertCard) if c.isVisible()]) == len(cards) - 1)
    page.new_forecast.setFocus()  # type: ignore[attr-defined]
    assert QApplication.focusWidget() is page.new_forecast  # type: ignore[attr-defined]
    qtbot.keyClick(page.new_forecast, Qt.Key.Key_Space)  # type: ignore[attr-defined] # the second
    assert window.pages.currentWidget() is window.forecast
    assert window.session.result is not before
    assert window.session.result is not None
    assert window.session.result.forecast.frequency.label(int(window.session.result.forecast.first[0])) == "2024-02"


def test_new_data_in_other_units_stop_with_a_sentence(
    keeping_window: WindowUnderTest, qtbot: QtBot, sales: Path, tmp_path: Path
) -> None:
    window = keeping_window
    forecast(window, qtbot, sales)
    qtbot.mouseClick(window.sidebar.other_file, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    table = pd.read_csv(newer(sales, tmp_path))
    table[["bread", "milk"]] *= 1000
    table.to_csv(tmp_path / "grams.csv", index=False)
    before = window.session.result
    drop(window, tmp_path / "grams.csv")
    idle(window, qtbot)
    assert window.pages.currentWidget() is window.start
    assert "grams.csv seems to have other units than before." in shown_text(window)
    assert window.session.result is before


def test_a_watched_file_that_is_saved_becomes_a_proposal_and_an_alert_a_one_off(
    keeping_window: WindowUnderTest, qtbot: QtBot, sales: Path, tmp_path: Path
) -> None:
    window = keeping_window
    forecast(window, qtbot, sales)
    page = window.page(StationKey.WATCH)
    window.show_page(page)
    idle(window, qtbot)
    page.watch_file.setChecked(True)  # type: ignore[attr-defined]
    qtbot.wait(1200)  # it learns what is there
    before = window.session.result
    newer(sales, tmp_path).replace(sales)  # as a spreadsheet program saves
    qtbot.waitUntil(lambda: window.session.new_data.proposal is not None, timeout=20_000)
    assert window.session.result is before  # nothing counts before it is accepted
    page.proposal.accept.click()  # type: ignore[attr-defined]
    idle(window, qtbot)
    qtbot.waitUntil(lambda: page.outcome.chart.chart is not None, timeout=20_000)  # type: ignore[attr-defined]
    assert "1 value of this forecast has arrived" in shown_text(window)
    assert page.watch_file.isChecked()  # type: ignore[attr-defined]

    card = next(c for c in page.findChildren(AlertCard) if c.isVisible() and AlertAction.MARK_ONE_OFF in c.buttons)
    changed = card.alert.series
    card.buttons[AlertAction.MARK_ONE_OFF].click()
    qtbot.waitUntil(lambda: bool(_events(window)), timeout=20_000)
    idle(window, qtbot)
    (event,) = _events(window)
    assert event.name.startswith("One-off")
    assert event.series == ((changed,) if changed else ())
    page.watch_file.setChecked(False)  # type: ignore[attr-defined]


def _events(window: WindowUnderTest) -> tuple[Event, ...]:
    """The events that the forecast on the screen was made with."""
    result = window.session.result
    return () if result is None or result.event_choice is None else result.event_choice.events
