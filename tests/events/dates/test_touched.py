"""Which values are from the time of an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from tests.builders import series_set

from almanac.core.calendar.frequency import MONTHLY, ROWS
from almanac.core.entered.events import Event, EventColumn, EventKind, Span
from almanac.events import points_during

SERIES = series_set(range(10), range(8), names=("Bread", "Milk"))  # from January 2020 on
OUT = Event("Sold out", EventKind.STOCK_OUT, (Span(date(2020, 3, 10), date(2020, 4, 2)),), ("Milk",))
KINDS = (EventKind.STOCK_OUT,)


def found(*events: Event) -> tuple[list[int], list[int]]:
    points = np.flatnonzero(points_during(SERIES, events, (), KINDS))
    return [int(p) for p in points if p < 10], [int(p) - 10 for p in points if p >= 10]


def test_every_period_that_an_event_touches_of_the_series_that_it_concerns() -> None:
    assert SERIES.frequency is MONTHLY
    assert SERIES.frequency.iso(int(SERIES.first[0])) == "2020-01-01"
    assert found(OUT) == ([], [2, 3])
    assert found(replace(OUT, series=())) == ([2, 3], [2, 3])
    assert found(replace(OUT, kind=EventKind.SALE)) == ([], [])


def test_a_column_of_the_file_says_it_too() -> None:
    where, when = np.array([0, 1]), np.array([SERIES.first[0] + 4, SERIES.first[1] + 7])
    column = EventColumn("sold out", EventKind.STOCK_OUT, where, when, np.ones(2), int(SERIES.last[0]))
    assert np.flatnonzero(points_during(SERIES, (), (column,), KINDS)).tolist() == [4, 17]
    assert not points_during(SERIES, (), (replace(column, kind=EventKind.SALE),), KINDS).any()


def test_rows_without_dates_have_no_events() -> None:
    assert not points_during(replace(SERIES, frequency=ROWS), (OUT,), (), KINDS).any()
