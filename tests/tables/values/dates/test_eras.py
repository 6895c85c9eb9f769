"""Years of other calendars than the common one."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, codes, finding, lines

from almanac.tables.values.dates.read_dates import read_dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月", "2019-05-01"),
        ("平成31年4月", "2019-04-01"),
        ("R5.3.1", "2023-03-01"),
        ("昭和64年", "1989-01-01"),
        ("令和5年3月1日（水）", "2023-03-01"),
        ("民國112年3月", "2023-03-01"),
        ("112/03/01", "2023-03-01"),
    ],
)
def test_years_of_eras_are_read(text: str, day: str) -> None:
    assert str(read_dates([text]).day_first[0])[:10] == day


@pytest.mark.parametrize("text", ["平成32年1月", "R5.13.1", "R5-3-1", "112/13/01", "5年3月", "1402/01/05", "M1.5.1"])
def test_other_texts_have_no_era(text: str) -> None:
    assert str(read_dates([text]).day_first[0]) == "NaT"


def test_years_of_the_buddhist_calendar_are_said(read_text: Reader) -> None:
    days = [f"{n % 28 + 1:02d}/{n // 28 + 1:02d}/2566" for n in range(84)]
    file = read_text(lines(days, range(84), header="Date,Sold"))
    assert "as in “01/01/2566”" in finding(file, "buddhist_years").why
    assert file.series.frequency.label(int(file.series.first[0])) == "2023-01-01"
    common = [day.replace("2566", "2023") for day in days]
    assert "buddhist_years" not in codes(read_text(lines(common, range(84), header="Date,Sold")))


def test_numbers_and_single_dates_far_ahead_are_no_buddhist_years() -> None:
    assert not read_dates(["2566.10", "2450.5", "2500.01"]).understood.any()
    assert not read_dates(["2566-03-01", "2023-03-01", "2023-03-02", "2023-03-03"]).understood[0]
