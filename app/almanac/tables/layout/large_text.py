"""Columns of a big text file, block by block: only different texts are kept, plain numbers go straight to floats."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Floats
from almanac.core.jobs import Progress
from almanac.core.problems import ProblemError, stop_with
from almanac.tables.layout.structure import Structure
from almanac.tables.sources.delimited import Dialect
from almanac.tables.sources.files import reading
from almanac.tables.values.cells import Codes, Column, Grid, Table, tidy
from almanac.tables.values.numbers import MISSING_WORDS, TEXT, Votes, decimal_sign, read_cells, votes

if TYPE_CHECKING:
    from pandas import DataFrame

BLOCK = 4 << 20
_MEGABYTE = 1 << 20
_LONGEST_CELL = 128 << 10
_LONGEST_LINE = 32 << 20  # 16,384 columns of 2,000 characters
_PLAIN = frozenset("0123456789.,-+eE")
_MISSING = sorted({"", *MISSING_WORDS, *(word.upper() for word in MISSING_WORDS), "NaN", "Null", "None"})


@dataclass
class _Gathered:
    """What the blocks of one column gave so far."""

    numbers: bool
    codes: list[Codes] = field(default_factory=list)
    floats: list[Floats] = field(default_factory=list)
    odd: list[tuple[int, str]] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)

    def add_texts(self, codes: NDArray[np.intp], texts: list[str]) -> None:
        known = self.known
        here = np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int32)
        self.codes.append(here[codes])

    def column(self) -> Column:
        if self.numbers:
            return Column(np.zeros(0, dtype=np.int32), (), np.concatenate(self.floats), tuple(self.odd))
        return Column(np.concatenate(self.codes), list(self.known))


def _tidy(text: object) -> str:
    return str(tidy(text)) if isinstance(text, str) else ""


def read_columns(path: Path, dialect: Dialect, head: Grid, structure: Structure) -> Generator[Progress, None, Table]:
    """The table of a big file: every column below the header, for every line."""
    gathered = [_Gathered(numbers) for numbers in _plain_numbers(head, structure)]
    decimal = _decimal(head, structure)
    size = max(path.stat().st_size, 1)
    total = max(round(size / _MEGABYTE), 1)
    rows = 0
    skip = structure.body  # lines of titles and names, all in the first block
    width = max(head.width, structure.columns[-1] + 1)
    for block, done in blocks(path, dialect.encoding):
        yield Progress(round(done / _MEGABYTE), total, f"Reading {path.name}: {done // _MEGABYTE:,} of {total:,} MB")
        frame, skip = _frame(block, dialect.delimiter, width, gathered, structure, decimal, skip), 0
        rows += len(frame)
        _gather(frame, gathered, structure, decimal)
    lines = np.arange(structure.body + 1, structure.body + 1 + rows, dtype=np.int64)
    line = structure.header[0] + 1 if structure.header else 0
    return Table(structure.names, tuple(g.column() for g in gathered), lines, line, structure.title)


def _plain_numbers(head: Grid, structure: Structure) -> list[bool]:
    """Which columns are fractions without thousands signs: they never are dates or keys, so no text is kept of them."""
    body = head.rows[structure.body :]
    result = []
    for i in structure.columns:
        cells = [str(row[i]).strip() for row in body if i < len(row)]
        texts = [c for c in cells if c and c.lower() not in MISSING_WORDS]
        fraction = votes(texts)
        whole = fraction.decimal_comma + fraction.decimal_point
        result.append(len(texts) > 20 and all(_PLAIN.issuperset(t) for t in texts) and whole > 0.3 * len(texts))
    return result


def _decimal(head: Grid, structure: Structure) -> str:
    body = head.rows[structure.body :]
    found = sum((votes(row[i] for row in body if i < len(row)) for i in structure.columns), start=Votes())
    return decimal_sign(found, found)


def blocks(path: Path, encoding: str) -> Iterator[tuple[bytes, int]]:
    """UTF-8 blocks that end with a whole line, and how many bytes of the file were read so far."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    same = encoding in ("utf-8", "utf-8-sig")
    rest = b""
    old_mac = None  # whether lines end with a carriage return alone
    with reading(path), path.open("rb") as file:
        while data := file.read(BLOCK):
            raw = data if same else decoder.decode(data).encode()
            if old_mac is None:
                old_mac = b"\n" not in raw and b"\r" in raw
            if old_mac:
                raw = raw.replace(b"\r", b"\n")
            block = rest + raw.replace(b"\0", b"")
            end = _whole_lines(block)
            rest = block[end:]
            if len(rest) > _LONGEST_LINE:
                raise _endless(path)
            if end:
                yield block[:end], file.tell()
        rest += b"" if same else decoder.decode(b"", final=True).encode()
        if rest:
            yield rest, file.tell()


def _endless(path: Path) -> ProblemError:
    return stop_with(
        "endless_line",
        f"{path.name} is not a table that Almanac can read.",
        f"One of its lines is longer than {_LONGEST_LINE // _MEGABYTE} million characters; no spreadsheet has such.",
        "Save it from Excel as CSV, or look in a text editor for what makes that line so long.",
    )


def _whole_lines(block: bytes) -> int:
    """Where the last line ends that is not inside quotation marks; 0 when there is none."""
    end = last = block.rfind(b"\n") + 1
    quotes = block.count(b'"', 0, end)
    while end and quotes % 2:
        if last - end > _LONGEST_CELL:
            return last  # no cell is that long: some quotation mark is never closed
        shorter = block.rfind(b"\n", 0, end - 1) + 1
        quotes -= block.count(b'"', shorter, end)
        end = shorter
    return end


def _frame(
    block: bytes,
    delimiter: str,
    width: int,
    gathered: list[_Gathered],
    structure: Structure,
    decimal: str,
    skip: int,
) -> DataFrame:
    """One block as a frame: floats where a column is known to be plain numbers, texts elsewhere."""
    import pandas as pd

    numbers = {i for i, g in zip(structure.columns, gathered, strict=True) if g.numbers}
    kinds: dict[int, Any] = {i: float if i in numbers else object for i in range(width)}
    missing: Any = dict.fromkeys(numbers, _MISSING)
    # A column that is asked for must be there, even if all lines are shorter: so a line with every column goes first.
    whole = b"".join((delimiter.encode() * (width - 1), b"\n", block))
    options: dict[str, Any] = {
        "sep": delimiter,
        "header": None,
        "names": list(range(width)),
        "usecols": list(range(width)),  # cells beyond the widest line of the head belong to no column of the table
        "keep_default_na": False,
        "skip_blank_lines": False,
        "encoding_errors": "replace",
        "index_col": False,
        "skiprows": range(1, skip + 1),
        "low_memory": False,
    }

    def attempt(**more: Any) -> DataFrame:
        frame: DataFrame = pd.read_csv(io.BytesIO(whole), **options, **more)
        return frame.iloc[1:]

    try:
        return attempt(dtype=kinds, na_values=missing, decimal=decimal)
    except (ValueError, pd.errors.ParserError):
        pass  # a word among the numbers: slower, but it takes anything
    try:
        return attempt(dtype=object)
    except pd.errors.ParserError:  # a quotation mark that is never closed is a mark like any other
        return attempt(dtype=object, quoting=csv.QUOTE_NONE)


def _gather(frame: DataFrame, gathered: list[_Gathered], structure: Structure, decimal: str) -> None:
    import pandas as pd

    for i, column in zip(structure.columns, gathered, strict=True):
        values = frame[i].to_numpy()
        if values.dtype == float:
            column.floats.append(values)
            continue
        codes, different = pd.factorize(values)
        codes[codes < 0] = len(different)
        texts = [_tidy(text) for text in (*different, "")]
        if column.numbers:
            numbers, kinds = read_cells(texts, decimal)
            start = sum(map(len, column.floats))
            column.floats.append(numbers[codes])
            column.odd.extend((start + int(row), texts[codes[row]]) for row in np.flatnonzero((kinds == TEXT)[codes]))
        else:
            column.add_texts(codes, texts)
