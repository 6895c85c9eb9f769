"""Closed periods: days, hours and months in which a file never has a value, which is more than chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers, has_missing, number_type, pick, pieces
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.calendar.open_periods import DAYS, HOURS, MONTHS, OpenPeriods, slot_of
from almanac.core.series import SeriesSet

# All chosen by judgement and checked on the files in tests/tables/kinds.
MAX_CHANCE = 0.01  # that days or hours with so many gaps are all without a value by chance, over all that are compared
MAX_EXCEPTIONS = 0.05  # share of closed days or hours that may have a value after all
MIN_WEEKS, MIN_WEEKS_OF_HOURS = 3, 4  # in which a weekday, or an hour of it, must have been missing
MIN_DAYS = 10  # in which an hour must have been missing, whatever the weekday
MIN_YEARS = 2  # in which a month must have been missing
MAX_CELLS = 50_000_000  # series times days that are compared series by series; above it only the file as a whole
MAX_SPAN = 8_000_000  # periods from the first to the last of the file: 15 years of minutes take 280 MB here
MAX_POINTS_AT_ONCE = 125_000  # 1 MB for each array of them
_MAX_SLOTS = 288  # parts of a day that are distinguished: 5 minutes
_CLOCK = (Unit.HOUR, Unit.MINUTE)
_UNITS = (Unit.MONTH, Unit.WEEK, Unit.DAY, Unit.BUSINESS_DAY, *_CLOCK)


def find_open_periods(series: SeriesSet) -> tuple[OpenPeriods, ...]:
    """When each series is open; empty when no gap follows the calendar.

    What the file as a whole never has is closed for every series; a single one may be closed more often.
    """
    frequency = series.frequency
    span = int(series.last.max() - series.first.min()) + 1
    if (
        not has_missing(series.values)
        or frequency.unit not in _UNITS
        or span > MAX_SPAN
        or not _fits_calendar(frequency)
    ):
        return ()
    spans = _Spans.of(frequency, int(series.first.min()), span)
    anywhere = np.zeros(span, dtype=bool)
    for part in _parts(series, spans):
        anywhere[part.points.at[part.points.known]] = True
    every = np.zeros(span, dtype=np.int8), np.arange(span, dtype=number_type(span))
    whole = _closed(spans, _Points(*every, anywhere, 1, 1))
    week, months = (np.repeat(part, len(series), axis=0) for part in whole)
    if len(series) > 1 and len(series) * len(spans.month_of_day) <= MAX_CELLS:
        for part in _parts(series, spans):
            own_week, own_months = _closed(spans, part.points)
            week[part.series] |= own_week
            months[part.series] |= own_months
    found = [OpenPeriods(~week[i], ~months[i]) for i in range(len(series))]
    return () if all(one.always for one in found) else tuple(_shared(found))


def _fits_calendar(frequency: Frequency) -> bool:
    """Whether each period lies within one month, and periods of days or less each on one weekday."""
    return frequency.multiple == 1 or frequency.unit in _CLOCK


def _shared(found: list[OpenPeriods]) -> list[OpenPeriods]:
    """The same periods as one object."""
    one_of: dict[bytes, OpenPeriods] = {}
    return [one_of.setdefault(one.key, one) for one in found]


@dataclass(frozen=True, eq=False)
class _Spans:
    """T periods of the file from ``first`` on. ``day``: [T], the day of each, counted from 0 (for weeks and months the
    period itself); ``slot``: [T], its part of the day, of ``slots``. For each of D days:
    ``weekday_of_day`` (0 for all where there are none), and ``month_of_day``, counted in months on end.
    """

    first: int
    day: Integers
    slot: Integers
    slots: int
    weekday_of_day: Integers
    month_of_day: Integers
    weekdays: bool

    @classmethod
    def of(cls, frequency: Frequency, first: int, count: int) -> _Spans:
        """The periods from ``first`` on."""
        clock, weekdays = frequency.unit in _CLOCK, frequency.unit not in (Unit.WEEK, Unit.MONTH)
        slots = _slots(frequency) if clock else 1
        day, months = np.empty((2, count), dtype=np.int32)
        slot, weekday = np.empty(count, dtype=number_type(slots)), np.empty(count, dtype=np.int8)
        first_day = frequency.dates(np.array([first]))[0].astype("datetime64[D]")
        for part in pieces(count):  # a period may be a row of a file with short rows
            numbers = first + np.arange(part.start, part.stop)
            dates = frequency.dates(numbers)
            weekday[part], slot[part] = slot_of(frequency, numbers, slots)
            months[part] = dates.astype("datetime64[M]").astype(np.int64)
            day[part] = (dates.astype("datetime64[D]") - first_day).astype(np.int64) if clock else numbers - first
        starts = np.searchsorted(day, np.arange(int(day[-1]) + 1, dtype=day.dtype))
        return cls(first, day, slot, slots, weekday[starts].astype(np.int64) * weekdays, months[starts], weekdays)


def _slots(frequency: Frequency) -> int:
    """The parts of a day to tell apart: hours, or shorter where the periods are."""
    length = frequency.multiple * (60 if frequency.unit is Unit.MINUTE else 3600)
    each = 86_400 // length if length and 86_400 % length == 0 else HOURS
    return each if HOURS < each <= _MAX_SLOTS else HOURS


@dataclass(frozen=True, eq=False)
class _Points:
    """P points of ``count`` series: ``owner`` [P], ``at`` [P] the period in ``_Spans``, ``known`` bool.

    ``compared``: how many series are compared, these included.
    """

    owner: Integers
    at: Integers
    known: Flags
    count: int
    compared: int

    def table(self, which: Integers, size: int, only: Flags | None = None) -> tuple[Floats, Floats]:
        """How many points, and how many known ones, each series has of each of ``size`` kinds: float64 [N, size].

        ``which``: [P], the kind of each; ``only``: bool [P], the points that count.
        """
        cells = self.count * size
        possible, held = np.zeros(cells), np.zeros(cells)
        for part in pieces(len(self.owner)):
            keys = np.multiply(self.owner[part], size, dtype=np.int64) + which[part]
            known = self.known[part]
            if only is not None:
                keys, known = keys[only[part]], known[only[part]]
            possible += np.bincount(keys, minlength=cells)
            held += np.bincount(keys[known], minlength=cells)
        return possible.reshape(self.count, size), held.reshape(self.count, size)


@dataclass(frozen=True, eq=False)
class _Part:
    """Some neighbouring series, and their points."""

    series: slice
    points: _Points


def _parts(series: SeriesSet, spans: _Spans) -> Iterator[_Part]:
    """The series in parts of which no array of all points, or of all days, is large."""
    ends = np.cumsum(np.maximum(series.lengths, len(spans.month_of_day)))
    shift = series.first - series.offsets[:-1] - spans.first
    start = 0
    while start < len(series):
        before = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, before + MAX_POINTS_AT_ONCE, "right")), start + 1)
        some, first, end = slice(start, stop), int(series.offsets[start]), int(series.offsets[stop])
        at = np.arange(end - first, dtype=number_type(end - first + len(spans.day)))
        at += np.repeat((shift[some] + first).astype(at.dtype), series.lengths[some])
        owner = np.repeat(np.arange(stop - start, dtype=number_type(stop - start)), series.lengths[some])
        known = np.isfinite(series.values[first:end])
        yield _Part(some, _Points(owner, at, known, stop - start, len(series)))
        start = stop


def _closed(spans: _Spans, points: _Points) -> tuple[Flags, Flags]:
    """What is closed: bool [N, 7, slots] of the week, and bool [N, 12] of the year."""
    days = len(spans.month_of_day)
    day = pick(spans.day, points.at)
    possible, known = points.table(day, days)
    inside, seen = possible > 0, known > 0
    months = _closed_months(spans, inside, seen, points.compared)
    if not spans.weekdays:
        return np.zeros((points.count, DAYS, 1), dtype=bool), months
    inside &= ~months[:, spans.month_of_day % MONTHS]
    of_day = np.broadcast_to(spans.weekday_of_day, inside.shape)[inside] + np.nonzero(inside)[0] * DAYS
    cells = points.count * DAYS
    counted = np.bincount(of_day, minlength=cells).reshape(-1, DAYS).astype(float)
    held = np.bincount(of_day[seen[inside]], minlength=cells).reshape(-1, DAYS).astype(float)
    closed_days = _never(counted, held, MIN_WEEKS, points.compared)
    closed_days &= ~closed_days.all(axis=1, keepdims=True)
    week = np.repeat(closed_days[:, :, None], spans.slots, axis=2)
    if spans.slots > 1:
        day_of_series = np.multiply(points.owner, days, dtype=number_type(points.count * days)) + day
        week |= _closed_hours(spans, points, pick(seen.ravel(), day_of_series))
    return week, months


def _closed_hours(spans: _Spans, points: _Points, on_open_day: Flags) -> Flags:
    """Parts of weekdays without a value on days that have some: bool [N, 7, slots]."""
    slot = pick(spans.slot, points.at)
    slot_of_week = pick((spans.weekday_of_day * spans.slots).astype(np.int16), pick(spans.day, points.at)) + slot
    possible, known = points.table(slot, spans.slots, on_open_day)
    every_day = _never(possible, known, MIN_DAYS, points.compared)
    possible, known = points.table(slot_of_week, DAYS * spans.slots, on_open_day)
    each = _never(possible, known, MIN_WEEKS_OF_HOURS, points.compared).reshape(-1, DAYS, spans.slots)
    closed = each | every_day[:, None, :]
    begins = np.unique(spans.slot)  # periods of several hours last until the next one begins
    closed = closed[:, :, begins[np.searchsorted(begins, np.arange(spans.slots), "right") - 1]]
    closed &= ~closed.all(axis=(1, 2), keepdims=True)
    return closed


def _never(possible: Floats, known: Floats, least: int, compared: int) -> Flags:
    """Which kinds of N × K never have a value, by more than chance: bool [N, K].

    ``possible``, ``known``: how many of each there are, and have a value; ``least``: how many it takes; ``compared``:
    the series that are compared, these N among them.
    """
    candidates = (possible >= least) & (known <= MAX_EXCEPTIONS * possible)
    rest = np.where(candidates, 0, possible)
    missing_rate = ((rest - np.where(candidates, 0, known)).sum(axis=1) + 1) / (rest.sum(axis=1) + 2)
    # The chance that so many are missing where each is missing at that rate, over everything that is compared.
    log_chance = np.log(missing_rate)[:, None] * (possible - known) + np.log(np.maximum(possible, 1)) * known
    never: Flags = candidates & (log_chance + np.log(possible.shape[1] * compared) < np.log(MAX_CHANCE))
    return never


def _closed_months(spans: _Spans, inside: Flags, seen: Flags, compared: int) -> Flags:
    """Months of the year without a value, several years running: bool [N, 12]. ``inside``, ``seen``: bool [N, D]."""
    starts = np.flatnonzero(np.diff(spans.month_of_day, prepend=-1))
    month = spans.month_of_day[starts] % MONTHS
    whole = np.logical_or.reduceat(inside, starts, axis=1)
    held = np.logical_or.reduceat(seen, starts, axis=1)
    of_month = np.zeros((len(month), MONTHS))
    of_month[np.arange(len(month)), month] = 1
    possible, known = whole @ of_month, held @ of_month
    candidates: Flags = (known == 0) & (possible >= MIN_YEARS)
    if not candidates.any():
        return candidates
    rest = np.where(candidates, 0, possible)
    missing_rate = ((rest - np.where(candidates, 0, known)).sum(axis=1) + 1) / (rest.sum(axis=1) + 2)
    years = _in_runs(candidates, np.where(candidates, possible, 0))
    chance = np.log(missing_rate)[:, None] * years + np.log(MONTHS * compared)
    never: Flags = candidates & (chance < np.log(MAX_CHANCE)) & ~candidates.all(axis=1, keepdims=True)
    return never


def _in_runs(candidates: Flags, years: Floats) -> Floats:
    """The ``years`` of each month's run of candidates, added up, December next to January: float64 [N, 12]."""
    flags, sums = np.tile(candidates, 3), np.tile(years, 3)
    for n in range(1, sums.shape[1]):
        sums[:, n] += np.where(flags[:, n] & flags[:, n - 1], sums[:, n - 1], 0)
    for n in range(sums.shape[1] - 2, -1, -1):
        sums[:, n] = np.where(flags[:, n] & flags[:, n + 1], sums[:, n + 1], sums[:, n])
    return sums[:, MONTHS : 2 * MONTHS]
