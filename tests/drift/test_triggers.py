from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.calendar.frequency import MONTHLY, ROWS
from almanac.core.entered.events import EventKind, Span
from almanac.core.triggers import Reaction, Snooze, Trigger, TriggerSettings
from almanac.drift import as_event, awake, fired, unsaid
from almanac.wording.watching.triggers import ANSWERS_HOW_OFTEN, REACTIONS, TRIGGERS, firing_sentence

LEVEL = Alert(AlertKind.LEVEL, "Tea", 660, 661, 0.2, per_year=0.1)
SPREAD = replace(LEVEL, kind=AlertKind.SPREAD)
UNITS = Alert(AlertKind.UNITS, "Tea", 660, 661, 1000.0)


def test_each_kind_of_change_has_its_first_trigger() -> None:
    found = fired((LEVEL, SPREAD, UNITS), TriggerSettings())
    assert [(one.trigger, one.reaction) for one in found] == [
        (Trigger.FORECAST_AGAIN, Reaction.ASK),
        (Trigger.RECALIBRATE, Reaction.ALWAYS),
    ]


@pytest.mark.parametrize(("newer", "trigger"), [(False, Trigger.OTHER_MODEL), (True, Trigger.ROLLBACK)])
def test_a_change_that_stays_asks_for_another_model(newer: bool, trigger: Trigger) -> None:
    earlier = fired((LEVEL,), TriggerSettings())
    assert [one.trigger for one in fired((LEVEL,), TriggerSettings(), earlier, newer)] == [trigger]


def test_a_trigger_that_is_switched_off_does_not_fire() -> None:
    assert fired((LEVEL,), TriggerSettings(forecast_again=Reaction.NEVER)) == ()


def test_a_snoozed_alert_sleeps_until_its_time_is_over() -> None:
    snooze = Snooze(AlertKind.LEVEL, "Tea", 661)
    assert awake((LEVEL, SPREAD), (snooze,)) == (SPREAD,)
    assert awake((replace(LEVEL, last=662),), (snooze,))


@pytest.mark.parametrize(
    ("again", "is_news"),
    [
        ({}, False),
        ({"kind": AlertKind.TREND}, False),  # one is often taken for the other
        ({"since": 678}, False),
        ({"since": 679}, True),  # forecasts know of it by then
        ({"since": 659}, True),  # of a correction in the past
        ({"series": "Milk"}, True),
        ({"series": ""}, True),  # all of them
        ({"size": -0.2}, True),
        ({"size": 0.5}, True),
        ({"has_share": False, "amount": 0.3}, False),
        ({"kind": AlertKind.SPREAD}, True),
        ({"per_year": 0.0}, True),  # seen in the spreadsheet itself
    ],
)
def test_the_same_change_is_said_once(again: dict[str, object], is_news: bool) -> None:
    assert bool(unsaid((replace(LEVEL, **again),), (LEVEL,), 18)) is is_news


def test_a_series_that_takes_part_in_what_was_said_of_the_workbook_is_no_news() -> None:
    whole = replace(LEVEL, series="")
    assert unsaid((LEVEL, SPREAD, UNITS), (whole,), 18) == (SPREAD, UNITS)
    assert unsaid((SPREAD,), (replace(SPREAD, size=0.1),), 18) == ()


def test_an_explained_alert_becomes_an_event_of_its_days() -> None:
    event = as_event(LEVEL, AlertAction.MARK_ONE_OFF, "Fair", MONTHLY)
    assert event is not None
    assert (event.kind, event.series) == (EventKind.EXCEPTIONAL, ("Tea",))
    assert event.spans == (Span(date(2025, 1, 1), date(2025, 2, 28)),)


def test_sold_out_stretches_are_what_a_model_must_not_learn_from() -> None:
    event = as_event(LEVEL, AlertAction.ASK_STOCK, "Sold out", MONTHLY)
    assert event is not None
    assert event.kind is EventKind.STOCK_OUT
    assert as_event(LEVEL, AlertAction.FORECAST_AGAIN, "", MONTHLY) is None
    assert as_event(LEVEL, AlertAction.MARK_ONE_OFF, "", ROWS) is None


def test_every_setting_has_its_words() -> None:
    assert set(TRIGGERS) == set(Trigger)
    assert set(REACTIONS) == set(Reaction)
    assert TriggerSettings().per_year in ANSWERS_HOW_OFTEN
    assert firing_sentence(fired((SPREAD,), TriggerSettings())[0]).startswith("The ranges are corrected")
