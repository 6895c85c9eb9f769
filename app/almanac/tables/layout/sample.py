"""The first rows of a grid, and what kind of cell is where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.values.cells import Cell, CellKind, Grid, Kinds, clean_cell
from almanac.tables.values.dates.read_dates import looks_like_date, read_clock
from almanac.tables.values.drawn_lines import FIRST_SIGNS, draws_line
from almanac.tables.values.numbers import is_missing_word, looks_like_number

# All chosen by judgement.
SAMPLE_ROWS = 3000  # rows looked at
_MIN_MEASURED = 0.5  # share of numbers and dates in a column of data
_MIN_COLUMN_FILL = 0.2  # numbers and dates in a column of data, of those in the column that has most
_MAX_REMEMBERED = 48  # characters of a text whose kind is remembered
_MIN_DATE_COLUMN, _DATE_COLUMN_SHARE = 3, 0.5


@dataclass(frozen=True, eq=False)
class Sample:
    """The first rows of a grid, and the kind of each cell: int8 [rows, columns]."""

    rows: Sequence[Sequence[Cell]]
    kinds: Kinds

    def _of_kind(self, kind: CellKind) -> Flags:
        flags: Flags = self.kinds == kind
        return flags

    @cached_property
    def filled(self) -> Flags:
        """bool [rows, columns]."""
        return ~self._of_kind(CellKind.EMPTY)

    @cached_property
    def dates(self) -> Flags:
        """bool [rows, columns]."""
        return self._of_kind(CellKind.DATE)

    @cached_property
    def texts(self) -> Flags:
        """bool [rows, columns]."""
        return self._of_kind(CellKind.TEXT)

    @cached_property
    def numbers(self) -> Flags:
        """bool [rows, columns]."""
        return self._of_kind(CellKind.NUMBER)

    @cached_property
    def measured(self) -> Flags:
        """Cells that are numbers or dates: bool [rows, columns]."""
        return self.numbers | self.dates

    @cached_property
    def data_columns(self) -> Flags:
        """Columns that mostly hold numbers or dates: bool [columns]."""
        measured = self.measured.sum(0)
        share = measured / np.maximum((self.measured | self.texts).sum(0), 1)
        flags: Flags = (share >= _MIN_MEASURED) & (measured >= max(1, _MIN_COLUMN_FILL * measured.max(initial=0)))
        return flags

    def dated_from(self, row: int) -> Integers:
        """The columns that hold dates from a row on: their positions."""
        below = self.dates[row:]
        return np.flatnonzero(below.sum(0) >= max(_MIN_DATE_COLUMN, _DATE_COLUMN_SHARE * len(below)))

    def cells(self, row: int, columns: Integers) -> list[Cell]:
        """The cells of a row in some columns, those left out that are blank."""
        cells = self.rows[row]
        return [cell for i in columns.tolist() if i < len(cells) and (cell := clean_cell(cells[i])) != ""]


def cell_kind(cell: Cell) -> CellKind:
    """What a cell of a grid holds."""
    return _text_kind(cell) if isinstance(cell, str) and len(cell) <= _MAX_REMEMBERED else _kind(cell)


def _kind(cell: Cell) -> CellKind:
    cell = clean_cell(cell)
    if cell == "":
        return CellKind.EMPTY
    if is_missing_word(cell):
        return CellKind.MISSING
    if looks_like_date(cell) or read_clock(cell) is not None:
        return CellKind.DATE
    return CellKind.NUMBER if looks_like_number(cell) else CellKind.TEXT


_text_kind = lru_cache(maxsize=1 << 15)(_kind)


def sampled(grid: Grid) -> Sample:
    """The first rows of a grid; lines that are only drawn count as blank."""
    rows = grid.rows[:SAMPLE_ROWS]
    kinds = np.full((len(rows), grid.width), CellKind.EMPTY, dtype=np.int8)
    for i, row in enumerate(rows):
        if not _is_rule(row):
            kinds[i, : len(row)] = _kinds(row)
    return Sample(rows, kinds)


def _kinds(row: Sequence[Cell]) -> Kinds:
    """What each cell of a row holds, int8: of texts alone, each different one is looked at once."""
    if set(map(type, row)) != {str}:
        kinds = [CellKind.EMPTY if cell == "" else cell_kind(cell) for cell in row]
    else:
        known = {cell: int(cell_kind(cell)) for cell in set(row)}
        kinds = [known[cell] for cell in row]
    return np.array(kinds, dtype=np.int8)


def _is_rule(row: Sequence[Cell]) -> bool:
    """Whether the row only draws a line: ---- | ----:"""
    first = next((cell for cell in row if cell not in ("", None)), None)
    if not isinstance(first, str) or first.lstrip()[:1] not in FIRST_SIGNS:
        return False
    cells = [cell for cell in row if cell not in ("", None)]
    return len(cells) > 1 and all(isinstance(c, str) and draws_line(c) for c in cells)
