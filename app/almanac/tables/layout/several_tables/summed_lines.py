"""Lines that name the rows below them and hold their sum, as pivot tables write them in one column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.tables.columns.targets import first_numbers
from almanac.tables.columns.totals import total_rows
from almanac.tables.layout.several_tables.section_lines import SectionLine, SectionLines
from almanac.tables.values.cells import Column, Table
from almanac.tables.values.dates.read_dates import read_dates

# All chosen by judgement.
_FIRST_COLUMNS = 3  # in which dates and names are looked for
_MAX_ROWS = 100_000  # of a pivot table
_MIN_EACH = 2  # dates, and names
_MIN_RIGHT = 0.9  # share of the lines that must be the sum
_TOLERANCE, _ROUNDING = 0.0001, 0.051  # a share, and a few cents


def find_summed_lines(table: Table) -> SectionLines | None:
    """The names above dates, or the dates above names, that hold the sum of the rows below; None for none."""
    if not 1 < len(table) <= _MAX_ROWS:
        return None
    for i, column in enumerate(table.columns[:_FIRST_COLUMNS]):
        if column.has_numbers:
            continue
        dated = read_dates(column.cells).understood[column.codes]
        named = ~dated & ~column.empty & ~total_rows(column)
        if min(dated.sum(), named.sum()) < _MIN_EACH:
            continue
        numbers = [first_numbers(other, len(table)) for k, other in enumerate(table.columns) if k != i]
        for lines, rows in ((named, dated), (dated, named)):
            if lines.sum() < rows.sum() and _hold_sums(numbers, lines, rows):
                return _lines(column, i, lines)
    return None


def _hold_sums(numbers: Sequence[Floats], lines: Flags, rows: Flags) -> bool:
    """Whether the lines hold the sum of the rows below them, in every column that has numbers in both."""
    place = np.cumsum(lines) - 1
    below = rows & (place >= 0)
    told = 0
    for values in numbers:
        known = below & ~np.isnan(values)
        if not known.any() or np.isnan(values[lines]).all():
            continue
        sums = np.bincount(place[known], values[known], minlength=int(lines.sum()))
        if np.isclose(values[lines], sums, rtol=_TOLERANCE, atol=_ROUNDING).mean() < _MIN_RIGHT:
            return False
        told += 1
    return told > 0


def _lines(column: Column, i: int, lines: Flags) -> SectionLines:
    rows = np.flatnonzero(lines)
    codes, which = np.unique(column.codes[rows], return_inverse=True)
    different = tuple(SectionLine(column.cells[code]) for code in codes.tolist())
    return SectionLines(rows, np.full(len(rows), i), which.astype(np.int64), different)
