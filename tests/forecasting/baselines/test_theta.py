"""The theta method for many series at once, against statsmodels, which does one."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, QUARTERLY, WEEKLY, YEARLY, Frequency
from almanac.core.jobs import Progress, Stopped, run
from almanac.core.series import Forecast
from almanac.forecasting.baselines import theta as module
from almanac.forecasting.baselines.seasonal_naive import seasonal_naive
from almanac.forecasting.baselines.theta import MAX_VALUES, theta

RHYTHMS = [YEARLY, QUARTERLY, MONTHLY, WEEKLY, DAILY, HOURLY]
LEVELS = (0.1, 0.5, 0.9)


def made(*histories: Floats | list[float], horizon: int = 12, frequency: Frequency = MONTHLY) -> Forecast:
    return run(theta(series_set(*histories, frequency=frequency), horizon, LEVELS))


def simulated(season: int, seed: int) -> Floats:
    """A level that wanders or stays, a trend, a season or none, noise; a third of them growing by factors, some of them
    about zero; from a few values to several seasons."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(rng.integers(5, min(5 * season + 60, MAX_VALUES))))
    level = 100 + np.cumsum(rng.normal(0, rng.choice([0, 1, 3]), len(t))) + rng.uniform(-0.5, 1) * t
    y = level + rng.choice([0, 20]) * np.sin(2 * np.pi * t / max(season, 2) + seed) + rng.normal(0, 3, len(t))
    kind = rng.random()
    return np.exp(y / 60) if kind < 0.3 else y - 100 if kind < 0.5 else y


def by_statsmodels(y: Floats, season: int, horizon: int) -> Floats:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    enough = season > 1 and len(y) >= 2 * season
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its optimiser complains of a flat bottom
        return np.asarray(ThetaModel(y, period=season, deseasonalize=enough).fit().forecast(horizon))


@pytest.mark.parametrize("frequency", RHYTHMS, ids=lambda f: f.name)
def test_forecasts_are_those_of_statsmodels(frequency: Frequency) -> None:
    season = frequency.season_length
    histories = [simulated(season, seed) for seed in range(20)]
    horizon = 2 * season + 3
    ours = made(*histories, horizon=horizon, frequency=frequency)
    theirs = np.stack([by_statsmodels(y, season, horizon) for y in histories])
    sizes = np.array([np.abs(y).max() for y in histories])
    off = np.sort(np.abs(ours.median - theirs).max(axis=1) / sizes)
    assert off[-2] < 0.01
    assert off[-1] < 0.03  # once, on 14 values, its optimiser stops at a smoothing with 30% larger errors than ours
    assert np.median(off) < 0.0005


def test_ranges_are_those_of_the_arima_form_of_the_method() -> None:
    """Smoothing with drift is an ARIMA(0,1,1) with a constant (Hyndman and Billah 2003), fitted here by likelihood.
    The ranges of statsmodels' ThetaModel itself are no oracle: it takes their spread from values that still have their
    season, and lets them widen by 1 + (1 - alpha)² a step where that form widens by alpha²."""
    from statistics import NormalDist

    from statsmodels.tsa.statespace.sarimax import SARIMAX

    rng = np.random.default_rng(0)
    z = NormalDist().inv_cdf(0.9)
    for share in (0.2, 0.5, 0.9):
        noise = rng.normal(0, 2, 300)
        y = 500 + np.cumsum(noise) - (1 - share) * np.concatenate([[0], np.cumsum(noise[:-1])])
        result = made(y, horizon=10, frequency=YEARLY)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            oracle = SARIMAX(y, order=(0, 1, 1), trend="c").fit(disp=False).get_forecast(10).se_mean
        width = (result.quantile(0.9) - result.median)[0] / z
        np.testing.assert_allclose(width[0], oracle[0], rtol=0.02)
        np.testing.assert_allclose(width, oracle, rtol=0.1)


@pytest.mark.parametrize("frequency", [YEARLY, MONTHLY], ids=lambda f: f.name)
def test_ranges_hold_what_they_promise_where_the_method_is_right(frequency: Frequency) -> None:
    """A wandering level and a fixed season, four hundred times."""
    rng = np.random.default_rng(1)
    season = 20 * np.sin(2 * np.pi * np.arange(132) / 12) if frequency is MONTHLY else np.zeros(132)
    noise = rng.standard_normal((400, 132))
    level = np.cumsum(0.4 * noise, axis=1) - 0.4 * noise
    paths = 300 + level + noise + season
    result = made(*paths[:, :120], horizon=12, frequency=frequency)
    held = (paths[:, 120:] >= result.quantile(0.1)) & (paths[:, 120:] <= result.quantile(0.9))
    assert held[:, 0].mean() == pytest.approx(0.8, abs=0.05)
    assert held.mean() == pytest.approx(0.8, abs=0.06)


def test_a_straight_line_goes_on_straight_by_half_its_slope() -> None:
    """Simple smoothing with drift, the drift half the slope (Hyndman and Billah 2003)."""
    result = made(50 + 2.0 * np.arange(60), horizon=8, frequency=YEARLY)
    np.testing.assert_allclose(result.median[0], 168 + np.arange(1, 9), rtol=1e-9)


def test_a_season_that_grows_with_the_level_is_multiplied() -> None:
    t = np.arange(84)
    truth = np.exp(0.03 * t) * (1 + 0.5 * np.sin(2 * np.pi * t / 12))
    result = made(truth[:72])
    swing = np.ptp(result.median[0]) / result.median[0].mean()
    assert swing == pytest.approx(np.ptp(truth[72:]) / truth[72:].mean(), abs=0.15)
    width = (result.quantile(0.9) - result.quantile(0.1))[0]
    assert width[3] > 1.5 * width[9]  # wide where the season is high


def test_a_batch_of_all_lengths_equals_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    histories = [simulated(12, seed) for seed in range(30)]
    alone = [made(y).quantiles[0] for y in histories]
    together = made(*histories)
    assert together.names == tuple(f"s{k}" for k in range(30))
    np.testing.assert_allclose(together.quantiles, np.stack(alone), rtol=1e-9, atol=1e-9)
    monkeypatch.setattr(module, "SERIES_AT_ONCE", 7)
    np.testing.assert_allclose(made(*histories).quantiles, together.quantiles, rtol=1e-9, atol=1e-9)


def test_missing_values_take_the_value_before() -> None:
    y = seasonal(60)
    gaps = np.concatenate([[np.nan, np.nan], y])
    gaps[[20, 21, 61]] = np.nan
    bridged = gaps[2:].copy()
    bridged[[18, 19, 59]] = bridged[[17, 17, 58]]
    np.testing.assert_allclose(made(gaps).quantiles, made(bridged).quantiles)


def test_what_is_too_short_is_left_out() -> None:
    result = made([1.0, 2, 3, 4], [1.0, 2, 3, 4, 5], [np.nan] * 9, [np.nan, 1.0, 2, 3, 4], [3.0, np.nan, 4, 2, 1])
    assert result.names == ("s1", "s4")
    assert result.quantiles.shape == (2, 12, 3)
    assert np.isfinite(result.quantiles).all()
    assert made([1.0, 2.0]).quantiles.shape == (0, 12, 3)


@pytest.mark.parametrize("value", [0.0, 4.0, -0.1, 1e-200, 1e200])
@pytest.mark.parametrize("frequency", [YEARLY, MONTHLY], ids=lambda f: f.name)
def test_a_constant_stays_without_any_range(value: float, frequency: Frequency) -> None:
    assert (made([value] * 40, frequency=frequency).quantiles == value).all()


@pytest.mark.parametrize("at", [0, 30, 59])
@pytest.mark.parametrize("outlier", [1e12, -1e12])
def test_one_huge_outlier_leaves_finite_forecasts_and_the_others_alone(at: int, outlier: float) -> None:
    calm, struck = seasonal(60, seed=1), seasonal(60)
    struck[at] = outlier
    result = made(struck, calm)
    assert np.isfinite(result.quantiles).all()
    assert (np.diff(result.quantiles, axis=2) > 0).all()
    np.testing.assert_allclose(result.quantiles[1], made(calm).quantiles[0])


def test_rare_sales_are_taken_as_they_are() -> None:
    rng = np.random.default_rng(3)
    sales = np.where(rng.random((20, 60)) < 0.2, rng.integers(1, 9, (20, 60)), 0).astype(float)
    assert np.isfinite(made(*sales).quantiles).all()


@pytest.mark.parametrize("frequency", RHYTHMS, ids=lambda f: f.name)
def test_every_horizon_and_every_length_works(frequency: Frequency) -> None:
    season = frequency.season_length
    histories = [seasonal(n, max(season, 2)) for n in (5, season + 4, 2 * season + 3, 2 * season + 4, 5 * season + 9)]
    for horizon in (1, 3 * season + 1):
        assert np.isfinite(made(*histories, horizon=horizon, frequency=frequency).quantiles).all()


def test_only_the_latest_values_of_a_long_series_count() -> None:
    y = seasonal(MAX_VALUES + 200)
    changed = y.copy()
    changed[:200] = 1e6
    np.testing.assert_allclose(made(changed).quantiles, made(y).quantiles)


def test_size_and_place_of_the_numbers_do_not_matter() -> None:
    """A series a million times as large has a forecast a million times as large; so has its mirror image, where the
    season is added."""
    y = seasonal(60) - 100
    plain = made(y)
    np.testing.assert_allclose(made(1e6 * y).quantiles, 1e6 * plain.quantiles, rtol=1e-9)
    np.testing.assert_allclose(made(-y).quantiles[..., ::-1], -plain.quantiles, rtol=1e-9)


def test_it_says_how_far_it_is_and_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SERIES_AT_ONCE", 4)
    told: list[Progress] = []
    series = series_set(*[seasonal(40, seed=k) for k in range(10)])
    run(theta(series, 3), told.append)
    assert [(p.done, p.total) for p in told] == [(0, 10), (4, 10), (8, 10)]
    with pytest.raises(Stopped):
        run(theta(series, 3), should_stop=lambda: True)


def test_where_trend_and_season_are_plain_it_beats_repeating_the_last_season() -> None:
    histories = np.stack([seasonal(132, seed=k) for k in range(30)])
    known = series_set(*histories[:, :120])
    ours, naive = run(theta(known, 12)), seasonal_naive(known, 12)
    errors = [np.abs(f.median - histories[:, 120:]).mean() for f in (ours, naive)]
    assert errors[0] < 0.9 * errors[1]
