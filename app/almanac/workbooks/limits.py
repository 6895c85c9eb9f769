"""Refuses workbooks that would fill the memory, before they are read.

A few kilobytes can become gigabytes: parts that unpack to far more than their size, two cells far apart (the reader
allocates everything between them), one long text that a million cells share, XML entities made of other entities.
"""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.parsers import expat

from almanac.workbooks.biff import PartSize, SharedTexts, measure_xls, measure_xlsb_part
from almanac.workbooks.messages import RefusedError

# Chosen so that reading any workbook within them stays below 2 GB of memory (see tests/workbooks/test_hostile.py).
_MAX_UNPACKED_BYTES = 1 << 30  # of all parts of a workbook together; no part gives more than it declares
MAX_SHEET_CELLS = 40_000_000  # between the first and the last one of a sheet, blank ones included
_MAX_FILLED_CELLS = 12_000_000  # of a workbook
_MAX_CHARACTERS = 256 << 20  # in all cells together; a text that many cells share counts for each of them
_MAX_XLS_BYTES = 256 << 20
_ENTITIES = "It defines entities that stand for endless text."
_CHUNK_BYTES = 1 << 20
_MAX_UNCUT_BYTES = 16 * _CHUNK_BYTES  # kept while looking for a place to cut a part
_BEYOND_Z = re.compile(rb'r="[A-Za-z]{2,3}\d')  # a cell beyond column Z
_CELL_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d{1,7})["']""")
_SHARED = re.compile(rb"""<(?>[^<]*?["']s["'])[^<]*+<(?:\w+:)?v[^<>]*+>(\d{1,9})<""")
_SHARED_END = re.compile(rb"</(?:\w+:)?si>")
_ODS_ROWS = re.compile(rb"""^[^>]*number-rows-repeated\s*=\s*["'](\d{1,12})""")
_ODS_CELLS = re.compile(rb"""<table:table-cell\b(?=[^<>]*[^/]>)[^<>]*number-columns-repeated\s*=\s*["'](\d{1,12})""")
_ODS_BLANKS = re.compile(rb"""text:c\s*=\s*["'](\d{1,12})""")
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
_DAMAGED = (*_BROKEN_ARCHIVE, struct.error, expat.ExpatError, IndexError)


def refuse_oversized(path: Path) -> None:
    """Raises RefusedError when a workbook holds far more than its size suggests, or is damaged."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                _refuse_archive(archive)
        elif path.stat().st_size > _MAX_XLS_BYTES:
            raise RefusedError("too_large", f"Old Excel workbooks are read up to {_MAX_XLS_BYTES >> 20} MB.")
        else:
            _refuse_part_size(measure_xls(path.read_bytes()))
    except _DAMAGED as cause:
        raise RefusedError("damaged") from cause


def _refuse_archive(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > _MAX_UNPACKED_BYTES:
        raise RefusedError("too_large", "Unpacked, it would take more than a gigabyte.")
    names = {member.filename.lower() for member in members}
    if "content.xml" in names:
        _refuse_repeated_cells(archive)
    elif "xl/workbook.bin" in names:
        _refuse_binary(archive)
    else:
        _refuse_sheets(archive)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, cut: bytes) -> Iterator[bytes]:
    """A part of the workbook, in pieces that end before ``cut``."""
    rest = b""
    with archive.open(member) as part:
        while data := part.read(_CHUNK_BYTES):
            data = rest + data
            end = max(data.rfind(cut), 0)
            if end == 0 and len(data) > _MAX_UNCUT_BYTES:
                end = len(data)
            yield data[:end]
            rest = data[end:]
    yield rest


def _refuse_sheets(archive: zipfile.ZipFile) -> None:
    """XLSX. The content of a part decides what it is for: its name could be anything."""
    found = _Contents()
    for member in archive.infolist():
        chunks = _without_endless_texts(_chunks(archive, member, b"<"))
        first = next(chunks)
        if b"<!DOCTYPE" in first or b"<!ENTITY" in first:
            raise RefusedError("too_large", _ENTITIES)
        if b"<sst" in first or b":sst" in first:
            found.measure_texts(chain((first,), chunks))
        elif found.measure_cells(chain((first,), chunks)):
            _refuse_far_cells(archive, member)
    if found.sharing * max(found.lengths, default=0) > _MAX_CHARACTERS:
        parts = (chunk for member in archive.infolist() for chunk in _chunks(archive, member, b"<c"))
        uses = array("q")
        for part in parts:
            uses.extend(map(int, _SHARED.findall(part)))
        _refuse_texts(SharedTexts(found.lengths, uses))


def _without_endless_texts(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a part; of a text without end the reader makes several copies. Pictures may be as long."""
    for chunk in chunks:
        if len(chunk) > _MAX_UNCUT_BYTES and chunk.rfind(b"<") <= 0 and _is_text(chunk):
            raise RefusedError("too_large", f"One of its texts has more than {_MAX_UNCUT_BYTES:,} characters.")
        yield chunk


def _is_text(chunk: bytes) -> bool:
    """Whether the beginning could be text."""
    begin = chunk[:_CHUNK_BYTES]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(begin)
    except UnicodeDecodeError:
        return False
    return b"\0" not in begin


class _Contents:
    """What the parts of an XLSX hold together. ``filled``: cells; ``sharing``: those that show a shared text;
    ``lengths``: of the shared texts.
    """

    def __init__(self) -> None:
        self.filled = self.sharing = 0
        self.lengths = array("q")

    def measure_texts(self, chunks: Iterator[bytes]) -> None:
        """Add a part of shared texts."""
        unfinished = 0
        for chunk in chunks:
            *ended, rest = _SHARED_END.split(chunk)
            for text in ended:
                self.lengths.append(unfinished + len(text))
                unfinished = 0
            unfinished += len(rest)

    def measure_cells(self, chunks: Iterator[bytes]) -> bool:
        """Add any other part; whether it has cells beyond column Z. Raises RefusedError once there are too many."""
        wide = False
        for chunk in chunks:
            self.filled += sum(map(chunk.count, (b"<c ", b"<c>", b":c ", b":c>")))
            self.sharing += chunk.count(b'"s"') + chunk.count(b"'s'")
            if self.filled > _MAX_FILLED_CELLS:
                raise _too_many_cells(self.filled)
            wide = wide or b"r='" in chunk or b"r =" in chunk or _BEYOND_Z.search(chunk) is not None
        return wide


def _refuse_far_cells(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Measure a part with cells beyond column Z: how far across and how far down it reaches."""
    rows = columns = 0
    for chunk in _chunks(archive, member, b"<"):
        places = set(_CELL_REFERENCE.findall(chunk))
        rows = max(rows, max((int(row) for _, row in places), default=0))
        columns = max(columns, max((_column_number(column) for column in {c for c, _ in places}), default=0))
    _refuse_size(rows, columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _refuse_part_size(part: PartSize) -> None:
    _refuse_size(part.rows, part.columns)
    _refuse_texts(part.shared)


def _refuse_binary(archive: zipfile.ZipFile) -> None:
    """XLSB."""
    lengths, uses = array("q"), array("q")
    for member in archive.infolist():
        if not member.filename.lower().endswith((".xml", ".rels")):
            part = measure_xlsb_part(archive.read(member))
            _refuse_part_size(part)
            lengths.extend(part.shared.lengths)
            uses.extend(part.shared.uses)
    _refuse_texts(SharedTexts(lengths, uses))


def _refuse_repeated_cells(archive: zipfile.ZipFile) -> None:
    """ODS. Cells and rows say how often they are repeated; blank ones at the end of a row or sheet do not count.

    The reader waits without end for a missing end tag, so the part is also parsed to make sure that it is complete.
    """
    filled = text = 0
    whole = expat.ParserCreate()
    for chunk in _chunks(archive, "content.xml", b"<table:table-row"):
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise RefusedError("too_large", _ENTITIES)
        whole.Parse(chunk)
        for row in chunk.split(b"<table:table-row"):
            cells = row.count(b"</table:table-cell>")
            if cells == 0 or (b"-repeated=" not in row and b"text:c=" not in row):
                filled, text = filled + cells, text + len(row)
                continue
            down = max(map(int, _ODS_ROWS.findall(row)), default=1)
            across = max(map(int, _ODS_CELLS.findall(row)), default=1)
            filled += cells * down * across
            text += (len(row) + sum(map(int, _ODS_BLANKS.findall(row)))) * down * across
    whole.Parse(b"", True)
    if filled > _MAX_FILLED_CELLS:
        raise _too_many_cells(filled)
    if text > _MAX_UNPACKED_BYTES:
        raise RefusedError("too_large", "Written out, its texts would take more than a gigabyte.")


def _refuse_texts(shared: SharedTexts) -> None:
    if shared.characters > _MAX_CHARACTERS:
        raise RefusedError("too_large", f"Its cells hold more than {_MAX_CHARACTERS // 1_000_000} million characters.")


def _refuse_size(rows: int, columns: int) -> None:
    if rows * columns > MAX_SHEET_CELLS:
        raise RefusedError("too_large", f"One of its sheets reaches to row {rows:,} and column {columns:,}.")


def _too_many_cells(filled: int) -> RefusedError:
    return RefusedError(
        "too_many_cells", f"It holds {filled:,} cells or more; Almanac reads workbooks of up to {_MAX_FILLED_CELLS:,}."
    )
