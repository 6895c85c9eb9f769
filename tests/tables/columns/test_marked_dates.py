"""Dates with the mark of a footnote or of preliminary figures, next to names that only look like such."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, finding

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def beside_months(*names: str) -> str:
    rows = [[month, *(str(300 + 7 * n + 40 * k) for k in range(len(names)))] for n, month in enumerate(MONTHS)]
    return "\n".join(",".join(row) for row in (("Month", *names), *rows)) + "\n"


def things(*names: str) -> str:
    rows = [[item, *(str(300 + 7 * n + k) for k in range(len(names)))] for n, item in enumerate(("Rent", "Gas"))]
    return "\n".join(",".join(row) for row in (("Item", *names), *rows)) + "\n"


def test_marks_are_said_once(read_text: Reader) -> None:
    file = read_text(beside_months("2021", "2022", "2023p", "2024*"))
    assert file.series.names == ("Value",)
    assert len(file.series[0]) == 48
    assert finding(file, "marked_dates").what == "The marks on “2023p”, “2024*” are ignored."


def test_the_only_month_of_its_name(read_text: Reader) -> None:
    file = read_text(things(*(f"{month}. 2021" for month in MONTHS[:-1]), "Dec. 2021(p)"))
    assert len(file.series[0]) == 12
    assert finding(file, "marked_dates").what == "The mark on “Dec. 2021(p)” is ignored."


def test_a_forecast_is_no_mark(read_text: Reader) -> None:
    for name in ("2024F", "2024f", "2024B"):
        file = read_text(beside_months("2021", "2022", "2023", name))
        assert {len(file.series[i]) for i in range(len(file.series))} == {36}
        assert name in finding(file, "columns_not_used").what
        file = read_text(things(*map(str, range(2005, 2024)), name))
        assert len(file.series[0]) == 19
        assert name in finding(file, "columns_not_used").what


@pytest.mark.parametrize(
    "names", [("2023", "2023 (1)"), ("2023 (m)", "2023 (w)"), ("Estimate 2023", "Actual 2023"), ("1990s", "2000s")]
)
def test_what_tells_names_apart_is_no_mark(read_text: Reader, names: tuple[str, str]) -> None:
    rows = "".join(f"2024-{n % 12 + 1:02d}-{n // 12 + 1:02d},{n + 3},{n % 5}\n" for n in range(120))
    file = read_text("Date," + ",".join(names) + "\n" + rows)
    assert set(file.series.names) <= set(names)
    assert "marked_dates" not in {one.code for one in file.findings}


def test_marks_on_dates_down_the_table(read_text: Reader) -> None:
    months = [f"{month} {year}" for year in (2021, 2022, 2023) for month in MONTHS]
    for mark in ("*", " *", "¹", " (1)", "†"):
        rows = [f"{month}{mark if n in (3, 34, 35) else ''},{100 + n * 7 % 11}" for n, month in enumerate(months)]
        file = read_text("Month,Visitors\n" + "\n".join(rows) + "\n")
        assert len(file.series[0]) == 36
        assert "dates_not_understood" not in {one.code for one in file.findings}


def test_years_of_the_world_bank(read_text: Reader) -> None:
    file = read_text(things(*(f"{year} [YR{year}]" for year in range(1990, 2024))))
    assert file.series.names == ("Rent", "Gas")
    assert len(file.series[0]) == 34
    assert "marked_dates" not in {one.code for one in file.findings}
