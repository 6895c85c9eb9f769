"""One sheet for each month, year or day: read as one table, with the dates that only the names of the sheets say."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from tests.tables.conftest import codes, labels

from almanac.core.jobs import run
from almanac.tables import read
from almanac.tables.layout.load import grid_table
from almanac.tables.layout.several_tables.joined_sheets import (
    JoinedSheets,
    SheetTable,
    join_sheets,
    sheets_after_dates,
)
from almanac.tables.layout.structure import find_structure
from almanac.tables.values.cells import Grid, cell_text

Rows = list[list[Any]]

ENGLISH = [calendar.month_name[m] for m in range(1, 13)]
_NAMES = """
en January February March April May June
short Jan Feb Mar Apr May Jun
de Januar Februar März April Mai Juni
fr janvier février mars avril mai juin
es enero febrero marzo abril mayo junio
it gennaio febbraio marzo aprile maggio giugno
pl styczeń luty marzec kwiecień maj czerwiec
signs 1月 2月 3月 4月 5月 6月
"""
MONTHS = {first: names for first, *names in map(str.split, _NAMES.strip().split("\n"))}
LANGUAGES = [
    language if language in ("en", "signs") else pytest.param(language, marks=pytest.mark.slow) for language in MONTHS
]
DAYS = {"en": "Day", "short": "", "de": "Tag", "fr": "Jour", "es": "Día", "it": "Giorno", "pl": "Dzień", "signs": "日"}
WITH_YEAR = (
    "{name} 2023",
    "2023 {name}",
    "2023_{name}",
    "Sales {name} 2023",
    "2023-{m:02}",
    "{m:02}.2023",
    "{m:02}_2023",
    "{m} 2023",
)


def joined(sheets: Sequence[tuple[str, Rows]], file: str = "book") -> JoinedSheets | None:
    """The sheets that would be read together, without a workbook."""
    names = sheets_after_dates([name for name, _ in sheets])
    found = []
    for name, rows in sheets:
        grid = Grid(rows, complete=True)
        structure = find_structure(grid)
        if name in names and structure is not None:
            above = tuple(cell_text(cell) for n in structure.above for cell in rows[n])
            found.append(SheetTable(name, grid_table(grid, structure), above))
    return join_sheets(found, file) if len(found) > 1 else None


def column(found: JoinedSheets, name: str) -> list[str]:
    one = found.table.columns[found.table.names.index(name)]
    return [cell_text(one.cells[code]) for code in one.codes.tolist()]


def days(month: int, year: int = 2023) -> list[date]:
    return [date(year, month, 1) + timedelta(n) for n in range(calendar.monthrange(year, month)[1])]


def of_numbers(month: int, day: str = "Day") -> Rows:
    return [[day, "Sales"], *([when.day, 100 + 7 * when.day % 11] for when in days(month))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("above", [True, False])
def test_numbers_of_days_get_month_and_year(language: str, above: bool) -> None:
    expected = [when.isoformat() for m in range(1, 7) for when in days(m)]
    for written in ("{name}",) if above else WITH_YEAR:
        title = [["Sales 2023"], []] if above else []
        sheets = [
            (written.format(m=m, name=MONTHS[language][m - 1]), [*title, *of_numbers(m, DAYS[language])])
            for m in (3, 1, 2, 4, 5, 6)
        ]
        found = joined(sheets if not above else sorted(sheets, key=lambda one: MONTHS[language].index(one[0])))
        assert found is not None
        assert column(found, DAYS[language] or "Date") == expected
        assert found.dated


def test_the_year_is_that_of_the_name_of_the_file() -> None:
    sheets = [(name, of_numbers(m)) for m, name in enumerate(ENGLISH[:3], start=1)]
    found = joined(sheets, "Takings 2023")
    assert found is not None
    assert column(found, "Day")[0] == "2023-01-01"


def test_months_without_a_year_are_asked_about_and_may_run_into_the_next_year() -> None:
    sheets = [(ENGLISH[m - 1], of_numbers(m)) for m in (11, 12, 1, 2)]
    for file in ("book", "Season 2023"):  # one year cannot be that of all
        found = joined(sheets, file)
        assert found is not None
        assert [found.names[0], found.names[-1]] == ["November", "February"]
        assert column(found, "Day")[0] == "1 Nov"


@pytest.mark.parametrize("form", [True, False])
def test_forms_with_31_days_and_months_to_come_add_nothing(form: bool) -> None:
    sheets = []
    for m in range(1, 13):
        last = calendar.monthrange(2023, m)[1]
        rows = [[d, 100 + d if d <= last and m < 7 else None] for d in range(1, 32 if form else last + 1)]
        sheets.append((f"{ENGLISH[m - 1]} 2023", [["Day", "Sales"], *rows]))
    found = joined(sheets)
    assert found is not None
    assert len(found.names) == 6
    assert [day for day in column(found, "Day") if day] == [when.isoformat() for m in range(1, 7) for when in days(m)]


@pytest.mark.parametrize(
    ("names", "column_name", "cells"),
    [
        (["Jan 2023", "Feb 2023", "Mar 2023"], "Month", ["2023-01", "2023-02", "2023-03"]),
        (["Stock Jan 2023", "Stock Feb 2023"], "Month", ["2023-01", "2023-02"]),
        (["Q1 2023", "Q2 2023", "Q3 2023"], "Quarter", ["2023 Q1", "2023 Q2", "2023 Q3"]),
        (["2021", "2022", "2023"], "Year", ["2021", "2022", "2023"]),
        (["01.03.2023", "02.03.2023"], "Date", ["2023-03-01", "2023-03-02"]),
        (["März", "April"], "Month", ["Mar", "Apr"]),
    ],
)
@pytest.mark.parametrize("value", ["Units", "Hours"])
def test_rows_for_products_get_the_date_of_their_sheet(
    names: list[str], column_name: str, cells: list[str], value: str
) -> None:
    rows = [["Product", value], ["Apples", 31], ["Pears", 12], ["Plums", 44]]
    found = joined([(name, rows) for name in names])
    assert found is not None
    assert column(found, column_name) == [cell for cell in cells for _ in range(3)]


def test_months_and_days_across_are_those_of_the_year_and_month_of_the_sheet() -> None:
    months = [["Product", *(name[:3] for name in ENGLISH), "Total"], ["A", *range(10, 23)], ["B", *range(30, 43)]]
    found = joined([("2022", months), ("2023", months)])
    assert found is not None
    assert "2022-01" in found.table.names
    assert "2023-12" in found.table.names
    across = [["Product", *range(1, 32)], ["A", *range(10, 41)], ["B", *range(30, 61)]]
    found = joined([("Jan 2023", across), ("Feb 2023", across)])
    assert found is not None
    assert found.table.names[1] == "2023-01-01"
    assert found.table.names[-1] == "2023-02-28"


def dated(first: date, count: int, value: str = "Sales") -> Rows:
    return [["Date", value], *([first + timedelta(n), 100 + n % 9] for n in range(count))]


APART: dict[str, list[tuple[str, Rows]]] = {
    "people": [(name, dated(date(2023, 1, 1), 60)) for name in ("April", "May", "June")],
    "shops": [(f"Store {n}", dated(date(2023, 1, 1), 60)) for n in (1, 2, 3)],
    "plan": [(f"{name} 2023", dated(date(2023, 1, 1), 60)) for name in ("Plan", "Actual")],
    "reports": [(f"{ENGLISH[m]} 2023", dated(date(2022, 1, 1), 365 + 30 * m)) for m in range(1, 5)],
    "other columns": [("Jan", dated(date(2023, 1, 1), 31)), ("Feb", dated(date(2023, 2, 1), 28, "Price"))],
    "numbered lists": [(f"P{n}", [["Product", "Units"], ["A", 31], ["B", 12]]) for n in (1, 2, 3)],
}


@pytest.mark.parametrize("kind", APART)
def test_sheets_that_are_not_one_history_stay_apart(kind: str) -> None:
    assert joined(APART[kind]) is None


@pytest.mark.parametrize("kind", ["weeks", "weekdays"])
def test_rows_of_weeks_or_weekdays_are_not_taken_for_days(kind: str) -> None:
    cells = [1, 2, 3, 4] if kind == "weeks" else ["Mon", "Tue", "Wed", "Thu"]
    rows = [["Week" if kind == "weeks" else "Weekday", "Guests"], *([cell, 20 + n] for n, cell in enumerate(cells))]
    found = joined([(f"{name} 2023", rows) for name in ENGLISH])
    assert found is not None
    assert not found.dated


def test_numbered_sheets_whose_dates_follow_one_another_are_one_history() -> None:
    for names in (["Sheet1", "Sheet2", "Sheet3"], ["01", "02", "03"], ["Data (1)", "Data (2)", "Data (3)"]):
        found = joined([(name, dated(date(2023, m, 1), 28)) for m, name in enumerate(names, start=1)])
        assert found is not None
        assert len(found.table) == 84
        assert not found.dated


def test_headings_may_differ_in_capitals_and_later_sheets_may_have_more_columns() -> None:
    later = [["date ", "SALES", "Visitors"], *([when, 5, 6] for when in days(2))]
    found = joined([("Jan 2023", dated(date(2023, 1, 1), 31)), ("Feb 2023", later)])
    assert found is not None
    assert found.table.names == ("Date", "Sales", "Visitors")


def test_a_workbook_of_months_is_read_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    summary = book.active
    summary.title = "Summary"
    for row in [["Month", "Sales"], *([name, 3000 + n] for n, name in enumerate(ENGLISH[:6]))]:
        summary.append(row)
    for m in range(1, 7):
        sheet = book.create_sheet(f"{ENGLISH[m - 1]} 2023")
        for row in [*of_numbers(m), ["Total", 5000]]:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    file = run(read(tmp_path / "a.xlsx"))
    assert labels(file) == ("2023-01-01", "2023-06-30")
    assert {"sheets_joined", "totals_left_out"} <= set(codes(file))
    assert np.nanmax(file.series.values) < 5000
    (found,) = [one for one in file.findings if one.code == "sheets_joined"]
    assert "Summary" in found.why
    assert "names say when" in found.why


@pytest.mark.parametrize("form", ["%m-%d-%Y", "%m.%d.%y", "%d-%m-%Y", "Sales %m-%d-%Y", "%m_%d_%Y"])
def test_sheets_are_called_after_days_in_either_order(form: str) -> None:
    named = [date(2024, 10, 28) + timedelta(n) for n in range(8)]
    rows: Rows = [["Product", "Sold"], *([product, 20 + n] for n, product in enumerate("ABC"))]
    found = joined([(day.strftime(form), rows) for day in named])
    assert found is not None
    assert found.dated
    dates = [text for name in found.table.names for text in column(found, name)]
    assert [day.isoformat() for day in named] == sorted(set(dates) & {day.isoformat() for day in named})
