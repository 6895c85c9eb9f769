"""Days without a year that follow one another: 20.11., Mo 20.11., Nov 20, 20-Nov."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.values.cells import Column
from almanac.tables.values.date_text import month_and_day
from almanac.tables.values.dates import NAT

_LEAP_YEAR = 2000  # a year that has every day

# All chosen by judgement.
_MAX_CELLS, _SAMPLE = 5000, 20
_MIN_DAY_SHARE = 0.8  # of the first cells
_MIN_DAYS = 5
_MAX_GAP, _USUAL_GAP, _MIN_USUAL_SHARE = 45, 7, 0.8  # days between two rows: at most, and mostly


def consecutive_days(column: Column) -> Timestamps | None:
    """When each row happened, datetime64[s] [N], in years that begin with 1; None when the days do not run on.

    Rows rise or fall by a few days each, and a new year begins where the calendar starts again. With a 29 February,
    the first year has the number that makes the year of that day a leap year.
    """
    if column.floats is not None or len(column.cells) > _MAX_CELLS:
        return None
    first = column.cells[:_SAMPLE]
    if sum(month_and_day(cell) is not None for cell in first) < _MIN_DAY_SHARE * len(first):
        return None
    found = [month_and_day(cell) or (0, 0) for cell in column.cells]
    month, day = np.array(found, dtype=np.int64)[column.codes].T
    rows = np.flatnonzero(month > 0)
    of_leap_year = _dates(np.full(len(rows), _LEAP_YEAR), month[rows], day[rows])
    place = of_leap_year.astype("datetime64[D]").astype(np.int64)
    if len(np.unique(place)) < _MIN_DAYS:
        return None
    if (np.diff(place) % 366 > _MAX_GAP).mean() > 0.5:  # newest first
        rows, place = rows[::-1], place[::-1]
    steps = np.diff(place) % 366
    if steps.max() > _MAX_GAP or (steps <= _USUAL_GAP).mean() < _MIN_USUAL_SHARE:
        return None
    years = 1 + np.concatenate([[0], np.cumsum(np.diff(place) < 0)])
    leap_days = years[(month[rows] == 2) & (day[rows] == 29)]
    if len(leap_days):
        years += (4 - leap_days[0]) % 4
    when: Timestamps = np.full(len(column), NAT, dtype="datetime64[s]")
    when[rows] = _dates(years, month[rows], day[rows])
    return when


def _dates(years: Integers, months: Integers, days: Integers) -> Timestamps:
    first = ((years - 1970) * 12 + months - 1).astype("datetime64[M]").astype("datetime64[D]")
    dates: Timestamps = (first + (days - 1)).astype("datetime64[s]")
    return dates
