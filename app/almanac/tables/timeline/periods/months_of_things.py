"""Months without a year that begin again for each product, shop or section: they are the same months once more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.columns.column_words import is_identifier_name
from almanac.tables.columns.fill_down import as_in_rows_below, replace_columns
from almanac.tables.columns.keys.grouping import group_rows
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.timeline.periods.counted_periods import consecutive_months
from almanac.tables.values.cells import Column, Table, as_cells, cell_text
from almanac.tables.values.dates.months_without_year import MONTHS_OF_YEAR, are_years, months_in, names_year

# All chosen by judgement.
_MIN_ROWS, _MIN_GROUPS = 4, 2  # months of a thing, and things with so many
_MAX_KEYS, _MAX_KEY_CANDIDATES = 2, 6


def keys_of_months(table: Table, profiles: Sequence[ColumnProfile], month: int) -> tuple[int, ...] | None:
    """The columns within whose cells the months of a column follow one another; none where all of them do anyway.

    None where they do not. Months that go on from thing to thing are those of one more year only where the things are
    years, or no month comes again.
    """
    column = as_cells(table.columns[month])
    whole = consecutive_months(column)
    able = [i for i, p in enumerate(profiles) if i != month and _may_name(table, i, p, whole is not None)]
    for count in range(1, (_MAX_KEYS if whole is None else 1) + 1):
        for keys in combinations(able[:_MAX_KEY_CANDIDATES], count):
            if months_of_things(table, keys, column) is not None and _begin_again(table, keys, column):
                return keys
    return None if whole is None else ()


def months_of_things(table: Table, keys: Sequence[int], column: Column) -> Integers | None:
    """Months since January of the first year, of each thing from its first month on: int64 [N], -1 for no month.

    None when the months of some thing do not rise, or do not fall, month by month.
    """
    months = months_in(column)
    if months is None:
        return None
    rows = np.flatnonzero(months >= 0)
    order = rows[np.argsort(_groups(table, keys)[rows], kind="stable")]
    groups = _groups(table, keys)[order]
    inside = groups[1:] == groups[:-1]
    steps = set((np.diff(months[order])[inside] % MONTHS_OF_YEAR).tolist())
    if steps not in ({1}, {MONTHS_OF_YEAR - 1}) or (np.bincount(groups) >= _MIN_ROWS).sum() < _MIN_GROUPS:
        return None
    if steps != {1}:  # the newest first
        order, groups = order[::-1], groups[::-1]
    starts = np.flatnonzero(np.diff(groups, prepend=groups[0] - 1))
    place = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    numbers = np.full(len(column), -1, dtype=np.int64)
    numbers[order] = months[order[starts]][np.searchsorted(starts, np.arange(len(order)), side="right") - 1] + place
    return numbers


def _groups(table: Table, keys: Sequence[int]) -> Integers:
    """The thing that each row is about, int64 [N]; a blank cell below a name has that name."""
    filled = replace_columns(table, {i: as_in_rows_below(table.columns[i]) for i in keys})
    return group_rows(filled, tuple(keys))[0]


def _may_name(table: Table, i: int, profile: ColumnProfile, words_only: bool) -> bool:
    """Whether a column may name things; ``words_only``: not by numbers, which may be anything."""
    few = 1 < profile.distinct <= len(table) / _MIN_ROWS
    named = profile.worded or (not words_only and profile.whole and is_identifier_name(profile.name))
    return few and named and not (profile.dated or profile.holds_years or _names_years(table.columns[i], profile.name))


def _names_years(column: Column, name: str) -> bool:
    return names_year(name) or are_years([text for cell in column.cells if (text := cell_text(cell))])


def _begin_again(table: Table, keys: Sequence[int], column: Column) -> bool:
    """Whether some month comes again with another thing, as halves of one year have no month in common."""
    months = months_in(column)
    assert months is not None
    rows = np.flatnonzero(months >= 0)
    pairs = np.unique(_groups(table, keys)[rows] * MONTHS_OF_YEAR + months[rows])
    return len(np.unique(pairs % MONTHS_OF_YEAR)) < len(pairs)
