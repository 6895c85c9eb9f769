"""Workbooks that would fill the memory are refused before they are taken apart."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from almanac.problems import ProblemError, stop_with
from almanac.tables.files import reading

_UNPACKED = 1 << 30  # bytes all parts of a workbook may have together
_CELLS = 40_000_000  # cells between the first and the last one of a sheet, blank ones included
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\br=\"(\d+)\"")
_ANY_CELL = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")


def refuse_bombs(path: Path) -> None:
    """Raises ProblemError when a zipped workbook unpacks to far more than it seems, or has cells worlds apart."""
    if not zipfile.is_zipfile(path):
        return
    with reading(path), zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > _UNPACKED:
            raise _too_large(path, "Unpacked, it would take more than a gigabyte.")
        for member in archive.infolist():
            if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                _refuse_far_cells(path, archive, member)


def _refuse_far_cells(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    try:
        with archive.open(member) as part:
            start = part.read(1 << 16)
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise _too_large(path, "It defines words that stand for endless text.")
            xml = start + part.read()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError):
        return  # the reader itself will say what is damaged
    last = xml.rfind(b"<row ")
    match = _ROW.match(xml, last) if last >= 0 else None
    rows = int(match[1]) if match else 0
    if rows * 16_384 <= _CELLS:
        return
    columns = _widest(xml)
    if rows * columns > _CELLS:
        raise _too_large(path, f"One of its sheets reaches to row {rows:,} and column {columns:,}.")


def _widest(xml: bytes) -> int:
    """About how many columns the cells reach: exact to the letter before the last."""
    if re.search(rb"\br=\"[A-Z]{3}\d", xml):
        return max(_number(match[1]) for match in _ANY_CELL.finditer(xml))
    for letter in range(ord("Z"), ord("A") - 1, -1):
        if b'r="%c' % letter in xml and re.search(rb"\br=\"%c[A-Z]\d" % letter, xml):
            return (letter - 64) * 26 + 26
    return 26


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(path: Path, why: str) -> ProblemError:
    return stop_with(
        "too_large",
        f"{path.name} is larger inside than a spreadsheet can be read.",
        why,
        "Open it in Excel, delete what lies beyond the data, save it under a new name, and open that.",
    )
