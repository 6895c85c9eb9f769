"""Years, months and days in columns of numbers, known by what the numbers do and not by their headings."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Column, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR
from almanac.tables.values.numbers import whole_number

# All chosen by judgement.
_FIRST_COLUMNS = 8  # among which three neighbours are looked for
_MIN_ROWS = 5
_MIN_DATES = 0.98  # of three numbers that are a day of the calendar
_MIN_IN_ORDER = 0.98  # steps from row to row that do not go back in time, or forward where the newest comes first
_MIN_EQUAL_STEPS = 0.9  # of the steps between different days


def numbered_days(table: Table, profiles: tuple[ColumnProfile, ...]) -> tuple[int, int, int] | None:
    """The neighbouring columns of years, months and days, in this order; None when there are none.

    Every row is a day of the calendar, the days follow the order of the rows, and they are evenly spaced.
    """
    for first in range(min(len(profiles), _FIRST_COLUMNS) - 2):
        near = range(first, first + 3)
        if not all(profiles[i].numeric and profiles[i].whole for i in near):
            continue
        found = [order for order in permutations(near) if order[1] != first + 2 or order[0] == first]
        fitting = [order for order in found if _in_span(profiles, order) and _run_on(table, order)]
        if len(fitting) == 1:
            return fitting[0][0], fitting[0][1], fitting[0][2]
    return None


def _in_span(profiles: tuple[ColumnProfile, ...], order: tuple[int, ...]) -> bool:
    year, month, day = (profiles[i] for i in order)
    spans = ((year, FIRST_YEAR, LAST_YEAR), (month, 1, 12), (day, 1, 31))
    return all(low <= p.lowest <= p.highest <= high for p, low, high in spans)


def _run_on(table: Table, order: tuple[int, ...]) -> bool:
    year, month, day = (_rows(table.columns[i]) for i in order)
    known = (year > 0) & (month > 0) & (day > 0)
    months = ((year - 1970) * 12 + month - 1)[known].astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day[known] - 1)
    good = days.astype("datetime64[M]") == months
    if known.sum() < _MIN_ROWS or good.mean() < _MIN_DATES:
        return False
    place = days[good].astype(np.int64)
    steps = np.diff(place)
    if max((steps >= 0).mean(), (steps <= 0).mean()) < _MIN_IN_ORDER:
        return False
    apart = np.diff(np.unique(place))
    if len(apart) < _MIN_ROWS - 1:
        return False
    return bool(np.unique(apart, return_counts=True)[1].max() >= _MIN_EQUAL_STEPS * len(apart))


def _rows(column: Column) -> Integers:
    """The whole number of each row: int64 [N], 0 where there is none."""
    column = as_cells(column)
    numbers = (whole_number(cell_text(cell).removesuffix(".0")) for cell in column.cells)
    return np.array([n or 0 for n in numbers], dtype=np.int64)[column.codes]
