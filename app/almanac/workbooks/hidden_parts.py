"""Hidden rows and columns of an XLSX sheet: they are read like all others, and the person is informed."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(rb"<Relationship\b[^<>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^<>]*\bhidden=\"(?:1|true)\")([^<>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b(?=[^<>]*\bhidden=\"(?:1|true)\")([^<>]*)>")
_MAX_SHEET_BYTES = 400 << 20  # searching a larger sheet would take too long; chosen by judgement
_MAX_DIGITS = 7  # of the number of a row: a sheet has a million
_MAX_COLUMNS = 16_384  # of an XLSX sheet; a hidden span up to the last one is the unused rest of the sheet


class Hidden(NamedTuple):
    """``rows``: line numbers from 1; ``columns``: indices from 0."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


def hidden_parts(path: Path, sheet: str) -> Hidden:
    """What is hidden in one sheet; nothing for workbooks of other kinds."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = _sheet_member(archive, sheet)
            if part is None or archive.getinfo(part).file_size > _MAX_SHEET_BYTES:
                return Hidden()
            xml = archive.read(part)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError):
        return Hidden()
    numbers = (_number(_attribute(attributes, b"r")) for attributes in _ROW.findall(xml))
    rows = tuple(number for number in numbers if number is not None)
    columns: list[int] = []
    for attributes in _COLUMN.findall(xml[: xml.find(b"<sheetData")]):
        first, last = (_number(_attribute(attributes, name)) for name in (b"min", b"max"))
        if first is not None and last is not None and last < _MAX_COLUMNS:
            columns += range(first - 1, last)
    return Hidden(rows, tuple(columns))


def _sheet_member(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the archive member that holds a sheet."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        if html.unescape(_attribute(tag, b"name")) == sheet:
            wanted = _attribute(tag, rb"\w+:id")
            for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
                if _attribute(relation, b"Id") == wanted:
                    target = _attribute(relation, b"Target")
                    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\s" + name + rb"=\"([^\"]*)\"", tag)
    return match[1].decode("utf-8", "replace") if match else ""


def _number(text: str) -> int | None:
    """The number of a row or column; None for any other text."""
    return int(text) if len(text) <= _MAX_DIGITS and text.isdecimal() else None
