"""Totals among the rows that they add up, with a date and marked in a column of text: "Total March"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.tables.columns.targets import first_numbers
from almanac.tables.columns.totals import named_total_rows
from almanac.tables.values.cells import Cell, Column, Table, cell_text
from almanac.tables.values.dates.calendar_names import is_weekday, month_number, plain

# All chosen by judgement.
_ROWS_LOOKED_AT = 2000
_MAX_MARKS = 12  # different texts, apart from numbers and months, of a column that marks totals
_MAX_TEXT = 60  # characters of a mark
_MAX_SHARE = 1 / 3  # of the rows are totals
_MIN_TOTALS, _MIN_PARTS = 2, 3  # totals that are the sum of the rows before them, and how many these are
_MIN_TELLING = 0.5  # share of them that have so many rows before them
_MIN_RIGHT = 0.8  # share of the totals that must be the sum
_TOLERANCE, _ROUNDING = 0.001, 0.011  # a share, and a cent
_MAX_COLUMNS = 4  # of numbers
_MIN_NAMED, _MIN_MOVED = 1, 0.5  # totals with a word for it, and share of them that add up several dates


def marked_totals(table: Table, dated: Flags, values: tuple[int, ...], dates: Integers) -> Flags | None:
    """Rows that are the sum of those before them (or after, newest first), by the numbers: bool [N]; None for none.

    ``dated``: bool [N], rows with a date; ``values``: the columns of numbers. A text that only such rows have marks
    them in all rows of the table; so does a word for a total where they add up several ``dates``: int64 [N].
    """
    rows = np.flatnonzero(dated)[:_ROWS_LOOKED_AT]
    taken = set(values)
    texts = [i for i, column in enumerate(table.columns) if i not in taken and not column.has_numbers]
    if len(rows) < _MIN_TOTALS * (_MIN_PARTS + 1) or not texts:
        return None
    stop = int(rows[-1]) + 1
    numbers = [first_numbers(table.columns[i], stop)[rows] for i in values[:_MAX_COLUMNS]]
    for i in texts:
        column = table.columns[i]
        named = dated & named_total_rows(column)
        if named.any() and any(_are_sums(column_numbers, named[rows], _MIN_NAMED) for column_numbers in numbers):
            if (
                _of_several_dates(named[rows], dates[rows])
                or len({_shape(column.cells[n]) for n in np.unique(column.codes[named])}) == 1
            ):
                return named
            continue  # several totals on each date: series that add up others
        for marked, shape in _marks(column, rows):
            if any(_are_sums(column_numbers, marked) for column_numbers in numbers):
                like = np.array([_shape(cell) == shape for cell in column.cells], dtype=bool)
                found: Flags = dated & like[column.codes]
                return found
    return None


def _of_several_dates(named: Flags, dates: Integers) -> bool:
    """Whether most totals have rows of several dates since the last one, in the order of the table or backwards."""
    for flags, when in ((named, dates), (named[::-1], dates[::-1])):
        block = np.cumsum(flags)[~flags]
        starts = np.flatnonzero(np.diff(block, prepend=-1))
        moved = np.minimum.reduceat(when[~flags], starts) < np.maximum.reduceat(when[~flags], starts)
        if moved.mean() >= _MIN_MOVED:
            return True
    return False


def _marks(column: Column, rows: Integers) -> Iterator[tuple[Flags, str]]:
    """The rows with each text that may mark totals: bool [n], and the text without its numbers and months."""
    codes, inverse = np.unique(column.codes[rows], return_inverse=True)
    shapes = [_shape(column.cells[code]) for code in codes.tolist()]
    different = list(dict.fromkeys(shapes))
    if not 1 < len(different) <= _MAX_MARKS:
        return
    for shape in different:
        marked = np.array([own == shape for own in shapes], dtype=bool)[inverse]
        if _MIN_TOTALS <= marked.sum() <= _MAX_SHARE * len(rows):
            yield marked, shape


@lru_cache(maxsize=4096)
def _shape(cell: Cell) -> str:
    """The words of a cell without numbers, months and weekdays: "total" for "Total March 2023"."""
    words = "".join(c if c.isalpha() else " " for c in plain(cell_text(cell)[:_MAX_TEXT])).split()
    return " ".join(word for word in words if month_number(word) is None and not is_weekday(word))


def _are_sums(numbers: Floats, marked: Flags, least: int = _MIN_TOTALS) -> bool:
    """Whether the marked rows are the sum of those before (or after) them; ``least``: so many, and of more than one the
    first may not be.
    """
    if marked.all() or marked.sum() > _MAX_SHARE * len(marked):
        return False
    return any(_sums_so_far(numbers[::step], marked[::step], least) for step in (1, -1))


def _sums_so_far(numbers: Floats, marked: Flags, least: int) -> bool:
    known = ~marked & ~np.isnan(numbers)
    sums, counts = np.cumsum(np.where(known, numbers, 0.0)), np.cumsum(known)
    at = np.flatnonzero(marked)
    parts = np.diff(counts[at], prepend=0)
    added, totals = np.diff(sums[at], prepend=0.0), numbers[at]
    telling = (parts >= _MIN_PARTS) & ~np.isnan(totals) & (totals != 0)
    if telling.sum() < _MIN_TELLING * len(at):
        return False
    right = telling & np.isclose(totals, added, rtol=_TOLERANCE, atol=_ROUNDING)
    later = telling.copy()
    later[:1] &= least == 1  # the history may begin in the middle of the first
    return bool(right.sum() >= least and right[later].sum() >= _MIN_RIGHT * later.sum() > 0)
