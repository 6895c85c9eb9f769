"""Series that repeat themselves, or a line, without any change: forecast by going on like that.

Examples are a bill every third month, a plan of the year, and a loan that is paid back by the same amount every month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import agree, some

MAX_PERIOD = 53  # steps: weeks in a year
MIN_CYCLES = 3  # after k cycles without exception the next one has one with probability 1 / (k + 2): Laplace's rule
MIN_MATCHES = 8  # values as a cycle before; fewer may be chance in small whole numbers (judgement)
ROUNDING = 1e-9  # of the largest value: what computed values may differ by
_MAX_NAMES = 5
_PERIODS = np.arange(1, MAX_PERIOD + 1)
_NEEDED = np.maximum(MIN_CYCLES * _PERIODS, _PERIODS + MIN_MATCHES)  # values
_ROWS_AT_ONCE = 2048
_LOOKED_AT = 4  # latest values of all series; few series pass, and only those are compared as a whole


@dataclass(frozen=True)
class Repetitions:
    """Of each series: the period after which it repeats itself, int64 [N], 0 where none from 1 to 53 does; and what is
    added each time, float64 [N]."""

    periods: Integers
    rises: Floats

    def where(self, rows: Flags) -> Repetitions:
        """The same, with none for series that are not among the ``rows``."""
        return Repetitions(np.where(rows, self.periods, 0), np.where(rows, self.rises, 0.0))


def repetitions(series: SeriesSet) -> Repetitions:
    """How each series repeats itself exactly: every value is the one a period before plus the same rise, none is
    missing, and they are not all the same. A straight line has a period of 1."""
    found = Repetitions(np.zeros(len(series), np.int64), np.zeros(len(series)))
    last, starts, values = series.offsets[1:] - 1, series.offsets[:-1], series.values
    largest = np.fmax.reduceat(np.abs(values), starts)
    changing = np.fmin.reduceat(values, starts) < np.fmax.reduceat(values, starts)
    for first in range(0, len(series), _ROWS_AT_ONCE):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, len(series)))
        possible = (series.lengths[rows, None] >= _NEEDED) & changing[rows, None]
        for back in range(1, _LOOKED_AT):
            rows, possible = rows[possible.any(axis=1)], possible[possible.any(axis=1)]
            end = last[rows, None]
            before = np.where(possible, end - _PERIODS, end)
            unlike = values[end - back] - values[before - back] - values[end] + values[before]
            possible &= np.abs(unlike) <= ROUNDING * largest[rows, None]
        for i in np.flatnonzero(possible.any(axis=1)).tolist():
            one = series[int(rows[i])]
            period = next((p for p in _PERIODS[possible[i]].tolist() if _repeats(one, p)), 0)
            found.periods[rows[i]] = period
            found.rises[rows[i]] = _rise(one, period) if period else 0.0
    return found


def _rise(values: Floats, period: int) -> float:
    """What is added each time: float rounding is not."""
    rise = float(values[-1] - values[-1 - period])
    return rise if abs(rise) > ROUNDING * np.abs(values).max() else 0.0


def _repeats(values: Floats, period: int) -> bool:
    changes = values[period:] - values[:-period]
    return bool((np.abs(changes - changes[-1]) <= ROUNDING * np.abs(values).max()).all())


def repeated(series: SeriesSet, i: int, found: Repetitions, horizon: int) -> Floats:
    """The next ``horizon`` values of series i when it goes on like that: float64 [horizon]; not below zero where it
    never was."""
    period = int(found.periods[i])
    steps = np.arange(horizon)
    made: Floats = series[i][-period:][steps % period] + found.rises[i] * (steps // period + 1)
    return np.maximum(made, 0.0) if series[i].min() >= 0 else made


def repetition_note(names: list[str], period: str) -> Problem:
    """What a person should know about series that were forecast by repeating them; ``period``: "3 months"."""
    one = agree(len(names), "repeats itself", "repeat themselves")
    return Problem(
        "repeats_exactly",
        f"{some(names, _MAX_NAMES)} {one} every {period.removeprefix('1 ')} without any change, "
        "so the forecast goes on like that.",
        f"Every value so far is equal to the one {period} before, at least {MIN_CYCLES} times over.",
        "Nothing to do. If something is about to change, the file cannot show it.",
        count=len(names),
    )


def rise_note(names: list[str], period: str) -> Problem:
    """What a person should know about series that changed by the same amount every ``period``: "1 month"."""
    one = agree(len(names), "changes", "change")
    return Problem(
        "rises_exactly",
        f"{some(names, _MAX_NAMES)} {one} by the same amount every {period.removeprefix('1 ')}, "
        "so the forecast goes on like that.",
        f"Every change over {period} so far is equal to the one before.",
        "Nothing to do. If something is about to change, the file cannot show it.",
        count=len(names),
    )
