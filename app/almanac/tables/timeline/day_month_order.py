"""Day first or month first: one answer for the whole column, from its calendar, its steps and its order of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from almanac.core.arrays import Timestamps
from almanac.tables.timeline.timeline import Timeline
from almanac.tables.values.dates.date_patterns import Grain

# dd/mm/yyyy in a column's name, also as TT.MM.JJJJ, jj/mm/aaaa and gg/mm/aaaa.
_DAY_FIRST = re.compile(r"(?<![^\W_])(?:dd?|tt?|jj|gg)[-/. ]?mm?[-/. ]?(?:yy|jj|aa)", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?<![^\W_])mm?[-/. ]?dd?[-/. ]?yy", re.IGNORECASE)

# All chosen by judgement.
_DECISIVE = 0.02  # difference between two shares that decides
_MIN_DATES, _MIN_STEPS = 3, 10
_LONG_STEP = 10  # times the usual step, from which on a step is a break


@dataclass(frozen=True)
class OrderVote:
    """What speaks for each order: how many dates are possible, or a share from 0 to 1."""

    name: str
    day_first: float
    month_first: float


@dataclass(frozen=True)
class DayMonthOrder:
    """``certain`` is false when nothing in the file decides between the two orders.

    ``rule`` says what decided; ``votes``: what was compared until then.
    """

    day_first: bool
    certain: bool
    rule: str = field(default="", compare=False)
    votes: tuple[OrderVote, ...] = field(default=(), compare=False)


def find_day_month_order(line: Timeline, names: Sequence[str] = ()) -> DayMonthOrder:
    """Which order fits the whole column; ``names``: those of the columns that hold the date."""
    if not line.ambiguous:
        return DayMonthOrder(True, True, "no date can be read both ways")
    possible = [int((~np.isnat(when)).sum()) for when in (line.day_first, line.month_first)]
    votes = [OrderVote("possible dates", *possible)]
    if possible[0] != possible[1]:
        return DayMonthOrder(possible[0] > possible[1], True, "the calendar", tuple(votes))
    if np.array_equal(line.day_first, line.month_first, equal_nan=True):
        return DayMonthOrder(True, True, "both orders give the same dates", tuple(votes))
    if (known := _by_writing(line, " ".join(names))) is not None:
        return DayMonthOrder(*known, votes=tuple(votes))
    for name, share in _SHARES if line.grain is Grain.TIME else _SHARES[1:]:
        day, month = share(line.day_first), share(line.month_first)
        votes.append(OrderVote(name, day, month))
        if abs(day - month) > _DECISIVE:
            return DayMonthOrder(day > month, True, name, tuple(votes))
    return DayMonthOrder(True, False, "nothing decides, so the day is taken first", tuple(votes))


def _by_writing(line: Timeline, name: str) -> tuple[bool, bool, str] | None:
    """The order that a pattern such as dd/mm/yyyy in the name of the column says, or full stops between the parts."""
    day, month = _DAY_FIRST.search(name) is not None, _MONTH_FIRST.search(name) is not None
    if day != month:
        return day, True, "the name of the column"
    return (True, True, "dates with full stops have the day first") if line.separator == "." else None


def dates_in(line: Timeline, order: DayMonthOrder) -> Timestamps:
    """The dates of a timeline in this order: datetime64[s] [N]."""
    return line.day_first if order.day_first else line.month_first


def date_format(line: Timeline, order: DayMonthOrder) -> str:
    """How the dates are written: "day.month.year", or the name of their pattern."""
    if not line.separator:
        return line.pattern
    return line.separator.join(("day", "month", "year") if order.day_first else ("month", "day", "year"))


def _continuity(when: Timestamps) -> float:
    """The share of the time from first to last in which records follow one another as they mostly do: 0 to 1.

    Hours of one day without any of the next day are hardly how anybody keeps a record.
    """
    steps = np.diff(np.unique(when[~np.isnat(when)].astype(np.int64)))
    if len(steps) < _MIN_STEPS:
        return 0.0
    usual = np.median(steps)
    return float(steps[steps <= _LONG_STEP * usual].sum() / steps.sum())


def _regularity(when: Timestamps) -> float:
    """The share of the commonest step between distinct dates, in days or in whole months: 0 to 1."""
    days = np.unique(when[~np.isnat(when)].astype("datetime64[D]"))
    if len(days) < _MIN_DATES:
        return 0.0
    months = days.astype("datetime64[M]")
    same_day = len(np.unique((days - months.astype("datetime64[D]")).astype(np.int64))) == 1
    steps = [np.diff(days).astype(np.int64)]
    if same_day:
        steps.append(np.diff(months).astype(np.int64))
    return max(float(np.unique(s, return_counts=True)[1].max() / len(s)) for s in steps)


def _rising(when: Timestamps) -> float:
    """The share of steps from row to row that do not go back in time (or forward, when newest comes first)."""
    steps = np.diff(when[~np.isnat(when)].astype(np.int64))
    return max(float((steps >= 0).mean()), float((steps <= 0).mean())) if len(steps) else 0.0


# Compared in this order; the first is for times of day only.
_SHARES: tuple[tuple[str, Callable[[Timestamps], float]], ...] = (
    ("records without breaks", _continuity),
    ("equal steps between dates", _regularity),
    ("rows in order of time", _rising),
)
