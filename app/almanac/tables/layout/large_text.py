"""Columns of a large text file, block by block: distinct texts are kept once, plain numbers become floats at once."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Floats
from almanac.core.jobs import Progress
from almanac.core.problems import ProblemError, stop_with
from almanac.tables.layout.structure import Structure
from almanac.tables.layout.units import with_units
from almanac.tables.sources.delimited import Dialect
from almanac.tables.sources.delimiters import DelimiterChoice
from almanac.tables.sources.files import open_file
from almanac.tables.sources.quotes import NO_NOTES, QuotedRows, QuoteNotes, as_text, read_rows
from almanac.tables.values.cells import CellKind, Codes, Column, Grid, Table, clean_cell
from almanac.tables.values.numbers import MISSING_WORDS, Votes, decimal_sign, read_cells, votes

if TYPE_CHECKING:
    from pandas import DataFrame

BLOCK_BYTES = 4 << 20  # chosen by judgement
MEGABYTE = 1 << 20
_MAX_CELL_BYTES = 128 << 10  # as far back as an open quotation mark is looked for
_MAX_LINE_BYTES = 32 << 20  # 16,384 columns of 2,000 characters
_PLAIN = frozenset("0123456789.,-+eE")
_ROWS_LOOKED_AT = 4000  # of those at the beginning of the file
_MIN_PLAIN_CELLS = 20  # filled cells that show that a column is one of plain numbers
_MIN_FRACTIONS = 0.3  # share of numbers with a decimal sign in such a column; both chosen by judgement
_MISSING = sorted({"", *MISSING_WORDS, *(word.upper() for word in MISSING_WORDS), "NaN", "Null", "None"})


@dataclass
class _Gathered:
    """What the blocks of one column gave so far."""

    numbers: bool
    codes: list[Codes] = field(default_factory=list)
    floats: list[Floats] = field(default_factory=list)
    stray_texts: list[tuple[int, str]] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)

    def add_texts(self, codes: NDArray[np.intp], texts: list[str]) -> None:
        """Add a block of rows; ``codes``: which of ``texts`` each row holds."""
        known = self.known
        here = np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int32)
        self.codes.append(here[codes])

    def add_numbers(self, codes: NDArray[np.intp], texts: list[str], decimal: str) -> None:
        """Add a block with texts among the numbers; ``codes``: which of ``texts`` each row holds."""
        numbers, kinds = read_cells(texts, decimal)
        start = sum(map(len, self.floats))
        self.floats.append(numbers[codes])
        rows = np.flatnonzero((kinds == CellKind.TEXT)[codes])
        self.stray_texts.extend((start + int(row), texts[codes[row]]) for row in rows)

    def column(self) -> Column:
        """The column of all blocks, which are given up, so that no column is in memory twice for long."""
        if self.numbers:
            floats = np.concatenate(self.floats)
            self.floats.clear()
            return Column(np.zeros(0, dtype=np.int32), (), floats, tuple(self.stray_texts))
        codes = np.concatenate(self.codes)
        self.codes.clear()
        cells = list(self.known)
        self.known.clear()
        return Column(codes, cells)


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
    gathered = [_Gathered(i in layout.numeric) for i in structure.columns]
    size = max(path.stat().st_size, 1)
    total = max(round(size / MEGABYTE), 1)
    rows, notes = 0, NO_NOTES
    skip = structure.body  # lines of titles and names, all in the first block
    for block, done in blocks(path, dialect.encoding, seen):
        yield Progress(round(done / MEGABYTE), total, f"Reading {path.name}: {done // MEGABYTE:,} of {total:,} MB")
        frame, found = _frame(block, layout, skip)
        notes += found.after(structure.body - skip + rows)
        skip = 0
        rows += len(frame)
        _gather(frame, gathered, layout)
    lines = np.arange(structure.body + 1, structure.body + 1 + rows, dtype=np.int64)
    line = structure.header[0] + 1 if structure.header else 0
    table = Table(structure.names, tuple(g.column() for g in gathered), lines, line, structure.title)
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
    same = encoding in ("utf-8", "utf-8-sig")
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


def _frame(block: bytes, layout: _Layout, skip: int) -> tuple[DataFrame, QuoteNotes]:
    """One block as a frame, and what quotation marks did to its rows.

    ``skip``: lines at the beginning of the block that are no data.
    """
    import pandas as pd

    if layout.delimiter.sign != layout.delimiter.delimiter:
        block = layout.delimiter.prepared(block.decode("utf-8", "replace")).encode()
    frame = None
    with suppress(pd.errors.ParserError):  # a quotation mark is never closed
        frame = _parsed(block, layout, skip)
        if skip + len(frame) >= block.count(b"\n") + (not block.endswith(b"\n")):
            return frame, NO_NOTES
    found = QuotedRows([])
    with suppress(csv.Error):  # a cell without end
        found = read_rows(block.decode("utf-8", "replace"), layout.delimiter.sign)
    if found.notes.stray:
        frame = _parsed(as_text(found.rows, layout.delimiter.sign).encode(), layout, skip)
    return _parsed(block, layout, skip, quoting=csv.QUOTE_NONE) if frame is None else frame, found.notes


def _parsed(block: bytes, layout: _Layout, skip: int, quoting: int = csv.QUOTE_MINIMAL) -> DataFrame:
    """One block as a frame: floats where a column is known to be plain numbers, texts elsewhere."""
    import pandas as pd

    width, numeric = layout.width, layout.numeric
    kinds: dict[int, Any] = {i: float if i in numeric else object for i in range(width)}
    missing: Any = dict.fromkeys(numeric, _MISSING)
    # A column that is asked for must be there, even if all lines are shorter: so a line with every column goes first.
    whole = b"".join((layout.delimiter.sign.encode() * (width - 1), b"\n", block))
    options: dict[str, Any] = {
        "sep": layout.delimiter.sign,
        "header": None,
        "names": list(range(width)),
        "usecols": list(range(width)),  # cells beyond the widest line of the head belong to no column of the table
        "keep_default_na": False,
        "skip_blank_lines": False,
        "encoding_errors": "replace",
        "index_col": False,
        "skiprows": range(1, skip + 1),
        "low_memory": False,
        "quoting": quoting,
    }

    def attempt(**more: Any) -> DataFrame:
        frame: DataFrame = pd.read_csv(io.BytesIO(whole), **options, **more)
        return frame.iloc[1:]

    try:
        return attempt(dtype=kinds, na_values=missing, decimal=layout.decimal)
    except (ValueError, pd.errors.ParserError):
        return attempt(dtype=object)  # a word among the numbers: slower, but it takes anything


def _gather(frame: DataFrame, gathered: list[_Gathered], layout: _Layout) -> None:
    """Add the rows of a block to what was gathered of each column."""
    import pandas as pd

    for i, column in zip(layout.structure.columns, gathered, strict=True):
        values = frame[i].to_numpy()
        if values.dtype == float:
            column.floats.append(values)
            continue
        codes, distinct = pd.factorize(values)
        codes[codes < 0] = len(distinct)
        texts = [str(clean_cell(text)) if isinstance(text, str) else "" for text in (*distinct, "")]
        if column.numbers:
            column.add_numbers(codes, texts, layout.decimal)
        else:
            column.add_texts(codes, texts)
