"""Hidden rows and columns of an XLSX sheet: they are read like all others, and said."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from almanac.tables.sources.files import reading

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_LARGEST = 400 << 20  # bytes of a sheet; looking through a larger one would take longer than it is worth


@dataclass(frozen=True)
class Hidden:
    """``rows``: line numbers from 1; ``columns``: indices from 0."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


def hidden_parts(path: Path, sheet: str) -> Hidden:
    """What is hidden in one sheet; nothing for workbooks of other kinds."""
    try:
        with reading(path), zipfile.ZipFile(path) as archive:
            part = _part_of(archive, sheet)
            if part is None or archive.getinfo(part).file_size > _LARGEST:
                return Hidden()
            xml = archive.read(part)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError):
        return Hidden()
    rows = [int(n) for attributes in _ROW.findall(xml) if (n := _attribute(attributes, b"r")).isdigit()]
    columns: list[int] = []
    for attributes in _COLUMN.findall(xml[: xml.find(b"<sheetData")]):
        first, last = _attribute(attributes, b"min"), _attribute(attributes, b"max")
        if (
            first.isdigit() and last.isdigit() and int(last) < 16_384
        ):  # up to the last one: the unused rest of the sheet
            columns += range(int(first) - 1, int(last))
    return Hidden(tuple(rows), tuple(columns))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
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
