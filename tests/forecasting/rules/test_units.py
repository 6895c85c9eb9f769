"""A change of unit is found and converted; a level that rose or fell is not."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.arrays import Floats
from almanac.core.jobs import run
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.rules.units import unit_factors

RNG = np.random.default_rng(0)


def changed(factor: float, before: int, after: int, seed: int = 0) -> Floats:
    y = seasonal(before + after, seed=seed)
    return np.where(np.arange(before + after) < before, y, y * factor)


@pytest.mark.parametrize("factor", [12.0, 1 / 12, 52.0, 100.0, 0.01, 1000.0, 0.001, 1e6])
@pytest.mark.parametrize("before", [24, 37])
def test_values_before_the_change_are_in_the_present_unit(factor: float, before: int) -> None:
    series = series_set(seasonal(30), changed(factor, before, 60 - before), changed(factor, 24, 30, seed=3))
    factors = unit_factors(series)
    at = [0, *np.flatnonzero(np.diff(factors)) + 1, len(factors)]
    assert at == [0, 30, 30 + before, 90, 114, 144]
    np.testing.assert_allclose(factors[[0, 30, 89, 90, 143]], [1, factor, 1, factor, 1])


@pytest.mark.parametrize(
    "values",
    [
        changed(3.0, 30, 30),
        changed(30.0, 30, 30),  # no two units in use
        changed(12.0, 8, 40),  # too few values for so small a factor
        changed(1000.0, 40, 3),
        np.exp(np.linspace(0, 9, 60)),  # growth
        np.exp(np.cumsum(np.random.default_rng(1).normal(0, 0.8, 80))),
        np.where(np.arange(60) % 12 < 3, 1000.0, 1.0) * seasonal(60),  # a season
        np.where((np.arange(60) > 20) & (np.arange(60) < 30), 1000.0, 1.0) * seasonal(60),  # and back again
        changed(-1000.0, 30, 30),
        np.concatenate([np.zeros(20), seasonal(40)]),
        np.array([5.0]),
    ],
    ids=str,
)
def test_what_is_not_clearly_another_unit_stays_as_it_is(values: Floats) -> None:
    assert (unit_factors(series_set(values, seasonal(24))) == 1).all()


def test_gaps_count_for_nothing() -> None:
    values = changed(1000.0, 30, 30)
    values[[3, 29, 30, 44]] = np.nan
    factors = unit_factors(series_set(values))
    assert factors[28] == 1000
    assert factors[31] == 1


def test_a_forecast_is_that_of_one_unit_and_says_so() -> None:
    series = series_set(changed(1000.0, 36, 24), 1000 * seasonal(60))
    found = run(forecast(series, 6, model=ModelRequest("careful", "cpu", pooling=False)))
    np.testing.assert_allclose(found.quantiles[0], found.quantiles[1], rtol=1e-4)
    (note,) = [note for note in found.notes if note.code == "unit_changed"]
    assert note.what == "s0 changes as if counted in another unit, and what came before was converted."
    assert note.count == 1


def test_decimals_are_those_of_the_values_as_they_were_read() -> None:
    series = series_set(np.round(changed(1000.0, 36, 24)))
    assert run(forecast(series, 3)).decimals == [0]
    thousandths = run(forecast(series_set(np.where(np.arange(60) < 36, 1, 0.001) * np.round(seasonal(60))), 3))
    assert thousandths.decimals == [3]
