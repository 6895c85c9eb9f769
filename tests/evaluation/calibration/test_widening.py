"""Ranges follow a change of the spread at once, where the person or their settings say so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.evaluation.builders import LEVEL, Z, noise_set, runs_of

from almanac.core.arrays import Floats
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration.conformal import Calibration, fit_calibration
from almanac.evaluation.calibration.widening import MAX_WIDENING, widened_since
from almanac.evaluation.metrics import covered

COUNT, WINDOWS, SINCE = 40, 60, 20  # series, practice forecasts of each, and how many of them after the change


def practice(spread_after: float) -> tuple[Calibration, BacktestRuns, dict[str, int]]:
    """Forecasts of 100, one step ahead, with ranges for a spread of 1, which is another one in the last ``SINCE``."""
    series = noise_set(COUNT, WINDOWS + 20)
    runs = runs_of(series, horizon=1, windows=WINDOWS, stride=1)
    change = int(runs.periods.max()) - SINCE + 1
    spread = np.where(runs.periods >= change, spread_after, 1.0)
    actuals = 100 + spread * np.random.default_rng(1).standard_normal(runs.actuals.shape)
    runs = replace(runs, actuals=actuals, quantiles=np.broadcast_to(100 + Z, (len(runs), 1, len(Z))).copy())
    calibration = fit_calibration(runs, series).without_shifts
    return calibration, runs, dict.fromkeys(series.names, change)


def held(calibration: Calibration, spread: float) -> float:
    """How often the likely range of one more forecast of each series holds."""
    rows = np.arange(COUNT)
    model: Floats = np.broadcast_to(100 + Z, (COUNT, 1, len(Z))).copy()
    ranges = calibration.apply(model, rows, np.ones(COUNT))
    values = 100 + spread * np.random.default_rng(2).standard_normal((400, COUNT, 1))
    return float(np.mean([covered(ranges, one, LEVEL, 0.8) for one in values]))


def test_ranges_hold_what_they_promise_after_the_spread_doubled() -> None:
    calibration, runs, since = practice(2.0)
    assert held(calibration, 2.0) < 0.55
    assert held(widened_since(calibration, runs, since), 2.0) == pytest.approx(0.82, abs=0.03)  # n + 1 of n: a bit more


def test_ranges_that_still_hold_are_hardly_touched_and_never_narrower() -> None:
    calibration, runs, since = practice(1.0)
    found = widened_since(calibration, runs, since).widening
    assert found is not None
    assert found.min() == 1.0
    assert np.median(found) < 1.2
    calibration, runs, since = practice(0.3)
    assert held(widened_since(calibration, runs, since), 1.0) == held(calibration, 1.0)


def test_only_series_that_changed_are_widened_and_only_within_limits() -> None:
    calibration, runs, since = practice(50.0)
    first = runs.names[0]
    found = widened_since(calibration, runs, {first: since[first], "gone": 0}).widening
    assert found is not None
    assert found[0] == MAX_WIDENING
    assert (found[1:] == 1).all()
    assert widened_since(calibration, runs, {"gone": 0}) is calibration


def test_a_series_with_too_few_values_since_takes_what_is_usual_for_the_others() -> None:
    calibration, runs, since = practice(2.0)
    last = int(runs.periods.max())
    found = widened_since(calibration, runs, since | {runs.names[0]: last - 1}).widening
    assert found is not None
    assert found[0] == pytest.approx(np.median(found[1:]))
    alone = widened_since(calibration, runs, {runs.names[0]: last}).widening
    assert alone is not None
    assert alone[0] == 1.0
