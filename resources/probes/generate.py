"""Write the small files that the self-test reads: the same table in each kind of workbook that Almanac cannot write.

    python resources/probes/generate.py        # the result is stored with the sources

``.xlsb`` is written by hand, after [MS-XLSB]: no library writes it.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

HERE = Path(__file__).resolve().parent
ROWS: list[tuple[str | int, ...]] = [("Month", "Café", "Tea")]
ROWS += [(f"{2023 + m // 12}-{m % 12 + 1:02}-01", 100 + 7 * m, 60 + (m * m) % 11) for m in range(24)]
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a constant, so that the same table is the same file
BOOK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def main() -> None:
    """Write each file."""
    _xls(HERE / "table.xls")
    _ods(HERE / "table.ods")
    _xlsb(HERE / "table.xlsb")


def _xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sales")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    book.save(str(path))


def _ods(path: Path) -> None:
    document, table = OpenDocumentSpreadsheet(), Table(name="Sales")
    for cells in ROWS:
        row = TableRow()
        for cell in cells:
            text = isinstance(cell, str)
            made = TableCell(valuetype="string") if text else TableCell(valuetype="float", value=cell)
            made.addElement(P(text=str(cell)))
            row.addElement(made)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(path))


def _xlsb(path: Path) -> None:
    kinds = "application/vnd.ms-excel"
    parts = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{kinds}.sheet.binary.macroEnabled.main"/>'
        f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{kinds}.worksheet"/></Types>',
        "_rels/.rels": _relation("officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": _relation("worksheet", "worksheets/sheet1.bin"),
        "xl/workbook.bin": b"".join(_workbook()),
        "xl/worksheets/sheet1.bin": b"".join(_sheet()),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)


def _relation(kind: str, target: str) -> str:
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{BOOK}/{kind}" Target="{target}"/></Relationships>'
    )


def _workbook() -> Iterable[bytes]:
    yield _record(131)  # BrtBeginBook
    yield _record(143)  # BrtBeginBundleShs
    yield _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Sales"))  # BrtBundleSh
    yield _record(144)
    yield _record(132)


def _sheet() -> Iterable[bytes]:
    yield _record(129)  # BrtBeginSheet
    yield _record(148, struct.pack("<IIII", 0, len(ROWS) - 1, 0, len(ROWS[0]) - 1))  # BrtWsDim
    yield _record(145)  # BrtBeginSheetData
    for row, cells in enumerate(ROWS):
        yield _record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))  # BrtRowHdr
        for column, cell in enumerate(cells):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                yield _record(6, place + _text(cell))  # BrtCellSt
            else:
                yield _record(5, place + struct.pack("<d", cell))  # BrtCellReal
    yield _record(146)
    yield _record(130)


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | 0x80 if size else low])
        if not size:
            return number + length + content


def _text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


if __name__ == "__main__":
    main()
