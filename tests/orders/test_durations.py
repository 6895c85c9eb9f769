"""Lead times as whole periods."""

from __future__ import annotations

import pytest

from almanac.core.calendar.frequency import DAILY, MONTHLY, WEEKLY, Frequency, Unit
from almanac.orders import whole_periods

ROWS, BUSINESS, HOURLY = Frequency(Unit.ROW), Frequency(Unit.BUSINESS_DAY), Frequency(Unit.HOUR)


@pytest.mark.parametrize(
    ("count", "unit", "frequency", "steps"),
    [
        (3, "", DAILY, 3),
        (2.5, "day", DAILY, 3),
        (2, "week", DAILY, 14),
        (10, "day", WEEKLY, 2),
        (7, "day", WEEKLY, 1),
        (0, "day", WEEKLY, 0),
        (1, "month", WEEKLY, 5),
        (31, "day", MONTHLY, 1),
        (6, "week", MONTHLY, 2),
        (7, "day", BUSINESS, 5),
        (5, "business day", DAILY, 7),
        (1, "day", HOURLY, 24),
        (10, "day", Frequency(Unit.WEEK, multiple=2), 1),
        (4, "", ROWS, 4),
    ],
)
def test_lengths_are_rounded_up_to_whole_periods(count: float, unit: str, frequency: Frequency, steps: int) -> None:
    assert whole_periods(count, unit, frequency) == steps


@pytest.mark.parametrize(("unit", "frequency"), [("", WEEKLY), ("", MONTHLY), ("", HOURLY), ("day", ROWS)])
def test_nothing_is_guessed(unit: str, frequency: Frequency) -> None:
    assert whole_periods(10, unit, frequency) is None
