"""Days without a year that run on: 20.11., Mo 20.11., Nov 20, 20-Nov."""

from __future__ import annotations

import re

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.values.calendar_names import WEEKDAYS, month_number, plain
from almanac.tables.values.cells import Cell, Column

_DAY_MONTH = re.compile(
    r"(?:(?P<weekday>[^\W\d_]{2,10})[.,]{0,2}\s+)?"
    r"(?:(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.|(?P<d2>\d{1,2})\.?[-\s]?(?P<word>[^\W\d_]{3,10})\.?|"
    r"(?P<word2>[^\W\d_]{3,10})\.?[-\s](?P<d3>\d{1,2}))"
)
_MOST, _GLANCE = 5000, 20
_WIDEST, _USUAL = 45, 7  # days that may lie between two rows, and that mostly do
_LEAP = 2000  # a year that has every day


def running_days(column: Column) -> Timestamps | None:
    """When each row happened, datetime64[s] [N], the first year called 1; None when the days do not run on.

    Rows rise or fall by a few days each; a year begins where the calendar does. With a 29 February the first year is
    called so that it has one.
    """
    if column.floats is not None or len(column.cells) > _MOST:
        return None
    if sum(_day(cell) is not None for cell in column.cells[:_GLANCE]) < 0.8 * len(column.cells[:_GLANCE]):
        return None
    told = [_day(cell) or (0, 0) for cell in column.cells]
    month, day = np.array(told, dtype=np.int64)[column.codes].T
    rows = np.flatnonzero(month > 0)
    place = _dates(np.full(len(rows), _LEAP), month[rows], day[rows]).astype("datetime64[D]").astype(np.int64)
    if len(rows) < 5 or len(np.unique(place)) < 5:
        return None
    falling = (np.diff(place) % 366 > _WIDEST).mean() > 0.5
    if falling:
        rows, place = rows[::-1], place[::-1]
    steps = np.diff(place) % 366
    if steps.max() > _WIDEST or (steps <= _USUAL).mean() < 0.8:
        return None
    years = 1 + np.concatenate([[0], np.cumsum(np.diff(place) < 0)])
    leaps = years[(month[rows] == 2) & (day[rows] == 29)]
    if len(leaps):
        years += (4 - leaps[0]) % 4
    when: Timestamps = np.full(len(column), np.datetime64("NaT"), dtype="datetime64[s]")
    when[rows] = _dates(years, month[rows], day[rows])
    return when


def _dates(years: Integers, months: Integers, days: Integers) -> Timestamps:
    first = ((years - 1970) * 12 + months - 1).astype("datetime64[M]").astype("datetime64[D]")
    dates: Timestamps = (first + (days - 1)).astype("datetime64[s]")
    return dates


def _day(cell: Cell) -> tuple[int, int] | None:
    """Month and day."""
    match = _DAY_MONTH.fullmatch(cell) if isinstance(cell, str) else None
    if match is None or (match["weekday"] and plain(match["weekday"]) not in WEEKDAYS):
        return None
    word = match["word"] or match["word2"]
    month = month_number(word) if word else int(match["m"])
    day = int(match["d"] or match["d2"] or match["d3"])
    return (month, day) if month and 1 <= month <= 12 and 1 <= day <= 31 else None
