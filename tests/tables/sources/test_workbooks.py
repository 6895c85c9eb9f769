"""Workbooks of every kind: the right sheet, date cells, and what is inside them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
import xlwt
from tests.tables.conftest import codes, finding, labels, same

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import ReadFile, ReadingOptions, preview, read, sheets

DATES = [datetime(2023 + n // 12, n % 12 + 1, 1) for n in range(30)]
VALUES = [100.5 + 3 * n for n in range(30)]


def write_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Month", "Sales"])
    for row in zip(DATES, VALUES, strict=True):
        sheet.append(row)
    book.save(path)


def write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for column, name in enumerate(("Month", "Sales")):
        sheet.write(0, column, name)
    for n, (day, value) in enumerate(zip(DATES, VALUES, strict=True), start=1):
        sheet.write(n, 0, day, style)
        sheet.write(n, 1, value)
    book.save(str(path))


def write_ods(path: Path) -> None:
    pd.DataFrame({"Month": DATES, "Sales": VALUES}).to_excel(path, engine="odf", index=False)


def read_file(path: Path, **options: Any) -> ReadFile:
    return run(read(path, ReadingOptions(**options)))


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", write_xlsx), ("a.xls", write_xls), ("a.ods", write_ods)])
def test_every_kind_of_workbook_reads_the_same(tmp_path: Path, name: str, write: Any) -> None:
    path = tmp_path / name
    write(path)
    before = path.read_bytes()
    file = read_file(path)
    assert same(file.series.values, VALUES)
    assert file.series.names == ("Sales",)
    assert labels(file) == ("2023-01", "2025-06")
    assert path.read_bytes() == before


def test_a_workbook_with_the_wrong_file_name_ending_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_xlsx(path)
    assert same(read_file(path).series.values, VALUES)


def many_sheets(path: Path, count: int) -> None:
    book = xlsxwriter.Workbook(path)
    for n in range(count):
        sheet = book.add_worksheet(f"Notes {n}")
        sheet.write(0, 0, "nothing to see")
    sheet = book.add_worksheet("Figures")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ("Month", "Sales"))
    for n, (date, value) in enumerate(zip(DATES, VALUES, strict=True), start=1):
        sheet.write_datetime(n, 0, date, day)
        sheet.write_number(n, 1, value)
    book.close()


def test_the_sheet_with_a_table_is_found_among_fifty_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    many_sheets(path, 49)
    file = read_file(path)
    assert file.reading.sheet == "Figures"
    assert same(file.series.values, VALUES)
    assert finding(file, "several_sheets").count == 49
    assert [info.name for info in sheets(path) if info.looks_like_table] == ["Figures"]


def test_a_missing_sheet_is_reported_with_those_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    many_sheets(path, 1)
    with pytest.raises(ProblemError) as caught:
        read_file(path, sheet="Figure")
    assert caught.value.problem.code == "no_such_sheet"
    assert "“Figures”" in caught.value.problem.fix


@pytest.mark.parametrize("options", [{}, {"sheet": "Notes 0"}])
def test_a_workbook_without_numbers_is_refused(tmp_path: Path, options: dict[str, str]) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Notes 0").write(0, 0, "hello")
    book.close()
    with pytest.raises(ProblemError) as caught:
        read_file(path, **options)
    assert caught.value.problem.code == "no_numbers"


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    xlsxwriter.Workbook(path).close()
    with pytest.raises(ProblemError) as caught:
        read_file(path)
    assert caught.value.problem.code == "empty_file"


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(ProblemError) as caught:
        read_file(path)
    assert caught.value.problem.code == "damaged_workbook"


def test_sheets_named_after_years_are_joined_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    for year in (2025, 2024, 2023):
        sheet = book.add_worksheet(str(year))
        sheet.write_row(0, 0, ("Month", "Sales"))
        for month in range(12):
            sheet.write_row(month + 1, 0, (f"{year}-{month + 1:02d}", year * 100 + month))
    book.close()
    file = read_file(path)
    assert labels(file) == ("2023-01", "2025-12")
    assert file.series.values[0] == 202300
    assert "sheets_joined" in codes(file)
    assert preview(path).columns == ("Month", "Sales")
    assert labels(read_file(path, sheet="2024")) == ("2024-01", "2024-12")


@pytest.mark.parametrize(
    ("others", "names", "joined"),
    [
        (("Read me",), ("2023", "2024", "2025"), True),
        (("Notes", "Contacts"), ("Sales 2023", "Sales 2024", "Sales 2025"), True),
        (("Targets 2023",), ("2023", "2024", "2025"), True),
        (("Everything",), ("2023", "2024", "2025"), False),
    ],
)
def test_sheets_named_after_years_are_joined_among_others(
    tmp_path: Path, others: tuple[str, ...], names: tuple[str, ...], joined: bool
) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in others:
        sheet = book.create_sheet(name)
        sheet.append(["Monthly donations"])
        for n, day in enumerate(DATES if name == "Everything" else ()):
            sheet.append([day, n])
    for name in names:
        sheet = book.create_sheet(name)
        sheet.append(["Month", "Sales"])
        for month in range(12):
            sheet.append([f"{name[-4:]}-{month + 1:02d}", month])
    book.save(path)
    file = read_file(path)
    assert ("sheets_joined" in codes(file)) == joined
    assert preview(path).columns == file.reading.columns
    if joined:
        assert labels(file) == ("2023-01", "2025-12")
        (found,) = [one for one in file.findings if one.code == "sheets_joined"]
        assert all(name in found.why for name in others)


def test_a_second_table_next_to_the_first_is_left_out_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Month", "Sales", None, "Date", "Rain"])
    for n, (day, value) in enumerate(zip(DATES, VALUES, strict=True)):
        sheet.append([day, value, None, *([datetime(1999, 1, n + 1), n] if n < 20 else [])])
    book.save(path)
    file = read_file(path)
    assert file.series.names == ("Sales",)
    assert "second_table" in codes(file)


def test_headings_inside_a_table_distinguish_equal_names(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, ("Shop", *(f"{m:02d}/2024" for m in range(1, 13))))
    row = 1
    for block in ("Food", "Drinks"):
        sheet.write(row, 0, block)
        for shop in ("North", "South"):
            row += 1
            sheet.write_row(row, 0, (shop, *range(row, row + 12)))
        row += 1
    book.close()
    file = read_file(path)
    assert file.series.names == ("North · Food", "South · Food", "North · Drinks", "South · Drinks")
    assert file.series.values[0] == 2


def test_hidden_rows_and_columns_are_read_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Sales & more")
    sheet.write_row(0, 0, ("Month", "Sales", "Cost"))
    for n in range(30):
        sheet.write_row(n + 1, 0, (f"{2023 + n // 12}-{n % 12 + 1:02d}", VALUES[n], n))
    sheet.set_column(2, 2, None, None, {"hidden": True})
    sheet.set_row(10, None, None, {"hidden": True})
    book.close()
    file = read_file(path)
    assert same(file.series[0], VALUES)
    found = finding(file, "hidden")
    assert (found.rows, found.sheet) == ((11,), "Sales & more")
    assert "Cost" in found.what
