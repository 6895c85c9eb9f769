"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.one_date import parse_date
from almanac.tables.values.dates.read_dates import looks_like_date, read_clock, read_dates

SAME_DAY = [
    "2025-03-14", "2025/3/14", "2025.03.14", "20250314", "14-Mar-2025", "14 March 2025", "14. März 2025", "14.3.2025",
    "14/03/25", "14 mars 2025", "14 de marzo de 2025", "14 marzo 2025", "14 de março de 2025", "14 maart 2025",
    "March 14, 2025", "Mar 14 2025", "14th March 2025", "2025-03-14T00:00:00Z", "2025-03-14 00:00",
    "Friday, 14 March 2025",
    "Fri 14/03/2025", "vendredi 14 mars 2025", date(2025, 3, 14),
]  # fmt: skip


@pytest.mark.parametrize("text", SAME_DAY, ids=str)
def test_one_day_written_in_many_ways(text: str) -> None:
    assert str(read_dates([text]).day_first[0])[:10] == "2025-03-14"


@pytest.mark.parametrize(
    ("text", "day", "grain"),
    [
        ("2025-03", "2025-03-01", Grain.MONTH),
        ("03/2025", "2025-03-01", Grain.MONTH),
        ("Mar 2025", "2025-03-01", Grain.MONTH),
        ("mars-25", "2025-03-01", Grain.MONTH),
        ("2025M03", "2025-03-01", Grain.MONTH),
        ("Mar. 2025(p)", "2025-03-01", Grain.MONTH),
        ("1981Q1", "1981-01-01", Grain.QUARTER),
        ("Q3 2020", "2020-07-01", Grain.QUARTER),
        ("3. Quartal 2020", "2020-07-01", Grain.QUARTER),
        ("March quarter 2005", "2005-01-01", Grain.QUARTER),
        ("2018-W04", "2018-01-22", Grain.WEEK),
        ("KW 4 2018", "2018-01-22", Grain.WEEK),
        ("1880", "1880-01-01", Grain.YEAR),
    ],
)
def test_months_quarters_weeks_and_years_are_their_first_day(text: str, day: str, grain: Grain) -> None:
    dates = read_dates([text])
    assert (str(dates.day_first[0])[:10], dates.grains[0]) == (day, grain)


@pytest.mark.parametrize(
    "text", ["Item 12", "Store 21", "20200817-20200817", "2.146", "31/31/2025", "to", "", "May", "12", "2020-W60"]
)
def test_other_texts_are_not_dates(text: str) -> None:
    assert not looks_like_date(text) or not read_dates([text]).understood[0]


def test_a_date_in_three_numbers_is_read_with_day_and_with_month_first() -> None:
    dates = read_dates(["03/04/2025", "13/04/2025"])
    assert [str(d)[:10] for d in dates.day_first] == ["2025-04-03", "2025-04-13"]
    assert [str(d)[:10] for d in dates.month_first] == ["2025-03-04", "NaT"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("18:00:00", 64800), ("6.30", None), ("6:30 Uhr", 23400), ("6:30 PM", 66600), ("12:00 am", 0), ("25:00", None)],
)
def test_times_of_day_are_seconds_after_midnight(text: str, seconds: int | None) -> None:
    assert read_clock(text) == seconds


@given(
    st.dates(date(1700, 1, 1), date(2190, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y"]),
)
def test_every_written_day_is_read_back(day: date, form: str) -> None:
    assert (
        read_dates([day.strftime(form).replace(f"{day:%Y}", f"{day.year:04d}")])
        .day_first[0]
        .astype("datetime64[D]")
        .item()
        == day
    )


def test_days_that_a_month_does_not_have_are_not_dates() -> None:
    assert not read_dates(["30/02/2025"]).understood[0]
    assert parse_date("29 February 2023") is None or not read_dates(["29 February 2023"]).understood[0]
