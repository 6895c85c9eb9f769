"""A shutdown that is over is left out; what may come again is not."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.arrays import Floats
from almanac.core.jobs import run
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.rules.shutdowns import shutdowns


def shut(share: float, start: int, points: int, length: int = 60) -> Floats:
    y = seasonal(length)
    y[start : start + points] *= share
    return y


@pytest.mark.parametrize(("share", "start", "points"), [(0.2, 20, 4), (0.0, 30, 2), (0.1, 6, 9), (0.3, 50, 4)])
def test_its_points_are_found(share: float, start: int, points: int) -> None:
    series = series_set(seasonal(30), shut(share, start, points), shut(0.1, 40, 3))
    at = np.flatnonzero(shutdowns(series))
    assert at.tolist() == [*range(30 + start, 30 + start + points), *range(130, 133)]


@pytest.mark.parametrize(
    "values",
    [
        shut(0.8, 20, 4),
        shut(0.2, 20, 1),  # a single value
        shut(0.2, 20, 14),  # too long for an exception
        shut(0.2, 2, 3),
        shut(0.2, 57, 3),  # not over
        np.where(np.arange(60) % 12 < 2, 0.1, 1.0) * seasonal(60),  # every year
        np.where((np.arange(60) % 25 > 20), 0.1, 1.0) * seasonal(60),  # twice
        np.where(np.arange(60) >= 22, 2.0, 1.0) * shut(0.1, 20, 4),  # not as before
        np.random.default_rng(0).poisson(0.4, 80).astype(float),
        np.exp(2 * np.sin(np.arange(80) / 6)),  # it swings
        shut(-0.2, 20, 4),
        np.full(40, 7.0),
        np.array([3.0, 1.0]),
    ],
    ids=str,
)
def test_what_may_come_again_is_not_left_out(values: Floats) -> None:
    assert not shutdowns(series_set(values, seasonal(24))).any()


def test_no_series_of_a_level_with_noise_has_one() -> None:
    rng = np.random.default_rng(2)
    noisy = [100 * np.exp(rng.normal(0, sd, 60)) for sd in np.repeat([0.05, 0.2, 0.35], 100)]
    walks = [100 * np.exp(np.cumsum(rng.normal(0, sd, 60))) for sd in np.repeat([0.02, 0.1, 0.3], 100)]
    found = shutdowns(series_set(*noisy, *walks))
    assert np.add.reduceat(found, np.arange(0, 60 * 600, 60)).astype(bool).mean() <= 0.01


def test_a_forecast_without_it_says_so() -> None:
    missing = seasonal(60)
    missing[20:24] = np.nan
    series = series_set(shut(0.1, 20, 4), missing)
    found = run(forecast(series, 6, model=ModelRequest("careful", "cpu", pooling=False)))
    np.testing.assert_allclose(found.quantiles[0], found.quantiles[1], rtol=1e-6)
    (note,) = [note for note in found.notes if note.code == "shutdown_left_out"]
    assert note.what == "For some time s0 was far lower than before and after, and that time was left out."
