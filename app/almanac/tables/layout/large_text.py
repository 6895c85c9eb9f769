"""Columns of a large text file, block by block: distinct texts are kept once, plain numbers become floats at once."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from almanac.core.arrays import Floats, number_type
from almanac.core.jobs import Progress
from almanac.core.problems import ProblemError, stop_with
from almanac.core.sparse import MAX_OTHERS, Sparse, end_to_end
from almanac.core.system.memory import give_back
from almanac.tables.columns.column_words import is_identifier_name
from almanac.tables.columns.profile import unnamed
from almanac.tables.layout.structure import Structure
from almanac.tables.layout.units import with_units
from almanac.tables.sources.blocks.cells import BlockCells, find_cells, is_regular
from almanac.tables.sources.blocks.distinct import DistinctTexts
from almanac.tables.sources.blocks.keys import WORD_BYTES
from almanac.tables.sources.blocks.packed_texts import MAX_PACKED, PackedTexts
from almanac.tables.sources.delimited import Dialect
from almanac.tables.sources.delimiters import DelimiterChoice
from almanac.tables.sources.files import open_file
from almanac.tables.sources.quotes import NO_NOTES, QuotedRows, QuoteNotes, as_text, read_rows
from almanac.tables.values.cells import CellKind, Codes, Column, Grid, Table, clean_cell
from almanac.tables.values.dates.calendar_names import names_date, names_stamp
from almanac.tables.values.dates.read_dates import read_dates
from almanac.tables.values.numbers import MISSING_WORDS, Votes, decimal_sign, read_cells, votes
from almanac.tables.values.plain_numbers import plain_numbers

BLOCK_BYTES = 1 << 20  # chosen by judgement
MEGABYTE = 1 << 20
_MAX_CELL_BYTES = 128 << 10  # as far back as an open quotation mark is looked for
_MAX_LINE_BYTES = 32 << 20  # 16,384 columns of 2,000 characters
_PLAIN = re.compile(r"[-+]?(?:\d++(?:[.,]\d*+)?|[.,]\d++)(?:[eE][-+]?\d++)?")  # a date such as 31.12.2024 is not
_ROWS_LOOKED_AT = 4000  # of those at the beginning of the file
_MIN_PLAIN_CELLS = 20  # filled cells that show that a column is one of plain numbers
_MIN_DIFFERENT = 0.2  # share of different texts from which on a column of them is packed; chosen by judgement
# Of whole numbers that are neither dates nor keys. All chosen by judgement.
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")  # as a float is written again
_MIN_DIFFERENT_AMOUNTS = 400  # more than there are days in a year
_MAX_STEPS_OF_COUNTER = 4  # different steps, of numbers that count something
_MAX_DATES, _DATES_LOOKED_AT = 0.5, 100  # share of different texts that could be dates, and how many are tried
_MAX_BLANK_AGAIN = 0.5  # share of blank lines that follow another one, above which they are left out
_MIN_WIDE = 8  # such columns: so many keys no table has
_MIN_WIDE_ALIKE = 24  # such columns, where few of their numbers are different
_FEW_AGAIN = MAX_OTHERS / 2  # share of rows with a number, from which on a column is kept as mostly blank; by judgement
_SPARE = 1.05  # times as much room for numbers as the rows so far let expect; chosen by judgement
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
        texts = self.distinct.texts()
        codes = np.concatenate(self.codes, dtype=number_type(len(texts)), casting="unsafe")
        self.codes.clear()
        self.distinct = DistinctTexts()
        return Column(codes, texts)


@dataclass
class _PackedColumn:
    """What the blocks of a column of short, mostly different texts gave so far."""

    texts: PackedTexts

    def add(self, cells: BlockCells, column: int) -> None:
        """Add the rows of a block."""
        self.texts.add(cells, column)

    def column(self) -> Column:
        """The column of all blocks, which are given up."""
        return Column(*self.texts.finish())


@dataclass
class _NumberColumns:
    """What the blocks of all columns of plain numbers gave so far, and the few texts in each.

    ``floats`` has room for as many rows as the file seems to have, column after column. In ``sparse`` are the parts of
    those that are mostly blank so far, by their position; ``filled``: how many cells of each are.
    """

    places: tuple[int, ...]
    decimal: str
    floats: Floats = field(default_factory=lambda: np.empty(0))
    sparse: dict[int, list[Sparse[np.float64]]] = field(default_factory=dict)
    filled: Counter[int] = field(default_factory=Counter)
    stray_texts: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    rows: int = 0
    room: int = 0

    def add(self, cells: BlockCells, share: float) -> None:
        """Add the rows of a block; ``share``: how much of the file has been read with it."""
        rows = self.rows + cells.rows
        if rows > self.room:
            self._make_room(int(rows / share * _SPARE) + 1)
        for n, column in enumerate(self.places):
            row, understood = plain_numbers(cells.data, cells.starts[column], cells.lengths[column], self.decimal)
            others = np.flatnonzero(~understood).tolist()
            if others:
                self._add_others(cells, column, others, row)
            self.filled[n] += int(np.count_nonzero(cells.lengths[column]))
            self._keep(n, row)
        self.rows = rows

    def _keep(self, n: int, row: Floats) -> None:
        """Keep the numbers of a block of the n-th column, sparse as long as the column is mostly blank."""
        share, start = self.filled[n] / max(self.rows + len(row), 1), n * self.room
        if n not in self.sparse and share <= _FEW_AGAIN:
            self.sparse[n] = [Sparse.of(self.floats[start : start + self.rows], np.nan)]
        elif n in self.sparse and share > MAX_OTHERS:
            self.floats[start : start + self.rows] = end_to_end(self.sparse.pop(n)).dense()
        if n in self.sparse:
            self.sparse[n].append(Sparse.of(row, np.nan))
        else:
            self.floats[start + self.rows : start + self.rows + len(row)] = row

    def _make_room(self, room: int) -> None:
        """Room for more rows: memory that is not written to takes none."""
        grown = np.empty(len(self.places) * room)
        for n in set(range(len(self.places))).difference(self.sparse):
            grown[n * room : n * room + self.rows] = self.floats[n * self.room : n * self.room + self.rows]
        self.floats, self.room = grown, room

    def _add_others(self, cells: BlockCells, column: int, others: list[int], floats: Floats) -> None:
        """Cells that are no plain numbers: other numbers go to ``floats``, texts to the stray texts."""
        texts = [str(clean_cell(cells.raw(column, row).decode(errors="replace"))) for row in others]
        codes: dict[str, int] = {}
        which = [codes.setdefault(text, len(codes)) for text in texts]
        distinct = list(codes)
        numbers, kinds = read_cells(distinct, self.decimal)
        floats[others] = numbers[which]
        is_stray = np.isin(kinds, (CellKind.TEXT, CellKind.TOO_LARGE))[which].tolist()
        self.stray_texts.setdefault(column, []).extend(
            (self.rows + row, distinct[code]) for row, code, stray in zip(others, which, is_stray, strict=True) if stray
        )

    def columns(self) -> dict[int, Column]:
        """Each column, by its place. Numbers that are not sparse lie end to end. Nothing can be added afterwards."""
        rows = self.rows
        filled = [n for n in range(len(self.places)) if n not in self.sparse]
        for at, n in enumerate(filled):
            self.floats[at * rows : (at + 1) * rows] = self.floats[n * self.room : n * self.room + rows]
        self.floats.resize(len(filled) * rows, refcheck=False)  # in place: nothing else refers to it
        numbers: dict[int, Floats | Sparse[np.float64]] = dict(
            zip(filled, self.floats.reshape(len(filled), rows), strict=True)
        )
        none = np.zeros(0, dtype=np.int32)
        for n in list(self.sparse):
            numbers[n] = end_to_end(self.sparse.pop(n))
        strays = {place: tuple(self.stray_texts.pop(place, ())) for place in self.places}
        return {place: Column(none, (), numbers[n], strays[place]) for n, place in enumerate(self.places)}


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
        """The columns whose cells are never dates or keys, so that no text is kept: fractions without thousands signs,
        and in a wide table whole numbers without a common step below names that are not for dates or keys."""
        names = dict(zip(self.structure.columns, self.structure.names, strict=True))
        whole = {i: e.different for i, e in self._evidence.items() if e.whole and _may_name_amounts(names[i])}
        various = [i for i, different in whole.items() if different]
        fractions = (i for i, evidence in self._evidence.items() if evidence.fractions)
        taken = whole if len(whole) >= _MIN_WIDE_ALIKE else various if len(various) >= _MIN_WIDE else ()
        return frozenset((*fractions, *taken))

    def text_column(self, column: int) -> _TextColumn | _PackedColumn:
        """Gathers a column in the way that suits it."""
        words = self._evidence[column].words
        return _PackedColumn(PackedTexts(words)) if words else _TextColumn()

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
    numbers = _NumberColumns(tuple(sorted(layout.numeric)), layout.decimal)
    gathered = {i: layout.text_column(i) for i in structure.columns if i not in layout.numeric}
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
        numbers.add(cells, max(done, 1) / size)
        for i, column in gathered.items():
            column.add(cells, i)
    last = structure.body + 1 + rows
    lines = np.arange(structure.body + 1, last, dtype=number_type(last))
    line = structure.header[0] + 1 if structure.header else 0
    give_back()
    columns = numbers.columns() | {i: texts.column() for i, texts in gathered.items()}
    table = Table(structure.names, tuple(columns[i] for i in structure.columns), lines, line, structure.title)
    give_back()
    return with_units(_without_blank_pages(table), structure.units), notes


def _without_blank_pages(table: Table) -> Table:
    """The table with one of many blank lines in a row, where most lines are such; the others keep their numbers."""
    blank = table.blank
    again = np.zeros(len(table), dtype=bool)
    again[1:] = blank[1:] & blank[:-1]
    return table.take(~again) if again.sum() > _MAX_BLANK_AGAIN * len(table) else table


@dataclass(frozen=True)
class _Evidence:
    """What some cells of a column say about point and comma, and what they are."""

    votes: Votes
    fractions: bool  # plain numbers, many of them with a decimal sign
    whole: bool  # plain whole numbers, which do not count
    different: bool  # many of them
    words: int  # of 8 bytes, that its texts take where they are short and mostly different; 0 otherwise


def _evidence_of(cells: Sequence[str]) -> _Evidence:
    texts = [text for cell in cells if (text := cell.strip()) and text.lower() not in MISSING_WORDS]
    distinct = dict.fromkeys(texts)
    if _are_dates(list(distinct)[:_DATES_LOOKED_AT]):
        return _Evidence(Votes(), False, False, False, words=_words_to_pack(texts, distinct))
    plain = len(texts) > _MIN_PLAIN_CELLS and all(map(_PLAIN.fullmatch, distinct))
    found = votes(texts)
    fractions = found.decimal_comma + found.decimal_point
    is_fraction = plain and fractions > _MIN_FRACTIONS * len(texts)
    whole = plain and _are_amounts(texts, distinct)
    different = len(distinct) >= min(_MIN_DIFFERENT_AMOUNTS, len(texts) // 2)
    return _Evidence(found, is_fraction, whole, different, _words_to_pack(texts, distinct))


def _are_dates(distinct: Sequence[str]) -> bool:
    """Whether texts are dates, such as 31.01.2024, 01.2024 or 20240131."""
    return bool(distinct) and bool(read_dates(distinct).understood.mean() > _MAX_DATES)


def _are_amounts(texts: Sequence[str], distinct: Collection[str]) -> bool:
    """Whether plain numbers are amounts of something, rather than codes or a counter."""
    if not all(map(_WHOLE.fullmatch, distinct)):
        return False
    steps = np.diff([int(text) for text in texts])
    return len(set(steps.tolist())) > _MAX_STEPS_OF_COUNTER


def _may_name_amounts(name: str) -> bool:
    """Whether a column of that name holds no dates and no keys."""
    return not (unnamed(name) or names_date(name) or names_stamp(name) or is_identifier_name(name))


def _words_to_pack(texts: Sequence[str], distinct: Collection[str]) -> int:
    """The words that the longest text takes, where texts are short and mostly different; 0 otherwise."""
    words = -(-max((len(text.encode()) for text in distinct), default=0) // WORD_BYTES)
    different = len(distinct) > _MIN_DIFFERENT * len(texts)
    return words if words == 1 or (words <= MAX_PACKED and different) else 0


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
    if delimiter.prepares:
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
