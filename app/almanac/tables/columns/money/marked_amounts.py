"""Amounts with a mark in the cell that says which side they are on: "2307.00 Cr", "1.200,00 S", "DR 12.50"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from almanac.tables.values.cells import Column, Table
from almanac.tables.values.debit_credit_marks import MARKS, split_mark

_SAMPLE = 60  # distinct cells looked at first
_MIN_MARKED = 0.6  # share of filled cells with a mark; both chosen by judgement


@dataclass(frozen=True)
class Marks:
    """The marks of a column of amounts, of money out and in, as the file writes them."""

    column: int
    out: str
    into: str


def without_marks(table: Table) -> tuple[Table, tuple[Marks, ...]]:
    """The table with marked amounts as numbers, those of money out with a minus; and the marks of each such column."""
    columns, found = list(table.columns), []
    for i, column in enumerate(columns):
        read = _read_marks(column)
        if read is not None:
            columns[i], out, into = read
            found.append(Marks(i, out, into))
    return (replace(table, columns=tuple(columns)), tuple(found)) if found else (table, ())


def _read_marks(column: Column) -> tuple[Column, str, str] | None:
    """The column with signed numbers, and its marks of money out and in; None when it has none."""
    if column.has_numbers or column.plain is not None:
        return None
    first = [cell for cell in column.cells[:_SAMPLE] if cell != ""]
    if sum(split_mark(cell) is not None for cell in first) < max(_MIN_MARKED * len(first), 1):
        return None
    parts = [split_mark(cell) for cell in column.cells]
    written = Counter(mark for _, mark in filter(None, parts))
    marks = {mark.lower() for mark in written}
    sides = next((pair for pair in MARKS if len(marks) == 2 and marks <= pair[0] | pair[1]), None)
    if sides is None:
        return None
    out, into = (_usual(written, side) for side in sides)
    cells = [
        cell if part is None else _signed(part[0], part[1].lower() in sides[0])
        for cell, part in zip(column.cells, parts, strict=True)
    ]
    return Column(column.codes, cells), out, into


def _usual(written: Counter[str], side: frozenset[str]) -> str:
    """The mark of a side as most cells write it."""
    return next(mark for mark, _ in written.most_common() if mark.lower() in side)


def _signed(amount: str, out: bool) -> str:
    return f"-{amount.lstrip('-+−').strip()}" if out else amount
