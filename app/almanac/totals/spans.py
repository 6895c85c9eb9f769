"""Spans of time that totals are made for: the whole horizon, or its weeks, months, quarters or years.

A period belongs to the calendar span that the date of its label is in, so that a week which begins in June counts to
June.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.calendar.years import DAYS_IN_WEEKS, year_in_periods

_MONTHS_OF_PERIOD = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_FINE = (Unit.DAY, Unit.BUSINESS_DAY, Unit.HOUR, Unit.MINUTE)
_DAY = 86_400
_MONDAY = 3  # 1970-01-01 was a Thursday


class SpanKind(StrEnum):
    """What a horizon is divided into."""

    HORIZON = "horizon"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS_OF_SPAN = {SpanKind.MONTH: 1, SpanKind.QUARTER: 3, SpanKind.YEAR: 12}


@dataclass(frozen=True)
class Span:
    """Steps ``start`` to before ``stop`` of a horizon, from 0.

    ``first``, ``last``: period numbers, both included; ``label``: the calendar period ("2026-07", "2026-Q3", "2026",
    "week of 2026-07-06"), or from when to when. ``partial``: whether the calendar period begins before the horizon or
    ends after it. ``last_year``: period numbers of the same span last year, from and to before; None when there is none
    or it is not over.
    """

    kind: SpanKind
    start: int
    stop: int
    first: int
    last: int
    label: str
    partial: bool
    last_year: tuple[int, int] | None


def can_divide(frequency: Frequency, kind: SpanKind) -> bool:
    """Whether periods of this frequency make up whole spans of this kind."""
    if kind is SpanKind.HORIZON:
        return True
    months = _MONTHS_OF_PERIOD.get(frequency.unit, 0) * frequency.multiple
    if months:
        return _MONTHS_OF_SPAN.get(kind, 0) % months == 0 and kind is not SpanKind.WEEK
    if frequency.unit is Unit.WEEK:
        return kind is not SpanKind.WEEK or frequency.multiple == 1
    if frequency.unit is Unit.DAY and frequency.multiple > 1:
        return kind is not SpanKind.WEEK
    return frequency.dated


def plan_spans(frequency: Frequency, first: int, horizon: int, kind: SpanKind) -> tuple[Span, ...]:
    """The spans of this kind in ``horizon`` periods from period ``first``. Raises ``ValueError`` if there are none."""
    if not can_divide(frequency, kind):
        raise ValueError(f"{frequency.name} periods do not make up spans of a {kind}")
    numbers = first + np.arange(-1, horizon + 1)
    if kind is SpanKind.HORIZON:
        label = frequency.label(first)
        if horizon > 1:
            label = f"{label} to {frequency.label(first + horizon - 1)}"
        return (_span(frequency, SpanKind.HORIZON, (0, horizon), first, (label, False)),)
    keys = _calendar_keys(frequency, numbers, kind)
    edges = np.flatnonzero(np.diff(keys[1:-1], prepend=keys[1] - 1, append=keys[-2] + 1))
    spans = []
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        partial = bool(keys[start] == keys[start + 1] or keys[stop] == keys[stop + 1])
        label = _label(frequency, kind, int(keys[start + 1]), first + start)
        spans.append(_span(frequency, kind, (start, stop), first, (label, partial)))
    return tuple(spans)


def chosen_span(frequency: Frequency, first: int, steps: tuple[int, int]) -> Span:
    """These ``steps`` (from, to before) of a horizon that begins with period ``first``."""
    start, stop = steps
    labels = dict.fromkeys((frequency.label(first + start), frequency.label(first + stop - 1)))
    return _span(frequency, SpanKind.HORIZON, steps, first, (" to ".join(labels), False))


def _span(frequency: Frequency, kind: SpanKind, steps: tuple[int, int], first: int, named: tuple[str, bool]) -> Span:
    """The span of these ``steps`` (from, to before) with its label and whether it is ``partial``."""
    start, stop = steps
    label, partial = named
    before = _last_year(frequency, kind, (first + start, first + stop), partial)
    if before is not None and before[1] > first:
        before = None
    return Span(kind, start, stop, first + start, first + stop - 1, label, partial, before)


def _last_year(frequency: Frequency, kind: SpanKind, numbers: tuple[int, int], partial: bool) -> tuple[int, int] | None:
    """The same span one year before: numbers from and to before; None where periods do not fit into a year.

    A whole month, quarter or year is compared with the same one; any other span of days and hours with the same
    weekdays 52 weeks before, as a month has other weekdays each year and a few days of it even more so.
    """
    year = year_in_periods(frequency)
    if frequency.unit in _FINE and kind in _MONTHS_OF_SPAN and not partial:
        return _same_calendar_span(frequency, kind, numbers)
    if year is None:
        return None
    if frequency.unit in _FINE and numbers[1] - numbers[0] > year:
        year = year * 365 // DAYS_IN_WEEKS if frequency.unit is not Unit.BUSINESS_DAY else year + 1
    return numbers[0] - year, numbers[1] - year


def _same_calendar_span(frequency: Frequency, kind: SpanKind, numbers: tuple[int, int]) -> tuple[int, int] | None:
    """The calendar span one year before that of ``numbers``."""
    count = numbers[1] - numbers[0]
    around = np.arange(numbers[0] - 2 * count - 400 * _per_day(frequency), numbers[0])
    wanted = _calendar_keys(frequency, np.array(numbers[:1]), kind)[0] - 12 // _MONTHS_OF_SPAN[kind]
    inside: Flags = _calendar_keys(frequency, around, kind) == wanted
    found = around[inside]
    return (int(found[0]), int(found[-1]) + 1) if len(found) else None


def _per_day(frequency: Frequency) -> int:
    seconds = {Unit.HOUR: 3600, Unit.MINUTE: 60}.get(frequency.unit, _DAY) * frequency.multiple
    return max(_DAY // seconds, 1)


def _year_start(frequency: Frequency) -> int:
    """Months from January until a year begins: that of the fiscal year where the file has one."""
    if frequency.fiscal is not None:
        return frequency.fiscal.start % 12
    return frequency.anchor % 12 if frequency.unit is Unit.YEAR else 0


def _calendar_keys(frequency: Frequency, numbers: Integers, kind: SpanKind) -> Integers:
    """The number of the week, month, quarter or year that each period is in: int64, one more for each later one."""
    if kind is SpanKind.WEEK:
        if frequency.unit is Unit.WEEK:
            return numbers
        days = frequency.dates(numbers).astype("datetime64[D]").astype(np.int64)
        return (days + _MONDAY) // 7
    months = frequency.dates(numbers).astype("datetime64[M]").astype(np.int64)
    return (months - _year_start(frequency)) // _MONTHS_OF_SPAN[kind]


def _label(frequency: Frequency, kind: SpanKind, key: int, number: int) -> str:
    """A calendar span in words: its fiscal name where the frequency has that very period, else by the calendar."""
    months = _MONTHS_OF_PERIOD.get(frequency.unit, 0) * frequency.multiple
    if months and months == _MONTHS_OF_SPAN.get(kind):
        return frequency.label(number)
    if kind is SpanKind.WEEK:
        monday = frequency.label(number) if frequency.unit is Unit.WEEK else str(np.datetime64(key * 7 - _MONDAY, "D"))
        return f"week of {monday}"
    start = str(np.datetime64(key * _MONTHS_OF_SPAN[kind] + _year_start(frequency), "M"))
    year, month = start.split("-")
    if kind is SpanKind.MONTH:
        return start
    if _year_start(frequency):
        return f"{kind} from {start}"
    return year if kind is SpanKind.YEAR else f"{year}-Q{(int(month) - 1) // 3 + 1}"
