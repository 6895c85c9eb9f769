"""Damaged files are read or refused with a Problem: what ``make fuzz`` found, and a hundred of its files."""

from __future__ import annotations

import io
import struct
import sys
from pathlib import Path

import pytest
import xlwt
from tests.tables.conftest import Reader, lines, months
from tests.tables.fuzz import reader
from tests.tables.mutants import mutant
from tests.workbooks.test_hostile import CELL, ROW, ods

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import read


def problem_code(path: Path) -> str:
    """The code of the Problem that stops reading the file."""
    with pytest.raises(ProblemError) as caught:
        run(read(path))
    return caught.value.problem.code


@pytest.fixture
def old_workbook(tmp_path: Path) -> Path:
    """An XLS of 40 months, 12 columns wide so that its texts are in ordinary sectors."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for n, month in enumerate(["Month", *months(40)]):
        sheet.write(n, 0, month)
        for k in range(1, 12):
            sheet.write(n, k, n * k if n else f"Column {k}")
    path = tmp_path / "table.xls"
    book.save(str(path))
    assert len(run(read(path)).series) == 11
    return path


def test_a_chain_of_sectors_without_end_is_refused(old_workbook: Path) -> None:
    content = bytearray(old_workbook.read_bytes())
    fat = 512 * (1 + struct.unpack_from("<I", content, 76)[0])
    struct.pack_into("<I", content, fat + 8, 1)  # the third sector goes on with the second
    old_workbook.write_bytes(content)
    assert problem_code(old_workbook) == "damaged_workbook"


def test_a_directory_that_is_cut_off_is_refused(old_workbook: Path) -> None:
    content = old_workbook.read_bytes()
    directory = 512 * (1 + struct.unpack_from("<I", content, 48)[0])
    old_workbook.write_bytes(content[: directory + 100])
    assert problem_code(old_workbook) == "damaged_workbook"


@pytest.mark.parametrize("record", ["cell", "dimensions"])
def test_an_old_workbook_with_a_cell_beyond_the_last_column_is_refused(old_workbook: Path, record: str) -> None:
    content = bytearray(old_workbook.read_bytes())
    if record == "cell":
        at = content.index(b"\xfd\x00\x0a\x00")
        struct.pack_into("<HH", content, at + 4, 65_535, 65_535)
    else:
        at = content.index(b"\x00\x02\x0e\x00")
        struct.pack_into("<IIHH", content, at + 4, 0, 0xFFFFFFFF, 0, 65_535)
    old_workbook.write_bytes(content)
    assert problem_code(old_workbook) in ("damaged_workbook", "too_large")


def test_an_old_sheet_that_ends_before_it_begins_is_refused(old_workbook: Path) -> None:
    content = bytearray(old_workbook.read_bytes())
    struct.pack_into("<IIHH", content, content.index(b"\x00\x02\x0e\x00") + 4, 7, 3, 0, 12)
    old_workbook.write_bytes(content)
    assert problem_code(old_workbook) == "damaged_workbook"


def test_a_small_old_workbook_is_measured_as_well(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, 1)
    held = io.BytesIO()
    book.save(held)
    content = bytearray(held.getvalue())
    at = content.index(b"\x00\x02\x0e\x00")
    struct.pack_into("<IIHH", content, at + 4, 0, 0xFFFFFFFF, 0, 65_535)
    (tmp_path / "a.xls").write_bytes(content)
    assert problem_code(tmp_path / "a.xls") == "too_large"


def test_an_opendocument_sheet_that_never_ends_is_refused(tmp_path: Path) -> None:
    ods(tmp_path / "a.ods", (ROW % (b"", CELL % (b"", b"1")) * 5).replace(b"</text:p>", b"", 1))
    assert problem_code(tmp_path / "a.ods") == "damaged_workbook"


def test_an_archive_whose_names_differ_is_refused(tmp_path: Path) -> None:
    ods(tmp_path / "a.ods", ROW % (b"", CELL % (b"", b"1")))
    content = (tmp_path / "a.ods").read_bytes()
    (tmp_path / "a.ods").write_bytes(content.replace(b"META-INF", b"MATE-INF", 1))
    assert problem_code(tmp_path / "a.ods") == "damaged_workbook"


def test_an_archive_whose_parts_begin_before_it_is_refused(tmp_path: Path) -> None:
    ods(tmp_path / "a.ods", ROW % (b"", CELL % (b"", b"1")))
    content = bytearray((tmp_path / "a.ods").read_bytes())
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<I", content, end + 16, struct.unpack_from("<I", content, end + 16)[0] + 5000)
    (tmp_path / "a.ods").write_bytes(content)
    assert problem_code(tmp_path / "a.ods") == "damaged_workbook"


def test_a_raised_two_does_not_count_as_the_number_of_a_month(read_text: Reader) -> None:
    header = ",".join(["Year", "1", "²", *map(str, range(3, 13))])
    file = read_text(header + "\n" + lines(range(2000, 2012), *[range(12)] * 12, header="").lstrip())
    assert len(file.series) >= 1


# A single row below a heading for a time, an old workbook that reaches to row 65,536 and column 256, and two tables cut
# into one another of which no row has a date.
FOUND = (43_119, 17_815, 4_475)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does")
def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    faults = []
    with reader() as process:
        for number in (*range(40), *FOUND):  # others: make fuzz
            made = mutant(number)
            path = tmp_path / made.name
            path.write_bytes(made.content)
            faults += [(number, fault) for _, fault in [process.look(path)] if fault]
    assert not faults
