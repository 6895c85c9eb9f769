"""A chart marks the events of its own series, and of no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from tests.desktop import builders

from almanac.core.calendar.frequency import DAILY, MONTHLY
from almanac.core.entered.events import Event, EventColumn, EventEffect, EventKind, Span
from almanac.desktop.pages.events.marks import event_marks
from almanac.workflow import EventChoice
from almanac.workflow.results import ForecastResult


def result_with(*events: Event, columns: tuple[EventColumn, ...] = (), frequency=DAILY) -> ForecastResult:  # type: ignore[no-untyped-def]
    file = builders.read_file(2, 400, frequency)
    made = builders.result(replace(file, event_columns=columns))
    effects = (EventEffect("Easter Monday", EventKind.HOLIDAY, 0, dates=("1971-04-12",)),)
    return replace(made, event_choice=EventChoice(events), events=effects if frequency is DAILY else ())


def number(text: str) -> int:
    return (pd.Timestamp(text) - pd.Timestamp("1970-01-01")).days


def test_each_series_has_its_own_events_and_those_of_all() -> None:
    sale = Event("Sale", EventKind.SALE, (Span(date(1971, 4, 10), date(1971, 4, 12)),))
    fair = Event("Fair", EventKind.ONE_OFF, (Span(date(1971, 5, 1), None),), ("Beer",))
    column = EventColumn("promo", EventKind.SALE, np.array([1]), np.array([number("1971-01-05")]), np.ones(1), 10_000)
    made = result_with(sale, fair, columns=(column,))
    days = [number(f"1971-04-{day}") for day in (10, 11, 12)]
    assert event_marks(made, 0, 0) == dict(zip(days, ["Sale", "Sale", "Sale, Easter Monday"], strict=True))
    beer = event_marks(made, 1, 1)
    assert beer[number("1971-01-05")] == "promo"
    end = int(made.forecast.first[1]) + made.forecast.horizon
    assert {day for day, names in beer.items() if names == "Fair"} == set(range(number("1971-05-01"), end))


def test_yearly_events_are_in_the_months_that_they_touch() -> None:
    holiday = Event("Summer", EventKind.CLOSURE, (Span(date(2020, 7, 30), date(2020, 8, 2)),), yearly=True)
    made = result_with(holiday, frequency=MONTHLY)
    first, end = int(made.file.series.first[0]), int(made.forecast.first[0]) + made.forecast.horizon
    wanted = {month for month in range(first, end) if month % 12 in (6, 7)}
    assert set(event_marks(made, 0, 0)) == wanted
