"""Tracked ranges come to hold what they promise, and depend on no later value."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.evaluation.builders import LEVEL, Z, noise_set, runs_of

from almanac.core.arrays import Floats
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration import online
from almanac.evaluation.calibration.conformal import fit_calibration
from almanac.evaluation.calibration.online import RATE, track_online
from almanac.evaluation.dependence.scale import predictive_scale
from almanac.evaluation.metrics import covered


def two_windows(*, actuals: Floats, apart: int = 1) -> BacktestRuns:
    """Of one series, ``apart`` periods from each other, standard normal ranges."""
    runs = runs_of(noise_set(1, 60), horizon=actuals.shape[1], windows=2, stride=apart)
    return replace(runs, actuals=100 + actuals)


def spreads(runs: BacktestRuns) -> Floats:
    return predictive_scale(runs.quantiles, runs.levels, runs.scale)


def moved(before: BacktestRuns, after: BacktestRuns) -> Floats:
    """By how many predictive scales each quantile moved: [W, H, Q]."""
    return (after.quantiles - before.quantiles) / spreads(before)[:, :, None]


def test_each_series_reaches_the_promised_coverage() -> None:
    width = np.random.default_rng(5).uniform(0.4, 2.0, 30)
    series = noise_set(30, 1020)
    runs = runs_of(series, width=width, horizon=1, windows=1000, stride=1)
    _, now = track_online(runs)
    held = covered(now.quantiles, runs.actuals, LEVEL, 0.8)[:, 0].reshape(30, -1)
    np.testing.assert_allclose(held[:, 200:].mean(axis=1), 0.8, atol=0.04)
    before = covered(runs.quantiles, runs.actuals, LEVEL, 0.8)[:, 0].reshape(30, -1)
    assert np.abs(before.mean(axis=1) - 0.8).max() > 0.2


WIDTHS = np.abs(2 * LEVEL - 1)  # what each range about the middle promises
OUTWARD = np.sign(np.round(LEVEL - 0.5, 6))


def test_a_value_outside_every_range_widens_each_by_its_coverage() -> None:
    for actual in (9.0, -9.0):
        runs = two_windows(actuals=np.array([[actual], [np.nan]]))
        tracker, now = track_online(runs)
        np.testing.assert_array_equal(now.quantiles[0], runs.quantiles[0])
        np.testing.assert_allclose(moved(runs, now)[1, 0], RATE * WIDTHS * OUTWARD, atol=1e-12)
        np.testing.assert_allclose(tracker.shifts[0, 0], RATE * WIDTHS * OUTWARD, atol=1e-12)


def test_a_value_in_the_middle_narrows_each_range_by_one_minus_its_coverage() -> None:
    runs = two_windows(actuals=np.array([[0.01], [np.nan]]))
    now = moved(runs, track_online(runs)[1])[1, 0]
    np.testing.assert_allclose(now, -RATE * (1 - WIDTHS) * OUTWARD, atol=1e-12)


def test_a_level_without_its_mirror_image_moves_like_the_range_that_it_ends() -> None:
    whole = two_windows(actuals=np.array([[9.0], [np.nan]]))
    some = LEVEL <= 0.901
    part = replace(whole, levels=LEVEL[some], quantiles=whole.quantiles[..., some])
    np.testing.assert_allclose(track_online(part)[0].shifts, track_online(whole)[0].shifts[..., some])


def test_the_rate_is_divided_by_the_step() -> None:
    runs = two_windows(actuals=np.stack([np.full(6, 9.0), np.full(6, np.nan)]), apart=6)
    now = moved(runs, track_online(runs)[1])[1]
    for step in range(6):
        np.testing.assert_allclose(now[step], RATE / (step + 1) * WIDTHS * OUTWARD, atol=1e-12)


def test_a_value_after_the_cutoff_changes_nothing() -> None:
    runs = two_windows(actuals=np.array([[9.0, 9.0], [np.nan, np.nan]]), apart=1)
    tracker, now = track_online(runs)
    assert (moved(runs, now)[1, 0] * OUTWARD >= 0).all()
    assert (moved(runs, now)[1, 0] != 0).any()
    assert (moved(runs, now)[1, 1] == 0).all()
    np.testing.assert_allclose(tracker.shifts[0, 1], RATE / 2 * WIDTHS * OUTWARD, atol=1e-12)


def test_a_gap_changes_nothing() -> None:
    runs = two_windows(actuals=np.full((2, 3), np.nan))
    tracker, now = track_online(runs)
    assert (tracker.shifts == 0).all()
    np.testing.assert_array_equal(now.quantiles, runs.quantiles)


def test_no_range_depends_on_later_values() -> None:
    series = noise_set(20, 160)
    runs = runs_of(series, width=0.5, horizon=4, windows=30, stride=3)
    period = int(np.unique(runs.cutoff)[20])
    later = replace(runs, actuals=np.where(runs.periods > period, -1000.0, runs.actuals))
    known = runs.cutoff <= period
    assert (later.actuals != runs.actuals).any()
    np.testing.assert_array_equal(track_online(later)[1].quantiles[known], track_online(runs)[1].quantiles[known])


def test_each_series_is_tracked_independently(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = runs_of(noise_set(5, 160), width=np.linspace(0.4, 2, 5), horizon=3, windows=12, stride=2)
    few = runs.select((runs.series != 2) | (runs.cutoff > np.median(runs.cutoff)))  # one with fewer windows
    monkeypatch.setattr(online, "MAX_WINDOWS_PER_PART", 20)  # in parts
    together, now = track_online(few)
    alone, own = track_online(few.select(few.series == 3))
    np.testing.assert_array_equal(together.shifts[together.row[3]], alone.shifts[0])
    np.testing.assert_array_equal(now.quantiles[few.series == 3], own.quantiles)


def test_the_next_forecast_is_moved_and_a_series_without_backtest_is_not() -> None:
    runs = runs_of(noise_set(3, 120), width=0.3, horizon=1, windows=60, stride=1).select(np.arange(120))
    tracker, _ = track_online(runs)
    plain = np.broadcast_to(100 + 0.3 * Z, (3, 1, len(Z)))
    now = tracker.apply(plain, np.arange(3), np.ones(3))
    tenth, last = np.searchsorted(LEVEL, [0.1, 0.9])
    assert (now[:2, 0, last] - now[:2, 0, tenth] > 2 * (plain[:2, 0, last] - plain[:2, 0, tenth])).all()
    np.testing.assert_array_equal(now[2], plain[2])


def test_tracking_is_applied_after_the_calibration() -> None:
    series = noise_set(40, 160)
    runs = runs_of(series, width=0.5, horizon=6, windows=20, stride=5)
    made = fit_calibration(runs, series)
    tracker, _ = track_online(runs)
    plain = np.broadcast_to(100 + 0.5 * Z, (40, 6, len(Z)))
    both = replace(made, tracker=tracker).apply(plain, np.arange(40), np.ones(40))
    corrected = made.apply(plain, np.arange(40), np.ones(40))
    np.testing.assert_array_equal(both, tracker.apply(corrected, np.arange(40), np.ones(40)))


def test_ranges_of_amounts_that_are_never_negative_do_not_go_below_0() -> None:
    runs = two_windows(actuals=np.array([[-9.0], [np.nan]]))
    lifted = replace(runs, quantiles=runs.quantiles - runs.quantiles.min(), actuals=np.array([[0.0], [np.nan]]))
    _, now = track_online(lifted)
    assert now.quantiles.min() == 0
    assert (np.diff(now.quantiles, axis=2) >= 0).all()


def test_without_windows_nothing_is_tracked() -> None:
    none = runs_of(noise_set(2, 60), windows=1).select(np.arange(0))
    tracker, now = track_online(none)
    assert len(now) == 0
    plain = np.broadcast_to(100 + Z, (2, 6, len(Z)))
    np.testing.assert_array_equal(tracker.apply(plain, np.arange(2), np.ones(2)), plain)


@pytest.mark.parametrize(("middle", "width"), [(0.36, 0.5), (0.0, 0.5), (0.0, 0.8)])
def test_zeros_are_not_within_a_range_because_its_end_was_moved_below_them(middle: float, width: float) -> None:
    # 0 in 28% of its periods, and evenly between 0 and 1 in the others; forecasts that are too narrow or too low.
    chance = np.random.default_rng(4)
    runs = runs_of(noise_set(1, 1020), horizon=1, windows=1000, stride=1)
    right = np.clip((LEVEL - 0.28) / 0.72, 0.0, 1.0)
    quantiles = np.broadcast_to(middle + width * (right - middle), runs.quantiles.shape).copy()
    actuals = np.where(chance.random(runs.actuals.shape) < 0.28, 0.0, chance.random(runs.actuals.shape))
    _, now = track_online(replace(runs, quantiles=quantiles, actuals=actuals))
    highest = LEVEL > 0.89
    above = (actuals[300:, :, None] > now.quantiles[300:, :, highest]).mean(axis=(0, 1))
    np.testing.assert_allclose(above, 1 - LEVEL[highest], atol=0.045)
