"""Single lines of a file are shown exactly as they are in it, with their line numbers."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from almanac.core.jobs import run
from almanac.tables.layout import large_text
from almanac.tables.layout.excerpt import excerpt
from almanac.tables.sources import delimited

TABLE = 'Sales of\n\nday,product,sold\n2025-01-01,"Brot\nhell",1\n2025-01-02,Käse,2\n\n2025-01-04,"Milk, fresh",3\n'


@pytest.mark.parametrize("large", [False, True], ids=["small file", "large file"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_lines_of_a_text_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, large: bool) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes((TABLE + "2025-01-05,Bread,4\n" * 100).encode(encoding))
    if large:
        monkeypatch.setattr(delimited, "MAX_WHOLE_BYTES", 1000)
        monkeypatch.setattr(large_text, "BLOCK_BYTES", 300)
    found = run(excerpt(path, None, (7, 4, 5, 60, 9999)))
    assert found.columns == ("day", "product", "sold")
    assert found.lines == (4, 5, 7, 60)
    assert found.rows[:3] == (
        ("2025-01-01", "Brot\nhell", "1"),
        ("2025-01-02", "Käse", "2"),
        ("2025-01-04", "Milk, fresh", "3"),
    )
    assert found.rows[3] == ("2025-01-05", "Bread", "4")
    assert found.header_row == 3


def test_lines_of_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["only a note"])
    sheet = book.create_sheet("Visits")
    sheet.append(["Title"])
    sheet.append(["month", "visits"])
    for n in range(12):
        sheet.append([f"2025-{n + 1:02d}", n * 10])
    path = tmp_path / "clinic.xlsx"
    book.save(path)
    found = run(excerpt(path, "Visits", (3, 14)))
    assert found.lines == (3, 14)
    assert found.rows == (("2025-01", "0"), ("2025-12", "110"))
