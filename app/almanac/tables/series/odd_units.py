"""Cells of a column of numbers whose unit is another one than that of nearly all: "50%" among plain numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.values.cells import Column
from almanac.tables.values.numbers import UNIT_MARK, Numbers
from almanac.tables.values.texts import Texts

_NO_CURRENCIES = ("%", "‰")

MAX_ODD_SHARE = 0.1  # of the numbers of a column; more are two kinds of rows: chosen by judgement


def find_odd_units(column: Column, numbers: Numbers, marked: Mapping[int, str]) -> tuple[str, Integers]:
    """An example and the positions (int64) of the rows whose unit is an exception; none when there are none.

    ``marked``: the units in the column.
    """
    nothing = "", np.array([], dtype=np.int64)
    known = ~np.isnan(numbers.values)
    rows = np.bincount(column.codes[known], minlength=len(column.cells))
    counts = Counter({"": int(rows.sum()) - sum(int(rows[i]) for i in marked)})
    for i, mark in marked.items():
        counts[mark] += int(rows[i])
    usual, most = counts.most_common(1)[0]
    odd = [i for i, mark in marked.items() if mark != usual]
    if usual:  # all others have it: a number without it is hardly a mistake
        odd = [i for i in odd if marked[i]]
    count = sum(int(rows[i]) for i in odd)
    if not 0 < count <= MAX_ODD_SHARE * (most + count):
        return nothing
    where = np.flatnonzero(np.isin(column.codes, odd) & known)
    return str(column.cells[int(column.codes[where[0]])]), where


def find_currencies_of_cells(
    column: Column, numbers: Numbers, marked: Mapping[int, str], series: Callable[[], Integers]
) -> dict[str, int]:
    """How many rows have each of several currencies next to their numbers, where one series has more than a few of two.

    ``marked``: the units in the column; ``series``: gives the series of each row, int64 [N]. Empty where all is in one
    currency.
    """
    marked = {i: mark for i, mark in marked.items() if mark not in _NO_CURRENCIES}
    names = list(dict.fromkeys(marked.values()))
    if len(names) < 2:
        return {}
    place = np.full(len(column.cells), len(names))
    for i, mark in marked.items():
        place[i] = names.index(mark)
    known = ~np.isnan(numbers.values)
    groups, of_row = series()[known], place[column.codes[known]]
    width = len(names) + 1
    counts = np.bincount(groups * width + of_row, minlength=(int(groups.max(initial=0)) + 1) * width)
    by_group = counts.reshape(-1, width)[:, :-1]
    common = by_group > MAX_ODD_SHARE * by_group.sum(axis=1, keepdims=True)
    if not (common.sum(axis=1) > 1).any():
        return {}
    totals = by_group.sum(axis=0).tolist()
    return {name.upper(): total for name, total in zip(names, totals, strict=True) if total}


def units_in(column: Column) -> dict[int, str]:
    """The unit in each cell that has one, by the position of the cell."""
    if column.has_numbers or column.plain is not None:
        return {}
    return {i: mark for i in _written(column) if (mark := _mark(str(column.cells[i])))}


def _written(column: Column) -> Iterable[int]:
    """The cells that may have more than digits and signs."""
    if isinstance(column.cells, Texts):
        return np.flatnonzero(~column.cells.numbers(".")[1]).tolist()
    return [i for i, cell in enumerate(column.cells) if isinstance(cell, str) and cell[:1] and not cell.isdecimal()]


def _mark(cell: str) -> str:
    found = UNIT_MARK.search(cell)
    return found[0].lower() if found else ""
