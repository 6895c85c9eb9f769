"""Columns of a large text file, block by block: distinct texts are kept once, plain numbers become floats at once."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.jobs import Progress
from almanac.core.memory import give_back
from almanac.core.problems import ProblemError, stop_with
from almanac.tables.layout.structure import Structure
from almanac.tables.layout.units import with_units
from almanac.tables.sources.blocks.cells import BlockCells, find_cells, is_regular
from almanac.tables.sources.blocks.distinct import DistinctTexts
from almanac.tables.sources.blocks.fractions import plain_numbers
from almanac.tables.sources.delimited import Dialect
from almanac.tables.sources.delimiters import DelimiterChoice
from almanac.tables.sources.files import open_file
from almanac.tables.sources.quotes import NO_NOTES, QuotedRows, QuoteNotes, as_text, read_rows
from almanac.tables.values.cells import CellKind, Codes, Column, Grid, Table, clean_cell
from almanac.tables.values.numbers import MISSING_WORDS, Votes, decimal_sign, read_cells, votes

BLOCK_BYTES = 1 << 20  # chosen by judgement
MEGABYTE = 1 << 20
_MAX_CELL_BYTES = 128 << 10  # as far back as an open quotation mark is looked for
_MAX_LINE_BYTES = 32 << 20  # 16,384 columns of 2,000 characters
_PLAIN = frozenset("0123456789.,-+eE")
_ROWS_LOOKED_AT = 4000  # of those at the beginning of the file
_MIN_PLAIN_CELLS = 20  # filled cells that show that a column is one of plain numbers
_MIN_FRACTIONS = 0.3  # share of numbers with a decimal sign in such a column; both chosen by judgement


@dataclass
class _TextColumn:
    """What the blocks of a column gave so far: each different text once."""

    codes: list[Codes] = field(default_factory=list)
    distinct: DistinctTexts = field(default_factory=DistinctTexts)

    def add(self, cells: BlockCells, column: int) -> None:
        """Add the rows of a block."""
        self.codes.append(self.distinct.codes(cells, column))

    def column(self) -> Column:
        """The column of all blocks, which are given up, so that no column is in memory twice for long."""
        codes, texts = np.concatenate(self.codes), self.distinct.texts()
        self.codes.clear()
        self.distinct = DistinctTexts()
        return Column(codes, texts)


@dataclass
class _NumberColumn:
    """What the blocks of a column of plain numbers gave so far, and the few texts in it."""

    decimal: str
    floats: list[Floats] = field(default_factory=list)
    stray_texts: list[tuple[int, str]] = field(default_factory=list)
    rows: int = 0

    def add(self, cells: BlockCells, column: int) -> None:
        """Add the rows of a block."""
        floats, understood = plain_numbers(cells.data, cells.starts[column], cells.lengths[column], self.decimal)
        others = np.flatnonzero(~understood).tolist()
        if others:
            texts = [str(clean_cell(cells.raw(column, row).decode(errors="replace"))) for row in others]
            codes: dict[str, int] = {}
            which = [codes.setdefault(text, len(codes)) for text in texts]
            numbers, kinds = read_cells(list(codes), self.decimal)
            floats[others] = numbers[which]
            stray = (kinds == CellKind.TEXT)[which].tolist()
            self.stray_texts += [(self.rows + others[n], texts[n]) for n, is_text in enumerate(stray) if is_text]
        self.floats.append(floats)
        self.rows += len(floats)

    def column(self) -> Column:
        """The column of all blocks, which are given up."""
        floats = np.concatenate(self.floats)
        self.floats.clear()
        return Column(np.zeros(0, dtype=np.int32), (), floats, tuple(self.stray_texts))


@dataclass(frozen=True, eq=False)
class _Layout:
    """How the lines of the file are read: what its beginning (``head``) shows."""

    delimiter: DelimiterChoice
    head: Grid
    structure: Structure

    @cached_property
    def width(self) -> int:
        """How many cells a line may have; those beyond belong to no column."""
        return max(self.head.width, self.structure.columns[-1] + 1)

    @cached_property
    def decimal(self) -> str:
        """The decimal sign of all columns that are read as plain numbers."""
        found = sum((evidence.votes for evidence in self._evidence.values()), start=Votes())
        return decimal_sign(found, found)

    @cached_property
    def numeric(self) -> frozenset[int]:
        """The columns of fractions without thousands signs: they are never dates or keys, so no text is kept."""
        return frozenset(i for i, evidence in self._evidence.items() if evidence.plain_numbers)

    @cached_property
    def _evidence(self) -> dict[int, _Evidence]:
        """What rows spread over the beginning of the file show of each column."""
        rows = self.head.rows[self.structure.body :]
        rows = rows[:: max(len(rows) // _ROWS_LOOKED_AT, 1)]
        return {i: _evidence_of([str(row[i]) for row in rows if i < len(row)]) for i in self.structure.columns}


def read_columns(
    path: Path, dialect: Dialect, head: Grid, structure: Structure, seen: Callable[[bytes], object]
) -> Generator[Progress, None, tuple[Table, QuoteNotes]]:
    """The table of a large file, and what quotation marks did to its rows: every column below the header, every line.

    ``seen`` gets all bytes of the file.
    """
    layout = _Layout(dialect.delimiter_choice, head, structure)
    gathered = [_NumberColumn(layout.decimal) if i in layout.numeric else _TextColumn() for i in structure.columns]
    size = max(path.stat().st_size, 1)
    total = max(round(size / MEGABYTE), 1)
    rows, notes = 0, NO_NOTES
    skip = structure.body  # lines of titles and names, all in the first block
    for block, done in blocks(path, dialect.encoding, seen):
        yield Progress(round(done / MEGABYTE), total, f"Reading {path.name}: {done // MEGABYTE:,} of {total:,} MB")
        regular, found = _regular(block, layout.delimiter)
        cells = find_cells(regular, layout.delimiter.sign, layout.width, skip)
        notes += found.after(structure.body - skip + rows)
        skip = 0
        rows += cells.rows
        for i, column in zip(structure.columns, gathered, strict=True):
            column.add(cells, i)
    lines = np.arange(structure.body + 1, structure.body + 1 + rows, dtype=np.int64)
    line = structure.header[0] + 1 if structure.header else 0
    give_back()
    table = Table(structure.names, tuple(g.column() for g in gathered), lines, line, structure.title)
    give_back()
    return with_units(table, structure.units), notes


@dataclass(frozen=True)
class _Evidence:
    """What some cells of a column say about point and comma, and whether they are plain fractions."""

    votes: Votes
    plain_numbers: bool


def _evidence_of(cells: Sequence[str]) -> _Evidence:
    texts = [text for cell in cells if (text := cell.strip()) and text.lower() not in MISSING_WORDS]
    found = votes(texts)
    fractions = found.decimal_comma + found.decimal_point
    plain = len(texts) > _MIN_PLAIN_CELLS and all(_PLAIN.issuperset(text) for text in texts)
    return _Evidence(found, plain and fractions > _MIN_FRACTIONS * len(texts))


def blocks(path: Path, encoding: str, seen: Callable[[bytes], object] = len) -> Iterator[tuple[bytes, int]]:
    """UTF-8 blocks that end with a whole line, and how many bytes of the file were read so far.

    ``seen`` gets the bytes as they are in the file.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    same = encoding == "utf-8"
    rest = b""
    old_mac = None  # whether lines end with a carriage return alone
    with open_file(path) as file:
        while data := file.read(BLOCK_BYTES):
            seen(data)
            raw = data if same else decoder.decode(data).encode()
            if old_mac is None:
                old_mac = b"\n" not in raw and b"\r" in raw
            if old_mac:
                raw = raw.replace(b"\r", b"\n")
            block = rest + raw.replace(b"\0", b"")
            end = _whole_lines(block)
            rest = block[end:]
            if len(rest) > _MAX_LINE_BYTES:
                raise _endless_line(path)
            if end:
                yield block[:end], file.tell()
        rest += b"" if same else decoder.decode(b"", final=True).encode()
        if rest:
            yield rest, file.tell()


def _endless_line(path: Path) -> ProblemError:
    return stop_with(
        "endless_line",
        f"{path.name} is not a table that Almanac can read.",
        f"One of its lines is longer than {_MAX_LINE_BYTES // MEGABYTE} million characters; no spreadsheet has such.",
        "Save it from Excel as CSV, or look in a text editor for what makes that line so long.",
    )


def _whole_lines(block: bytes) -> int:
    """Where the last line ends that is not inside quotation marks; 0 when there is none."""
    end = last = block.rfind(b"\n") + 1
    quotes = block.count(b'"', 0, end)
    while end and quotes % 2:
        if last - end > _MAX_CELL_BYTES:
            return last  # no cell is that long: some quotation mark is never closed
        shorter = block.rfind(b"\n", 0, end - 1) + 1
        quotes -= block.count(b'"', shorter, end)
        end = shorter
    return end


def _regular(block: bytes, delimiter: DelimiterChoice) -> tuple[bytes, QuoteNotes]:
    """The block with quotation marks that open and close whole cells, and what they did to its rows before."""
    if delimiter.sign != delimiter.delimiter:
        block = delimiter.prepared(block.decode("utf-8", "replace")).encode()
    if is_regular(block, delimiter.sign):
        return block, NO_NOTES
    text = block.decode("utf-8", "replace")
    try:
        found = read_rows(text, delimiter.sign)
    except csv.Error:  # a cell without end: quotation marks are text like any other
        lines = text.removesuffix("\n").split("\n")
        found = QuotedRows([line.removesuffix("\r").split(delimiter.sign) for line in lines])
    return as_text(found.rows, delimiter.sign).encode(), found.notes
