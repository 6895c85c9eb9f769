"""Series that repeat themselves without any change, such as a bill every third month: forecast by repeating them."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import agree, some

MAX_PERIOD = 53  # steps: weeks in a year
MIN_CYCLES = 3  # after k cycles without exception the next one has one with probability 1 / (k + 2): Laplace's rule
MIN_MATCHES = 8  # values equal to those a cycle before; fewer may be chance in small whole numbers (judgement)
_MAX_NAMES = 5
_PERIODS = np.arange(2, MAX_PERIOD + 1)
_NEEDED = np.maximum(MIN_CYCLES * _PERIODS, _PERIODS + MIN_MATCHES)  # values
_ROWS_AT_ONCE = 4096


def exact_periods(series: SeriesSet) -> Integers:
    """The period after which each series repeats itself exactly: int64 [N], 0 where none from 2 to 53 does.

    A series repeats itself when every value from the first on is equal to the one a period before, none is missing,
    and they are not all the same.
    """
    found = np.zeros(len(series), np.int64)
    last, starts, values = series.offsets[1:] - 1, series.offsets[:-1], series.values
    changing = np.fmin.reduceat(values, starts) < np.fmax.reduceat(values, starts)
    for first in range(0, len(series), _ROWS_AT_ONCE):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, len(series)))
        possible = (series.lengths[rows, None] >= _NEEDED) & changing[rows, None]
        end = last[rows, None]
        before = np.where(possible, end - _PERIODS, end)
        # Few series end like that, and only those are compared as a whole.
        possible &= (values[before] == values[end]) & (values[before - 1] == values[end - 1])
        for i in np.flatnonzero(possible.any(axis=1)).tolist():
            found[rows[i]] = next((p for p in _PERIODS[possible[i]].tolist() if _repeats(series[int(rows[i])], p)), 0)
    return found


def _repeats(values: Floats, period: int) -> bool:
    return bool((values[period:] == values[:-period]).all())


def repeated(series: SeriesSet, i: int, period: int, horizon: int) -> Floats:
    """The next ``horizon`` values of series i when it goes on repeating itself: float64 [horizon]."""
    cycle = series[i][-period:]
    return cycle[np.arange(horizon) % period]


def repetition_note(names: list[str], period: str) -> Problem:
    """What a person should know about series that were forecast by repeating them; ``period``: "3 months"."""
    one = agree(len(names), "repeats itself", "repeat themselves")
    return Problem(
        "repeats_exactly",
        f"{some(names, _MAX_NAMES)} {one} every {period} without any change, so the forecast goes on like that.",
        f"Every value so far is equal to the one {period} before, at least {MIN_CYCLES} times over.",
        "Nothing to do. If something is about to change, the file cannot show it.",
        count=len(names),
    )
