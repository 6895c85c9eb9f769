"""The frequency of dates."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

from almanac.core.calendar.frequency import Frequency, Unit
from almanac.tables.timeline.frequency import Moments, find_frequency
from almanac.tables.values.dates.date_patterns import Grain


def frequency(dates: list[datetime], grain: Grain = Grain.DAY) -> Frequency:
    when, index = np.unique(np.array(dates, dtype="datetime64[s]"), return_inverse=True)
    found = find_frequency(Moments(when, index, np.zeros(len(index), dtype=np.int64)), grain).frequency
    assert np.array_equal(found.dates(found.numbers(when)), when) or grain is Grain.TIME
    return found


def every(count: int, first: str = "2024-01-01", **step: float) -> list[datetime]:
    return [datetime.fromisoformat(first) + timedelta(**step) * n for n in range(count)]


def month_days(day: int, step: int = 1, count: int = 30) -> list[datetime]:
    months = np.arange("2020-01", "2035-01", step, dtype="datetime64[M]")[:count]
    last = (months + 1).astype("datetime64[D]") - 1
    return list(np.minimum(months.astype("datetime64[D]") + day - 1, last).astype("datetime64[s]").tolist())


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        (every(40, days=1), Frequency(Unit.DAY)),
        (every(30, days=7), Frequency(Unit.WEEK, 1, 4)),
        (every(30, "2010-02-05", days=7), Frequency(Unit.WEEK, 1, 1)),
        (every(30, days=28), Frequency(Unit.WEEK, 4, 11)),
        ([d for d in every(60, days=1) if d.weekday() < 5], Frequency(Unit.BUSINESS_DAY)),
        (month_days(1), Frequency(Unit.MONTH)),
        (month_days(15), Frequency(Unit.MONTH, day=15)),
        (month_days(31), Frequency(Unit.MONTH, day=31)),
        (month_days(1, 3), Frequency(Unit.QUARTER)),
        (month_days(31, 3), Frequency(Unit.QUARTER, day=31)),
        (month_days(1, 12, 12), Frequency(Unit.YEAR)),
        (month_days(1, 6), Frequency(Unit.MONTH, 6)),
    ],
    ids=lambda value: value.name if isinstance(value, Frequency) else "",
)
def test_the_gaps_show_the_frequency(dates: list[datetime], wanted: Frequency) -> None:
    assert frequency(dates) == wanted


@pytest.mark.parametrize(
    ("minutes", "name"), [(60, "hourly"), (15, "every 15 minutes"), (360, "every 6 hours"), (1, "minutely")]
)
def test_times_of_day_show_hours_and_minutes(minutes: int, name: str) -> None:
    assert frequency(every(200, minutes=minutes), Grain.TIME).name == name


def test_missing_periods_do_not_change_the_frequency() -> None:
    dates = [d for n, d in enumerate(every(80, days=7)) if n % 9]
    assert frequency(dates).name == "weekly"


def test_irregular_dates_get_the_nearest_natural_period() -> None:
    rng = np.random.default_rng(1)
    dates = np.cumsum(rng.integers(24, 38, 40)).astype("datetime64[D]").astype("datetime64[s]")
    index = np.arange(len(dates))
    found = find_frequency(Moments(dates, index, np.zeros(len(dates), dtype=np.int64)), Grain.DAY)
    assert found.frequency.name == "monthly"
    assert found.regularity < 0.9
