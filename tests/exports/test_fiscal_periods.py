"""Exports of fiscal periods, which keep the names of the file."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
from tests.tables.conftest import lines

from almanac.__main__ import main

VALUES = [100.5 + n % 4 * 10 + n for n in range(32)]
QUARTERS = [f"FY{15 + n // 4} Q{n % 4 + 1}" for n in range(32)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "quarters.csv"
    path.write_text(lines(QUARTERS, VALUES, header="Quarter,Sales"))
    return path


def forecast(source: Path, target: Path, *options: str) -> Path:
    with patch("sys.argv", ["almanac", "forecast", str(source), *options, "--horizon", "2", "--output", str(target)]):
        assert main() == 0
    return target


def test_the_table_has_the_names_next_to_the_dates(source: Path, tmp_path: Path) -> None:
    target = forecast(source, tmp_path / "out.csv", "--fiscal-start=-3")
    rows = [line.split(",") for line in target.read_text(encoding="utf-8-sig").splitlines()]
    assert rows[0][:4] == ["series", "date", "period", "step"]
    assert [row[1:3] for row in rows[1:]] == [["2022-10-01", "FY23 Q1"], ["2023-01-01", "FY23 Q2"]]


def test_the_workbook_shows_the_names(source: Path, tmp_path: Path) -> None:
    target = forecast(source, tmp_path / "out.xlsx")
    cells = {str(cell.value) for row in openpyxl.load_workbook(target)["Forecast"].iter_rows() for cell in row}
    assert {"FY23 Q1", "FY23 Q2"} <= cells
