"""Names of blocks of rows in a table in which time runs across: a region in the first row of its products only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.columns.crosstab.find import DISTINCT, Crosstab
from almanac.tables.columns.fill_down import fill_down, is_in_first_rows, replace_columns
from almanac.tables.columns.keys.grouping import group_rows
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.totals import total_rows
from almanac.tables.values.cells import Column, Table


def with_blocks(
    table: Table, profiles: tuple[ColumnProfile, ...], cross: Crosstab
) -> tuple[Table, Crosstab, tuple[int, ...]]:
    """The table and crosstab, where names of rows repeat, with the names of their blocks as further keys.

    The last are the places, among all keys, of those that were filled in rows of data. All as before where that does
    not make the names different.
    """
    able = [i for i in range(min(cross.columns)) if i != cross.down and profiles[i].worded]
    blocks = [i for i in able[:-1] if is_in_first_rows(table.columns[i])]
    if not cross.keys or not blocks:
        return table, cross, ()
    rows, below = ~table.empty_in(cross.columns), ~table.columns[able[-1]].empty
    if set(cross.keys).isdisjoint(blocks) and _different(table, cross.keys, rows):
        return table, cross, ()
    keys = tuple(sorted({*cross.keys, *blocks, able[-1]}))
    filled = replace_columns(table, {i: _filled(table.columns[i], below) for i in blocks})
    if not _different(filled, keys, rows):
        return table, cross, ()
    # Notes below a table have blanks too, in rows without a number.
    used = (i for i in blocks if (table.columns[i].empty & rows & below).any())
    return filled, replace(cross, keys=keys), tuple(keys.index(i) for i in used)


def _filled(column: Column, rows: Flags) -> Column:
    """The column, with blank cells filled from above in some rows only: a total of a block has no name below it."""
    down = fill_down(column)
    return Column(np.where(rows, down.codes, column.codes).astype(np.int32), column.cells)


def _different(table: Table, keys: tuple[int, ...], rows: Flags) -> bool:
    """Whether nearly each of the rows, but totals, has other names."""
    rows = rows & ~np.logical_or.reduce([total_rows(table.columns[i]) for i in keys])
    groups = group_rows(table, keys)[0][rows]
    return len(np.unique(groups)) >= DISTINCT * len(groups)
