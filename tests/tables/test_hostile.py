"""Files made to do harm are refused or read within bounds of time and memory; the big ones: ``make test-slow``."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does")
READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from pathlib import Path
from almanac.jobs import run
from almanac.problems import ProblemError
from almanac.tables import preview, read, sheets
for action in (lambda p: run(read(p)), preview, sheets):
    try:
        action(Path(sys.argv[1]))
        print("read")
    except ProblemError as stop:
        print(stop.problem.code)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


def bounded(path: Path, megabytes: int = 2048, seconds: float = 30) -> list[str]:
    """What each door says, in a process of its own.

    The peak is the process's own (VmHWM): ``ru_maxrss`` begins at that of the process that started it.
    """
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=3 * seconds)
    assert done.returncode == 0, done.stderr[-2000:]
    *said, peak = done.stdout.split()
    assert int(peak) < megabytes
    return said


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
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
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


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx", LAUGHS)
    assert "read" not in bounded(tmp_path / "a.xlsx", 400)


def test_a_cell_at_the_far_end_of_the_sheet_does_not_fill_the_memory(tmp_path: Path) -> None:
    row = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    far = SHEET + row + b"</sheetData></worksheet>"
    xlsx(tmp_path / "a.xlsx", far)
    assert bounded(tmp_path / "a.xlsx", 400) == ["too_large"] * 3


@pytest.mark.parametrize("megabytes", [50, pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.timeout(300)])])
def test_a_zip_bomb_is_refused_or_read_within_bounds(tmp_path: Path, megabytes: int) -> None:
    xlsx(tmp_path / "a.xlsx", SHEET, times=megabytes)
    said = bounded(tmp_path / "a.xlsx")
    assert "read" not in said[:1]


@pytest.mark.parametrize("megabytes", [8, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(300)])])
@pytest.mark.parametrize(
    "unit", [b"1", b"a,", b'"', b"\0", b"1,2;3\t"], ids=["digit", "cells", "quote", "NUL", "mixed"]
)
def test_one_endless_line_is_refused_or_read_within_bounds(tmp_path: Path, unit: bytes, megabytes: int) -> None:
    path = tmp_path / "a.csv"
    block = unit * ((1 << 20) // len(unit))
    with path.open("wb") as file:
        file.write(b"Date,Sales\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n")
        for _ in range(megabytes):
            file.write(block)
    bounded(path)
    path.unlink()


def test_as_many_columns_as_excel_has_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [",".join(["Date", *(f"c{n}" for n in range(16_383))])]
    rows += [",".join([f"2024-01-{day:02d}", *(str(day + n % 7) for n in range(16_383))]) for day in range(1, 13)]
    path.write_text("\n".join(rows))
    assert bounded(path)[0] == "read"
