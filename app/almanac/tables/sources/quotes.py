"""Rows of delimited text, also where a quotation mark is opened and never closed.

A cell in quotation marks may go on over several lines. A stray quotation mark looks the same: everything up to the next
one becomes a single cell, often thousands of rows. What distinguishes them is what the lines are on their own: rows
of the table, with numbers and dates where the other rows have them, were swallowed; lines of a comment are none.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from almanac.tables.values.cells import clean_cell
from almanac.tables.values.dates.read_dates import looks_like_date
from almanac.tables.values.numbers import is_missing_word, looks_like_number

# All chosen by judgement.
_SAMPLE_LINES = 500  # that show what the rows of a table are like
_MIN_MEASURED = 0.8  # share of numbers and dates in a column that mostly holds such
_MIN_ROWS = 0.8  # share of rows among the lines that one cell swallowed
_MANY_LINES = 4  # from which on the lines after the first suffice: a quotation mark may be anywhere in the first
_LONG_CELL = 20  # lines in one cell that are worth a word, though they are no rows


@dataclass(frozen=True)
class QuoteNotes:
    """What quotation marks did to the rows of a text; rows are counted from 1.

    ``stray``: rows with a quotation mark that is not closed, kept as text; ``long_cells``: rows with a cell of many
    lines. ``joined``: rows with a cell that should have some, as it holds the delimiter, such as the ``example``;
    ``longer``: rows with more numbers than there are names.
    """

    stray: tuple[int, ...] = ()
    long_cells: tuple[int, ...] = ()
    joined: tuple[int, ...] = ()
    longer: tuple[int, ...] = ()
    example: str = ""

    def after(self, rows: int) -> QuoteNotes:
        """The same notes where so many rows are above."""
        return QuoteNotes(tuple(n + rows for n in self.stray), tuple(n + rows for n in self.long_cells))

    def __add__(self, other: QuoteNotes) -> QuoteNotes:
        return QuoteNotes(self.stray + other.stray, self.long_cells + other.long_cells)


NO_NOTES = QuoteNotes()


@dataclass(frozen=True)
class QuotedRows:
    """The rows of a text, and what its quotation marks did to them."""

    rows: list[list[str]]
    notes: QuoteNotes = NO_NOTES


def read_rows(text: str, delimiter: str) -> QuotedRows:
    """Rows and cells of a text. Raises csv.Error when a cell is too long, and is no run of swallowed rows."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(reader)
    except csv.Error:
        return _Mender(text, delimiter).read()
    return QuotedRows(rows) if len(rows) == reader.line_num else _Mender(text, delimiter).read()


def as_text(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Rows as a text in which every quotation mark is closed."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


@dataclass(frozen=True, eq=False)
class _TableShape:
    """What the rows of a table have in common: how many cells, and which columns mostly hold numbers or dates."""

    width: int
    measured: tuple[int, ...]

    def is_row(self, cells: Sequence[str]) -> bool:
        """Whether a line with these cells could be a row of the table."""
        if len(cells) != self.width:
            return False
        found = [cells[i] for i in self.measured]
        return any(found) and all(map(_is_measured, found))


@dataclass(eq=False)
class _Mender:
    """Reads a text with cells of several lines, one row after the other."""

    text: str
    delimiter: str
    rows: list[list[str]] = field(default_factory=list)
    stray: list[int] = field(default_factory=list)
    long_cells: list[int] = field(default_factory=list)

    def read(self) -> QuotedRows:
        """All rows; a line with a stray quotation mark is a row like any other."""
        self.lines = io.StringIO(self.text, newline="").readlines()
        self.shape = _shape_of(self.lines, self.delimiter)
        at = 0
        while at < len(self.lines):
            at = self._read_until_stray(at)
        return QuotedRows(self.rows, QuoteNotes(tuple(self.stray), tuple(self.long_cells)))

    def _read_until_stray(self, start: int) -> int:
        """Read rows from a line on up to one with a stray quotation mark; the line to go on with."""
        later = map(self.lines.__getitem__, range(start, len(self.lines)))
        reader = csv.reader(later, delimiter=self.delimiter)
        at = start
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return len(self.lines)
            except csv.Error:
                if self._is_stray(at, start + reader.line_num):
                    return self._read_alone(at)
                raise
            end = start + reader.line_num
            if end - at > 1:
                if self._is_stray(at, end):
                    return self._read_alone(at)
                if end - at >= _LONG_CELL:
                    self.long_cells.append(len(self.rows) + 1)
            self.rows.append(row)
            at = end

    def _read_alone(self, at: int) -> int:
        """Take one line for a row, its stray quotation mark for text; the line after it."""
        self.rows.append(_cells(self.lines[at], self.delimiter))
        self.stray.append(len(self.rows))
        return at + 1

    def _is_stray(self, start: int, stop: int) -> bool:
        """Whether the lines of one row are rows of the table on their own."""
        if self.shape is None:
            return False
        first, *others = filter(str.strip, self.lines[start:stop])
        # Counts of delimiters first: they are quick, and show nearly always that a comment is one.
        if len(others) < _MANY_LINES and first.count(self.delimiter) != self.shape.width - 1:
            return False
        candidates = [line for line in others if line.count(self.delimiter) >= self.shape.width - 1]
        fewest = max(_MIN_ROWS * len(others), 1)
        if len(candidates) < fewest:
            return False
        if sum(self.shape.is_row(_cells(line, self.delimiter)) for line in candidates) < fewest:
            return False
        return len(others) >= _MANY_LINES or self.shape.is_row(_cells(first.replace('"', ""), self.delimiter))


def _shape_of(lines: Sequence[str], delimiter: str) -> _TableShape | None:
    """What most lines have in common; None when they have no numbers and dates in the same columns."""
    sample = [_cells(line, delimiter) for line in lines[:: max(len(lines) // _SAMPLE_LINES, 1)] if line.strip()]
    width = Counter(map(len, sample)).most_common(1)[0][0]
    rows = [cells for cells in sample if len(cells) == width]
    measured = (i for i in range(width) if sum(_is_measured(row[i]) for row in rows) >= _MIN_MEASURED * len(rows))
    shape = _TableShape(width, tuple(measured))
    return shape if width > 1 and shape.measured else None


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line on its own; a quotation mark that it does not close is text."""
    line = line.rstrip("\r\n")
    row = next(csv.reader([f"{line}\n"], delimiter=delimiter), [])
    if not row or not row[-1].endswith("\n"):
        return row
    return [_without_quotes(cell) for cell in line.split(delimiter)]


def _without_quotes(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _is_measured(text: str) -> bool:
    """Whether a cell holds a number, a date or nothing."""
    cell = clean_cell(text)
    return cell == "" or looks_like_number(cell) or looks_like_date(cell) or is_missing_word(cell)
