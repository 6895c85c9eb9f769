"""Forecasts of the bundled models, as a person gets them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.builders import seasonal, series_set

from almanac.core.calendar.frequency import (
    BUSINESS_DAILY,
    DAILY,
    HOURLY,
    MONTHLY,
    QUARTERLY,
    ROWS,
    WEEKLY,
    YEARLY,
    Frequency,
    Unit,
)
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.jobs import Progress, run
from almanac.core.problems import ProblemError
from almanac.core.series import MAX_RECENT_POINTS, Forecast, SeriesSet
from almanac.forecasting import ModelRequest, default_horizon, forecast, max_horizon
from almanac.forecasting.baselines.seasonal_naive import seasonal_naive

FREQUENCIES = [
    YEARLY, QUARTERLY, MONTHLY, WEEKLY, DAILY, BUSINESS_DAILY, HOURLY, ROWS,
    Frequency(Unit.MINUTE, 30), Frequency(Unit.WEEK, 4), Frequency(Unit.MINUTE, 1), Frequency(Unit.HOUR, 5),
]  # fmt: skip
MODELS = ["careful", "quick"]


def made(
    series: SeriesSet, horizon: int = 6, *, model: str | None = None, levels: Sequence[float] = DEFAULT_LEVELS
) -> Forecast:
    return run(forecast(series, horizon, levels, model=ModelRequest(model)))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("frequency", FREQUENCIES, ids=lambda f: f.name)
@pytest.mark.parametrize("points", [3, 10, 60, 700, 5000])
def test_every_frequency_and_length_gets_ordered_finite_quantiles(
    frequency: Frequency, points: int, model: str
) -> None:
    result = made(series_set(seasonal(points, max(frequency.season_length, 2)), frequency=frequency), 9, model=model)
    assert result.quantiles.shape == (1, 9, 9)
    assert np.isfinite(result.quantiles).all()
    assert (np.diff(result.quantiles, axis=2) >= 0).all()


def test_of_a_very_long_series_only_the_latest_part_is_used_and_that_is_said() -> None:
    values = seasonal(MAX_RECENT_POINTS + 700, 24)
    long, latest = (series_set(part, frequency=HOURLY) for part in (values, values[700:]))
    found = made(long)
    np.testing.assert_array_equal(found.quantiles, made(latest).quantiles)
    assert (found.first - long.first).tolist() == [len(values)]
    assert "20,000" in next(note.what for note in found.notes if note.code == "latest_part_used")
    assert not any(note.code == "latest_part_used" for note in made(latest).notes)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("value", [0.0, 5.0, -3.25, 1e12, 1e-9])
def test_a_constant_history_forecasts_that_constant(value: float, model: str) -> None:
    result = made(series_set([value] * 30), model=model)
    np.testing.assert_allclose(result.quantiles, value, rtol=1e-5)


@pytest.mark.parametrize("factor", [1e-9, 1e-3, 1e6, 1e12])
def test_the_unit_of_the_data_does_not_matter(factor: float) -> None:
    plain = made(series_set(seasonal(80))).quantiles
    np.testing.assert_allclose(made(series_set(seasonal(80) * factor)).quantiles, plain * factor, rtol=1e-3)


def test_data_that_is_never_negative_gets_no_negative_forecast() -> None:
    rng = np.random.default_rng(1)
    histories = [rng.poisson(rate, 60).astype(float) for rate in (0.05, 0.3, 1.0, 4.0)]
    histories.append(np.linspace(50, 0, 40))
    assert (made(series_set(*histories), 24, levels=(0.01, 0.5, 0.99)).quantiles >= 0).all()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("frequency", [MONTHLY, HOURLY, DAILY], ids=lambda f: f.name)
def test_a_forecast_does_not_depend_on_its_batch_companions(frequency: Frequency, model: str) -> None:
    rng = np.random.default_rng(2)
    season = frequency.season_length
    histories = [
        seasonal(int(rng.integers(20, 400)), season, seed=k, level=10.0 ** rng.integers(0, 6)) for k in range(300)
    ]
    together = made(series_set(*histories, frequency=frequency), model=model).quantiles
    for k in range(0, 300, 15):
        alone = made(series_set(histories[k], frequency=frequency), model=model).quantiles[0]
        near_zero = 1e-6 * np.abs(histories[k]).max()  # a quantile there is as exact as float32 is for the series
        np.testing.assert_allclose(together[k], alone, rtol=1e-4, atol=near_zero)


@settings(max_examples=60, deadline=None)
@given(
    arrays(
        np.float64,
        st.integers(3, 40),
        elements=st.floats(-1e300, 1e300, allow_nan=False) | st.sampled_from([0.0, 1e-12, 1e15, np.nan]),
    ),
    st.sampled_from(MODELS),
    st.sampled_from([YEARLY, MONTHLY, DAILY]),
)
def test_every_finite_history_gets_a_finite_forecast(history: np.ndarray, model: str, frequency: Frequency) -> None:
    if np.isfinite(history).sum() < 3:
        return
    result = made(series_set(history, frequency=frequency), 5, model=model)
    assert np.isfinite(result.quantiles).all()
    assert (np.diff(result.quantiles, axis=2) >= 0).all()


def test_gaps_are_bridged() -> None:
    whole = seasonal(96, noise=0.5)
    holed = whole.copy()
    holed[[20, 40, 41, 70]] = np.nan
    np.testing.assert_allclose(made(series_set(holed)).median, made(series_set(whole)).median, rtol=0.05)


def test_the_forecast_begins_after_the_last_period() -> None:
    series = series_set(seasonal(24), seasonal(36))
    assert made(series).first.tolist() == [624, 636]


def test_series_too_short_are_left_out_and_named() -> None:
    result = made(series_set([1.0, 2.0], seasonal(24), [np.nan, 1.0, np.nan]))
    assert result.names == ("s1",)
    (note,) = result.notes
    assert note.code == "series_too_short"
    assert note.count == 2
    assert "s0" in note.what


def test_only_short_series_is_a_problem() -> None:
    with pytest.raises(ProblemError) as stop:
        made(series_set([1.0, 2.0]))
    assert stop.value.problem.code == "history_too_short"


@pytest.mark.parametrize("horizon", [0, -1, 121, 10**9])
def test_a_horizon_out_of_range_is_a_problem_that_names_the_limit(horizon: int) -> None:
    with pytest.raises(ProblemError) as stop:
        made(series_set(seasonal(60)), horizon)
    assert stop.value.problem.code in ("horizon_too_short", "horizon_too_long")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("frequency", "longest"), [(MONTHLY, 120), (DAILY, 730), (HOURLY, 744)], ids=lambda f: getattr(f, "name", None)
)
def test_the_longest_horizon_works(frequency: Frequency, longest: int, model: str) -> None:
    result = made(
        series_set(seasonal(800, frequency.season_length), frequency=frequency), max_horizon(frequency), model=model
    )
    assert result.horizon == longest
    assert np.isfinite(result.quantiles).all()


def test_of_a_very_long_history_the_latest_part_is_read() -> None:
    long = seasonal(100_000, 24)
    series = series_set(long, long[-5000:], frequency=HOURLY)
    result = made(series, 24)
    np.testing.assert_allclose(result.quantiles[0], result.quantiles[1], rtol=1e-6)


@pytest.mark.parametrize(("points", "horizon"), [(3, 1), (12, 4), (120, 12)])
def test_the_default_horizon_suits_the_history(points: int, horizon: int) -> None:
    assert default_horizon(MONTHLY, points) == horizon


def test_the_requested_levels_come_back() -> None:
    result = made(series_set(seasonal(60)), levels=(0.05, 0.33, 0.97))
    assert [level for level, _ in result.requested] == [0.05, 0.33, 0.97]
    values = [v[0, 0] for _, v in result.requested]
    assert values == sorted(values)


def test_levels_beyond_the_model_are_a_problem() -> None:
    with pytest.raises(ProblemError):
        made(series_set(seasonal(60)), levels=(0.001,))


def test_stop_keeps_the_series_that_are_finished() -> None:
    series = series_set(*[seasonal(30, seed=k) for k in range(3000)])
    seen: list[Progress] = []
    result = run(forecast(series, 3), seen.append, lambda: bool(seen) and seen[-1].done > 0)
    assert 0 < len(result.names) < 3000
    assert result.quantiles.shape[0] == len(result.names)


def test_the_model_beats_repeating_last_year_on_growing_seasonal_series() -> None:
    histories = [seasonal(84, seed=k, noise=6.0) for k in range(100)]
    truth = np.array([h[-12:] for h in histories])
    series = series_set(*[h[:-12] for h in histories])
    ours = np.abs(made(series, 12).median - truth).mean()
    naive = np.abs(seasonal_naive(series, 12).median - truth).mean()
    assert ours < 0.85 * naive


def test_the_80_percent_range_holds_about_80_percent_of_plain_noise() -> None:
    rng = np.random.default_rng(5)
    data = 100 + 10 * rng.standard_normal((400, 72))
    result = made(series_set(*data[:, :60]), 12)
    inside = (data[:, 60:] >= result.quantile(0.1)) & (data[:, 60:] <= result.quantile(0.9))
    assert 0.74 < inside.mean() < 0.86


def test_a_weekday_pattern_in_hours_is_found() -> None:
    """Two seasons at once: nights and days, and weekends at half the level."""
    t = np.arange(24 * 7 * 6)
    weekend = (t // 24) % 7 >= 5
    y = (100 + 30 * np.sin(2 * np.pi * t / 24)) * np.where(weekend, 0.5, 1.0)
    y = y + np.random.default_rng(0).normal(0, 2, len(t))
    result = made(series_set(y[:-168], frequency=HOURLY), 168)
    np.testing.assert_allclose(result.median[0], y[-168:], atol=12)


def test_rare_sales_have_a_real_chance_of_nothing() -> None:
    rng = np.random.default_rng(3)
    y = np.where(rng.random((200, 104)) < 0.25, rng.poisson(4, (200, 104)) + 1, 0).astype(float)
    result = made(series_set(*y, frequency=WEEKLY), 13, levels=(0.1, 0.5, 0.7, 0.9, 0.95))
    assert np.mean(result.quantile(0.5) < 0.5) > 0.9
    assert np.mean(result.quantile(0.95)) > 2
