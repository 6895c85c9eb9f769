"""Frequencies: dates to period numbers and back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac.core.calendar.frequency import (
    BUSINESS_DAILY,
    DAILY,
    HOURLY,
    MONTHLY,
    QUARTERLY,
    ROWS,
    WEEKLY,
    YEARLY,
    Frequency,
    Unit,
)

EVERY = [
    YEARLY,
    QUARTERLY,
    MONTHLY,
    WEEKLY,
    DAILY,
    BUSINESS_DAILY,
    HOURLY,
    Frequency(Unit.MINUTE, 30),
    Frequency(Unit.WEEK, 4),
    Frequency(Unit.MONTH, 1, day=31),
    Frequency(Unit.YEAR, 1, anchor=6),
    Frequency(Unit.WEEK, 1, anchor=1),
]


@pytest.mark.parametrize("frequency", EVERY, ids=lambda f: f"{f.name}-{f.anchor}-{f.day}")
@given(number=st.integers(-3000, 60000))
def test_the_label_of_a_period_leads_back_to_it(frequency: Frequency, number: int) -> None:
    numbers = np.array([number])
    assert frequency.numbers(frequency.dates(numbers))[0] == number


@pytest.mark.parametrize(
    ("frequency", "pandas_code"),
    [
        (YEARLY, "YS"),
        (QUARTERLY, "QS"),
        (MONTHLY, "MS"),
        (WEEKLY, "W-MON"),
        (DAILY, "D"),
        (BUSINESS_DAILY, "B"),
        (HOURLY, "h"),
    ],
)
def test_labels_are_those_of_pandas(frequency: Frequency, pandas_code: str) -> None:
    expected = pd.date_range("2019-06-03", periods=200, freq=pandas_code).to_numpy().astype("datetime64[s]")
    start = frequency.numbers(expected[:1])[0]
    assert (frequency.dates(start + np.arange(200)) == expected).all()


def test_month_ends_keep_to_the_last_day() -> None:
    ends = Frequency(Unit.MONTH, day=31)
    dates = ends.dates(ends.numbers(np.array(["2024-01-31"], "datetime64[D]")) + np.arange(3))
    assert dates.astype("datetime64[D]").astype(str).tolist() == ["2024-01-31", "2024-02-29", "2024-03-31"]


def test_a_weekend_counts_to_the_friday_before() -> None:
    days = np.array(["2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04"], "datetime64[D]")
    friday, saturday, sunday, monday = BUSINESS_DAILY.numbers(days)
    assert friday == saturday == sunday == monday - 1


def test_rows_have_no_dates() -> None:
    assert ROWS.label(4) == "row 5"
    with pytest.raises(ValueError, match="row numbers"):
        ROWS.dates(np.array([1]))


@pytest.mark.parametrize(
    ("frequency", "date", "label"),
    [
        (YEARLY, "2024-05-01", "2024"),
        (QUARTERLY, "2024-05-01", "2024-Q2"),
        (MONTHLY, "2024-05-17", "2024-05"),
        (DAILY, "2024-05-17", "2024-05-17"),
        (HOURLY, "2024-05-17T13:20", "2024-05-17 13:00"),
    ],
)
def test_labels_are_short_and_unambiguous(frequency: Frequency, date: str, label: str) -> None:
    assert frequency.label(int(frequency.numbers(np.array([date], "datetime64[s]"))[0])) == label


def test_seasons_follow_the_frequency() -> None:
    assert [f.season_length for f in (YEARLY, QUARTERLY, MONTHLY, WEEKLY, DAILY, BUSINESS_DAILY, HOURLY)] == [
        1, 4, 12, 52, 7, 5, 24,
    ]  # fmt: skip
    assert Frequency(Unit.MINUTE, 30).season_length == 48
    assert Frequency(Unit.WEEK, 4).season_length == 13
