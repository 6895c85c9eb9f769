"""Cells, columns and grids: a table before anything in it is understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Floats, Integers, none_of, number_type, pick
from almanac.core.problems import MAX_ROWS_LISTED
from almanac.core.sparse import Sparse, dense
from almanac.tables.values.plain_cells import PlainCells, lines_of, plain_cells
from almanac.tables.values.texts import Texts

Cell = str | float | int | bool | datetime | date | time | timedelta
Codes = Integers
Kinds = NDArray[np.int8]
_Known = TypeVar("_Known", bound=np.generic)
SHEET_STEP = 1 << 32
_QUOTES = ("'", '"')
_CLEAN = re.compile(r"[!#-&(-~\n]*+")  # cells one below the other, without what clean_cell takes away
_INVISIBLE = dict.fromkeys(
    map(ord, "\ufeff\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
# Full-width forms of ASCII characters (U+FF01 to U+FF5E), and the Arabic decimal and thousands signs.
_DIGIT_OF_ANOTHER_SCRIPT = re.compile(r"[^\D0-9]")
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {ord("٫"): ".", ord("٬"): "'"}


class CellKind(IntEnum):
    """What one cell holds. ``MISSING``: a word for "no value", such as n/a; ``DATE``: only in grids.

    ``TOO_LARGE``: a number without a value, as no amount of anything is so large.
    """

    NUMBER = 0
    EMPTY = 1
    MISSING = 2
    TEXT = 3
    DATE = 4
    TOO_LARGE = 5


@dataclass(frozen=True, eq=False)
class Column:
    """One column of N rows: each distinct cell once, and for every row which one it holds.

    ``codes``: of ``number_type`` [N]; ``cells``: the distinct cells, texts without surrounding blanks; of many
    different ones each is made when it is asked for. A column of plain numbers in a large text file has ``numbers``
    (float64 [N], NaN where empty) instead, and no cells. The few rows of such a column that hold text are in
    ``stray_texts``: row and text of each.
    """

    codes: Codes
    cells: Sequence[Cell]
    numbers: Floats | Sparse[np.float64] | None = None
    stray_texts: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.codes if self.numbers is None else self.numbers)

    @property
    def has_numbers(self) -> bool:
        """Whether it is a column of plain numbers."""
        return self.numbers is not None

    @property
    def floats(self) -> Floats:
        """``numbers`` as an array, which is made each time where they are sparse."""
        assert self.numbers is not None
        return dense(self.numbers)

    @property
    def known(self) -> Floats:
        """``numbers`` without those that are NaN."""
        if isinstance(self.numbers, Sparse):
            return self.numbers.others
        return self.floats[~np.isnan(self.floats)]

    @property
    def counts(self) -> Integers:
        """How many rows hold each of ``cells``: not kept, as there may be as many as rows."""
        return np.bincount(self.codes, minlength=len(self.cells))

    @cached_property
    def plain(self) -> PlainCells | None:
        """The numbers of ``cells`` where all of them are plain or empty; None otherwise, and without cells."""
        return plain_cells(self.cells) if isinstance(self.cells, list) and not self.has_numbers else None

    @property
    def empty(self) -> Flags:
        """Which rows hold nothing: bool [N]; not kept of numbers, which say it themselves."""
        if self.numbers is None:
            return self._empty_cells
        if isinstance(self.numbers, Sparse):
            empty = np.ones(len(self), dtype=bool)
            empty[self.numbers.places] = False
        else:
            empty = np.isnan(self.numbers)
        if not empty.any():
            return none_of(len(empty))
        for row, _ in self.stray_texts:
            empty[row] = False
        return empty

    @cached_property
    def _empty_cells(self) -> Flags:
        """Which rows hold an empty cell: bool [N]."""
        if isinstance(self.cells, Texts):
            empty = self.cells.empty
        elif self.plain is not None:
            if not self.plain.empty:
                return none_of(len(self))
            empty = np.isnan(self.plain.values)
        else:
            empty = np.array([cell == "" for cell in self.cells])
        return self.spread(empty) if empty.any() else none_of(len(self))

    def spread(self, known: NDArray[_Known]) -> NDArray[_Known]:
        """What is known of each of ``cells``, for every row: [N]."""
        return pick(known, self.codes)

    def take(self, rows: Flags) -> Column:
        """The column with only some rows; ``rows``: bool [N]."""
        if self.numbers is not None:
            new_row = np.cumsum(rows) - 1
            texts = tuple((int(new_row[row]), text) for row, text in self.stray_texts if rows[row])
            numbers = self.numbers.take(rows) if isinstance(self.numbers, Sparse) else self.numbers[rows]
            return Column(self.codes, self.cells, numbers, texts)
        return Column(self.codes[rows], self.cells)

    def only_used_cells(self) -> Column:
        """The column without cells that no row holds."""
        if self.has_numbers:
            return self
        used, codes = np.unique(self.codes, return_inverse=True)
        return Column(codes.astype(number_type(len(used))), [self.cells[code] for code in used.tolist()])

    def cell(self, row: int) -> Cell:
        """What one row holds; an empty text for nothing, and for a stray text."""
        if self.numbers is not None:
            number = float(self.numbers[row])
            return "" if np.isnan(number) else number
        return self.cells[int(self.codes[row])]

    def text(self, row: int) -> str:
        """What one row holds, as a person sees it."""
        cell = self.cell(row)
        if cell == "" and self.has_numbers:
            return dict(self.stray_texts).get(row, "")
        return cell_text(cell)

    @property
    def everywhere(self) -> Cell:
        """What all rows hold; an empty text where they differ."""
        if self.has_numbers:
            known = self.known
            return float(known[0]) if len(known) == len(self) and len(known) and not np.ptp(known) else ""
        used = np.flatnonzero(self.counts)
        return self.cells[int(used[0])] if len(used) == 1 else ""

    def texts(self) -> list[str]:
        """What every row holds, as a person sees it."""
        if self.has_numbers:
            return [self.text(row) for row in range(len(self))]
        texts = [cell_text(cell) for cell in self.cells]
        return [texts[code] for code in self.codes]


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of a sheet or a text file, row by row; ``first_line`` is the line number of the first row.

    For a large text file this is only the beginning; ``complete`` is then false.
    """

    rows: Sequence[Sequence[Cell]]
    first_line: int = 1
    complete: bool = True

    @cached_property
    def width(self) -> int:
        """How many cells the longest row has."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of N rows below a header. ``lines``: int64 [N], the line each row has in the file.

    ``header_row`` is the line of the header (0 = none), ``title`` the text above it. ``sheets`` names the sheets that
    were joined; lines of the n-th (from 0) are then n * SHEET_STEP higher. ``units``: the unit of each column, such as
    "°C", empty where it is unknown; an empty tuple when all are. ``column_lines``: as ``lines`` for each column, where
    rows were put together from several lines; otherwise empty. ``section``: the column that says in which section of
    the file a row is, if it has some; such rows are never added to those of another section. ``counts_rows``: whether
    the last column is not in the file but counts its rows.
    """

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: Integers
    header_row: int
    title: str = ""
    sheets: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    column_lines: tuple[Integers, ...] = ()
    section: int | None = None
    counts_rows: bool = False

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def heading(self) -> Table:
        """The same without columns and rows: only what is said of them."""
        return replace(self, columns=(), lines=self.lines[:0], column_lines=())

    @cached_property
    def blank(self) -> Flags:
        """Which rows hold nothing in any column: bool [N]."""
        return self.empty_in(range(len(self.columns)))

    @cached_property
    def filled_cells(self) -> Integers:
        """In how many columns each row holds something: int32 [N]."""
        counts, complete = np.zeros(len(self), dtype=np.int32), 0
        for column in self.columns:
            empty = column.empty
            if empty is none_of(len(self)):
                complete += 1
            else:
                counts += ~empty
        return counts + np.int32(complete)

    def empty_in(self, columns: Iterable[int]) -> Flags:
        """Which rows hold nothing in any of these columns: bool [N]."""
        empty: Flags | None = None
        for i in columns:
            empty = self.columns[i].empty if empty is None else empty & self.columns[i].empty
            if not empty.any():
                return none_of(len(self))
        return ~none_of(len(self)) if empty is None else empty

    def take(self, rows: Flags) -> Table:
        """The table with only some rows; ``rows``: bool [N]."""
        own = tuple(lines[rows] for lines in self.column_lines)
        return replace(
            self, columns=tuple(c.take(rows) for c in self.columns), lines=self.lines[rows], column_lines=own
        )

    def lines_of(self, column: int) -> Integers:
        """The line of each row in one column: int64 [N]."""
        return self.column_lines[column] if self.column_lines else self.lines

    def all_lines(self, rows: Flags) -> Integers:
        """The lines that some rows (bool [N]) were put together from, each once: int64."""
        lines: Integers = np.unique(np.concatenate([self.lines[rows], *(own[rows] for own in self.column_lines)]))
        return lines


def make_column(cells: Iterable[Cell]) -> Column:
    """A Column of these cells."""
    found = list(cells)
    lines = lines_of(found)
    if lines is not None and _CLEAN.fullmatch(lines) is not None:
        texts = {text: code for code, text in enumerate(dict.fromkeys(found))}
        return Column(np.array([texts[text] for text in found], dtype=number_type(len(texts))), list(texts))
    keys = list(zip(map(type, found), found, strict=True))  # True and 1, or 1 and 1.0, are different cells
    known: dict[tuple[type, Cell], int] = {}
    code = {}
    for key in dict.fromkeys(keys):  # each different cell is cleaned once
        cell = clean_cell(key[1])
        code[key] = known.setdefault((type(cell), cell), len(known))
    kind = number_type(len(known))
    return Column(np.fromiter(map(code.__getitem__, keys), dtype=kind, count=len(keys)), [cell for _, cell in known])


def as_cells(column: Column) -> Column:
    """The same column with cells, also where it was read as plain numbers."""
    if not column.has_numbers:
        return column
    cells, codes = np.unique(column.floats, return_inverse=True)
    return Column(codes.astype(number_type(len(cells))), ["" if np.isnan(c) else float(c) for c in cells])


def clean_cell(cell: Cell | None) -> Cell:
    """The cell without surrounding blanks, invisible characters and quotation marks; None and NaN become ""."""
    if isinstance(cell, str):
        text = cell.strip()
        if not text.isascii():
            text = _without_invisible(text)
        return _without_quotes(text) if text[-1:] in _QUOTES else text
    return "" if cell is None or cell != cell else cell


def _without_invisible(text: str) -> str:
    """The text without invisible characters; digits of other scripts become ASCII digits."""
    text = text.translate(_INVISIBLE).strip()
    if not _DIGIT_OF_ANOTHER_SCRIPT.search(text):
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text).translate(_FULL_WIDTH)


def _without_quotes(text: str) -> str:
    """The text inside '…' or ="…", which programs write so that Excel does not change the cell."""
    if len(text) > 2 and text[0] == text[-1] == "'":
        return text[1:-1].strip()
    return text[2:-1].strip() if len(text) > 3 and text.startswith('="') else text


def cell_text(cell: Cell) -> str:
    """The cell as a person sees it: 441.0 is 441, and a date at midnight has no time."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and float.is_integer(cell) and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return str(cell)


def column_letter(column: int) -> str:
    """The name spreadsheets give a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def listed(lines: Integers) -> tuple[int, ...]:
    """The first distinct line numbers, as many as a Problem lists."""
    return tuple(int(line) for line in np.unique(lines[:5000])[:MAX_ROWS_LISTED])
