"""Years of other calendars than the common one."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, codes, finding, lines

from almanac.tables.values.dates.calendar_words import THAI_MONTHS
from almanac.tables.values.dates.read_dates import is_written_like_date, read_dates


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


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("ม.ค. 2565", "2022-01"),
        ("มิ.ย. 2565", "2022-06"),
        ("เดือนกุมภาพันธ์ 2566", "2023-02"),
        ("ธันวาคม พ.ศ. 2567", "2024-12"),
        ("15 ต.ค. 2567", "2024-10"),
        ("ก.ย 2024", "2024-09"),
        ("พฤศจิกายน 2024", "2024-11"),
    ],
)
def test_thai_months_are_read_with_years_of_both_calendars(text: str, month: str) -> None:
    dates = read_dates([text] * 3)
    assert {str(day)[:7] for day in dates.day_first} == {month}
    assert is_written_like_date(text)


@pytest.mark.parametrize("text", ["ม.ค. 65", "ศ.ค. 2565", "กม.ค. 2565", "บริษัท ม.ค. 2565", "จันทร์ 2565", "ก.พ.2"])
def test_other_thai_texts_name_no_month(text: str) -> None:
    assert not read_dates([text] * 3).understood.any()


def test_a_table_by_thai_months_is_monthly(read_text: Reader) -> None:
    names = [line.split() for line in THAI_MONTHS.strip().split("\n")]
    for months in names:
        rows = [f"{month} {year}" for year in (2565, 2566) for month in months]
        file = read_text(lines(rows, range(50, 74), header="เดือน,ยอดขาย"))
        assert file.series.frequency.name == "monthly"
        assert file.series[0].tolist() == list(range(50, 74))
        assert "buddhist_years" in codes(file)
