"""Which rows are data: blank lines, totals and notes are set aside, and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, all_of, none_of
from almanac.tables.columns.totals import dated_total_rows, named_total_rows
from almanac.tables.values.cells import Cell, Table
from almanac.tables.values.dates.read_dates import looks_like_date, read_dates
from almanac.tables.values.numbers import is_missing_word, looks_like_number
from almanac.tables.values.texts import Texts

_MIN_COLUMNS, _MAX_LONE = 3, 0.2  # columns of a table, and share of rows with one cell; both chosen by judgement
_DATES_LOOKED_AT = 20  # different cells of a column that are all dates where most are; chosen by judgement
_KEY_COLUMNS = 4  # at the left of a table, in which words for totals are looked for


@dataclass(frozen=True, eq=False)
class RowKinds:
    """bool [N] each, never two of them true for one row: ``kept`` is data, ``unknown`` has values but no date."""

    kept: Flags
    totals: Flags
    notes: Flags
    unknown: Flags


def without_asides(table: Table) -> Table:
    """The table without rows from which it is not seen what a column holds: totals of a date, and lone texts."""
    totals = np.logical_or.reduce([dated_total_rows(column) for column in table.columns[:_KEY_COLUMNS]])
    return _without_lone_texts(table.take(~totals) if totals.any() else table)


def _without_lone_texts(table: Table) -> Table:
    """The table without rows that hold nothing but one text, where there are many: notes below it, or drawings."""
    if len(table.columns) < _MIN_COLUMNS:
        return table
    cells = table.filled_cells
    lone = cells == 1
    if lone.sum() <= _MAX_LONE * (cells > 0).sum():
        return table
    texts = np.zeros(len(table), dtype=bool)
    for column in table.columns:
        if not column.has_numbers and (mine := lone & ~column.empty).any():
            texts[mine] = ~_are_values(column.cells)[column.codes[mine]]
    return table.take(~texts)


def _are_values(cells: Sequence[Cell]) -> Flags:
    """Which cells hold a number, a date, or a word for "missing": bool [n]. Many dates are read at once."""
    found = np.zeros(len(cells), dtype=bool)
    if isinstance(cells, Texts) and all(map(looks_like_date, cells[:_DATES_LOOKED_AT])):
        found = read_dates(cells).understood
    for i in np.flatnonzero(~found).tolist():
        cell = cells[i]
        found[i] = looks_like_number(cell) or looks_like_date(cell) or is_missing_word(cell)
    return found


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
