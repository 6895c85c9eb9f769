"""Delimited text: which encoding, which delimiter, and its rows.

Encoding and delimiter are chosen from the beginning of the file. A file of ordinary size is then read as a whole; a
large one only in part, and ``layout.large_text`` reads its columns.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from almanac.core.problems import stop_with
from almanac.tables.sources.delimiters import DelimiterChoice, find_delimiter
from almanac.tables.sources.encodings import EncodingChoice, find_encoding
from almanac.tables.sources.files import open_file
from almanac.tables.sources.quotes import NO_NOTES, QuotedRows, QuoteNotes, read_rows
from almanac.tables.sources.unquoted import join_unquoted
from almanac.tables.values.cells import Grid

MAX_WHOLE_BYTES = 4 << 20  # a larger file is read block by block; chosen by judgement
_SAMPLE_CHARACTERS = 256 << 10  # on which the delimiters are compared
_GRID_CHARACTERS = 512 << 10  # of a large file that are split into cells


@dataclass(frozen=True)
class Dialect:
    """How a text file is written; ``nuls`` says that it holds NUL characters, which are left out.

    ``quotes``: what quotation marks did to the rows that were read with it.
    """

    encoding_choice: EncodingChoice
    delimiter_choice: DelimiterChoice
    nuls: bool = False
    quotes: QuoteNotes = NO_NOTES

    @property
    def encoding(self) -> str:
        """The name of the encoding, as Python knows it."""
        return self.encoding_choice.encoding

    @property
    def delimiter(self) -> str:
        """What separates the cells: one character, or two blanks for "two or more"."""
        return self.delimiter_choice.delimiter


def read_head(path: Path, size: int, seen: Callable[[bytes], object] = len) -> tuple[Dialect, Grid]:
    """The dialect and the rows of the first ``size`` bytes: every row when the file is not longer.

    ``seen`` gets the bytes that were read.
    """
    with open_file(path) as file:
        data = file.read(size)
        complete = not file.read(1)
    seen(data)
    encoding = find_encoding(data)
    text = decode(data, encoding.encoding)
    nuls = "\0" in text
    if nuls:
        text = text.replace("\0", "")
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    if not complete:
        text = _whole_lines(text[:_GRID_CHARACTERS])
    delimiter = find_delimiter(text[:_SAMPLE_CHARACTERS])
    found = split(text, delimiter, path)
    return Dialect(encoding, delimiter, nuls, found.notes), Grid(found.rows, complete=complete)


def split(text: str, delimiter: DelimiterChoice, path: Path) -> QuotedRows:
    """Rows and cells of a text. Raises ProblemError when a cell is longer than any cell can be."""
    try:
        found = read_rows(delimiter.prepared(text), delimiter.sign)
    except csv.Error as cause:
        raise stop_with(
            "no_table",
            f"No table was found in {path.name}.",
            "One cell is longer than any spreadsheet allows; often a quotation mark is opened and never closed.",
            "Open the file in Excel, look for a stray quotation mark, and save it again as CSV.",
        ) from cause
    mended = join_unquoted(found.rows, delimiter.sign)
    notes = replace(found.notes, joined=mended.joined, longer=mended.longer, example=mended.example)
    return QuotedRows(mended.rows, notes)


def decode(data: bytes, encoding: str) -> str:
    """The text; bytes that mean nothing in this encoding become a visible replacement character."""
    return data.decode(encoding, errors="replace")


def _whole_lines(text: str) -> str:
    """The text up to its last line end; the whole text when it is a single line."""
    return text[: text.rfind("\n") + 1] or text
