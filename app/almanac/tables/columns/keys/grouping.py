"""Rows put into groups by what some columns say, and how well these columns tell rows of one date apart."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers, extremes, number_type, pieces
from almanac.tables.columns.counting import count_pairs, renumber
from almanac.tables.values.cells import Table, as_cells

_MAX_SINGLE_DATES = 0.5  # share of series with a single date; chosen by judgement


def group_numbers(table: Table, series: tuple[int, ...]) -> tuple[Integers, list[tuple[str, ...]]]:
    """A number for each row's series, int64 [N], and the texts of each series' keys, in order of first appearance."""
    numbers, first = group_rows(table, series)
    return numbers, [tuple(table.columns[i].text(row) for i in series) for row in first.tolist()]


def group_rows(table: Table, series: tuple[int, ...]) -> tuple[Integers, Integers]:
    """A number for each row's series, int64 [N], and the first row of each, in order of first appearance: int64."""
    numbers: Integers = np.broadcast_to(np.int64(0), len(table))  # no array of as many
    first = np.zeros(1, dtype=np.int64)
    for n, column in enumerate(as_cells(table.columns[i]) for i in series):
        if n == 0:
            numbers, first = renumber(column.codes, len(column.cells))
            continue
        size = len(first) * len(column.cells)
        pairs = np.empty(len(numbers), dtype=number_type(size))
        for part in pieces(len(pairs)):
            pairs[part] = numbers[part] * np.int64(len(column.cells)) + column.codes[part]
        numbers, first = renumber(pairs, size)
    return numbers, first


def splits(table: Table, series: tuple[int, ...], column: int) -> bool:
    """Whether rows of one series differ in a column."""
    return len(group_rows(table, (*series, column))[1]) > len(group_rows(table, series)[1])


def distinguished_share(table: Table, dates: Integers, columns: tuple[int, ...]) -> float:
    """The distinct pairs of date and series, as a share of the rows: 1 when no two rows share a pair."""
    groups, _ = group_rows(table, columns)
    return count_pairs(groups, dates, int(dates.max(initial=0)) + 1) / max(len(table), 1)


def density(table: Table, dates: Integers, columns: tuple[int, ...]) -> float:
    """How many of the file's dates between its first and last a series has, on average over all series."""
    if not len(table):
        return 0.0
    groups, rows = group_rows(table, columns)
    count = int(dates.max(initial=0)) + 1
    first, last = extremes(groups, dates, len(rows))
    if len(rows) > 1 and (last == first).mean() > _MAX_SINGLE_DATES:
        return 0.0
    return count_pairs(groups, dates, count) / float((last - first + 1).sum())
