"""Rows for whole years and halves among months or quarters are left out as such, and the months are complete."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, codes, finding

YEARS = range(2012, 2025)
NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LONGER = [
    *("M13", "Annual", "Annual average", "Total", "Jahr", "Jahresdurchschnitt", "Moyenne annuelle", "Promedio anual"),
    *("S01", "H1", "1st half", "1. Halbjahr", "Media annua", "Rok", "Year"),
]


def number(year: int, part: int) -> int:
    return 100 + (year * 7 + part * 31) % 53


def table(parts: list[str], longer: list[str], header: str = "Year,Period,Value") -> str:
    lines = [header]
    for year in YEARS:
        lines += [f"{year},{part},{number(year, n)}" for n, part in enumerate(parts)]
        lines += [f"{year},{name},{900 + n}" for n, name in enumerate(longer)]
    return "\n".join(lines)


def check(read_text: Reader, text: str, rows: int, season: int) -> None:
    file = read_text(text)
    assert len(file.series) == 1
    assert file.series.frequency.season_length == season
    assert file.series.values.tolist() == [number(year, n) for year in YEARS for n in range(season)]
    assert finding(file, "totals_left_out").count == rows
    assert "dates_not_understood" not in codes(file)


@pytest.mark.parametrize("word", LONGER)
def test_years_and_halves_among_months_are_left_out(read_text: Reader, word: str) -> None:
    check(read_text, table([f"M{m:02}" for m in range(1, 13)], [word]), 13, 12)


@pytest.mark.slow
@pytest.mark.parametrize("word", LONGER)
def test_years_and_halves_among_months_by_name_and_number_and_among_quarters(read_text: Reader, word: str) -> None:
    check(read_text, table(NAMES, [word], "Year,Month,Value"), 13, 12)
    check(read_text, table([str(m) for m in range(1, 13)], [word], "Year,Month,Value"), 13, 12)
    check(read_text, table(["Q1", "Q2", "Q3", "Q4"], [word], "Year,Quarter,Value"), 13, 4)


@pytest.mark.parametrize("longer", [["M13", "S01", "S02"], ["13"], ["Annual"]])
def test_several_of_them_and_a_thirteenth_month(read_text: Reader, longer: list[str]) -> None:
    parts = [str(m) for m in range(1, 13)] if longer == ["13"] else NAMES
    check(read_text, table(parts, longer, "Year,Month,Value"), 13 * len(longer), 12)


@pytest.mark.parametrize("longer", [["Annual"], ["Q05"], ["H1", "H2", "Year"]])
def test_years_among_quarters(read_text: Reader, longer: list[str]) -> None:
    check(read_text, table(["Q1", "Q2", "Q3", "Q4"], longer, "Year,Quarter,Value"), 13 * len(longer), 4)


def test_a_label_of_year_and_half(read_text: Reader) -> None:
    lines = ["Label,Value"]
    for year in YEARS:
        lines += [f"{year} {name},{number(year, n)}" for n, name in enumerate(NAMES)]
        lines += [f"{year} 1st half,900", f"{year} 2nd half,901", f"Annual {year},902"]
    check(read_text, "\n".join(lines), 39, 12)
    said = finding(read_text("\n".join(lines)), "totals_left_out").what
    assert said == "39 rows with figures for whole years or other longer periods were left out."


@pytest.mark.parametrize("word", ["M14", "Oktoberfest", "S04", "unknown"])
def test_other_rows_are_still_said_to_have_no_date(read_text: Reader, word: str) -> None:
    file = read_text(table(NAMES, [word], "Year,Month,Value"))
    assert finding(file, "dates_not_understood").count == 13
    assert len(file.series.values) == 156


def test_thirteen_periods_stay_what_they_are(read_text: Reader) -> None:
    file = read_text(table([f"P{n:02}" for n in range(1, 14)], []))
    assert len(file.series.values) == 169
