"""Which rows are data: blank lines, totals and notes are set aside, and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.columns.totals import total_rows
from almanac.tables.values.cells import Table

_KEY_COLUMNS = 4  # at the left of a table, in which words for totals are looked for


@dataclass(frozen=True, eq=False)
class RowKinds:
    """bool [N] each, never two of them true for one row: ``kept`` is data, ``unknown`` has values but no date."""

    kept: Flags
    totals: Flags
    notes: Flags
    unknown: Flags


def classify_rows(table: Table, dated: Flags, values: tuple[int, ...], sums: Flags | None = None) -> RowKinds:
    """What each row of a table is; ``dated``: bool [N], rows with a date; ``values``: the numeric columns.

    ``sums``: rows known to be totals of others.
    """
    undated = ~dated & ~table.blank
    totals = np.zeros(len(table), dtype=bool) if sums is None else sums & ~dated
    if undated.any():
        for column in table.columns[:_KEY_COLUMNS]:
            totals |= total_rows(column) & undated
    holds_value = ~table.empty_in(values) if values else ~table.blank
    notes = undated & ~totals & ~holds_value
    return RowKinds(dated & ~table.blank, totals, notes, undated & ~totals & ~notes)
