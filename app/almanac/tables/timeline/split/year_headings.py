"""Years that appear once above their months or quarters, in the same column: 2019, Jan, Feb … or 2019 Q1, Q2, Q3 …"""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Timestamps
from almanac.tables.values.cells import Cell, Column, cell_text
from almanac.tables.values.dates.calendar_names import is_year, month_number, quarter_number
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.one_date import parse_date
from almanac.tables.values.dates.read_dates import NAT

# All chosen by judgement.
_MAX_CELLS = 500  # distinct cells of such a column
_MIN_ROWS, _MIN_YEARS = 4, 2
_MIN_ALONE = 0.6  # share of rows that name no year


def months_below_years(column: Column) -> tuple[Timestamps, Grain, Flags] | None:
    """When each row begins: datetime64[s] [N], the grain, and which rows only name a year; None for other columns.

    Months rise (or, newest first, fall) below each year, and most rows name no year themselves.
    """
    if column.has_numbers or len(column.cells) > _MAX_CELLS:
        return None
    found = [_year_month_quarter(cell) for cell in column.cells]
    year, month, quarter = np.array(found, dtype=np.int64).reshape(-1, 3)[column.codes].T
    rows = np.flatnonzero((year > 0) | (month > 0))
    alone = (month > 0) & (year == 0)
    if len(rows) < _MIN_ROWS or year[rows[0]] == 0 or len(np.unique(year[year > 0])) < _MIN_YEARS:
        return None
    if alone.sum() < _MIN_ALONE * len(rows):
        return None
    last_year = np.maximum.accumulate(np.where(year > 0, np.arange(len(year)), 0))
    dated = np.flatnonzero(month > 0)
    months = (year[last_year] - 1970) * 12 + month - 1
    steps = np.diff(months[dated])
    if not ((steps > 0).all() or (steps < 0).all()):
        return None
    when = np.where(month > 0, months.astype("datetime64[M]").astype("datetime64[s]"), NAT)
    return when, Grain.QUARTER if quarter[dated].all() else Grain.MONTH, (year > 0) & (month == 0)


def _year_month_quarter(cell: Cell) -> tuple[int, int, int]:
    """Year, first month, and whether it is a quarter: 0 for what the cell does not say."""
    text = cell_text(cell)
    if is_year(text):
        return int(text), 0, 0
    if (month := month_number(text)) is not None:
        return 0, month, 0
    if (quarter := quarter_number(text)) is not None:
        return 0, quarter * 3 - 2, 1
    parts = parse_date(cell)
    if parts is not None and parts.grain in (Grain.MONTH, Grain.QUARTER):
        return parts.year, parts.month, int(parts.grain is Grain.QUARTER)
    return 0, 0, 0
