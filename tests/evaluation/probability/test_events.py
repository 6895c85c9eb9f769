"""Probabilities of events: from sample paths, checked on backtests."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from tests.builders import series_set

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import MONTHLY
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.probability.events import SamplePaths, reliability_curve
from almanac.evaluation.probability.sample_paths import (
    StepCorrelation,
    draw_paths,
    normal_scores,
    standard_scores,
    step_correlation,
)

LEVELS = np.array([0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99])
Z = normal_scores(tuple(LEVELS))


def correlated(lag_one: float, horizon: int) -> Floats:
    lag = np.abs(np.subtract.outer(np.arange(horizon), np.arange(horizon)))
    return np.asarray(lag_one**lag)


def normal_runs(count: int, windows: int, correlation: Floats, wide: float = 1.0) -> tuple[SeriesSet, BacktestRuns]:
    """Series of noise around 100 with a spread of 10, and runs whose ranges are ``wide`` times what is right."""
    rng = np.random.default_rng(7)
    horizon = len(correlation)
    misses = rng.standard_normal((count * windows, horizon)) @ np.linalg.cholesky(correlation).T
    points = 40 + horizon * np.tile(np.arange(windows), count)
    series = series_set(*rng.normal(100, 10, (count, 40 + horizon * windows)))
    of = np.repeat(np.arange(count), windows)
    return series, BacktestRuns(
        names=series.names,
        frequency=MONTHLY,
        levels=LEVELS,
        series=of,
        cutoff=series.first[of] + points - 1,
        points=points,
        actuals=100 + 10 * misses,
        quantiles=np.broadcast_to(100 + 10 * wide * Z, (count * windows, horizon, len(LEVELS))).copy(),
        scale=np.full(count * windows, 10.0),
        model="normal",
    )


@pytest.mark.parametrize("lag_one", [0.0, 0.5, 0.9])
def test_the_correlation_of_steps_is_learned_from_backtests(lag_one: float) -> None:
    _, runs = normal_runs(200, 4, correlated(lag_one, 6))
    learned = step_correlation(runs, 6)
    np.testing.assert_allclose(learned.correlation, correlated(lag_one, 6), atol=0.08)
    assert learned.past_paths == pytest.approx(800)


def test_without_backtests_the_correlation_is_the_prior() -> None:
    usual = step_correlation(None, 12)
    assert usual.past_paths == 0
    assert 0.5 < usual.correlation[0, 1] < 0.9
    assert 0.1 < usual.correlation[0, -1] < 0.5


def test_windows_that_overlap_count_for_less() -> None:
    _, apart = normal_runs(10, 5, correlated(0.5, 6))
    closer = apart.select(np.arange(50))
    object.__setattr__(closer, "cutoff", apart.cutoff - (apart.cutoff - apart.cutoff[0]) * 5 // 6)
    assert step_correlation(closer, 6).past_paths < step_correlation(apart, 6).past_paths / 2


def test_steps_beyond_those_of_the_backtest_have_a_correlation_too() -> None:
    _, runs = normal_runs(20, 4, correlated(0.5, 4))
    learned = step_correlation(runs, 9)
    assert learned.correlation.shape == (9, 9)
    assert np.linalg.eigvalsh(learned.correlation).min() > 0
    np.testing.assert_allclose(np.diag(learned.correlation), 1)


def test_standard_scores_of_normal_forecasts_are_those_of_the_normal_distribution() -> None:
    _, runs = normal_runs(3, 2, correlated(0.0, 4))
    inside = np.abs((runs.actuals - 100) / 10) < Z[-1]
    np.testing.assert_allclose(standard_scores(runs)[inside], ((runs.actuals - 100) / 10)[inside], atol=0.12)


@pytest.mark.parametrize("rate", [0.05, 0.3, 1.0])
@pytest.mark.parametrize("exact", [True, False], ids=["whole quantiles", "quantiles between whole numbers"])
def test_counts_that_are_forecast_well_have_scores_around_0(rate: float, exact: bool) -> None:
    """The zeros of rare sales are no error that goes on for ever."""
    _, runs = normal_runs(400, 4, correlated(0.0, 4))
    quantiles = stats.poisson(rate).ppf(LEVELS)
    runs.quantiles[:] = quantiles if exact else np.clip(quantiles + np.linspace(-0.4, 0.4, len(LEVELS)), 0, None)
    runs.actuals[:] = np.random.default_rng(3).poisson(rate, runs.actuals.shape)
    assert abs(standard_scores(runs).mean()) < 0.2


def test_one_product_that_rarely_sells_makes_no_steps_depend_on_one_another() -> None:
    _, runs = normal_runs(400, 4, correlated(0.0, 4))
    runs.quantiles[:] = stats.poisson(0.1).ppf(LEVELS)
    runs.actuals[:] = np.random.default_rng(4).poisson(0.1, runs.actuals.shape)
    found = step_correlation(runs, 4).correlation
    assert np.abs(found[~np.eye(4, dtype=bool)]).max() < 0.1


def test_sample_paths_keep_the_distribution_of_each_step() -> None:
    quantiles = np.stack([50 + 5 * Z, 80 + 20 * Z])
    drawn = draw_paths(quantiles, LEVELS, StepCorrelation(correlated(0.6, 2), 0))
    for level, expected in zip(LEVELS[1:-1], quantiles.T[1:-1], strict=True):
        np.testing.assert_allclose(np.quantile(drawn, level, axis=0), expected, rtol=0.03)
    assert np.corrcoef(drawn.T)[0, 1] == pytest.approx(0.6, abs=0.05)


def test_sums_of_correlated_steps_vary_more() -> None:
    quantiles = np.broadcast_to(100 + 10 * Z, (4, len(LEVELS)))
    apart = draw_paths(quantiles, LEVELS, StepCorrelation(np.eye(4), 0)).sum(axis=1)
    together = draw_paths(quantiles, LEVELS, StepCorrelation(correlated(0.999, 4), 0)).sum(axis=1)
    assert apart.std() == pytest.approx(20, rel=0.05)  # 10 × √4
    assert together.std() == pytest.approx(40, rel=0.05)  # 10 × 4


def test_paths_of_amounts_that_are_never_negative_are_never_negative() -> None:
    quantiles = np.array([[0, 0, 0, 0, 0, 1, 3, 4, 9.0]])
    assert draw_paths(quantiles, LEVELS, StepCorrelation(np.eye(1), 0)).min() == 0


def test_the_same_question_gets_the_same_answer() -> None:
    quantiles = np.broadcast_to(100 + 10 * Z, (3, len(LEVELS)))
    once, again = (draw_paths(quantiles, LEVELS, step_correlation(None, 3)) for _ in range(2))
    np.testing.assert_array_equal(once, again)


def test_the_probability_above_an_amount_and_the_amount_for_a_probability_agree() -> None:
    drawn = SamplePaths(
        draw_paths(np.broadcast_to(100 + 10 * Z, (6, len(LEVELS))), LEVELS, step_correlation(None, 6)), 0
    )
    amount = drawn.amount_for(0.9, 2, 4)
    assert 300 < amount < 350
    assert drawn.probability_above(amount, 2, 4) == pytest.approx(0.1, abs=0.001)
    assert drawn.probability_above(1e9) == 0
    assert drawn.probability_above(-1e9) == 1


def test_honest_ranges_give_probabilities_that_come_true_as_often_as_they_say() -> None:
    series, runs = normal_runs(120, 8, correlated(0.7, 6))
    curve = reliability_curve(series, runs)
    assert curve.events == 120 * 4 * 3 * 3
    assert curve.expected_calibration_error < 0.03
    for certainty, share in curve.amount_coverage.items():
        assert share == pytest.approx(certainty, abs=0.03)


@pytest.mark.parametrize("wide", [0.4, 2.5])
def test_ranges_too_narrow_or_too_wide_give_probabilities_that_are_off(wide: float) -> None:
    series, runs = normal_runs(120, 8, correlated(0.7, 6), wide)
    curve = reliability_curve(series, runs)
    assert curve.expected_calibration_error > 0.05
    assert abs(curve.amount_coverage[0.8] - 0.8) > 0.08


def test_without_backtests_there_is_no_calibration_error() -> None:
    series, runs = normal_runs(2, 2, correlated(0.0, 3))
    curve = reliability_curve(series, runs.select(np.zeros(0, np.int64)))
    assert curve.events == 0
    assert np.isnan(curve.expected_calibration_error)
    assert all(np.isnan(share) for share in curve.amount_coverage.values())
