"""Cells that hold the delimiter without quotation marks: "1,234" or "Smith, J" between commas make a row too long.

Where the rows of a table have as many cells as its heading has names, a longer row has a cell in parts. They are put
together where only one way gives each column what it holds in the other rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from almanac.tables.values.cells import clean_cell
from almanac.tables.values.dates.read_dates import looks_like_date
from almanac.tables.values.numbers import is_missing_word, looks_like_number

# All chosen by judgement.
_SAMPLE = 300  # rows that show what the columns hold
_HEADING_ROWS = 40  # in which the heading is looked for
_MIN_REGULAR, _MIN_ROWS = 0.1, 5  # share and number of the rows that have as many cells as the heading
_FEW_REGULAR = 0.5  # share below which all other rows must be put together, or the heading lacks a name
_MIN_KIND = 0.9  # share of numbers or dates in a column that holds such
_MAX_EXTRA = 2  # cells more than names, in a row that is put together
_MAX_WIDTH, _MAX_WAYS = 60, 40  # columns, and ways to put a row together, from which on none is looked for
Test = Callable[[str], bool]
_GROUPED = re.compile(r"[-(]?\s?[$€£]?\s?\d{1,3}(?:,\d{3})+(?:\.\d+)?\)?%?")


@dataclass(frozen=True)
class Mended:
    """The rows of a text; ``joined``: those in which parts of a cell were put together, ``longer``: those that have
    more numbers than names; both counted from 1. ``example``: the first cell that was put together.
    """

    rows: list[list[str]]
    joined: tuple[int, ...] = ()
    longer: tuple[int, ...] = ()
    example: str = ""


def join_unquoted(rows: list[list[str]], delimiter: str) -> Mended:
    """The rows, where each longer one was put together if that can be done in one way only."""
    found = _longer_rows(rows) if len(delimiter) == 1 and len(set(map(len, rows))) > 1 else None
    tests = [] if found is None else _tests(found.regular, found.width)
    if found is None or _is_number not in tests:
        return Mended(rows)
    mended, joined, unclear, example = list(rows), [], [], ""
    for n in found.longer:
        together = _put_together(rows[n], tests, delimiter)
        if together is not None:
            mended[n] = together
            joined.append(n + 1)
            example = example or next(cell for cell in together if delimiter in cell and cell not in rows[n])
        elif any(map(_is_filled_number, rows[n][found.width :])):
            unclear.append(n + 1)
    if found.few_regular and len(joined) < len(found.longer):
        return Mended(rows)
    return Mended(mended, tuple(joined), tuple(unclear), example)


@dataclass(frozen=True)
class _Longer:
    """``width``: how many names the heading has; ``longer``: the rows with more cells; ``regular``: some with as many;
    ``few_regular``: whether most rows are longer, so that the heading may lack a name.
    """

    width: int
    longer: list[int]
    regular: list[list[str]]
    few_regular: bool


def _longer_rows(rows: list[list[str]]) -> _Longer | None:
    """The rows below a heading that have more cells than it has names; None without a heading, or without such rows."""
    heading = next((n for n, row in enumerate(rows[:_HEADING_ROWS]) if _is_heading(row)), None)
    if heading is None:
        return None
    width, body = len(rows[heading]), range(heading + 1, len(rows))
    longer = [n for n in body if len(rows[n]) > width and any(map(str.strip, rows[n][width:]))]
    regular = [rows[n] for n in body if len(rows[n]) == width]
    share = len(regular) / max(len(longer) + len(regular), 1)
    enough = share >= _MIN_REGULAR and len(regular) >= _MIN_ROWS
    if not longer or width > _MAX_WIDTH or not enough or any(_is_heading(rows[n]) for n in longer):
        return None  # or another table with its own names
    return _Longer(width, longer, regular[:: max(len(regular) // _SAMPLE, 1)], share < _FEW_REGULAR)


def _is_heading(row: Sequence[str]) -> bool:
    """Whether a row holds names, each another one, and no number or date."""
    cells = [clean_cell(cell) for cell in row]
    return (
        len(cells) > 1
        and all(cells)
        and len(set(cells)) == len(cells)
        and not any(looks_like_number(cell) or looks_like_date(cell) for cell in cells)
    )


def _is_number(text: str) -> bool:
    return _is_blank(text) or looks_like_number(clean_cell(text))


def _is_date(text: str) -> bool:
    return _is_blank(text) or looks_like_date(clean_cell(text))


def _is_anything(_: str) -> bool:
    return True


def _is_blank(text: str) -> bool:
    cell = clean_cell(text)
    return cell == "" or is_missing_word(cell)


def _is_filled_number(text: str) -> bool:
    return not _is_blank(text) and looks_like_number(clean_cell(text))


def _tests(rows: Sequence[Sequence[str]], width: int) -> list[Test]:
    """What the cells of each column hold: numbers, dates or anything."""
    found: list[Test] = []
    for i in range(width):
        cells = [row[i] for row in rows if not _is_blank(row[i])]
        enough = max(_MIN_KIND * len(cells), 1)
        kinds = (test for test in (_is_date, _is_number) if sum(map(test, cells)) >= enough)
        found.append(next(kinds, _is_anything))
    return found


def _put_together(row: Sequence[str], tests: Sequence[Test], delimiter: str) -> list[str] | None:
    """The row with as many cells as there are columns, if only one way fits; None otherwise.

    Of several ways, those count first in which a blank follows each comma, as in a text.
    """
    if len(row) - len(tests) > _MAX_EXTRA:
        return None
    ways = list(islice(_Ways(row, tests, delimiter).all(), _MAX_WAYS))
    written = [way for way in ways if all(f"{delimiter} " in cell for cell in way if cell not in row)]
    chosen = ways if len(ways) == 1 else written
    return chosen[0] if len(chosen) == 1 and len(ways) < _MAX_WAYS else None


@dataclass(frozen=True)
class _Ways:
    """Every way to put neighbouring cells of a row together that gives each column what it holds."""

    row: Sequence[str]
    tests: Sequence[Test]
    delimiter: str
    dead_ends: set[tuple[int, int]] = field(default_factory=set)

    def all(self, column: int = 0, at: int = 0) -> Iterator[list[str]]:
        """The cells of the columns from one on, made of those of the row from ``at`` on."""
        left, others = len(self.row) - at, len(self.tests) - column - 1
        if (column, at) in self.dead_ends:
            return
        found = False
        for parts in range(1, left - others + 1) if others else (left,):
            cell = self.delimiter.join(self.row[at : at + parts])
            if not self._fits(cell, column):
                continue
            if not others:
                found = True
                yield [cell]
                continue
            for rest in self.all(column + 1, at + parts):
                found = True
                yield [cell, *rest]
        if not found:
            self.dead_ends.add((column, at))

    def _fits(self, cell: str, column: int) -> bool:
        """Whether a column may hold the cell; parts of a number are thousands."""
        test = self.tests[column]
        if test is _is_number and self.delimiter in cell:
            return _GROUPED.fullmatch(cell.strip()) is not None
        return test(cell)
