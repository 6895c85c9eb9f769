"""The dialog for events: what can be entered, taken out and taken back, and what is said of each event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import holidays
import numpy as np
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.layout import faults, popup_faults

from almanac.core.entered.events import Event, EventColumn, EventEffect, EventKind, Span
from almanac.desktop.pages.events.countries import CountryChoice, countries
from almanac.desktop.pages.events.dialog import EventsDialog, with_event
from almanac.workflow import EventChoice

DAY = date(2026, 7, 1)  # on which the forecast begins
LONG = "the sale of everything at the far end of the long road by the river <North & South> " * 2
SALE = Event("Sale", EventKind.SALE, (Span(date(2025, 5, 3), date(2025, 5, 9)),))
EASTER = EventEffect("Easter Monday", EventKind.HOLIDAY, 0, 0.34, 0.2, 0.5, 3, 0.99)
SALE_EFFECT = EventEffect("Sale", EventKind.SALE, 0, 0.5, 0.4, 0.6, 2, 0.99)
CLOSED_EFFECT = EventEffect("Closed", EventKind.CLOSURE, 0, left_out=5)
# Dialogs of the offscreen plugin take no part in a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def opened(qtbot: QtBot, choice: EventChoice, effects: tuple[EventEffect, ...] = (), series: int = 3) -> EventsDialog:
    made = EventsDialog()
    qtbot.addWidget(made)
    some = np.zeros(1, np.int64)
    promo = EventColumn("promo", EventKind.SALE, some, some, np.ones(1), 10_000)
    file = replace(builders.read_file(series), event_columns=(promo,))
    result = replace(builders.result(file), event_choice=choice, events=effects)
    made.begin(result, choice)
    made.show()
    qtbot.waitExposed(made)
    return made


def texts(dialog: EventsDialog) -> list[str]:
    return [one.text() for one in dialog.known.findChildren(QLabel) if one.isVisible()]


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_each_known_event_says_what_it_does(qtbot: QtBot) -> None:
    closed = Event("Closed", EventKind.CLOSURE, (Span(DAY, DAY),), ("Apples",), yearly=True)
    choice = EventChoice((SALE, closed), "DE")
    promo = EventEffect("promo", EventKind.SALE, 0, 0.1, -0.1, 0.3, 4, 0.3)
    said = texts(opened(qtbot, choice, (CLOSED_EFFECT, EASTER, SALE_EFFECT, promo)))
    assert said == [
        "Sale",
        "Sale or promotion, 3 May 2025 to 9 May 2025",
        "Sale: +50%, seen 2 times, between +40% and +60%.",
        "Closed",
        "Closed, 1 Jul 2026, every year, for Apples",
        "Closed: 5 values left out of what is learned.",
        "Easter Monday",
        "Public holiday, Germany",
        "Easter Monday: +34%, seen 3 times, between +20% and +50%.",
        "promo",
        "Sale or promotion, from a column of the file",
        "promo: no clear effect, seen 4 times.",
    ]


def test_an_event_is_taken_out_and_back(qtbot: QtBot) -> None:
    dialog = opened(qtbot, EventChoice((SALE,)), (SALE_EFFECT,))
    assert not dialog.use.isEnabled()
    (remove,) = dialog.known.findChildren(QPushButton)
    press(qtbot, remove)
    assert dialog.choice.events == ()
    assert dialog.use.isEnabled()
    press(qtbot, dialog.undo)
    assert dialog.choice.events == (SALE,)
    assert not dialog.undo.isVisible()
    assert not dialog.use.isEnabled()


def test_what_was_typed_counts_without_being_added(qtbot: QtBot) -> None:
    dialog = opened(qtbot, EventChoice(country="DE"))
    dialog.country.show_place("FR")
    dialog.entry.kinds[EventKind.ONE_OFF].setChecked(True)
    dialog.entry.name.setText("Street festival")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        press(qtbot, dialog.use)
    festival = Event("Street festival", EventKind.ONE_OFF, (Span(DAY, DAY),))
    assert chosen.args == [EventChoice((festival,), "FR")]


def test_an_event_keeps_its_length_when_it_is_moved(qtbot: QtBot) -> None:
    dialog = opened(qtbot, EventChoice())
    entry = dialog.entry
    entry.last.setDate(QDate(2026, 7, 4))
    for day in (QDate(2026, 9, 1), QDate(2025, 2, 1)):
        entry.first.setDate(day)
        assert entry.last.date() == day.addDays(3)
    entry.last.setDate(QDate(2025, 1, 1))
    assert entry.last.date() == entry.first.date()  # none ends before it begins


def test_the_same_event_on_another_day_gets_a_second_date() -> None:
    again = replace(SALE, spans=(Span(DAY, DAY),))
    (one,) = with_event((SALE,), again)
    assert one == replace(SALE, spans=SALE.spans + again.spans)
    assert with_event((one,), again) == (one,)
    other = replace(again, series=("Apples",))
    assert with_event((one,), other) == (one, other)


def test_every_country_that_is_offered_has_holidays() -> None:
    assert set(countries().values()) <= set(holidays.list_supported_countries())
    assert {"DE", "US", "JP"} <= set(countries().values())


@pytest.mark.parametrize(("typed", "place"), [("germ", "DE"), ("germany", "DE"), ("", None), ("nowhere", "FR")])
def test_a_country_is_found_by_a_part_of_its_name(qtbot: QtBot, typed: str, place: str | None) -> None:
    choice = CountryChoice()
    qtbot.addWidget(choice)
    choice.show_place("FR")
    choice.country.setEditText(typed)
    choice.country.lineEdit().editingFinished.emit()  # type: ignore[union-attr]
    assert choice.place == place
    choice.show_place("DE-BY")
    assert choice.place == "DE-BY"


@pytest.mark.parametrize("size", [(760, 700), (640, 340)], ids=["usual", "half of a laptop"])
@pytest.mark.parametrize("count", [0, 2, 12], ids=["none", "some", "many"])
def test_the_dialog_has_no_fault_of_layout(qtbot: QtBot, size: tuple[int, int], count: int) -> None:
    long = tuple(replace(SALE, name=LONG + str(k), series=("Apples",) * 9, spans=SALE.spans * 9) for k in range(count))
    effects = tuple(replace(SALE_EFFECT, name=one.name) for one in long[:1])
    dialog = opened(qtbot, EventChoice(long), effects)
    dialog.resize(*size)
    found = [*faults(dialog), *popup_faults(dialog)]
    assert found == [], "\n".join(found)


def test_a_weekday_is_taken_out_and_put_back(qtbot: QtBot) -> None:
    dialog = opened(qtbot, EventChoice())
    assert not dialog.weekdays.isVisible()  # months have none
    dialog.weekdays.begin((0, 1, 2, 3, 4, 5), None)
    assert [box.isChecked() for box in dialog.weekdays.boxes] == [True] * 6 + [False]
    assert not dialog.use.isEnabled()
    dialog.weekdays.boxes[0].click()
    assert dialog.choice.weekdays == (1, 2, 3, 4, 5)
    assert dialog.use.isEnabled()
    dialog.weekdays.boxes[0].click()
    dialog.weekdays.boxes[6].click()
    assert dialog.choice.weekdays == (0, 1, 2, 3, 4, 5, 6)
    assert "first guess" in dialog.weekdays.note.text()
    dialog.weekdays.boxes[6].click()
    assert dialog.choice.weekdays is None
    assert faults(dialog) == []
