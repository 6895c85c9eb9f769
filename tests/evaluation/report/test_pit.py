"""The PIT histogram: a pattern is named where there is one, and seldom where there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm, t
from tests.evaluation.builders import LEVEL, noise_set, runs_of

from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.dependence.student import two_sided_quantile
from almanac.evaluation.report.pit import PitPattern, make_pit_histogram
from almanac.wording.trust.evidence import pit_sentence

PATTERNS = [
    ({}, PitPattern.EVEN),
    ({"centre": 99.5}, PitPattern.HIGH),
    ({"centre": 100.5}, PitPattern.LOW),
    ({"width": 0.7}, PitPattern.ENDS),
    ({"width": 1.4}, PitPattern.MIDDLE),
]


@pytest.mark.parametrize(("wrong", "fall"), PATTERNS, ids=lambda case: str(case))
def test_a_forecast_that_is_wrong_in_one_way_has_its_pattern(wrong: dict[str, float], fall: PitPattern) -> None:
    found = make_pit_histogram(runs_of(noise_set(40, 160), windows=12, **wrong))
    assert found.pattern is fall
    assert found.checks == 40 * 12 * 6


@pytest.mark.parametrize(("centre", "width"), [(100.0, 1.0), (99.6, 1.0), (100.0, 0.6), (100.3, 1.5)])
def test_the_shares_are_those_that_follow_from_how_wrong_it_is(centre: float, width: float) -> None:
    """Compared with the normal distribution that the values come from."""
    found = make_pit_histogram(runs_of(noise_set(200, 160), windows=12, centre=centre, width=width))
    edges = norm.cdf(centre - 100 + width * norm.ppf(np.linspace(0, 1, 11)))
    np.testing.assert_allclose(found.shares, np.diff(edges), atol=0.012)
    assert sum(found.shares) == pytest.approx(1)


def honest(series: SeriesSet, shared: float, seed: int) -> BacktestRuns:
    """Honest ranges around noise of which a part is the same for all series: one bad month hits them all."""
    rng = np.random.default_rng(seed)
    n, points = len(series), int(series.lengths[0])
    values = np.sqrt(shared) * rng.standard_normal(points) + np.sqrt(1 - shared) * rng.standard_normal((n, points))
    return runs_of(replace(series, values=100 + values.ravel()), windows=12, stride=5)


@pytest.mark.parametrize("shared", [0.0, 0.5])
def test_honest_forecasts_seldom_show_a_pattern_even_where_all_series_err_together(shared: float) -> None:
    found = [make_pit_histogram(honest(noise_set(10, 160), shared, seed)) for seed in range(100)]
    assert sum(one.pattern is not PitPattern.EVEN for one in found) <= 12  # 5 of 100 are expected
    outside = [min(one.shares) < one.low or max(one.shares) > one.high for one in found]
    assert sum(outside) <= 12


def test_the_zeros_of_rare_sales_are_no_pattern() -> None:
    """Each series sells on 2 to 7 days of 10; its forecasts know how often."""
    series = noise_set(60, 160)
    rng = np.random.default_rng(1)
    rare = rng.uniform(0.3, 0.8, 60)
    values = np.where(rng.random((60, 160)) < rare[:, None], 0.0, 1 + 9 * rng.random((60, 160)))
    runs = runs_of(replace(series, values=values.ravel()), windows=12)
    predicted = np.maximum(1 + 9 * (LEVEL - rare[:, None]) / (1 - rare[:, None]), 0.0)
    predicted[rare[:, None] >= LEVEL] = 0.0
    runs = replace(runs, quantiles=np.broadcast_to(predicted[runs.series][:, None], runs.quantiles.shape))
    found = make_pit_histogram(runs)
    assert found.pattern is PitPattern.EVEN
    np.testing.assert_allclose(found.shares, 0.1, atol=0.02)


def test_a_pattern_that_no_single_tenth_shows_is_said_to_be_so() -> None:
    clear, slight = (
        make_pit_histogram(runs_of(noise_set(40, 160), windows=12, centre=centre)) for centre in (99.0, 99.89)
    )
    assert clear.pattern is slight.pattern is PitPattern.HIGH
    assert pit_sentence(clear) == "Too many values were high: the forecasts were too low."
    assert slight.low < min(slight.shares) < max(slight.shares) < slight.high
    assert pit_sentence(slight) == f"{pit_sentence(clear)} No single tenth shows it, but all of them together do."


def test_a_slight_departure_of_very_many_values_is_not_worth_a_word() -> None:
    assert make_pit_histogram(runs_of(noise_set(400, 400), windows=50, centre=99.98)).pattern is PitPattern.EVEN


@pytest.mark.parametrize(
    "runs",
    [
        runs_of(noise_set(3, 60), windows=1).select(np.arange(0)),
        runs_of(noise_set(1, 60), windows=2),
        runs_of(noise_set(30, 160), windows=2),  # thirty series, and only three blocks for all
        replace(runs_of(noise_set(3, 60), width=0.0), actuals=np.full((30, 6), 100.0)),
    ],
    ids=["none", "two windows", "few stretches of time", "never changed"],
)
def test_too_few_checks_show_no_shares(runs: BacktestRuns) -> None:
    found = make_pit_histogram(runs)
    assert (found.shares, found.pattern) == ((), PitPattern.UNKNOWN)
    assert "too few checks" in pit_sentence(found)


@pytest.mark.parametrize("freedom", [3, 5, 10, 40])
@pytest.mark.parametrize("chance", [0.025, 0.005])
def test_the_two_sided_quantile_is_that_of_students_distribution(freedom: int, chance: float) -> None:
    assert two_sided_quantile(chance, freedom) == pytest.approx(t.ppf(1 - chance / 2, freedom), rel=0.05)
