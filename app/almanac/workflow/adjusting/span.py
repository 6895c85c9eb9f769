"""Which periods an adjustment concerns, and which part of the first and the last of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.entered.adjustments import END_OF_DAY, Adjustment
from almanac.workflow.adjusting.targets import UnusableError

_WHOLE = (Unit.ROW, Unit.MINUTE, Unit.HOUR, Unit.BUSINESS_DAY)  # periods that are never divided
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class AdjustedSpan:
    """The periods from ``first`` to ``last``, both included, and the ``share`` of each of these two that is adjusted.

    ``named``: whether the last one was named by its first day, as the dates of a file name it, and is taken whole.
    """

    first: int
    last: int
    shares: tuple[float, float] = (1.0, 1.0)
    named: bool = False

    def share_of(self, periods: Integers) -> Floats:
        """The part of each period that is adjusted: float64 of the same shape; 0 outside."""
        inside = ((periods >= self.first) & (periods <= self.last)).astype(np.float64)
        inside = np.where(periods == self.first, self.shares[0], inside)
        shares: Floats = np.where(periods == self.last, self.shares[1], inside)
        return shares


def span_of(adjustment: Adjustment, frequency: Frequency) -> AdjustedSpan:
    """The periods of an adjustment. Raises ``UnusableError`` for a text that is not a period.

    A date that names a period, as the dates of the file do, stands for the whole period. Any other date is a day: of a
    month from the 10th on, the rest is adjusted.
    """
    if not frequency.dated:
        return _ordered(AdjustedSpan(_row(adjustment.first), _row(adjustment.last)))
    begin, end = _moment(adjustment.first), _moment(adjustment.last)
    first, last = (int(number) for number in frequency.numbers(np.array([begin, end])))
    if frequency.unit in _WHOLE or (frequency.unit, frequency.multiple) == (Unit.DAY, 1):
        return _ordered(AdjustedSpan(first, last))
    starts_named = _names(begin, first, frequency)
    named = starts_named and _names(end, last, frequency)
    start, stop = _edges(first, frequency)[0], _edges(last, frequency)[1]
    days = (
        start if starts_named else begin.astype("datetime64[D]"),
        stop if named else end.astype("datetime64[D]") + _DAY,
    )
    shares = _overlap(first, days, frequency), _overlap(last, days, frequency)
    only_first_day = last > first and end.astype("datetime64[D]") + _DAY < stop and adjustment.last.endswith(END_OF_DAY)
    return _ordered(AdjustedSpan(first, last, shares, named and only_first_day))


def _row(text: str) -> int:
    number = text.removeprefix("row ").strip()
    if not number.isdecimal():
        raise UnusableError(f"“{text}” is not a row number: the file has no dates")
    return int(number) - 1


def _moment(text: str) -> np.datetime64:
    try:
        return np.datetime64(datetime.fromisoformat(text).replace(tzinfo=None), "s")
    except ValueError:
        raise UnusableError(f"“{text}” is not a date such as 2026-07-01") from None


def _ordered(span: AdjustedSpan) -> AdjustedSpan:
    if span.last < span.first:
        raise UnusableError("it ends before it begins")
    return span


def _names(moment: np.datetime64, number: int, frequency: Frequency) -> bool:
    """Whether a date names a period: its first day, or the day that labels it."""
    label = frequency.even_dates(np.array([number]))[0].astype("datetime64[D]")
    return bool(moment.astype("datetime64[D]") in (label, _edges(number, frequency)[0]))


def _edges(number: int, frequency: Frequency) -> tuple[np.datetime64, np.datetime64]:
    """The first day of a period, and of the one after it."""
    first, after = frequency.begins(np.array([number, number + 1])).astype("datetime64[D]")
    return first, after


def _overlap(number: int, days: tuple[np.datetime64, np.datetime64], frequency: Frequency) -> float:
    """The share of a period from the first of two ``days`` to before the second."""
    first, after = _edges(number, frequency)
    covered = min(days[1], after) - max(days[0], first)
    return float(covered / (after - first))
