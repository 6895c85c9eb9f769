"""A plan for the week is not confused with a daily pattern that also depends on the weekday and on recent values."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import series_set

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import HOURLY, Frequency, Unit
from almanac.forecasting.seasons import other_seasons

HALF_HOURLY, QUARTERS = Frequency(Unit.MINUTE, 30), Frequency(Unit.MINUTE, 15)


def week(day: int, weeks: float, memory: float, seed: int = 0) -> Floats:
    """A day, and another one at weekends, with noise that has a memory or has none."""
    rng = np.random.default_rng(seed)
    when = np.arange(int(weeks * 7 * day))
    weekend = when // day % 7 >= 5
    shape = np.where(weekend, 20 + 10 * np.sin(4 * np.pi * when / day), 100 + 50 * np.sin(2 * np.pi * when / day))
    noise = rng.standard_normal(len(when))
    for i in range(1, len(noise)):
        noise[i] += memory * noise[i - 1]
    return shape + 3 * noise


@pytest.mark.parametrize(("frequency", "day"), [(HOURLY, 24), (HALF_HOURLY, 48), (QUARTERS, 96)], ids=str)
def test_a_week_without_memory_is_the_only_season(frequency: Frequency, day: int) -> None:
    series = series_set(week(day, 2.5, 0.0), week(day, 2.5, 0.9), week(day, 1.9, 0.0), frequency=frequency)
    assert other_seasons(series, np.arange(3)).tolist() == [7 * day, 0, 0]


def test_noise_alone_has_no_week() -> None:
    noise = [np.random.default_rng(k).standard_normal(600) for k in range(20)]
    assert not other_seasons(series_set(*noise, frequency=HOURLY), np.arange(20)).any()
