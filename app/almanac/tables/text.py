"""Delimited text: which encoding, which delimiter, and its rows.

Encoding and delimiter are scored on the beginning of the file, by how even the rows come out. A file of ordinary
size is then read as a whole; a big one only in part, and ``stream`` reads its columns.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from almanac.problems import stop_with
from almanac.tables.cells import Grid
from almanac.tables.files import reading

WHOLE = 4 << 20  # bytes up to which a file is read as a whole
_HEAD = 256 << 10
_SHOWN = 512 << 10  # characters of a big file that are split into cells
_DELIMITERS = ",;\t|"
# What West Europeans write beyond ASCII: accented letters, quotation marks, dashes, currency and degree signs.
_WESTERN = frozenset("€„“”‘’–—…•£§©®°²³µ·«»¿¡ªº½ÄÖÜÅÆØÉÈÀÇÑäöüßåæøàáâãèéêëìíîïòóôõùúûçñ\xa0".encode("cp1252"))
_OTHERS = ("cp125", "iso8859", "mac", "gb", "shift", "big5", "euc", "koi8", "cp932")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


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
    if not complete:
        text = text[:_SHOWN]
        text = text[: text.rfind("\n") + 1] or text
    delimiter = find_delimiter(text[:_HEAD])
    return Dialect(encoding, delimiter, nuls), Grid(split(text, delimiter, path), complete=complete)


def split(text: str, delimiter: str, path: Path) -> list[list[str]]:
    """Rows and cells of a text."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as cause:
        raise stop_with(
            "no_table",
            f"No table was found in {path.name}.",
            "One cell is longer than any spreadsheet allows; often a quotation mark is opened and never closed.",
            "Open the file in Excel, look for a stray quotation mark, and save it again as CSV.",
        ) from cause


def find_encoding(data: bytes) -> str:
    """The encoding: marks first, then UTF-16 without a mark, UTF-8, Windows-1252, and others by their letters."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) > 0.2 * min(len(data), 4096):
        return "utf-16-be" if even > odd else "utf-16-le"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as cause:
        if cause.start >= len(data) - 3:  # only the last character is cut in two
            return "utf-8"
    return _one_byte_encoding(data)


def _one_byte_encoding(data: bytes) -> str:
    """Windows-1252 unless the letters speak clearly for another alphabet."""
    strange = bytes(byte for byte in data[:_HEAD] if byte >= 128)
    western = sum(byte in _WESTERN for byte in strange)
    if western >= 0.5 * len(strange):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_HEAD]).best()
    return best.encoding if best is not None and best.encoding.startswith(_OTHERS) else "cp1252"


def decode(data: bytes, encoding: str) -> str:
    """The text; bytes that mean nothing in this encoding become a visible replacement character."""
    return data.decode(encoding, errors="replace")


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the most lines into the same number of several cells."""
    best, best_score = ",", 0.0
    sample = text[: text.rfind("\n") + 1] or text
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            widths = Counter(
                len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(row)
            )
        except csv.Error:
            continue
        several = {width: count for width, count in widths.items() if width > 1}
        if not several:
            continue
        width, count = max(several.items(), key=lambda item: (item[1], item[0]))
        # Evenness counts most; a decimal comma also cuts evenly, but into fewer cells than the real delimiter.
        score = count / sum(widths.values()) + 0.02 * min(width, 20)
        if score > best_score:
            best, best_score = delimiter, score
    return best
