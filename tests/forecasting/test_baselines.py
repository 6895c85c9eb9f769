"""The plain methods, against oracles."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.forecasting.baselines import ets, theta
from almanac.forecasting.naive import seasonal_naive
from almanac.jobs import run
from almanac.periods import MONTHLY, QUARTERLY, YEARLY


def test_seasonal_naive_repeats_the_last_season() -> None:
    result = seasonal_naive(series_set([1, 2, 3, 4, 5, 6, 7, 8], frequency=QUARTERLY), 6)
    assert result.median[0].tolist() == [5, 6, 7, 8, 5, 6]


def test_seasonal_naive_ranges_widen_with_each_season() -> None:
    result = seasonal_naive(series_set(seasonal(48)), 24)
    width = (result.at(0.9) - result.at(0.1))[0]
    np.testing.assert_allclose(width[12:] / width[:12], np.sqrt(2))


def test_seasonal_naive_bridges_gaps_with_the_value_before() -> None:
    assert seasonal_naive(series_set([1.0, 2.0, np.nan]), 2).median[0].tolist() == [2, 2]


def test_ets_finds_the_season_and_matches_statsmodels() -> None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    history = seasonal(72, noise=2.0)
    result = run(ets(series_set(history, frequency=MONTHLY), 12))
    forms = [(None, False), ("add", False), ("add", True)]
    fits = [
        ETSModel(history, trend=t, damped_trend=d, seasonal="add", seasonal_periods=12).fit(disp=False)
        for t, d in forms
    ]
    best = min(fits, key=lambda fit: fit.aicc)
    np.testing.assert_allclose(result.median[0], best.forecast(12), rtol=1e-6)
    assert (result.at(0.9) > result.at(0.1)).all()


def test_theta_grows_by_half_the_trend() -> None:
    """Theta is simple smoothing with drift, the drift half the slope of the trend line (Hyndman and Billah 2003)."""
    t = np.arange(60)
    history = 50 + 2 * t + np.random.default_rng(0).normal(0, 1, 60)
    made = run(theta(series_set(history, frequency=YEARLY), 8))
    slope = np.polynomial.Polynomial.fit(t, history, 1).convert().coef[1]
    np.testing.assert_allclose(np.diff(made.median[0]), slope / 2, rtol=0.02)
    assert (made.at(0.9) > made.at(0.1)).all()


def test_theta_repeats_the_season_and_a_constant() -> None:
    made = run(theta(series_set(seasonal(72, noise=0.5), [4.0] * 20, [1.0, 2.0]), 12))
    assert made.names == ("s0", "s1")
    np.testing.assert_allclose(made.median[0], seasonal(84, noise=0.0)[-12:], atol=4)
    assert (made.median[1] == 4).all()


@pytest.mark.parametrize("points", [1, 3])
def test_ets_leaves_out_what_is_too_short(points: int) -> None:
    assert run(ets(series_set([1.0] * points), 3)).names == ()
