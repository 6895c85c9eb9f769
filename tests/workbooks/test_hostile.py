"""Files made to do harm are refused, or read within limits of time and memory; large ones: ``make test-slow``."""

from __future__ import annotations

import struct
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlwt
from tests.workbooks.conftest import Bounded

from almanac.core.jobs import run
from almanac.tables import read
from almanac.workbooks.biff import measure_xls, measure_xlsb_part

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does")


def xlsx(path: Path, sheet: bytes, strings: bytes = b"", times: int = 1) -> None:
    """A workbook whose only sheet is ``sheet``, followed ``times`` - 1 times by its last line."""
    parts = {
        "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        b'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" '
        b'sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
        b'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
        b'2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            member.write(sheet)
            for _ in range(times - 1):
                member.write(b" " * (1 << 20))


SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (str(n - 1).encode() if n else b"") * 10) for n in range(12))
    + b"]><worksheet><sheetData><row><c><v>&a11;</v></c></row></sheetData></worksheet>"
)


def ods(path: Path, rows: bytes) -> None:
    """A workbook of LibreOffice whose only sheet has these rows."""
    spaces = b"".join(
        b' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name)
        for name in (b"office", b"table", b"text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            b'<?xml version="1.0"?><office:document-content%s><office:body><office:spreadsheet><table:table '
            b'table:name="S">%s</table:table></office:spreadsheet></office:body></office:document-content>'
            % (spaces, rows),
        )


def declaring(path: Path, name: bytes, size: int) -> None:
    """Makes the archive say that a part is this small."""
    content = bytearray(path.read_bytes())
    entry = content.rfind(name) - 46  # in the central directory
    assert content[entry : entry + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, entry + 24, size)
    path.write_bytes(content)


def test_entities_made_of_entities_are_refused(tmp_path: Path, bounded: Bounded) -> None:
    xlsx(tmp_path / "a.xlsx", LAUGHS)
    assert "read" not in bounded(tmp_path / "a.xlsx", 400)


def test_a_cell_at_the_far_end_of_the_sheet_does_not_fill_the_memory(tmp_path: Path, bounded: Bounded) -> None:
    row = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    far = SHEET + row + b"</sheetData></worksheet>"
    xlsx(tmp_path / "a.xlsx", far)
    assert bounded(tmp_path / "a.xlsx", 400) == ["too_large"] * 3


@pytest.mark.parametrize("megabytes", [20, pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.timeout(300)])])
def test_a_zip_bomb_is_refused(tmp_path: Path, megabytes: int, bounded: Bounded) -> None:
    xlsx(tmp_path / "a.xlsx", SHEET, times=megabytes)
    said = bounded(tmp_path / "a.xlsx")
    assert "read" not in said[:1]


def test_an_archive_that_declares_a_wrong_size_is_refused(tmp_path: Path, bounded: Bounded) -> None:
    xlsx(tmp_path / "a.xlsx", SHEET, times=500)
    declaring(tmp_path / "a.xlsx", b"xl/worksheets/sheet1.xml", 109)
    assert bounded(tmp_path / "a.xlsx", 400) == ["damaged_workbook"] * 3


LONG = b"x" * 32_767


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_a_long_text_shared_by_all_cells_is_refused(tmp_path: Path, prefix: bytes, bounded: Bounded) -> None:
    cells = b"".join(b'<row><c t="s"><v>%d</v></c></row>' % (n % 2) for n in range(40_000))
    texts = b"<sst><si><t>a</t></si><si><t>%s</t></si></sst>" % LONG
    cells, texts = (part.replace(b"<", b"<" + prefix).replace(prefix + b"/", b"/" + prefix) for part in (cells, texts))
    xlsx(tmp_path / "a.xlsx", SHEET + cells, texts)
    assert bounded(tmp_path / "a.xlsx", 400) == ["too_large"] * 3


def test_a_short_text_shared_by_all_cells_next_to_a_long_one_is_read(tmp_path: Path) -> None:
    row = b'<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>%s</t></is></c><c><v>%d.5</v></c></row>'
    days = (date(2000, 1, 1) + timedelta(n) for n in range(9000))
    rows = b"".join(row % (day.isoformat().encode(), day.day) for day in days)
    texts = b"<sst><si><t>Shop</t></si><si><t>%s</t></si></sst>" % LONG
    xlsx(tmp_path / "a.xlsx", SHEET + rows + b"</sheetData></worksheet>", texts)
    assert run(read(tmp_path / "a.xlsx")).reading.rows == 9000


def test_a_long_text_shared_by_all_cells_of_an_old_workbook_is_refused(tmp_path: Path, bounded: Bounded) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for n in range(20_000):
        sheet.write(n, 0, LONG.decode())
    book.save(str(tmp_path / "a.xls"))
    assert bounded(tmp_path / "a.xls", 400) == ["too_large"] * 3


def test_texts_of_an_old_workbook_are_measured_as_they_were_written(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    texts = [("ä" if n % 3 else "€") * (n * 37 % 9000) for n in range(400)]
    for n, text in enumerate(texts):
        sheet.write(n, 0, text)
    book.save(str(tmp_path / "a.xls"))
    part = measure_xls((tmp_path / "a.xls").read_bytes())
    shared = part.shared
    assert (part.rows, part.columns) == (400, 1)
    assert [shared.lengths[use] for use in shared.uses] == [len(text) for text in texts if text]
    assert shared.characters == sum(map(len, texts))


def test_far_cells_and_shared_texts_of_a_binary_part_are_measured() -> None:
    row = bytes([0, 4]) + struct.pack("<I", 1_048_575)
    cell = bytes([7, 12]) + struct.pack("<III", 16_383, 0, 5)
    text = bytes([19, 0x89, 0x00]) + b"\0" + struct.pack("<I", 2) + "ab".encode("utf-16-le")
    part = measure_xlsb_part(row + cell + text)
    assert (part.rows, part.columns) == (1_048_576, 16_384)
    assert (list(part.shared.lengths), list(part.shared.uses)) == ([2], [5])


CELL = b'<table:table-cell%s office:value-type="string"><text:p>%s</text:p></table:table-cell>'
ROW = b"<table:table-row%s>%s</table:table-row>"


@pytest.mark.parametrize(
    "rows",
    [
        ROW % (b"", CELL % (b' table:number-columns-repeated="1000000000"', b"1")),
        ROW % (b' table:number-rows-repeated="100000000"', CELL % (b"", b"1")),
        ROW % (b' table:number-rows-repeated="1048576"', CELL % (b' table:number-columns-repeated="1024"', b"1")),
        ROW % (b' table:number-rows-repeated="100000"', CELL % (b"", LONG)),
        ROW % (b"", CELL % (b"", b'a<text:s text:c="4000000000"/>')),
    ],
    ids=["across", "down", "both", "text", "blanks"],
)
def test_cells_repeated_millions_of_times_are_refused(tmp_path: Path, rows: bytes, bounded: Bounded) -> None:
    ods(tmp_path / "a.ods", rows)
    assert bounded(tmp_path / "a.ods", 400) == ["too_large"] * 3


def test_blank_cells_repeated_to_the_end_of_a_sheet_are_read(tmp_path: Path, bounded: Bounded) -> None:
    month = b'<table:table-cell office:value-type="date" office:date-value="%d-%02d-01"/>'
    value = b'<table:table-cell office:value-type="float" office:value="%d"/>'
    blank = b'<table:table-cell table:number-columns-repeated="16382"/>'
    rows = [ROW % (b"", month % (2020 + n // 12, n % 12 + 1) + value % n + blank) for n in range(36)]
    end = ROW % (b' table:number-rows-repeated="1048540"', b'<table:table-cell table:number-columns-repeated="16384"/>')
    ods(tmp_path / "a.ods", b"".join(rows) + end)
    assert bounded(tmp_path / "a.ods", 400) == ["read"] * 3


@pytest.mark.parametrize("megabytes", [5, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(300)])])
@pytest.mark.parametrize(
    "unit", [b"1", b"a,", b'"', b"\0", b"1,2;3\t"], ids=["digit", "cells", "quote", "NUL", "mixed"]
)
def test_one_endless_line_is_refused_or_read_within_limits(
    tmp_path: Path, unit: bytes, megabytes: int, bounded: Bounded
) -> None:
    path = tmp_path / "a.csv"
    block = unit * ((1 << 20) // len(unit))
    with path.open("wb") as file:
        file.write(b"Date,Sales\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n")
        for _ in range(megabytes):
            file.write(block)
    bounded(path)
    path.unlink()


@pytest.mark.parametrize("columns", [100, pytest.param(16_383, marks=pytest.mark.slow)])  # as many as Excel has
def test_thousands_of_columns_are_read(tmp_path: Path, columns: int, bounded: Bounded) -> None:
    path = tmp_path / "a.csv"
    rows = [",".join(["Date", *(f"c{n}" for n in range(columns))])]
    rows += [",".join([f"2024-01-{day:02d}", *(str(day + n % 7) for n in range(columns))]) for day in range(1, 13)]
    path.write_text("\n".join(rows))
    assert bounded(path)[0] == "read"
