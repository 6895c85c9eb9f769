"""Which rows are data: blank lines, totals and notes are set aside, and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.columns.totals import is_total
from almanac.tables.values.cells import Table


@dataclass(frozen=True, eq=False)
class SortedRows:
    """bool [N] each, never two of them true for one row: ``kept`` is data, ``unknown`` has values but no date."""

    kept: Flags
    totals: Flags
    notes: Flags
    unknown: Flags


def sort_rows(table: Table, dated: Flags, values: tuple[int, ...], sums: Flags | None = None) -> SortedRows:
    """Sort the rows of a table; ``dated``: bool [N], rows with a date; ``values``: the numeric columns.

    ``sums``: rows known to be totals of others.
    """
    blank = np.logical_and.reduce([column.empty for column in table.columns])
    whole = np.zeros(len(table), dtype=bool)
    undated = np.flatnonzero(~dated & ~blank)
    holds_value = ~np.logical_and.reduce([table.columns[i].empty for i in values]) if values else ~blank
    for column in table.columns[:4]:
        if column.floats is None and len(undated):
            words = np.array([is_total(cell) for cell in column.cells], dtype=bool)
            whole[undated] |= words[column.codes[undated]]
    if sums is not None:
        whole |= sums
    totals = whole & ~dated
    notes = ~dated & ~blank & ~totals & ~holds_value
    return SortedRows(dated & ~blank, totals, notes, ~dated & ~blank & ~totals & ~notes)
