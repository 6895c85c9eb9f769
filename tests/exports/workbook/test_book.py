"""The Excel workbook, read back with another library."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.calendar.frequency import DAILY, HOURLY, ROWS, Frequency
from almanac.core.jobs import run
from almanac.core.problems import Problem
from almanac.exports import ExportContent, write
from almanac.wording.phrases import RangeSupport
from almanac.wording.trust.sections import Section

FINDING = Problem("gaps", "2 missing months were left empty.", "Two rows are missing.", "Fill them in.", 2, (4, 9))


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    series = series_set(seasonal(40), seasonal(40), names=("Bread", "=1+1"))
    path = tmp_path / "out.xlsx"
    run(
        write(
            path,
            ExportContent(series, forecast_of(series), findings=(FINDING,), about=(("Model", "careful@1.0.0"),)),
            (),
        )
    )
    return openpyxl.load_workbook(path)


def test_the_sheets_come_in_reading_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "Summary", "Plan", "Forecast", "Charts", "Chart Data", "What Was Changed", "About This Forecast",
    ]  # fmt: skip


def test_every_forecast_value_is_there_with_real_dates(book: openpyxl.Workbook) -> None:
    rows = list(book["Forecast"].iter_rows(values_only=True))
    assert rows[0][:4] == ("Series", "Date", "Step", "Forecast")
    assert len(rows) == 1 + 2 * 3
    assert rows[1][:4] == ("Bread", datetime(2023, 5, 1), 1, 11.0)
    assert rows[1][4:] == pytest.approx([7, 8, 9, 10, 11, 12, 13, 14, 15])


def test_text_that_looks_like_a_formula_stays_text(book: openpyxl.Workbook) -> None:
    cell = book["Forecast"]["A5"]
    assert cell.value == "=1+1"
    assert cell.data_type == "s"


def test_headers_are_frozen_and_numbers_have_formats(book: openpyxl.Workbook) -> None:
    assert book["Forecast"].freeze_panes == "B2"
    assert book["Forecast"]["D2"].number_format == "#,##0.0"
    assert book["Forecast"]["B2"].number_format == "mmm yyyy"


def test_every_finding_is_on_the_sheet_what_was_changed(book: openpyxl.Workbook) -> None:
    rows = list(book["What Was Changed"].iter_rows(values_only=True))
    assert rows[1][:5] == (FINDING.what, 2, FINDING.why, FINDING.fix, "4, 9")
    assert book["About This Forecast"]["B1"].value == "careful@1.0.0"


def test_a_range_that_could_not_be_checked_is_marked_in_the_summary(tmp_path: Path) -> None:
    series = series_set(seasonal(40), seasonal(40), seasonal(40), names=("Bread", "Milk", "Soup"))
    behind = (RangeSupport.TOO_FEW_CHECKS, RangeSupport.CHECKED, RangeSupport.CONSTANT)
    run(write(tmp_path / "out.xlsx", ExportContent(series, forecast_of(series), range_support=behind), ()))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Summary"]
    assert "not checked: too little history" in sheet["A2"].value
    marks = {row[0]: row[12] for row in sheet.iter_rows(min_row=6, values_only=True)}
    assert marks == {
        "Each series": "Range checked",
        "Bread": "no: too little history",
        "Milk": "yes",
        "Soup": "no: it went on exactly as before",
    }


def test_the_summary_says_what_each_series_is_forecast_by(tmp_path: Path) -> None:
    series = series_set(seasonal(40), seasonal(40), names=("Bread", "Milk"))
    methods, behind = ("the model", "repeating the last season"), (RangeSupport.CHECKED, RangeSupport.TOO_FEW_CHECKS)
    for support, column in ((behind, 13), ((), 12)):
        path = tmp_path / f"{column}.xlsx"
        run(write(path, ExportContent(series, forecast_of(series), range_support=support, methods=methods), ()))
        sheet = openpyxl.load_workbook(path)["Summary"]
        told = {row[0]: row[column] for row in sheet.iter_rows(min_row=6, values_only=True)}
        assert told == {"Each series": "Forecast by", "Bread": "the model", "Milk": "repeating the last season"}


def test_without_practice_runs_the_summary_has_no_such_column(book: openpyxl.Workbook) -> None:
    assert book["Summary"].max_column == 12


def test_checks_are_real_figures_and_unknown_ones_stay_empty(tmp_path: Path) -> None:
    series = series_set(seasonal(40))
    held = Section(
        "How often the ranges held",
        ("24 checks.",),
        ("Promised", "Held", "Checks"),
        ((0.8, float("nan"), 24.0),),
        (0, 1),
    )
    run(
        write(
            tmp_path / "out.xlsx",
            ExportContent(series, forecast_of(series), checks=lambda: (held, Section("=1+1", ("+2",)))),
            (),
        )
    )
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Checks"]
    rows = [row[:3] for row in sheet.iter_rows(values_only=True)]
    assert rows[:4] == [
        ("How often the ranges held", None, None),
        ("24 checks.", None, None),
        ("Promised", "Held", "Checks"),
        (0.8, None, 24),
    ]
    assert sheet["A4"].number_format == "0%"
    assert [cell.data_type for cell in (sheet["A6"], sheet["A7"])] == ["s", "s"]


def test_the_charts_are_native(book: openpyxl.Workbook) -> None:
    assert len(book["Charts"]._charts) == 2


@pytest.mark.parametrize("frequency", [DAILY, HOURLY, ROWS], ids=lambda f: f.name)
def test_other_frequencies_keep_their_dates(frequency: Frequency, tmp_path: Path) -> None:
    series = series_set(seasonal(40), frequency=frequency)
    path = tmp_path / "out.xlsx"
    run(write(path, ExportContent(series, forecast_of(series)), ()))
    value = openpyxl.load_workbook(path)["Forecast"]["B2"].value
    expected = {"daily": datetime(1971, 10, 3), "hourly": datetime(1970, 1, 27, 16), "row by row": 641}
    assert value == expected[frequency.name]


def test_a_long_name_and_odd_characters_survive(tmp_path: Path) -> None:
    name = "Zoë's “best” <bread> & ½ — " + "x" * 300
    series = series_set(seasonal(40), names=(name,))
    path = tmp_path / "out.xlsx"
    run(write(path, ExportContent(series, forecast_of(series)), ()))
    assert openpyxl.load_workbook(path)["Forecast"]["A2"].value == name
    assert zipfile.ZipFile(path).testzip() is None
