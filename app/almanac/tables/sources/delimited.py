"""Delimited text: which encoding, which delimiter, and its rows.

Encoding and delimiter are chosen from the beginning of the file, the delimiter by how evenly it cuts the lines. A file
of ordinary size is then read as a whole; a large one only in part, and ``layout.large_text`` reads its columns.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from almanac.core.problems import stop_with
from almanac.tables.sources.encodings import EncodingChoice, find_encoding
from almanac.tables.sources.files import open_file
from almanac.tables.sources.quotes import NO_NOTES, QuotedRows, QuoteNotes, read_rows
from almanac.tables.values.cells import Grid

MAX_WHOLE_BYTES = 4 << 20  # a larger file is read block by block; chosen by judgement
_SAMPLE_CHARACTERS = 256 << 10  # on which the delimiters are compared
_GRID_CHARACTERS = 512 << 10  # of a large file that are split into cells
_NO_DELIMITER = "no delimiter cuts the lines into several cells, so a comma is taken"
_DELIMITERS = ",;\t|"
_BLANKS = {"  ": re.compile(r"  +"), " ": re.compile(r"[ ]+")}  # columns separated by blanks: two or more, or any

# All chosen by judgement: shares of lines with the same number of cells, plus a bonus for more cells.
_CELL_BONUS, _MAX_BONUS_CELLS = 0.02, 20
_NEAR_BEST = 0.1  # delimiters whose scores differ by no more are equally good
_GOOD_SCORE = 0.7  # from which on blanks are not tried (except against a comma, which may be a decimal one)
_MIN_BLANKS_SCORE, _MIN_BLANKS_LEAD = 0.85, 0.2


@dataclass(frozen=True)
class DelimiterScore:
    """``score``: how evenly a delimiter cuts the lines, 0 when not at all; ``first``: the first line it cuts so."""

    delimiter: str
    score: float = 0.0
    first: int = 0


@dataclass(frozen=True)
class DelimiterChoice:
    """The delimiter of a text, the rule that chose it, and the scores of those that were compared."""

    delimiter: str
    rule: str
    scores: tuple[DelimiterScore, ...] = ()


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
    found = split(text, delimiter.delimiter, path)
    return Dialect(encoding, delimiter, nuls, found.notes), Grid(found.rows, complete=complete)


def split(text: str, delimiter: str, path: Path) -> QuotedRows:
    """Rows and cells of a text. Raises ProblemError when a cell is longer than any cell can be."""
    text = blanks_to_tabs(text, delimiter)
    try:
        return read_rows(text, csv_delimiter(delimiter))
    except csv.Error as cause:
        raise stop_with(
            "no_table",
            f"No table was found in {path.name}.",
            "One cell is longer than any spreadsheet allows; often a quotation mark is opened and never closed.",
            "Open the file in Excel, look for a stray quotation mark, and save it again as CSV.",
        ) from cause


def csv_delimiter(delimiter: str) -> str:
    """The one character that separates the cells of a text after ``blanks_to_tabs``."""
    return "\t" if delimiter in _BLANKS else delimiter


def blanks_to_tabs(text: str, delimiter: str) -> str:
    """A text whose cells are separated by blanks, with tabs instead; any other text unchanged."""
    if delimiter not in _BLANKS:
        return text
    return _BLANKS[delimiter].sub("\t", "\n".join(line.strip(" ") for line in text.split("\n")))


def decode(data: bytes, encoding: str) -> str:
    """The text; bytes that mean nothing in this encoding become a visible replacement character."""
    return data.decode(encoding, errors="replace")


def find_delimiter(text: str) -> DelimiterChoice:
    """The delimiter that cuts most lines, and the header with them, into the same number of cells."""
    sample = _whole_lines(text)
    scores = [_score(sample, delimiter) for delimiter in _DELIMITERS if delimiter in sample]
    highest = max((s.score for s in scores), default=0.0)
    good = [s for s in scores if s.score > max(highest - _NEAR_BEST, 0.0)]
    # "Week 51, 2014|$ 25,482": the comma cuts as evenly, but it does not cut the header above.
    best = min(good, key=lambda s: (s.first, -s.score), default=DelimiterScore(",")).delimiter
    has_digits = any(c.isdecimal() for c in sample[:5000])
    if has_digits and (highest < _GOOD_SCORE or best == ","):  # a comma in such a text may be a decimal one
        for delimiter in _BLANKS:
            blanks = _score(sample, delimiter)
            scores.append(blanks)
            if blanks.score >= _MIN_BLANKS_SCORE and blanks.score > highest + _MIN_BLANKS_LEAD:
                return DelimiterChoice(delimiter, "blanks cut the lines far more evenly than any sign", tuple(scores))
    rule = "of those that cut the lines about as evenly, the one that cuts the earliest line" if good else _NO_DELIMITER
    return DelimiterChoice(best, rule, tuple(scores))


def _whole_lines(text: str) -> str:
    """The text up to its last line end; the whole text when it is a single line."""
    return text[: text.rfind("\n") + 1] or text


def _score(sample: str, delimiter: str) -> DelimiterScore:
    try:
        found = read_rows(blanks_to_tabs(sample, delimiter), csv_delimiter(delimiter))
    except csv.Error:
        return DelimiterScore(delimiter)
    rows = [len(row) for row in found.rows if any(row)]
    several = {width: count for width, count in Counter(rows).items() if width > 1}
    if not several:
        return DelimiterScore(delimiter)
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    # Evenness counts most; a decimal comma also cuts evenly, but into fewer cells than the real delimiter.
    evenness = count / len(rows) + _CELL_BONUS * min(width, _MAX_BONUS_CELLS)
    return DelimiterScore(delimiter, evenness, rows.index(width))
