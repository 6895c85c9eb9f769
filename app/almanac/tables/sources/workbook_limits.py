"""Refuses workbooks that would fill the memory, before they are read.

A few kilobytes can become gigabytes: parts that unpack to far more than their size, two cells far apart (the reader
allocates everything between them), one long text that a million cells share, XML entities made of other entities.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

import numpy as np

from almanac.core.problems import ProblemError, stop_with
from almanac.tables.sources.biff import PartSize, SharedTexts, measure_xls, measure_xlsb_part
from almanac.tables.sources.files import BROKEN_ARCHIVE, damaged_workbook, system_errors_as_problems

# Chosen so that reading any workbook within them stays below 2 GB of memory (see tests/tables/sources/test_hostile.py).
_MAX_UNPACKED_BYTES = 1 << 30  # of all parts of a workbook together; no part gives more than it declares
_MAX_SHEET_CELLS = 40_000_000  # between the first and the last one of a sheet, blank ones included
_MAX_FILLED_CELLS = 12_000_000  # of a workbook
_MAX_CHARACTERS = 256 << 20  # in all cells together; a text that many cells share counts for each of them
_MAX_XLS_BYTES = 256 << 20
_CHUNK_BYTES = 1 << 20
_MAX_UNCUT_BYTES = 16 * _CHUNK_BYTES  # kept while looking for a place to cut a part
_BEYOND_Z = re.compile(rb'r="[A-Za-z]{2,3}\d')  # a cell beyond column Z
_CELL_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d{1,7})["']""")
_SHARED = re.compile(rb"""<(?>[^<]*?["']s["'])[^<]*+<(?:\w+:)?v[^<>]*+>(\d{1,9})<""")
_SHARED_END = re.compile(rb"</(?:\w+:)?si>")
_ODS_ROWS = re.compile(rb"""^[^>]*number-rows-repeated\s*=\s*["'](\d{1,12})""")
_ODS_CELLS = re.compile(rb"""<table:table-cell\b(?=[^<>]*[^/]>)[^<>]*number-columns-repeated\s*=\s*["'](\d{1,12})""")
_ODS_BLANKS = re.compile(rb"""text:c\s*=\s*["'](\d{1,12})""")
_DAMAGED = (*BROKEN_ARCHIVE, struct.error, expat.ExpatError, IndexError)


def refuse_oversized(path: Path) -> None:
    """Raises ProblemError when a workbook holds far more than its size suggests, or is damaged."""
    with system_errors_as_problems(path):
        try:
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    _refuse_archive(path, archive)
            elif path.stat().st_size > _MAX_XLS_BYTES:
                raise _too_large(path, f"Old Excel workbooks are read up to {_MAX_XLS_BYTES >> 20} MB.")
            else:
                _refuse_part_size(path, measure_xls(path.read_bytes()))
        except _DAMAGED as cause:
            raise damaged_workbook(path) from cause


def _refuse_archive(path: Path, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > _MAX_UNPACKED_BYTES:
        raise _too_large(path, "Unpacked, it would take more than a gigabyte.")
    names = {member.filename.lower() for member in members}
    if "content.xml" in names:
        _refuse_repeated_cells(path, archive)
    elif "xl/workbook.bin" in names:
        _refuse_binary(path, archive)
    else:
        _refuse_sheets(path, archive)


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


def _refuse_sheets(path: Path, archive: zipfile.ZipFile) -> None:
    """XLSX. The content of a part decides what it is for: its name could be anything."""
    filled = sharing = 0
    lengths: list[int] = []  # of the texts that cells share
    for member in archive.infolist():
        wide, texts, unfinished = False, False, 0
        for n, chunk in enumerate(_chunks(archive, member, b"<")):
            if n == 0:
                if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                    raise _too_large(path, "It defines entities that stand for endless text.")
                texts = b"<sst" in chunk or b":sst" in chunk
            if texts:
                *ended, rest = _SHARED_END.split(chunk)
                for text in ended:
                    lengths.append(unfinished + len(text))
                    unfinished = 0
                unfinished += len(rest)
            else:
                filled += chunk.count(b"<c ") + chunk.count(b"<c>") + chunk.count(b":c ") + chunk.count(b":c>")
                sharing += chunk.count(b'"s"') + chunk.count(b"'s'")
                wide = wide or b"r='" in chunk or b"r =" in chunk or _BEYOND_Z.search(chunk) is not None
        if wide:
            _refuse_far_cells(path, archive, member)
    if filled > _MAX_FILLED_CELLS:
        raise _too_many_cells(path, filled)
    if sharing * max(lengths, default=0) > _MAX_CHARACTERS:
        parts = (chunk for member in archive.infolist() for chunk in _chunks(archive, member, b"<c"))
        uses = np.concatenate([np.array(_SHARED.findall(part), dtype=np.int64) for part in parts])
        _refuse_texts(path, SharedTexts(np.array(lengths, dtype=np.int64), uses))


def _refuse_far_cells(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Measure a part with cells beyond column Z: how far across and how far down it reaches."""
    rows = columns = 0
    for chunk in _chunks(archive, member, b"<"):
        places = set(_CELL_REFERENCE.findall(chunk))
        rows = max(rows, max((int(row) for _, row in places), default=0))
        columns = max(columns, max((_column_number(column) for column in {c for c, _ in places}), default=0))
    _refuse_size(path, rows, columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _refuse_part_size(path: Path, part: PartSize) -> None:
    _refuse_size(path, part.rows, part.columns)
    _refuse_texts(path, part.shared)


def _refuse_binary(path: Path, archive: zipfile.ZipFile) -> None:
    """XLSB."""
    lengths, uses = [], []
    for member in archive.infolist():
        if not member.filename.lower().endswith((".xml", ".rels")):
            part = measure_xlsb_part(archive.read(member))
            _refuse_part_size(path, part)
            lengths.append(part.shared.lengths)
            uses.append(part.shared.uses)
    _refuse_texts(path, SharedTexts(np.concatenate(lengths), np.concatenate(uses)))


def _refuse_repeated_cells(path: Path, archive: zipfile.ZipFile) -> None:
    """ODS. Cells and rows say how often they are repeated; blank ones at the end of a row or sheet do not count.

    The reader waits without end for a missing end tag, so the part is also parsed to make sure that it is complete.
    """
    filled = text = 0
    whole = expat.ParserCreate()
    for chunk in _chunks(archive, "content.xml", b"<table:table-row"):
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise _too_large(path, "It defines entities that stand for endless text.")
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
        raise _too_many_cells(path, filled)
    if text > _MAX_UNPACKED_BYTES:
        raise _too_large(path, "Written out, its texts would take more than a gigabyte.")


def _refuse_texts(path: Path, shared: SharedTexts) -> None:
    uses = shared.uses[shared.uses < len(shared.lengths)]
    if int(shared.lengths[uses].sum()) > _MAX_CHARACTERS:
        raise _too_large(path, f"Its cells hold more than {_MAX_CHARACTERS // 1_000_000} million characters.")


def _refuse_size(path: Path, rows: int, columns: int) -> None:
    if rows * columns > _MAX_SHEET_CELLS:
        raise _too_large(path, f"One of its sheets reaches to row {rows:,} and column {columns:,}.")


def _too_many_cells(path: Path, filled: int) -> ProblemError:
    return stop_with(
        "too_large",
        f"{path.name} is too large for a workbook.",
        f"It holds {filled:,} cells; Almanac reads workbooks of up to {_MAX_FILLED_CELLS:,}.",
        "Open it and save the sheet as CSV: Almanac reads text files of any size.",
    )


def _too_large(path: Path, why: str) -> ProblemError:
    return stop_with(
        "too_large",
        f"{path.name} holds more than Almanac can read from a workbook.",
        why,
        "Open it in Excel, delete everything outside the data, save it under a new name, and open that.",
    )
