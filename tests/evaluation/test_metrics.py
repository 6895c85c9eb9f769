"""Every metric against an independent implementation, and with unknown values."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import scoringrules
from scipy.stats import norm
from tests.builders import seasonal, series_set
from utilsforecast import losses

from almanac.core.arrays import Floats
from almanac.evaluation import metrics

LEVELS = np.array([0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975])
EDGES = np.array([0.0, *LEVELS, 1.0])
ROWS, STEPS = 6, 8


@pytest.fixture
def actual() -> Floats:
    return np.random.default_rng(1).gamma(3.0, 10.0, (ROWS, STEPS))


@pytest.fixture
def quantiles() -> Floats:
    middle = np.random.default_rng(2).gamma(3.0, 10.0, (ROWS, STEPS))
    return middle[:, :, None] + 12.0 * norm.ppf(LEVELS)


def table(actual: Floats, **columns: Floats) -> pd.DataFrame:
    """One row for each cell, as utilsforecast takes it."""
    rows, steps = np.indices(actual.shape)
    named = {"unique_id": rows.ravel(), "ds": 100 + steps.ravel(), "cutoff": 99, "y": actual.ravel()}
    return pd.DataFrame(named | {name: values.ravel() for name, values in columns.items()})


def histories() -> tuple[list[Floats], pd.DataFrame]:
    made = [seasonal(60 + 5 * k, seed=k, noise=8.0) for k in range(ROWS)]
    frames = [
        pd.DataFrame({"unique_id": k, "ds": np.arange(99 - len(y), 99), "y": y})  # a new range of time each
        for k, y in enumerate(made)
    ]
    return made, pd.concat(frames)


Metric = tuple[Callable[[Floats, Floats, Floats], Floats], Callable[..., pd.DataFrame], int, int]


@pytest.mark.parametrize(
    "metric", [(metrics.mase, losses.mase, 12, 1), (metrics.rmsse, losses.rmsse, 1, 2)], ids=["mase", "rmsse"]
)
def test_scaled_errors_agree_with_utilsforecast(actual: Floats, quantiles: Floats, metric: Metric) -> None:
    ours, theirs, lag, power = metric
    past, train = histories()
    scale = metrics.seasonal_error(series_set(*past), lag, power)
    expected = theirs(table(actual, model=quantiles[:, :, 4]), ["model"], seasonality=lag, train_df=train)
    np.testing.assert_allclose(ours(quantiles[:, :, 4], actual, scale), expected["model"], rtol=1e-12)


def test_smape_is_twice_that_of_utilsforecast_which_goes_from_0_to_1(actual: Floats, quantiles: Floats) -> None:
    expected = losses.smape(table(actual, model=quantiles[:, :, 4]), ["model"])["model"]
    np.testing.assert_allclose(metrics.smape(quantiles[:, :, 4], actual), 2 * expected, rtol=1e-12)


def test_bias_agrees_with_utilsforecast(actual: Floats, quantiles: Floats) -> None:
    expected = losses.bias(table(actual, model=quantiles[:, :, 4]), ["model"])["model"]
    np.testing.assert_allclose(metrics.bias(quantiles[:, :, 4], actual, np.ones(ROWS)), expected, rtol=1e-12)


def test_weighted_quantile_loss_agrees_with_scoringrules(actual: Floats, quantiles: Floats) -> None:
    expected = scoringrules.crps_quantile(actual, quantiles, LEVELS).sum() / np.abs(actual).sum()
    assert metrics.wql(quantiles, actual, LEVELS) == pytest.approx(expected, rel=1e-12)


def test_pinball_agrees_with_scoringrules(actual: Floats, quantiles: Floats) -> None:
    expected = 2 * scoringrules.quantile_score(actual[..., None], quantiles, LEVELS)
    np.testing.assert_allclose(metrics.quantile_loss(quantiles, actual, LEVELS), expected, rtol=1e-12)


def test_crps_of_levels_evenly_apart_is_their_mean_loss(actual: Floats, quantiles: Floats) -> None:
    even = (np.arange(9) + 0.5) / 9
    np.testing.assert_allclose(
        metrics.crps(quantiles, actual, even), scoringrules.crps_quantile(actual, quantiles, even), rtol=1e-12
    )


def test_crps_of_many_levels_nears_that_of_the_distribution(actual: Floats, quantiles: Floats) -> None:
    levels = np.concatenate([[0.0005, 0.002], np.linspace(0.005, 0.995, 199), [0.998, 0.9995]])
    dense = quantiles[:, :, 4, None] + 12.0 * norm.ppf(levels)
    expected = scoringrules.crps_normal(actual, quantiles[:, :, 4], 12.0)
    np.testing.assert_allclose(metrics.crps(dense, actual, levels), expected, rtol=2e-3)


def test_interval_score_agrees_with_scoringrules(actual: Floats, quantiles: Floats) -> None:
    low, high = quantiles[:, :, 2], quantiles[:, :, 6]
    expected = scoringrules.interval_score(actual, low, high, 0.2)
    np.testing.assert_allclose(metrics.interval_score(low, high, actual, 0.8), expected, rtol=1e-12)


@pytest.mark.parametrize(("level", "low", "high"), [(0.5, 3, 5), (0.8, 2, 6), (0.9, 1, 7), (0.95, 0, 8)])
def test_coverage_agrees_with_utilsforecast(
    actual: Floats, quantiles: Floats, level: float, low: int, high: int
) -> None:
    percent = round(100 * level)
    columns = {f"model-lo-{percent}": quantiles[:, :, low], f"model-hi-{percent}": quantiles[:, :, high]}
    expected = losses.coverage(table(actual, **columns), ["model"], percent)["model"]
    held = metrics.covered(quantiles, actual, LEVELS, level).mean(axis=1)
    np.testing.assert_allclose(held, expected, rtol=1e-12)


def test_a_range_beyond_the_levels_is_refused(actual: Floats, quantiles: Floats) -> None:
    with pytest.raises(ValueError, match=r"range of 0\.99"):
        metrics.covered(quantiles, actual, LEVELS, 0.99)


def test_honest_quantiles_have_a_flat_histogram() -> None:
    rng = np.random.default_rng(0)
    quantiles = np.broadcast_to(norm.ppf(LEVELS), (400, 100, len(LEVELS)))
    values = rng.standard_normal((400, 100))
    shares = metrics.pit_histogram(quantiles, values, LEVELS, EDGES)
    np.testing.assert_allclose(shares, np.diff(EDGES), atol=0.006)
    tenths = metrics.pit_histogram(quantiles, values, LEVELS)  # some are between the levels: interpolated
    np.testing.assert_allclose(tenths, 0.1, atol=0.012)


def test_honest_counts_have_a_flat_histogram_too() -> None:
    """Seven in ten are 0, so that four quantiles are the same."""
    rng = np.random.default_rng(0)
    values = np.where(rng.random((400, 100)) < 0.7, 0.0, 1 + rng.integers(0, 1000, (400, 100)))
    of_this = np.where(LEVELS < 0.7, 0.0, 1 + 1000 * (LEVELS - 0.7) / 0.3)
    shares = metrics.pit_histogram(np.broadcast_to(of_this, (400, 100, len(LEVELS))), values, LEVELS, EDGES)
    assert shares.sum() == pytest.approx(1)
    promised = np.diff([0, *LEVELS, 1])
    np.testing.assert_allclose(shares[:5] / shares[:5].sum(), promised[:5] / promised[:5].sum(), atol=0.006)
    np.testing.assert_allclose(shares[6:], promised[6:], atol=0.006)


def test_the_pit_agrees_with_the_forecast_distribution() -> None:
    """A uniform one: its quantiles and all between them are known."""
    values = np.array([0.03, 0.2, 0.61, 0.94])
    low, high = metrics.pit(np.broadcast_to(LEVELS, (4, len(LEVELS))), values, LEVELS)
    np.testing.assert_allclose(low, [0.03, 0.2, 0.61, 0.94])
    np.testing.assert_allclose(high, low)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(-1.0, 0, 0.025), (9.0, 0.975, 1), (0.0, 0, 0.375), (1.0, 0.375, 0.825), (1.5, 0.825, 0.825), (2.0, 0.825, 0.925)],
    ids=["below all", "above all", "lowest three tied", "three tied", "between", "on one"],
)
def test_the_pit_of_a_value_on_several_quantiles_covers_them(value: float, low: float, high: float) -> None:
    """Half of each gap to the next: by hand."""
    levels = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975])
    predicted = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0])
    if value == 1.5:
        high = low = (0.8 + 0.85) / 2
    found = metrics.pit(predicted[None, None], np.array([[value]]), levels)
    assert [float(end[0, 0]) for end in found] == pytest.approx([low, high])


def test_missing_values_are_left_out(actual: Floats, quantiles: Floats) -> None:
    holes = actual.copy()
    holes[:, 3:] = np.nan
    scale = np.ones(ROWS)
    for cut, whole in ((holes, actual[:, :3]), (np.full_like(actual, np.nan), actual[:, :0])):
        point, steps = quantiles[:, :, 4], whole.shape[1]
        for metric in (metrics.mase, metrics.rmsse, metrics.bias):
            expected = metric(point[:, :steps], whole, scale)
            np.testing.assert_array_equal(metric(point, cut, scale), expected)
        np.testing.assert_array_equal(metrics.smape(point, cut), metrics.smape(point[:, :steps], whole))
        np.testing.assert_array_equal(
            metrics.pit_histogram(quantiles, cut, LEVELS), metrics.pit_histogram(quantiles[:, :steps], whole, LEVELS)
        )
        assert metrics.wql(quantiles, cut, LEVELS) == pytest.approx(
            metrics.wql(quantiles[:, :steps], whole, LEVELS), nan_ok=True
        )


def test_a_constant_has_no_scaled_error_and_all_zeros_no_weighted_loss() -> None:
    scale = metrics.seasonal_error(series_set([4.0] * 30, [0.0] * 30, [7.0]))
    np.testing.assert_array_equal(scale, [0, 0, np.nan])
    assert np.isnan(metrics.mase(np.zeros((3, 2)), np.ones((3, 2)), scale)).all()
    assert np.isnan(metrics.wql(np.zeros((1, 2, 1)), np.zeros((1, 2)), np.array([0.5])))


def test_where_each_season_repeats_exactly_the_scale_is_the_monthly_change() -> None:
    year = np.arange(12.0) ** 2
    scale = metrics.seasonal_error(series_set(np.tile(year, 4), np.tile(year, 4) + np.arange(48)))
    np.testing.assert_allclose(scale, [np.abs(np.diff(np.tile(year, 4))).mean(), 12])


def test_the_scale_is_within_each_series_and_not_across_gaps() -> None:
    scale = metrics.seasonal_error(series_set([1.0, 2.0, 4.0, np.nan, 8.0, 9.0], [1000.0, 1001.0]), lag=1)
    np.testing.assert_allclose(scale, [(1 + 2 + 1) / 3, 1])
