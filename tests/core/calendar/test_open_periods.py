"""When something is open, compared with a plain loop over dates."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, WEEKLY, YEARLY, Frequency, Unit
from almanac.core.calendar.open_periods import OpenPeriods


def periods(slots: int = 24) -> OpenPeriods:
    """Open from 9 to 17 o'clock on Mondays to Saturdays, from March to November."""
    week = np.zeros((7, slots), dtype=bool)
    week[:6, 9 * slots // 24 : 17 * slots // 24] = True
    return OpenPeriods(week, np.isin(np.arange(12), range(2, 11)))


def test_hours_and_days_are_open_as_the_calendar_says() -> None:
    for frequency, step, slots in ((HOURLY, 60, 24), (DAILY, 1440, 1), (Frequency(Unit.MINUTE, 30), 30, 48)):
        numbers = frequency.numbers(np.array(["2024-02-20"], "datetime64[s]"))[0] + np.arange(60 * 1440 // step)
        moments = [datetime(2024, 2, 20) + timedelta(minutes=step * n) for n in range(len(numbers))]
        wanted = [
            when.weekday() < 6 and 3 <= when.month <= 11 and (step == 1440 or 9 <= when.hour < 17) for when in moments
        ]
        calendar = periods(slots)
        if slots == 1:
            calendar = OpenPeriods(np.arange(7)[:, None] < 6, calendar.months)
        assert calendar.is_open(frequency, numbers).tolist() == wanted


def test_weeks_and_months_know_only_the_months() -> None:
    numbers = MONTHLY.numbers(np.array(["2024-01", "2024-03"], "datetime64[M]").astype("datetime64[s]"))
    assert periods().is_open(MONTHLY, numbers).tolist() == [False, True]
    weeks = WEEKLY.numbers(np.array(["2024-01-08", "2024-05-06"], "datetime64[s]"))
    assert periods().is_open(WEEKLY, weeks).tolist() == [False, True]
    assert periods().is_open(YEARLY, np.array([54])).tolist() == [True]


def test_the_open_parts_of_a_day_are_minutes() -> None:
    assert periods(96).spans(0) == [(540, 1020)]
    assert periods().spans(6) == []
