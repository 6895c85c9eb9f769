"""The plain methods, against oracles."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.calendar.frequency import MONTHLY, QUARTERLY
from almanac.core.jobs import run
from almanac.forecasting.baselines.ets import ets
from almanac.forecasting.baselines.seasonal_naive import seasonal_naive


def test_seasonal_naive_repeats_the_last_season() -> None:
    result = seasonal_naive(series_set([1, 2, 3, 4, 5, 6, 7, 8], frequency=QUARTERLY), 6)
    assert result.median[0].tolist() == [5, 6, 7, 8, 5, 6]


def test_seasonal_naive_ranges_widen_with_each_season() -> None:
    result = seasonal_naive(series_set(seasonal(48)), 24)
    width = (result.quantile(0.9) - result.quantile(0.1))[0]
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
    assert (result.quantile(0.9) > result.quantile(0.1)).all()


@pytest.mark.parametrize("points", [1, 3])
def test_ets_leaves_out_what_is_too_short(points: int) -> None:
    assert run(ets(series_set([1.0] * points), 3)).names == ()
