"""Cells that appear only in the first row of each block, as merged cells do: the blank rows below mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.totals import total_rows
from almanac.tables.values.cells import Column, Table

# All chosen by judgement.
_MIN_BLANK = 0.25  # share of blank rows from which on a column may have a cell in the first row of each block only
_MIN_FIRST_LINES = 0.99  # share of the rows of orders that are blank just where they go on with the order above
_ROWS_LOOKED_AT = 2000
_MIN_WITH_VALUE = 0.8  # share of rows without a date that hold a value, from which on their date is the one above
_MIN_ORDERS = 0.9  # different orders, as a share of the blocks of rows with the same one


def fill_down(column: Column) -> Column:
    """The column with every blank filled from above."""
    last = last_known(~column.empty)
    return Column(np.where(last >= 0, column.codes[last], column.codes).astype(np.int32), column.cells)


def last_known(known: Flags) -> Integers:
    """For each row the last one up to it that is ``known`` (bool [N]): int64 [N], -1 where there is none."""
    rows: Integers = np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))
    return rows


def is_in_first_rows(column: Column) -> bool:
    """Whether the column has a cell in the first row and blanks below, again and again."""
    if column.has_numbers or not len(column):
        return False
    empty = column.empty
    return not empty[0] and float(empty.mean()) >= _MIN_BLANK and len(np.unique(column.codes[~empty])) > 1


def as_in_rows_below(column: Column) -> Column:
    """The column, with each cell in the blank ones below it where only the first row of each block has one."""
    return fill_down(column) if is_in_first_rows(column) else column


def fill_down_blocks(
    table: Table, profiles: tuple[ColumnProfile, ...], taken: tuple[int, ...]
) -> tuple[Table, tuple[int, ...]]:
    """The table with the columns of words filled down that may name blocks of rows, and these columns."""
    words = [i for i, p in enumerate(profiles) if i not in taken and p.worded and not p.dated]
    blocks = tuple(i for i in words if is_in_first_rows(table.columns[i]))
    return replace_columns(table, {i: fill_down(table.columns[i]) for i in blocks}), blocks


def fill_down_orders(
    table: Table, profiles: tuple[ColumnProfile, ...], taken: tuple[int, ...]
) -> tuple[Table, tuple[int, ...]]:
    """The table with what only the first line of each order says in all its lines, and the columns filled.

    Such as what became of the order, or where it went; not its numbers, which would be added up several times.
    """
    numbers = [table.columns[i] for i, p in enumerate(profiles) if i not in taken and not p.dated]
    first = _first_lines(table, numbers)
    if first is None:
        return table, ()
    goes_on = first != np.arange(len(table))
    said = [i for i, p in enumerate(profiles) if i not in taken and p.filled and not p.numeric]
    blocks = tuple(i for i in said if table.columns[i].empty[goes_on].all())
    columns = {i: table.columns[i] for i in blocks}
    return replace_columns(table, {i: Column(c.codes[first], c.cells) for i, c in columns.items()}), blocks


def _first_lines(table: Table, numbers: Sequence[Column]) -> Integers | None:
    """The first line of each line's order: int64 [N]. None where no column is blank just where one of ``numbers``, such
    as that of the order, says the same as in the line above.
    """
    blank = [column for column in table.columns if 0 < column.empty.sum() < len(table)]
    for column in numbers if blank else ():
        for rows in (slice(_ROWS_LOOKED_AT), slice(None)):
            goes_on = _as_above(column, rows)
            if not goes_on.any() or not any((c.empty[rows] == goes_on).mean() >= _MIN_FIRST_LINES for c in blank):
                break
        else:
            if _different(column) >= _MIN_ORDERS * (~goes_on).sum():  # a station comes again, and an order does not
                return last_known(~goes_on)
    return None


def _different(column: Column) -> int:
    """How many different cells a column has."""
    return len(np.unique(column.floats)) if column.has_numbers else int(np.count_nonzero(column.counts))


def _as_above(column: Column, rows: slice) -> Flags:
    """Which of these rows have the same cell as the one above: bool."""
    cells = column.floats[rows] if column.has_numbers else column.codes[rows]
    same: Flags = np.append(False, cells[1:] == cells[:-1])
    return same & ~column.empty[rows]


def fill_down_dates(table: Table, date: int, values: tuple[int, ...]) -> Table | None:
    """The table with its dates filled down, when rows without a date hold values all the same; None otherwise."""
    column = table.columns[date]
    if not values or not is_in_first_rows(column):
        return None
    totals = np.logical_or.reduce([total_rows(other) for other in table.columns])
    if totals[column.empty & ~table.blank].all():
        return None  # they are about several dates, or about a day whose rows have one
    with_value = ~table.empty_in(values)
    if with_value[column.empty].mean() < _MIN_WITH_VALUE:
        return None
    return replace_columns(table, {date: fill_down(column)})


def replace_columns(table: Table, columns: dict[int, Column]) -> Table:
    """The table with some columns replaced."""
    return replace(table, columns=tuple(columns.get(i, column) for i, column in enumerate(table.columns)))
