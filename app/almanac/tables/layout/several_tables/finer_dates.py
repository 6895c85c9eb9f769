"""The day of rows below a year, a month or a week, where a column of these rows says which day it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Cell, Column, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import weekday_numbers
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.date_text import day_and_month
from almanac.tables.values.dates.read_dates import read_dates
from almanac.tables.values.numbers import whole_number

_MIN_SHARE = 0.8  # of the different cells of a column that must say a day; chosen by judgement
_LAST_DAY = 31


@dataclass(frozen=True)
class _Part:
    """How a cell says which day of a year, month or week it is; ``named``: only below a name for a day."""

    day: Callable[[date, Cell], date | None]
    named: bool = False


def _of_year(year: date, cell: Cell) -> date | None:
    found = day_and_month(cell)
    return None if found is None else _date(year.year, found.month, found.day)


def _of_month(month: date, cell: Cell) -> date | None:
    day = whole_number(cell_text(cell))
    return _date(month.year, month.month, day) if day is not None and 1 <= day <= _LAST_DAY else None


def _of_week(monday: date, cell: Cell) -> date | None:
    days = weekday_numbers(cell) if isinstance(cell, str) else frozenset()
    return monday + timedelta(next(iter(days))) if len(days) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_PARTS = {Grain.YEAR: _Part(_of_year), Grain.MONTH: _Part(_of_month, named=True), Grain.WEEK: _Part(_of_week)}


def with_days(dates: Column, table: Table, profiles: Sequence[ColumnProfile]) -> tuple[Column, int] | None:
    """The dates of the rows with their day, and the column that says which day it is; None where no column does.

    ``dates``: a year, month or week for each row, or nothing.
    """
    read = read_dates(dates.cells)
    grains = {Grain(grain) for grain in read.grains[read.understood].tolist()}
    part = _PARTS.get(grains.pop()) if len(grains) == 1 else None
    if part is None:
        return None
    starts = [None if np.isnat(when) else when.astype("datetime64[D]").item() for when in read.day_first]
    for i, profile in enumerate(profiles):
        if part.named and not profile.named("day"):
            continue
        found = _joined(dates, starts, as_cells(table.columns[i]), part)
        if found is not None:
            return found, i
    return None


def _joined(dates: Column, starts: Sequence[date | None], column: Column, part: _Part) -> Column | None:
    """The day of each row; None where the cells of the column do not say it."""
    pairs, codes = np.unique(dates.codes.astype(np.int64) * len(column.cells) + column.codes, return_inverse=True)
    days: list[Cell] = []
    dated = 0
    for pair in pairs.tolist():
        start, cell = starts[pair // len(column.cells)], column.cells[pair % len(column.cells)]
        day = None if start is None else part.day(start, cell)
        dated += start is not None
        days.append("" if day is None else f"{day}")
    return Column(codes.astype(np.int32), days) if sum(map(bool, days)) >= _MIN_SHARE * max(dated, 1) else None
