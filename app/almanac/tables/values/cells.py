"""Cells, columns and grids: a table before anything in it is understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import MAX_ROWS_LISTED

Cell = str | float | int | bool | datetime | date | time | timedelta
Codes = NDArray[np.int32]
SHEET_STEP = 1 << 32
_QUOTES = ("'", '"')
_UNSEEN = dict.fromkeys(
    map(ord, "\ufeff\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {ord("٫"): ".", ord("٬"): "'"}


@dataclass(frozen=True, eq=False)
class Column:
    """One column of N rows: each different cell once, and for every row which one it holds.

    ``codes``: int32 [N]; ``cells``: the different cells, texts without blanks around them. A column of plain
    numbers of a big text file has ``floats`` (float64 [N], NaN where empty) instead, and no cells but the few ``odd``
    ones that are texts: row and text of each.
    """

    codes: Codes
    cells: Sequence[Cell]
    floats: Floats | None = None
    odd: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.codes if self.floats is None else self.floats)

    @cached_property
    def counts(self) -> Integers:
        """How many rows hold each of ``cells``."""
        return np.bincount(self.codes, minlength=len(self.cells))

    @cached_property
    def empty(self) -> Flags:
        """Which rows hold nothing: bool [N]."""
        if self.floats is not None:
            empty = np.isnan(self.floats)
            for row, _ in self.odd:
                empty[row] = False
            return empty
        return np.array([cell == "" for cell in self.cells], dtype=bool)[self.codes]

    def take(self, rows: Flags) -> Column:
        """The column with only the rows asked for."""
        if self.floats is not None:
            place = np.cumsum(rows) - 1
            odd = tuple((int(place[row]), text) for row, text in self.odd if rows[row])
            return Column(self.codes, self.cells, self.floats[rows], odd)
        return Column(self.codes[rows], self.cells)

    def text(self, row: int) -> str:
        if self.floats is not None:
            number = float(self.floats[row])
            return dict(self.odd).get(row, "") if np.isnan(number) else cell_text(number)
        return cell_text(self.cells[self.codes[row]])


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of a sheet or a text file, row by row; ``first_line`` is the line number of the first row.

    A big text file shows only its beginning here; ``complete`` is then false.
    """

    rows: Sequence[Sequence[Cell]]
    first_line: int = 1
    complete: bool = True

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of N rows below a header. ``lines``: int64 [N], the line each row has in the file.

    ``header_row`` is the line of the header (0 = none), ``title`` the text above it. ``sheets`` names the sheets that
    were joined; a line of the n-th is then n * SHEET_STEP higher.
    """

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: Integers
    header_row: int
    title: str = ""
    sheets: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)

    def take(self, rows: Flags) -> Table:
        return Table(
            self.names,
            tuple(c.take(rows) for c in self.columns),
            self.lines[rows],
            self.header_row,
            self.title,
            self.sheets,
        )


def make_column(cells: Iterable[Cell]) -> Column:
    """A Column of these cells."""
    known: dict[tuple[type, Cell], int] = {}
    codes = [known.setdefault((type(cell), cell), len(known)) for cell in (tidy(c) for c in cells)]
    return Column(np.array(codes, dtype=np.int32), [cell for _, cell in known])


def as_cells(column: Column) -> Column:
    """A column that was read as plain numbers, as cells again."""
    if column.floats is None:
        return column
    cells, codes = np.unique(column.floats, return_inverse=True)
    return Column(codes.astype(np.int32), ["" if np.isnan(c) else float(c) for c in cells])


def tidy(cell: Cell | None) -> Cell:
    """The cell without blanks around it; nothing at all becomes an empty text."""
    if isinstance(cell, str):
        text = cell.strip()
        if not text.isascii():
            text = _without_marks(text)
        return _quoted(text) if text[-1:] in _QUOTES else text
    return "" if cell is None or cell != cell else cell


def _without_marks(text: str) -> str:
    """The text without characters that cannot be seen; where digits are written in another script, in ASCII."""
    text = text.translate(_UNSEEN).strip()
    if not any(letter.isdecimal() and not letter.isascii() for letter in text):
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text).translate(_WIDE)


def _quoted(text: str) -> str:
    """What stands in '…' or in ="…", with which programs keep Excel from changing a cell."""
    if len(text) > 2 and text[0] == text[-1] == "'":
        return text[1:-1].strip()
    return text[2:-1].strip() if len(text) > 3 and text.startswith('="') else text


def cell_text(cell: Cell) -> str:
    """The cell as a person sees it: 441.0 is 441, midnight is left away from a date."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return str(cell)


def letter(column: int) -> str:
    """The name spreadsheets give a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def listed(lines: Integers) -> tuple[int, ...]:
    """The first different line numbers, as many as a Problem lists."""
    return tuple(int(line) for line in np.unique(lines[:5000])[:MAX_ROWS_LISTED])
