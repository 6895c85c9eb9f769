"""Excel's Forecast Sheet, ETS(A,A,A), against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.calendar.frequency import DAILY, MONTHLY, YEARLY, Frequency
from almanac.core.jobs import run
from almanac.core.series import Forecast
from almanac.forecasting.baselines.forecast_sheet import forecast_sheet


def forecast(*histories: np.ndarray, frequency: Frequency = MONTHLY, horizon: int = 12) -> Forecast:
    return run(forecast_sheet(series_set(*histories, frequency=frequency), horizon))


@pytest.mark.parametrize(("frequency", "season", "points"), [(MONTHLY, 12, 72), (DAILY, 7, 140)], ids=["month", "day"])
def test_it_forecasts_what_statsmodels_does(frequency: Frequency, season: int, points: int) -> None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    for seed in range(3):
        walk = np.cumsum(np.random.default_rng(seed).standard_normal(points))
        history = seasonal(points, season, seed=seed) + walk
        made = forecast(history, frequency=frequency, horizon=season)
        fit = ETSModel(history, error="add", trend="add", seasonal="add", seasonal_periods=season).fit(disp=False)
        assert np.abs(made.median[0] - fit.forecast(season)).max() < 0.1 * history.std()
        spread = (made.quantile(0.9) - made.quantile(0.1))[0, 0] / (2 * 1.2815516)
        assert spread == pytest.approx(np.sqrt(fit.scale), rel=0.15)


def test_a_straight_line_goes_on_and_an_exact_season_comes_back() -> None:
    line = 3.0 * np.arange(20) + 5
    np.testing.assert_allclose(forecast(line, frequency=YEARLY, horizon=3).median[0], [65, 68, 71], rtol=1e-9)
    wave = np.tile([1.0, 5.0, 2.0, 9.0, 4.0, 4.0, 7.0], 6)
    np.testing.assert_allclose(forecast(wave, frequency=DAILY, horizon=7).median[0], wave[:7], atol=1e-9)


def test_series_of_different_lengths_are_forecast_as_each_would_be_alone() -> None:
    histories = [seasonal(points, seed=points) for points in (30, 55, 120)]
    together = forecast(*histories)
    for i, history in enumerate(histories):
        np.testing.assert_allclose(together.median[i], forecast(history).median[0], rtol=1e-9)


def test_it_may_go_below_zero_as_it_does_in_excel() -> None:
    assert forecast(20.0 - np.arange(20), frequency=YEARLY, horizon=5).median[0, -1] < -3


def test_ranges_grow_with_each_step() -> None:
    noise = np.cumsum(np.random.default_rng(1).standard_normal(80))
    made = forecast(noise, frequency=YEARLY, horizon=6)
    assert (np.diff(made.quantile(0.9) - made.quantile(0.1), axis=1) > 0).all()


def test_too_short_series_are_left_out_and_those_below_two_seasons_have_no_season() -> None:
    assert forecast(np.ones(3), horizon=2).names == ()
    climbing = forecast(np.arange(20.0), horizon=4)
    np.testing.assert_allclose(climbing.median[0], [20, 21, 22, 23])
