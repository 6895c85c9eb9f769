"""Which rows are data: blank lines, totals and notes are set aside, and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, all_of, none_of
from almanac.tables.columns.totals import named_total_rows
from almanac.tables.values.cells import Table
from almanac.tables.values.dates.read_dates import looks_like_date
from almanac.tables.values.numbers import is_missing_word, looks_like_number

_MIN_COLUMNS, _MAX_LONE = 3, 0.2  # columns of a table, and share of rows with one cell; both chosen by judgement
_KEY_COLUMNS = 4  # at the left of a table, in which words for totals are looked for


@dataclass(frozen=True, eq=False)
class RowKinds:
    """bool [N] each, never two of them true for one row: ``kept`` is data, ``unknown`` has values but no date."""

    kept: Flags
    totals: Flags
    notes: Flags
    unknown: Flags


def without_lone_texts(table: Table) -> Table:
    """The table without rows that hold nothing but one text, where there are many: notes below a table, or drawings.

    What a column holds is not seen from them.
    """
    if len(table.columns) < _MIN_COLUMNS:
        return table
    cells = table.filled_cells
    lone = cells == 1
    if lone.sum() <= _MAX_LONE * (cells > 0).sum():
        return table
    texts = np.zeros(len(table), dtype=bool)
    for column in table.columns:
        if column.floats is None:
            values = [looks_like_number(c) or looks_like_date(c) or is_missing_word(c) for c in column.cells]
            texts |= ~np.array(values, dtype=bool)[column.codes] & ~column.empty
    return table.take(~(lone & texts))


def classify_rows(table: Table, dated: Flags, values: tuple[int, ...], sums: Flags | None = None) -> RowKinds:
    """What each row of a table is; ``dated``: bool [N], rows with a date; ``values``: the numeric columns.

    ``sums``: rows known to be totals of others.
    """
    dated = dated if sums is None else dated & ~sums
    undated = ~dated & ~table.blank
    if sums is None and not undated.any():
        none = none_of(len(table))
        return RowKinds(
            all_of(len(table)) if dated.all() and not table.blank.any() else dated & ~table.blank, *[none] * 3
        )
    totals = np.zeros(len(table), dtype=bool) if sums is None else sums
    if undated.any():
        for column in table.columns[:_KEY_COLUMNS]:
            totals |= named_total_rows(column) & undated
    holds_value = ~table.empty_in(values) if values else ~table.blank
    notes = undated & ~totals & ~holds_value
    return RowKinds(dated & ~table.blank, totals, notes, undated & ~totals & ~notes)
