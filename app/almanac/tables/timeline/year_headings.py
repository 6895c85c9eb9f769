"""Years that stand once above their months or quarters, in the same column: 2019, Jan, Feb … or 2019 Q1, Q2, Q3 …"""

from __future__ import annotations

import re

import numpy as np

from almanac.core.arrays import Flags, Timestamps
from almanac.tables.values.calendar_names import month_number
from almanac.tables.values.cells import Cell, Column, cell_text
from almanac.tables.values.date_patterns import Grain
from almanac.tables.values.dates import read_parts

_YEAR = re.compile(r"(?:19|20)\d\d")
_QUARTER = re.compile(r"[QTK]\s?([1-4])|([1-4])\.?\s?(?:Q|T|quartal|quarter|qtr)", re.IGNORECASE)
_MOST = 500  # different cells of such a column


def months_below_years(column: Column) -> tuple[Timestamps, Grain, Flags] | None:
    """When each row begins: datetime64[s] [N], the grain, and which rows only name a year; None for other columns.

    Months rise (or, newest first, fall) below each year, and most rows name no year themselves.
    """
    if column.floats is not None or len(column.cells) > _MOST:
        return None
    told = [_told(cell) for cell in column.cells]
    year, month, quarter = np.array(told, dtype=np.int64).reshape(-1, 3)[column.codes].T
    rows = np.flatnonzero((year > 0) | (month > 0))
    alone = (month > 0) & (year == 0)
    if len(rows) < 4 or year[rows[0]] == 0 or alone.sum() < 0.6 * len(rows) or len(np.unique(year[year > 0])) < 2:
        return None
    last = np.maximum.accumulate(np.where(year > 0, np.arange(len(year)), 0))
    dated = np.flatnonzero(month > 0)
    months = (year[last] - 1970) * 12 + month - 1
    steps = np.diff(months[dated])
    if not ((steps > 0).all() or (steps < 0).all()):
        return None
    when = np.where(month > 0, months.astype("datetime64[M]").astype("datetime64[s]"), np.datetime64("NaT"))
    return when, Grain.QUARTER if quarter[dated].all() else Grain.MONTH, (year > 0) & (month == 0)


def _told(cell: Cell) -> tuple[int, int, int]:
    """Year, month, and whether it is a quarter: 0 for what the cell does not say."""
    text = cell_text(cell)
    if _YEAR.fullmatch(text):
        return int(text), 0, 0
    if (month := month_number(text)) is not None:
        return 0, month, 0
    if (match := _QUARTER.fullmatch(text)) is not None:
        return 0, int(match[1] or match[2]) * 3 - 2, 1
    parts = read_parts(cell)
    if parts is not None and parts[4] in (Grain.MONTH, Grain.QUARTER):
        return parts[0], parts[1], int(parts[4] is Grain.QUARTER)
    return 0, 0, 0
