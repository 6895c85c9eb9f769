"""Dates by counting: hours or half-hours of a day, months that follow one another without a year, weeks as numbers."""

from __future__ import annotations

import re

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.calendar_names import month_number, plain
from almanac.tables.values.cells import Cell, Column, cell_text
from almanac.tables.values.dates import NAT, SECONDS_PER_DAY, SUNDAY, weekdays
from almanac.tables.values.numbers import whole_number

_HALF_HOURS = re.compile(
    r"(?:(?:settlement|trading|delivery) ?)?(?:period|interval|slot)(?: ?(?:no|number|id))?|sp|hh|"
    r"half ?hour(?:ly)?(?: ?period)?"
)
_YEAR_WEEK = re.compile(r"((?:19|20)\d\d)(0[1-9]|[1-4]\d|5[0-3])")
_CLOCK_NAMES = re.compile(
    r"(?:obs(?:ervation)? ?)?(?:time|uhrzeit|zeit|hora|ora|heure|tijd|hhmm)(?: ?\(?(?:utc|gmt|local|hhmm|lst)\)?)?|utc"
)
_YEAR_QUARTER = re.compile(r"((?:19|20)\d\d)([1-4])")
_NO_MONTH = np.iinfo(np.int64).min  # numpy's own number for "no time"

_HOUR_SPANS: tuple[tuple[float, float], ...] = ((0, 23), (1, 24), (1, 25))  # 25: the day on which clocks go back

# All chosen by judgement.
_MIN_HOURS = 20  # distinct hours in a column that counts them
_MIN_CLOCKS = 4  # distinct times in a column of times without a colon
_MIN_MONTHS, _MAX_MONTH_CELLS = 4, 200  # rows, and distinct cells, of months that follow one another
_MIN_QUARTERS, _QUARTER_SHARE = 5, 0.95
_WEEK_SHARE = 0.8


def periods_per_day(profile: ColumnProfile) -> int | None:
    """24 when the column counts the hours of a day, 48 when it counts half-hours, otherwise None.

    A day has an hour more or less when the clocks change.
    """
    if not profile.whole or not profile.numeric:
        return None
    span = (profile.lowest, profile.highest)
    if profile.named("hour") and profile.distinct >= _MIN_HOURS and span in _HOUR_SPANS:
        return 24
    name = plain(profile.name).strip().replace("_", " ")
    counted = profile.lowest == 1 and profile.distinct == profile.highest and 46 <= profile.highest <= 50
    return 48 if counted and _HALF_HOURS.fullmatch(name) else None


def tells_compact_clocks(profile: ColumnProfile) -> bool:
    """Whether the column may hold times of the day without a colon: 0, 30, 100 … 2330."""
    if not profile.whole or not profile.numeric or profile.distinct < _MIN_CLOCKS:
        return False
    in_day = profile.lowest >= 0 and 100 < profile.highest <= 2400
    return in_day and _CLOCK_NAMES.fullmatch(plain(profile.name).strip()) is not None


def compact_clocks(column: Column) -> Integers | None:
    """Seconds after midnight of cells such as 0630 or 1830: int64 [n], -1 for others; None when some are not times."""
    texts = [cell_text(cell) for cell in column.cells]
    numbers = np.array([-1 if (n := whole_number(text)) is None else n for text in texts], dtype=np.int64)
    known = numbers >= 0
    if (numbers[known] % 100 >= 60).any() or (numbers > 2400).any():
        return None
    return np.where(known, numbers // 100 * 3600 + numbers % 100 * 60, -1)


def counted_times(days: Timestamps, numbers: Integers, parts: int) -> Timestamps:
    """When each row begins: datetime64[s] [N], NaT where a day or number (-1) is missing.

    ``parts``: 24 or 48. Numbers that begin with 1 count what has passed since midnight, so on a Sunday with an hour
    more or less the clocks change. All times are those of a clock that never changes, so that none is missing or
    occurs twice.
    """
    known = ~np.isnat(days) & (numbers >= 0)
    begin = 0 if (numbers[known] == 0).any() else 1
    step = SECONDS_PER_DAY // parts
    times = days + ((numbers - begin) * step).astype("timedelta64[s]")
    if begin and known.any():
        distinct, place = np.unique(days[known], return_inverse=True)
        most = np.zeros(len(distinct), dtype=np.int64)
        np.maximum.at(most, place, numbers[known])
        hour = parts // 24
        changed = (weekdays(distinct) == SUNDAY) & (np.abs(most - parts) == hour)
        changed[-1] = False  # the last day may only be unfinished, and no day follows it
        moved = np.cumsum(np.where(changed, most - parts, 0) * step)
        times[known] += np.concatenate([[0], moved[:-1]])[place].astype("timedelta64[s]")
    result: Timestamps = np.where(known, times, NAT)
    return result


def consecutive_months(column: Column) -> Integers | None:
    """Months that follow one another without a year: int64 [N], months since January of the first year.

    -1 for rows without a month; None when they do not rise, or fall, month by month.
    """
    if column.floats is not None or len(column.cells) > _MAX_MONTH_CELLS:
        return None
    months = np.array([_month(cell) for cell in column.cells], dtype=np.int64)[column.codes] - 1
    rows = np.flatnonzero(months >= 0)
    steps = set((np.diff(months[rows]) % 12).tolist())
    if len(rows) < _MIN_MONTHS or steps not in ({1}, {11}):
        return None
    order = rows if steps == {1} else rows[::-1]
    numbers = np.full(len(column), -1, dtype=np.int64)
    numbers[order] = months[order[0]] + np.arange(len(order))
    return numbers


def _month(cell: Cell) -> int:
    """1 to 12, by name or number; 0 for anything else."""
    text = cell_text(cell)
    if text.isdecimal():
        return number if (number := whole_number(text) or 0) <= 12 else 0
    return month_number(text) or 0


def compact_quarters(column: Column) -> Integers | None:
    """Months since 1970 of cells such as 20241 to 20244: int64 [N], _NO_MONTH elsewhere; None for any other column."""
    if column.floats is not None or len(column.cells) < _MIN_QUARTERS:
        return None
    found = [_YEAR_QUARTER.fullmatch(cell_text(cell)) for cell in column.cells]
    if len({m[2] for m in found if m}) < 4 or sum(m is not None for m in found) < _QUARTER_SHARE * len(found):
        return None
    months = [(int(m[1]) - 1970) * 12 + int(m[2]) * 3 - 3 if m else _NO_MONTH for m in found]
    return np.array(months, dtype=np.int64)[column.codes]


def compact_weeks(column: Column) -> tuple[Integers, Integers] | None:
    """Year and week of each row of a column such as 202453: int64 [N] each, 0 where there are none.

    None for other columns: nearly all cells must be a year and a week, and some of the weeks above 12.
    """
    if column.floats is not None:
        return None
    found = [_YEAR_WEEK.fullmatch(cell_text(cell)) for cell in column.cells]
    parts = np.array([(int(m[1]), int(m[2])) if m else (0, 0) for m in found], dtype=np.int64).reshape(-1, 2)
    filled = sum(cell != "" for cell in column.cells)
    if (parts[:, 0] > 0).sum() < _WEEK_SHARE * filled or parts[:, 1].max(initial=0) <= 12:
        return None
    return parts[column.codes, 0], parts[column.codes, 1]
