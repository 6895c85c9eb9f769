"""Day first or month first: one answer for the whole column, from its calendar, its rhythm and its order of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Timestamps
from almanac.tables.timeline.timeline import Timeline
from almanac.tables.values.date_patterns import Grain

_CLEAR = 0.02  # difference in regularity that decides


@dataclass(frozen=True)
class Order:
    """``certain`` is false when nothing in the file tells the two readings apart."""

    day_first: bool
    certain: bool


def find_order(line: Timeline) -> Order:
    """Which reading fits the whole column."""
    if not line.two_ways:
        return Order(True, True)
    as_day, as_month = (~np.isnat(line.day_first)).sum(), (~np.isnat(line.month_first)).sum()
    if as_day != as_month:
        return Order(bool(as_day > as_month), True)
    if np.array_equal(line.day_first, line.month_first, equal_nan=True) or line.separator == ".":
        return Order(True, True)
    clock = (_unbroken,) if line.grain is Grain.TIME else ()
    for evidence in (*clock, _regularity, _rising):
        day, month = evidence(line.day_first), evidence(line.month_first)
        if abs(day - month) > _CLEAR:
            return Order(day > month, True)
    return Order(True, False)


def chosen(line: Timeline, order: Order) -> Timestamps:
    return line.day_first if order.day_first else line.month_first


def _regularity(when: Timestamps) -> float:
    """The share of the commonest step between different dates, in days or in whole months: 0 to 1."""
    days = np.unique(when[~np.isnat(when)].astype("datetime64[D]"))
    if len(days) < 3:
        return 0.0
    months = days.astype("datetime64[M]")
    same_day = len(np.unique((days - months.astype("datetime64[D]")).astype(np.int64))) == 1
    steps = [np.diff(days).astype(np.int64)]
    if same_day:
        steps.append(np.diff(months).astype(np.int64))
    return max(float(np.unique(s, return_counts=True)[1].max() / len(s)) for s in steps)


def _unbroken(when: Timestamps) -> float:
    """The share of the time from first to last in which records follow one another as they mostly do: 0 to 1.

    Hours of a day that is followed by none of the next are hardly how anybody keeps a record.
    """
    steps = np.diff(np.unique(when[~np.isnat(when)].astype(np.int64)))
    if len(steps) < 10:
        return 0.0
    usual = np.median(steps)
    return float(steps[steps <= 10 * usual].sum() / steps.sum())


def _rising(when: Timestamps) -> float:
    """The share of steps from row to row that do not go back in time (or forward, when newest comes first)."""
    steps = np.diff(when[~np.isnat(when)].astype(np.int64))
    return max(float((steps >= 0).mean()), float((steps <= 0).mean())) if len(steps) else 0.0
