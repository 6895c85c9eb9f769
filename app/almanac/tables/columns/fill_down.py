"""Cells that stand only in the first row of each block, as merged cells do: the rows below mean the same."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.columns.profile import Facts
from almanac.tables.values.cells import Column, Table

_BLANK = 0.25  # share of blank rows from which on a column may be one of first rows only


def carried_down(column: Column) -> Column:
    """The column with every blank filled from above."""
    last = np.maximum.accumulate(np.where(column.empty, -1, np.arange(len(column))))
    return Column(np.where(last >= 0, column.codes[last], column.codes).astype(np.int32), column.cells)


def first_rows_only(column: Column) -> bool:
    """Whether the column has a cell in the first row and blanks below, again and again."""
    if column.floats is not None or not len(column):
        return False
    empty = column.empty
    return not empty[0] and float(empty.mean()) >= _BLANK and len(np.unique(column.codes[~empty])) > 1


def carry_keys(table: Table, facts: tuple[Facts, ...], taken: tuple[int, ...]) -> tuple[int, ...]:
    """The columns of words that may name blocks of rows."""
    words = [i for i, f in enumerate(facts) if i not in taken and f.filled and f.numbers < 0.6 and not f.dated]
    return tuple(i for i in words if first_rows_only(table.columns[i]))


def carry_date(table: Table, date: int, values: tuple[int, ...]) -> Table | None:
    """The table with its dates carried down, when rows without a date hold values all the same; None otherwise."""
    column = table.columns[date]
    if not first_rows_only(column) or not values:
        return None
    holds: Flags = ~np.logical_and.reduce([table.columns[i].empty for i in values])
    if holds[column.empty].mean() < 0.8:
        return None
    return with_columns(table, {date: carried_down(column)})


def with_columns(table: Table, columns: dict[int, Column]) -> Table:
    """The table with some columns replaced."""
    replaced = tuple(columns.get(i, column) for i, column in enumerate(table.columns))
    return Table(table.names, replaced, table.lines, table.header_row, table.title, table.sheets)
