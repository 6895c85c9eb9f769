"""Events laid out on the periods of series: how much of each period an event takes, for each series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.entered.events import Event, EventColumn, EventKind
from almanac.core.series import SeriesSet

_FINE = (Unit.DAY, Unit.BUSINESS_DAY, Unit.HOUR, Unit.MINUTE)  # periods of at most a day
_COARSE = (Unit.MONTH, Unit.QUARTER, Unit.YEAR)
_ALL_YEAR_PHASES = {Unit.MONTH: 12, Unit.QUARTER: 4, Unit.YEAR: 1}
# Days before a holiday that have a separate effect: the day before in daily data; in slower data the week before, in
# which people shop for it. Both chosen by judgement.
DAYS_BEFORE, DAYS_BEFORE_IN_WEEKS = 1, 6
SAME_DAYS = 0.95  # correlation from which on two holidays are one event: they share nearly all their weeks


@dataclass(frozen=True)
class Periods:
    """The periods from the first of any series to the last that may be forecast."""

    frequency: Frequency
    start: int
    count: int

    @property
    def numbers(self) -> Integers:
        """The period numbers: int64 [P]."""
        return np.arange(self.start, self.start + self.count)

    @property
    def days(self) -> tuple[Integers, Integers]:
        """The days that the periods cover, and the position of each one's period; int64 [D] each, days since 1970."""
        ends = self.frequency.even_dates(np.array([self.start, self.start + self.count]))
        first, last = (int(day) for day in ends.astype("datetime64[D]").astype(np.int64))
        days = np.arange(first - 366, last + 366)
        number = self.frequency.numbers(days.astype("datetime64[D]").astype("datetime64[s]")) - self.start
        inside = (number >= 0) & (number < self.count)
        if self.frequency.unit is Unit.BUSINESS_DAY:
            inside &= (days + 3) % 7 < 5
        return days[inside], number[inside]


@dataclass(frozen=True, eq=False)
class Term:
    """Something whose effect is measured: an event itself (``offset`` 0), the time before it (-1), the day after (1).

    ``calendar``: float64 [R, P], how much of each period it takes, 1 for the fullest; below 0 only in months, where it
    is the deviation from the usual for that month. ``rows``: int64 [N], the calendar of each series, -1 for none.
    ``differs``: whether its effect may differ between series. In weeks and months that of a holiday may not: it comes
    at the same time of every year, where forecasts of the past miss the season of each series in another way.
    """

    name: str
    kind: EventKind
    offset: int
    calendar: Floats
    rows: Integers
    differs: bool = True

    def at(self, series: Integers, positions: Integers) -> Floats:
        """The share of these series' periods, float64 of their common shape; 0 outside the calendar."""
        rows = self.rows[series]
        last = self.calendar.shape[1] - 1
        inside = (rows >= 0) & (positions >= 0) & (positions <= last)
        return np.where(inside, self.calendar[np.maximum(rows, 0), np.clip(positions, 0, last)], 0.0)

    def begins(self, series: Integers, positions: Integers) -> Integers:
        """Where the occurrence of each of these periods begins, which all have one: int64 of their common shape."""
        rows, begins = self.rows[series], np.zeros_like(positions)
        for row in np.unique(rows):
            there = np.abs(self.calendar[row]) > 0
            starts = np.flatnonzero(there & ~np.concatenate([[False], there[:-1]]))
            members = rows == row
            begins[members] = starts[np.searchsorted(starts, positions[members], side="right") - 1]
        return begins


def periods_of(series: SeriesSet, horizon: int) -> Periods:
    """All periods of the series and the horizon after the latest."""
    start = int(series.first.min())
    return Periods(series.frequency, start, int(series.last.max()) + horizon - start + 1)


def dated_terms(events: Iterable[Event], series: SeriesSet, periods: Periods) -> list[Term]:
    """The terms of events that have dates; holidays also before and after. Those that never happen are left out."""
    events = list(events)
    days, position = periods.days
    holidays = _days_of([e for e in events if e.kind is EventKind.HOLIDAY], days)
    found: list[Term] = []
    for event in events:
        on = _days_of([event], days)
        masks = [(0, on)]
        if event.kind is EventKind.HOLIDAY:
            masks += [(-1, _shifted(on, -_before(periods)) & ~holidays), (1, _shifted(on, 1) & ~holidays)]
        for offset, mask in masks:
            if offset == 1 and periods.frequency.unit not in _FINE:
                continue
            calendar = _share(mask, days, position, periods)
            if event.kind is EventKind.HOLIDAY and periods.frequency.unit in _COARSE:
                calendar = _deviation(calendar, periods)
            found += _term(event, offset, calendar, series, periods)
    return _merged(found)


def column_term(column: EventColumn, series: SeriesSet, periods: Periods) -> Term | None:
    """The term of a column of the file; None when it is nowhere within the periods."""
    inside = (column.periods >= periods.start) & (column.periods < periods.start + periods.count)
    owners, row = np.unique(column.series[inside], return_inverse=True)
    if not len(owners):
        return None
    calendar = np.zeros((len(owners), periods.count))
    calendar[row, column.periods[inside] - periods.start] = column.shares[inside]
    rows = np.full(len(series), -1)
    rows[owners] = np.arange(len(owners))
    calendar[calendar > 0] /= calendar.max()
    for i in np.flatnonzero(rows >= 0) if series.open_periods else ():
        calendar[rows[i], series.closed(int(i), periods.numbers)] = 0.0
    return Term(column.name, column.kind, 0, calendar, rows, _differs(column.kind, periods))


def concerned(event: Event, series: SeriesSet) -> Flags:
    """Which series an event concerns: bool [N]."""
    if not event.series:
        return np.ones(len(series), dtype=bool)
    wanted = set(event.series)
    keys = series.keys or ((),) * len(series)
    return np.array(
        [name in wanted or bool(wanted.intersection(key)) for name, key in zip(series.names, keys, strict=True)]
    )


def _before(periods: Periods) -> int:
    return DAYS_BEFORE if periods.frequency.unit in _FINE else DAYS_BEFORE_IN_WEEKS


def _days_of(events: Sequence[Event], days: Integers) -> Flags:
    """Which days (since 1970) belong to any of the events: bool [D]."""
    chosen = np.zeros(len(days), dtype=bool)
    if not len(days):
        return chosen
    for event in events:
        for first, last in _spans(event, int(days[0]), int(days[-1])):
            chosen |= (days >= first) & (days <= last)
    return chosen


def _spans(event: Event, first: int, last: int) -> Iterable[tuple[int, int]]:
    """The spans of an event in days since 1970; yearly ones in every year between two days."""
    ends: tuple[date, date] = tuple(np.array([first, last], "datetime64[D]").tolist())
    return ((_number(begin), _number(end)) for begin, end in event.days(*ends))


def _number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


def _shifted(mask: Flags, days: int) -> Flags:
    """The days after (below 0: all the days before, up to so many) those of a mask: bool [D]."""
    shifted = np.zeros_like(mask)
    for one in range(1, abs(days) + 1):
        if days > 0:
            shifted[one:] |= mask[:-one]
        else:
            shifted[:-one] |= mask[one:]
    return shifted & ~mask


def _share(mask: Flags, days: Integers, position: Integers, periods: Periods) -> Floats:
    """The days of each period that a mask has, as a share of the longest: float64 [P]; of hours, all or none."""
    if periods.frequency.unit in (Unit.HOUR, Unit.MINUTE):
        dates = periods.frequency.dates(periods.numbers).astype("datetime64[D]").astype(np.int64)
        return mask[np.clip(np.searchsorted(days, dates), 0, max(len(days) - 1, 0))].astype(np.float64)
    all_days = np.bincount(position, minlength=periods.count)
    with_event = np.bincount(position, weights=mask, minlength=periods.count)
    return with_event / max(int(all_days.max(initial=0)), 1)


def _deviation(calendar: Floats, periods: Periods) -> Floats:
    """How a calendar differs from the usual for the phase of the year: what a season of months cannot know."""
    phases = _ALL_YEAR_PHASES[periods.frequency.unit] // np.gcd(
        _ALL_YEAR_PHASES[periods.frequency.unit], periods.frequency.multiple
    )
    phase = periods.numbers % phases
    usual = np.bincount(phase, calendar, minlength=phases) / np.maximum(np.bincount(phase, minlength=phases), 1)
    deviation: Floats = calendar - usual[phase]
    return deviation


def _term(event: Event, offset: int, calendar: Floats, series: SeriesSet, periods: Periods) -> list[Term]:
    """The term of an event, with no effect on closed days; none when it is in no period."""
    reach = float(np.ptp(calendar)) if (calendar < 0).any() else float(calendar.max(initial=0.0))
    if reach < 1e-9:
        return []
    calendar = calendar / reach
    rows = np.where(concerned(event, series), 0, -1)
    if not series.open_periods:
        return [Term(event.name, event.kind, offset, calendar[None], rows, _differs(event.kind, periods))]
    kinds: dict[bytes, int] = {}
    calendars: list[Floats] = []
    for i in np.flatnonzero(rows >= 0):
        key = series.open_periods[i].key
        if key not in kinds:
            kinds[key] = len(calendars)
            calendars.append(np.where(series.closed(int(i), periods.numbers), 0.0, calendar))
        rows[i] = kinds[key]
    stacked = np.stack(calendars) if calendars else np.zeros((1, periods.count))
    term = Term(event.name, event.kind, offset, stacked, rows, _differs(event.kind, periods))
    return [term] if stacked.any() else []


def _differs(kind: EventKind, periods: Periods) -> bool:
    return kind is not EventKind.HOLIDAY or periods.frequency.unit in _FINE


def _merged(terms: list[Term]) -> list[Term]:
    """The terms, with holidays that share nearly all their periods as one."""
    kept: list[Term] = []
    for term in terms:
        twin = next((k for k, other in enumerate(kept) if _alike(term, other)), None)
        if twin is None:
            kept.append(term)
        else:
            other = kept[twin]
            calendar = np.where(np.abs(term.calendar) > np.abs(other.calendar), term.calendar, other.calendar)
            kept[twin] = replace(other, name=f"{other.name} and {term.name}", calendar=calendar)
    return kept


def _alike(term: Term, other: Term) -> bool:
    if term.kind is not EventKind.HOLIDAY or (term.kind, term.offset) != (other.kind, other.offset):
        return False
    if term.calendar.shape != other.calendar.shape or (term.rows != other.rows).any():
        return False
    a, b = term.calendar.ravel(), other.calendar.ravel()
    if a.std() == 0 or b.std() == 0:
        return False
    return bool(np.corrcoef(a, b)[0, 1] >= SAME_DAYS)
