"""The weekdays on which a person says that something is open, in place of those that the file shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np

from almanac.core.calendar.frequency import Unit
from almanac.core.calendar.open_periods import DAYS, OpenPeriods
from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.series import SeriesSet
from almanac.wording.open_periods import closed_on

WITH_WEEKDAYS = (Unit.DAY, Unit.BUSINESS_DAY, Unit.HOUR, Unit.MINUTE)  # data whose weekdays can be open or closed


def open_weekdays(series: SeriesSet) -> tuple[int, ...]:
    """The weekdays (0 for Monday) on which a series of the file is open; empty where the data has no weekdays."""
    frequency = series.frequency
    if frequency.unit not in WITH_WEEKDAYS or (frequency.multiple > 1 and frequency.unit is Unit.DAY):
        return ()
    if not series.open_periods:
        return tuple(range(DAYS if frequency.unit is not Unit.BUSINESS_DAY else DAYS - 2))
    opened = np.any([one.week.any(axis=1) for one in series.open_periods], axis=0)
    return tuple(np.flatnonzero(opened).tolist())


def with_open_weekdays(series: SeriesSet, wanted: tuple[int, ...] | None) -> SeriesSet:
    """The series, open as well on those of the ``wanted`` weekdays on which the file shows nothing."""
    if wanted is None or not series.open_periods:
        return series
    more = [day for day in wanted if day not in open_weekdays(series)]
    if not more:
        return series
    return replace(series, open_periods=tuple(_opened(one, more) for one in series.open_periods))


def _opened(periods: OpenPeriods, days: list[int]) -> OpenPeriods:
    """Open on these days as well, at the hours at which any day is."""
    week = periods.week.copy()
    week[days] = week.any(axis=0)
    return OpenPeriods(week, periods.months)


def closures_of(series: SeriesSet, wanted: tuple[int, ...] | None, horizon: int) -> tuple[Event, ...]:
    """The weekdays on which it was open and is closed from now on, as an event; none where nothing changes."""
    if wanted is None:
        return ()
    less = tuple(day for day in open_weekdays(series) if day not in wanted)
    spans = tuple(_spans(series, less, horizon)) if less else ()
    return (Event(closed_on(less), EventKind.CLOSURE, spans),) if spans else ()


def _spans(series: SeriesSet, days: tuple[int, ...], horizon: int) -> Iterator[Span]:
    """Each of these weekdays that is forecast, from the end of the history on."""
    ends = series.frequency.dates(np.array([series.last.min() + 1, series.last.max() + horizon]))
    first, last = ends.astype("datetime64[D]").tolist()
    for k in range((last - first).days + 1):
        day = first + timedelta(k)
        if day.weekday() in days:
            yield Span(day, day)
