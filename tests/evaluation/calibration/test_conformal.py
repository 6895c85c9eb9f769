"""Ranges wrong by a known factor hold after calibration; right ones, and those without checks, stay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom, norm
from tests.builders import series_set
from tests.evaluation.builders import LEVEL, Z, noise_set, runs_of

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import MONTHLY
from almanac.core.series import Forecast
from almanac.evaluation.calibration import conformal
from almanac.evaluation.calibration.conformal import fit_calibration
from almanac.evaluation.dependence.clustering import Checks, coverage_gap, share_below
from almanac.evaluation.dependence.sample_size import effective_sample_size


def quantiles_of(width: float | Floats, count: int, horizon: int = 6, centre: float = 100.0) -> Floats:
    each = np.broadcast_to(np.asarray(width, float), (count,))
    return np.broadcast_to(centre + each[:, None, None] * Z, (count, horizon, len(Z))).copy()


def true_coverage(quantiles: Floats, level: float) -> float:
    """Of white noise of spread 1 around 100, by its distribution."""
    low, high = (np.flatnonzero(np.abs(LEVEL - q) < 1e-9)[0] for q in ((1 - level) / 2, (1 + level) / 2))
    return float(np.mean(norm.cdf(quantiles[..., high] - 100) - norm.cdf(quantiles[..., low] - 100)))


@pytest.mark.parametrize("width", [0.5, 0.7, 1.0], ids=["half as wide", "seven tenths", "right"])
@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
def test_calibrated_ranges_hold_what_they_promise(width: float, level: float) -> None:
    series = noise_set(200, 120)
    made = fit_calibration(runs_of(series, width=width), series)
    now = made.apply(quantiles_of(width, 200), np.arange(200), np.ones(200))
    assert true_coverage(now, level) == pytest.approx(level, abs=0.02)
    assert (np.diff(now, axis=2) >= 0).all()


def test_a_tenth_of_the_checks_from_all_series_says_far_more_than_a_tenth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    series = noise_set(60, 240)
    runs = runs_of(series, width=0.7, windows=60, stride=2)
    whole = fit_calibration(runs, series)
    monkeypatch.setattr(conformal, "MAX_CHECKS", len(runs) * runs.horizon // 10)
    some = fit_calibration(runs, series)
    assert some.checks.min() > 0.25 * whole.checks.min()
    now = some.apply(quantiles_of(0.7, 60), np.arange(60), np.ones(60))
    assert true_coverage(now, 0.8) == pytest.approx(0.8, abs=0.02)


def test_ranges_are_narrowed_more_cautiously_than_widened() -> None:
    series = noise_set(200, 120)
    wide = fit_calibration(runs_of(series, width=1.5), series).apply(
        quantiles_of(1.5, 200), np.arange(200), np.ones(200)
    )
    assert 0.80 < true_coverage(wide, 0.8) < true_coverage(quantiles_of(1.5, 1), 0.8) - 0.06


def test_a_range_too_narrow_far_ahead_is_widened_there() -> None:
    series = noise_set(200, 120)
    runs = runs_of(series)
    far = np.arange(6) >= 3
    quantiles = 100 + (runs.quantiles - 100) * np.where(far, 0.5, 1.0)[:, None]
    made = fit_calibration(replace(runs, quantiles=quantiles), series)
    widths = made.shifts[made.group[0], made.buckets, -4]
    assert (widths[:2] < 0.15).all()
    assert (widths[far] > 0.5).all()


def test_without_evidence_nothing_moves() -> None:
    series = noise_set(3, 120)
    few = runs_of(series, width=0.5).select(np.arange(0))
    made = fit_calibration(few, series)
    assert (made.shifts == 0).all()
    assert not made.has_enough_checks(0.5).any()
    np.testing.assert_array_equal(made.apply(quantiles_of(1, 3), np.arange(3), np.ones(3)), quantiles_of(1, 3))


def test_one_honest_series_with_few_checks_is_seldom_corrected() -> None:
    moved = 0
    for seed in range(60):
        series = noise_set(1, 120, seed)
        moved += bool((fit_calibration(runs_of(series), series).shifts != 0).any())
    assert moved <= binom.ppf(0.999, 60, 0.05)


def test_one_series_with_ranges_far_too_narrow_is_widened() -> None:
    series = noise_set(1, 240, seed=1)
    made = fit_calibration(runs_of(series, width=0.2, windows=30), series)
    now = made.apply(quantiles_of(0.2, 1), np.array([0]), np.ones(1))
    assert true_coverage(now, 0.8) > true_coverage(quantiles_of(0.2, 1), 0.8) + 0.3


def test_series_that_differ_get_different_corrections() -> None:
    width = np.where(np.arange(60) < 30, 0.35, 1.0)
    series = noise_set(60, 420)
    made = fit_calibration(runs_of(series, width=width, windows=60), series)
    now = made.apply(quantiles_of(width, 60), np.arange(60), np.ones(60))
    assert 0.70 < true_coverage(now[:30], 0.8) < 0.82  # from 0.35
    assert 0.78 < true_coverage(now[30:], 0.8) < 0.90  # from 0.80; corrected alike, both would be near 0.97 and 0.56


def test_intermittent_series_are_corrected_separately() -> None:
    steady, rng = noise_set(100, 120), np.random.default_rng(3)
    rare = np.where(rng.random((100, 120)) < 0.4, 100 + rng.standard_normal((100, 120)), 0.0)
    series = series_set(*[steady[i] for i in range(100)], *rare)
    runs = runs_of(replace(series, first=np.zeros(200, np.int64)))
    made = fit_calibration(runs, series)
    now = made.apply(quantiles_of(1, 200), np.arange(200), np.ones(200))
    assert true_coverage(now[:100], 0.8) == pytest.approx(0.8, abs=0.03)
    assert made.shifts[made.group[100:], 0, 0].max() < -2.5  # 0 is far below every quantile


def test_the_median_moves_only_with_much_evidence() -> None:
    series = noise_set(200, 120)
    middle = int(np.argmin(np.abs(LEVEL - 0.5)))
    assert (fit_calibration(runs_of(series, centre=100.03), series).shifts[:, :, middle] == 0).all()
    moved = fit_calibration(runs_of(series, centre=101.0), series)
    now = moved.apply(quantiles_of(1, 200, centre=101.0), np.arange(200), np.ones(200))
    np.testing.assert_allclose(now[:, :, middle], 100, atol=0.15)


def test_ranges_of_amounts_that_are_never_negative_do_not_go_below_0() -> None:
    series = noise_set(100, 120, level=1.0)
    series = replace(series, values=np.abs(series.values))
    runs = runs_of(series, width=0.2, centre=1.0)
    made = fit_calibration(runs, series)
    now = made.apply(quantiles_of(0.2, 100, centre=1.0), np.arange(100), np.ones(100))
    assert now.min() == 0
    assert (np.diff(now, axis=2) >= 0).all()


def test_an_extreme_value_moves_no_range_beyond_the_bounds() -> None:
    series = noise_set(20, 120)
    values = series.values.copy()
    values[100] = 1e12
    series = replace(series, values=values)
    made = fit_calibration(runs_of(series), series)
    now = made.apply(quantiles_of(1, 20), np.arange(20), np.ones(20))
    assert np.abs(now - quantiles_of(1, 20)).max() < 1


@pytest.mark.parametrize("value", [0.0, 7.0], ids=["zeros", "a constant"])
def test_a_constant_series_gives_no_checks(value: float) -> None:
    series = series_set([value] * 60, [value] * 60)
    runs = runs_of(replace(series, first=np.zeros(2, np.int64)), width=0.0, centre=value)
    made = fit_calibration(replace(runs, scale=np.zeros(len(runs))), series)
    assert (made.checks == 0).all()
    assert not made.has_enough_checks(0.8).any()
    same = made.apply(quantiles_of(0, 2, centre=value), np.arange(2), np.zeros(2))
    np.testing.assert_array_equal(same, value)


@pytest.mark.parametrize(("level", "checks"), [(0.8, 4), (0.9, 9), (0.95, 19)])
def test_a_range_is_offered_from_the_number_of_checks_it_needs(level: float, checks: int) -> None:
    series = noise_set(1, 120)
    made = fit_calibration(runs_of(series).select(np.arange(0)), series)
    assert replace(made, checks=np.array([checks])).has_enough_checks(level)[0]
    assert not replace(made, checks=np.array([checks - 0.1])).has_enough_checks(level)[0]


def test_a_forecast_is_corrected_by_series_name_and_must_have_the_backtests_levels_and_steps() -> None:
    series = noise_set(50, 120)
    made = fit_calibration(runs_of(series, width=0.5), series)
    forecast = Forecast(
        names=series.names[::-1],
        first=np.full(50, 120),
        frequency=MONTHLY,
        levels=LEVEL,
        quantiles=quantiles_of(0.5, 50),
        model="assumed",
        checksum="",
        device="",
    )
    now = made.apply_to(forecast, np.ones(50))
    assert now.names == forecast.names
    assert (now.quantile(0.9) - now.quantile(0.1) > forecast.quantile(0.9) - forecast.quantile(0.1)).all()
    with pytest.raises(ValueError, match="differ"):
        made.apply_to(replace(forecast, quantiles=forecast.quantiles[:, :2]), np.ones(50))


# --- How much checks say ---


def checks_that_move_together(within: float, blocks: int, members: int, seed: int) -> Checks:
    """One check for each series in each block; the share ``within`` of their variance is common to a block."""
    rng = np.random.default_rng(seed)
    common = np.repeat(rng.standard_normal(blocks), members)
    value = np.sqrt(within) * common + np.sqrt(1 - within) * rng.standard_normal(blocks * members)
    return Checks(
        excess=value[:, None] - Z,
        weight=np.ones(blocks * members),
        series=np.tile(np.arange(members), blocks),
        block=np.repeat(np.arange(blocks) * 2, members),
        bucket=np.zeros(blocks * members, np.int64),
    )


def test_independent_checks_count_in_full() -> None:
    found = [
        effective_sample_size(coverage_gap(checks_that_move_together(0, 40, 25, s), LEVEL)[1], LEVEL) for s in range(20)
    ]
    assert np.median(found) == pytest.approx(1000, rel=0.35)


def test_checks_that_always_agree_count_once() -> None:
    found = [
        effective_sample_size(coverage_gap(checks_that_move_together(1.0, 40, 25, s), LEVEL)[1], LEVEL)[8]
        for s in range(20)
    ]
    assert np.median(found) == pytest.approx(40, rel=0.35)


def test_a_single_block_is_one_check() -> None:
    _, variance = coverage_gap(checks_that_move_together(0, 1, 500, 0), LEVEL)
    np.testing.assert_allclose(effective_sample_size(variance, LEVEL), 1)


def test_a_value_on_many_quantiles_is_below_each_in_part() -> None:
    levels = np.array([0.2, 0.4, 0.6, 0.8])
    quantiles = np.array([[0.0, 0.0, 0.0, 5.0]])
    np.testing.assert_allclose(share_below(0.0 - quantiles, levels), [[0.25, 0.5, 0.75, 1]])
    np.testing.assert_allclose(share_below(3.0 - quantiles, levels), [[0, 0, 0, 1]])
