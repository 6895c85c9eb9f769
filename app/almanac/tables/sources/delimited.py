"""Delimited text: which encoding, which delimiter, and its rows.

Encoding and delimiter are scored on the beginning of the file, by how even the rows come out. A file of ordinary
size is then read as a whole; a big one only in part, and ``stream`` reads its columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from almanac.core.problems import stop_with
from almanac.tables.sources.encodings import find_encoding
from almanac.tables.sources.files import reading
from almanac.tables.values.cells import Grid

WHOLE = 4 << 20  # bytes up to which a file is read as a whole
_HEAD = 256 << 10
_SHOWN = 512 << 10  # characters of a big file that are split into cells
_DELIMITERS = ",;\t|"
_BLANKS = {"  ": re.compile(r"  +"), " ": re.compile(r"[ ]+")}  # columns set apart by blanks: two or more, or any


@dataclass(frozen=True)
class Dialect:
    """How a text file is written; ``nuls`` says that it holds NUL characters, which are left out."""

    encoding: str
    delimiter: str
    nuls: bool = False


def read_head(path: Path, size: int) -> tuple[Dialect, Grid]:
    """The dialect and the rows of the first ``size`` bytes: every row when the file is not longer."""
    with reading(path), path.open("rb") as file:
        data = file.read(size)
        complete = not file.read(1)
    encoding = find_encoding(data)
    text = decode(data, encoding)
    nuls = "\0" in text
    if nuls:
        text = text.replace("\0", "")
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    if not complete:
        text = text[:_SHOWN]
        text = text[: text.rfind("\n") + 1] or text
    delimiter = find_delimiter(text[:_HEAD])
    return Dialect(encoding, delimiter, nuls), Grid(split(text, delimiter, path), complete=complete)


def split(text: str, delimiter: str, path: Path) -> list[list[str]]:
    """Rows and cells of a text."""
    text = tabbed(text, delimiter)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=one_character(delimiter)))
    except csv.Error as cause:
        raise stop_with(
            "no_table",
            f"No table was found in {path.name}.",
            "One cell is longer than any spreadsheet allows; often a quotation mark is opened and never closed.",
            "Open the file in Excel, look for a stray quotation mark, and save it again as CSV.",
        ) from cause


def one_character(delimiter: str) -> str:
    """The character that delimits the cells of a text that went through ``tabbed``."""
    return "\t" if delimiter in _BLANKS else delimiter


def tabbed(text: str, delimiter: str) -> str:
    """A text whose cells are set apart by blanks, with tabs instead; any other as it is."""
    if delimiter not in _BLANKS:
        return text
    return _BLANKS[delimiter].sub("\t", re.sub(r"(?m)^ +| +$", "", text))


def decode(data: bytes, encoding: str) -> str:
    """The text; bytes that mean nothing in this encoding become a visible replacement character."""
    return data.decode(encoding, errors="replace")


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the most lines into the same number of several cells, and the line of names with them."""
    sample = text[: text.rfind("\n") + 1] or text
    found = {delimiter: _cut(sample, delimiter) for delimiter in _DELIMITERS if delimiter in sample}
    most = max((cut.score for cut in found.values()), default=0.0)
    good = [d for d, cut in found.items() if cut.score > max(most - 0.1, 0.0)]
    # "Week 51, 2014|$ 25,482": the comma cuts as evenly, but not the names above.
    best = min(good, key=lambda d: (found[d].first, -found[d].score), default=",")
    if (most >= 0.7 and best != ",") or not any(c.isdecimal() for c in sample[:5000]):
        return best
    for delimiter in _BLANKS:  # a comma in such a text may be a decimal one
        score = _cut(sample, delimiter).score
        if score >= 0.85 and score > most + 0.2:
            return delimiter
    return best


@dataclass(frozen=True)
class _Cut:
    """``score``: how evenly a delimiter cuts the lines, 0 when not at all; ``first``: the first line it cuts so."""

    score: float = 0.0
    first: int = 0


def _cut(sample: str, delimiter: str) -> _Cut:
    text = io.StringIO(tabbed(sample, delimiter), newline="")
    try:
        rows = [len(row) for row in csv.reader(text, delimiter=one_character(delimiter)) if any(row)]
    except csv.Error:
        return _Cut()
    widths = Counter(rows)
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return _Cut()
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    # Evenness counts most; a decimal comma also cuts evenly, but into fewer cells than the real delimiter.
    return _Cut(count / len(rows) + 0.02 * min(width, 20), rows.index(width))
