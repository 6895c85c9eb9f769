"""What sells in one part of the year only: nothing is forecast out of season, and as much as before in it."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.series import SeriesSet
from almanac.forecasting.rules.off_seasons import OffSeasons, in_season, off_seasons

YEARS = ((Unit.DAY, 365), (Unit.WEEK, 52), (Unit.BUSINESS_DAY, 260))


def one(values: np.ndarray, unit: Unit) -> SeriesSet:
    return SeriesSet(("Stollen",), values.astype(float), np.array([0, len(values)]), np.array([0]), Frequency(unit))


def seasonal(chance: np.random.Generator, year: int, periods: int) -> np.ndarray:
    """Sold for a part of each year that begins and ends up to two weeks earlier or later."""
    begin, length = chance.uniform(0, 1), chance.uniform(0.15, 0.6)
    values = np.zeros(periods)
    for n in range(-1, periods // year + 2):
        start, stop = ((n + begin + part + chance.uniform(-0.03, 0.03)) * year for part in (0, length))
        part = slice(max(int(start), 0), max(int(stop), 0))
        values[part] = chance.poisson(9, len(values[part])) + (chance.random(len(values[part])) < 0.7)
    return values


@pytest.mark.parametrize(("unit", "year"), YEARS)
def test_out_of_season_nothing_is_forecast(unit: Unit, year: int) -> None:
    off = np.zeros(0, bool)
    sold = np.zeros(0)
    for seed in range(40):
        chance = np.random.default_rng(seed)
        past, horizon = int(year * chance.uniform(2.3, 4)), year
        values = seasonal(chance, year, past + horizon)
        off = np.append(off, off_seasons(one(values[:past], unit), np.array([True]), horizon).steps[0])
        sold = np.append(sold, values[past:])
    assert off[sold == 0].mean() > 0.7
    assert (sold[off] == 0).mean() > 0.98


@pytest.mark.parametrize(("unit", "year"), YEARS)
def test_what_is_sold_rarely_or_was_once_sold_out_has_no_off_season(unit: Unit, year: int) -> None:
    for seed in range(60):
        chance = np.random.default_rng(seed)
        values = chance.poisson(10 ** chance.uniform(-1.7, 0.3), int(year * chance.uniform(1.3, 4)))
        gap = int(chance.integers(0, len(values)))
        values[gap : gap + year // 4] = 0
        assert not off_seasons(one(values, unit), np.array([True]), year).series.any()


def test_in_season_as_much_is_forecast_as_at_that_time_of_the_years_before_with_the_weekdays_of_the_model() -> None:
    weekdays = np.tile([1.0, 1, 1, 1, 1, 2, 0], 300)
    summer = np.tile(np.repeat([0.0, 20.0, 40.0, 0.0], [120, 60, 60, 125]), 5)
    values = summer[:1825] * weekdays[:1825]
    past = values[: 3 * 365 + 30]
    off = np.zeros((1, 365), bool)
    off[0, :60] = True
    model = weekdays[None, len(past) : len(past) + 365]
    truth = values[len(past) : len(past) + 365]
    levels = np.array([0.1, 0.5, 0.9])
    found = OffSeasons(np.array([True]), off)
    made, ranges = in_season(one(past, Unit.DAY), found, 15 * model, np.repeat(15 * model[:, :, None], 3, 2), levels)
    inside = np.r_[101:139]  # steps from whose neighbours the level does not differ
    assert made[0, :60].max() == ranges[0, :60].max() == 0
    far = slice(165, 195)  # where twice as much was sold as the model says, its range is not believed
    assert ranges[0, far, 2].min() > 30
    np.testing.assert_allclose(made[0, inside], truth[inside], rtol=1e-6)
