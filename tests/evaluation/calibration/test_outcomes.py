"""Real outcomes take over from practice, and coverage follows a change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.evaluation.builders import LEVEL, Z, noise_set, runs_of

from almanac.core.arrays import Floats
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration.conformal import Calibration, fit_calibration
from almanac.evaluation.calibration.online import RATE, track_online
from almanac.evaluation.calibration.outcomes import MIN_OUTCOMES, with_outcomes
from almanac.evaluation.metrics import covered

STEPS, CHANGE = 420, 120


def practised(count: int = 1) -> Calibration:
    series = noise_set(count, 100)
    runs = runs_of(series, horizon=1, stride=1)
    return replace(fit_calibration(runs, series).without_shifts, tracker=track_online(runs)[0])


def given_until(count: int, values: Floats, quantiles: Floats) -> BacktestRuns:
    """Forecasts one step ahead of ``values`` [T, N] with these ranges [T, N, Q]."""
    steps = len(values)
    runs = runs_of(noise_set(count, steps + 20), horizon=1, windows=steps, stride=1)
    order = np.argsort(np.tile(np.arange(count), steps), kind="stable")
    return replace(
        runs, actuals=values.reshape(-1, 1)[order], quantiles=quantiles.reshape(-1, 1, quantiles.shape[-1])[order]
    )


def test_coverage_follows_a_change_of_the_spread() -> None:
    count = 8
    rng = np.random.default_rng(0)
    spread = np.where(np.arange(STEPS) < CHANGE, 1.0, 2.0)
    values = 100 + spread[:, None] * rng.standard_normal((STEPS, count))
    calibration = practised(count)
    model = np.broadcast_to(100 + Z, (count, 1, len(Z)))
    issued = np.zeros((STEPS, count, len(Z)))
    rows, usual = np.arange(count), np.ones(count)
    for t in range(STEPS):
        now = calibration if t == 0 else with_outcomes(calibration, given_until(count, values[:t], issued[:t]))
        issued[t] = now.apply(model, rows, usual)[:, 0]
    held = covered(issued, values, LEVEL, 0.8)
    assert held[:CHANGE].mean() == pytest.approx(0.8, abs=0.04)
    assert held[CHANGE : CHANGE + 20].mean() < 0.65  # no one can know at once
    assert held[-150:].mean() == pytest.approx(0.8, abs=0.04)
    unmoved = np.abs(values[-150:] - 100) <= -Z[LEVEL == 0.1]
    assert unmoved.mean() < 0.55


def test_the_shift_is_the_sum_of_the_errors_of_coverage() -> None:
    values = np.full((MIN_OUTCOMES, 1), 109.0)  # outside every range
    given = given_until(1, values, np.broadcast_to(100 + Z, (MIN_OUTCOMES, 1, len(Z))))
    tracker = with_outcomes(practised(), given).tracker
    assert tracker is not None
    promised = np.abs(2 * LEVEL - 1) * np.sign(np.round(LEVEL - 0.5, 6))
    np.testing.assert_allclose(tracker.shifts[0, 0], RATE * MIN_OUTCOMES * promised, atol=1e-9)


def test_fewer_outcomes_change_nothing() -> None:
    few = MIN_OUTCOMES - 1
    given = given_until(1, np.full((few, 1), 109.0), np.broadcast_to(100 + Z, (few, 1, len(Z))))
    calibration = practised()
    assert with_outcomes(calibration, given) is calibration


def test_a_series_without_outcomes_keeps_what_practice_taught() -> None:
    calibration = practised(2)
    values = np.full((MIN_OUTCOMES, 2), 109.0)
    values[:, 1] = np.nan
    given = given_until(2, values, np.broadcast_to(100 + Z, (MIN_OUTCOMES, 2, len(Z))))
    found = with_outcomes(calibration, given)
    assert found.tracker is not None
    assert calibration.tracker is not None
    np.testing.assert_array_equal(found.tracker.shifts[1], calibration.tracker.shifts[1])
    assert (found.tracker.shifts[0] != calibration.tracker.shifts[0]).any()
    assert found.outcomes == MIN_OUTCOMES


def test_forecasts_with_other_levels_teach_the_levels_between() -> None:
    few = np.array([0.1, 0.5, 0.9])
    at = np.searchsorted(LEVEL, few - 1e-9)
    given = given_until(1, np.full((30, 1), 109.0), np.broadcast_to(100 + Z[at], (30, 1, 3)))
    tracker = with_outcomes(practised(), replace(given, levels=few)).tracker
    assert tracker is not None
    shift = dict(zip(LEVEL.tolist(), tracker.shifts[0, 0].tolist(), strict=True))
    assert shift[0.9] == pytest.approx(RATE * 30 * 0.8)
    assert shift[0.7] == pytest.approx(shift[0.9] / 2)
    assert shift[0.99] == shift[0.9]
