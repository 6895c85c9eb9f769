"""Rare sellers: the forecast says what they add up to, once and for all places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.desktop import builders

from almanac import workflow
from almanac.core.calendar.frequency import DAILY
from almanac.core.jobs import Progress, run
from almanac.tables.reading import ReadFile
from almanac.workflow.forecasts.explain_forecast import chances
from almanac.workflow.results import ForecastResult


@pytest.fixture(scope="module")
def file() -> ReadFile:
    """A daily product, one that sells now and then, and one that is rare and costs 2.50."""
    made = builders.read_file(3, points=400, frequency=DAILY)
    rng = np.random.default_rng(0)
    values = [made.series[0], rng.poisson(0.15, 400).astype(float), 2.5 * rng.poisson(0.1, 400)]
    return replace(made, series=replace(made.series, values=np.concatenate(values)))


@pytest.fixture(scope="module")
def result(file: ReadFile) -> tuple[ForecastResult, list[Progress]]:
    seen: list[Progress] = []
    return run(workflow.forecast(file, workflow.ForecastOptions(horizon=14)), seen.append), seen


def test_only_rare_sellers_have_a_sum_and_it_is_that_of_the_steps(result: tuple[ForecastResult, object]) -> None:
    forecast = result[0].forecast
    assert [forecast.is_rare(i) for i in range(3)] == [False, True, True]
    assert forecast.sums is not None
    assert forecast.sums.expected[1:] == pytest.approx(forecast.point[1:].sum(axis=1))
    assert forecast.decimals is not None
    assert forecast.decimals.tolist() == [0, 0, 1]


def test_how_likely_and_the_sentence_give_the_same_chance_of_none(
    file: ReadFile, result: tuple[ForecastResult, object]
) -> None:
    made, _ = result
    one = file.series.select(1)
    found = run(chances(made.forecast.select(1), one, made.step_correlation))
    assert made.forecast.sums is not None
    assert 1 - found.paths.probability_above(0) == pytest.approx(made.forecast.sums.none[1], abs=2e-4)
    assert found.paths.amount_for(0.9) == pytest.approx(made.forecast.sums.high[1], abs=1)


def test_amounts_of_counts_are_whole(file: ReadFile, result: tuple[ForecastResult, object]) -> None:
    made, _ = result
    found = run(chances(made.forecast.select(0), file.series.select(0), made.step_correlation))
    assert found.paths.amount_for(0.9, 1, 3) % 1 == 0


def test_the_check_is_one_run_of_the_progress_bar(result: tuple[object, list[Progress]]) -> None:
    _, seen = result
    start = next(k for k, progress in enumerate(seen) if progress.early is not None)
    shares = [progress.done / progress.total for progress in seen[start:] if progress.total]
    assert shares == sorted(shares)
