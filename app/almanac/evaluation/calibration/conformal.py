"""Ranges that hold what they promise: quantiles corrected by backtests of a person's own series.

Split-conformal prediction: for each quantile, the backtest says how far it must be shifted so that the promised share
of actual values was below it. Shifts are in units of the predictive scale, so that all series and steps share them:
conformalised quantile regression (Romano, Patterson and Candès 2019), one-sided at each level. They are estimated from
the whole to the parts, each part correcting what is left: all series; series with amounts now and then or always, and
how far ahead (Mondrian: Vovk et al. 2005, section 4.5); single series. Each correction is shrunk by how far its
evidence exceeds sampling noise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.distribution.means import mean_of
from almanac.core.series import Forecast, SeriesSet, positions, quantile_at
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration.online import OnlineTracker
from almanac.evaluation.calibration.shrinkage import CAUTION, series_shifts
from almanac.evaluation.dependence.clustering import Checks, coverage_gap
from almanac.evaluation.dependence.demand import is_intermittent
from almanac.evaluation.dependence.sample_size import (
    ROUNDING,
    effective_sample_size,
    enough_checks,
    finite_sample_checks,
)
from almanac.evaluation.dependence.scale import predictive_scale

# Levels that calibration needs as well as those a person asks for: the ends of all ranges that are judged.
CALIBRATION_LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99)
# Measured, with what was tried instead: docs/decisions/0008.
GROUPS = 2  # of series: amounts always or nearly, and only now and then
HALF_LIFE = 6  # horizons: the model errs as it did lately (Barber et al. 2023, weights under drift)
NARROWING = 0.85  # of a correction that makes ranges narrower: backtests have seen fewer surprises than there are
NARROWING_OUTSIDE = 0.5  # of one beyond the 90% range, where they have seen fewest
# Chosen by judgement.
BUCKETS = 3  # of steps: near, middle, far; equal on a logarithmic scale
MIN_MEDIAN_GAP = 3.0  # standard errors by which the median must be off before it moves
MAX_SHIFT = 3.0  # predictive scales
MAX_CHECKS = 40_000  # for corrections that all series share: more take longer and change nothing
MIN_CHECKS_OF_PART = 30  # before a part is corrected by itself


@dataclass(frozen=True)
class Calibration:
    """Corrections of the quantiles of N series. Made by ``fit_calibration``; used by ``apply`` and ``apply_to``.

    ``shifts`` float64 [G, B, Q]: in predictive scales, for each group of series, bucket of steps and level; ``group``
    int64 [N]: the group of each series; ``buckets`` int64 [H]. ``checks`` float64 [N]: how many independent checks
    each series' ranges rest on; ``lower_bound`` float64 [N]: 0 where a series was never below, else -inf. ``tracker``:
    what online tracking adds, if there was any; ``outcomes``: of how many real outcomes it has learned, 0 where it has
    learned from practice alone. ``widening`` float64 [N]: what ranges are stretched by about their median because of a
    change (``widening.widened_since``), 1 for none; None where no series is.
    """

    names: tuple[str, ...]
    levels: Floats
    shifts: Floats
    group: Integers
    buckets: Integers
    checks: Floats
    lower_bound: Floats
    tracker: OnlineTracker | None = None
    outcomes: int = 0
    widening: Floats | None = None

    def has_enough_checks(self, coverage: float) -> Flags:
        """Whether each series has enough checks for a range that promises ``coverage``: bool [N]."""
        return enough_checks(self.checks, coverage)

    @property
    def without_shifts(self) -> Calibration:
        """The same evidence, and no correction."""
        return replace(self, shifts=np.zeros_like(self.shifts))

    def apply(self, quantiles: Floats, series: Integers, seasonal_error: Floats) -> Floats:
        """Corrected quantiles float64 [R, H, Q], never decreasing along Q.

        ``series`` int64 [R]: the positions of their series; ``seasonal_error`` float64 [R], as ``BacktestRuns.scale``.
        """
        shifts = self.shifts[self.group[series]][:, self.buckets]
        moved = quantiles + shifts * predictive_scale(quantiles, self.levels, seasonal_error)[:, :, None]
        lowest = np.minimum(self.lower_bound[series][:, None, None], quantiles.min(axis=2, keepdims=True))
        corrected: Floats = np.maximum(np.sort(moved, axis=2), lowest)
        if self.tracker is not None:
            corrected = self.tracker.apply(corrected, series, seasonal_error)
        if self.widening is None:
            return corrected
        middle = quantile_at(corrected, self.levels, 0.5)[..., None]
        stretched = middle + self.widening[series][:, None, None] * (corrected - middle)
        wider: Floats = np.maximum(stretched, lowest)
        return wider

    def apply_to(self, forecast: Forecast, seasonal_error: Floats) -> Forecast:
        """The forecast with corrected quantiles, and means moved with them; ``seasonal_error`` float64 [N].

        Raises ``ValueError`` when its levels or steps are not those of the backtest.
        """
        if forecast.horizon != len(self.buckets) or not np.array_equal(forecast.levels, self.levels):
            raise ValueError("the backtest and the forecast differ in levels or horizon")
        rows = positions(self.names, forecast.names)
        corrected = self.apply(forecast.quantiles, rows, seasonal_error)
        moved = mean_of(corrected - forecast.quantiles, forecast.levels)
        if forecast.mean_points is not None:  # of what rarely sells, quantiles say little about the mean
            moved[forecast.mean_points] = 0
        means = np.maximum(forecast.mean + moved, self.lower_bound[rows][:, None])
        return replace(forecast, quantiles=corrected, means=means)


@dataclass(frozen=True)
class _Shifts:
    """``table`` float64 [G, B, Q], ``group`` int64 [N] and ``checks`` float64 [N], as in ``Calibration``."""

    table: Floats
    group: Integers
    checks: Floats


def fit_calibration(runs: BacktestRuns, series: SeriesSet) -> Calibration:
    """Learn corrections from backtest ``runs`` of ``series``, which go up to the present.

    Without any check every shift is 0.
    """
    levels, group = runs.levels, is_intermittent(series).astype(np.int64)
    buckets = _buckets(runs.horizon)
    checks = checks_of(runs, buckets)
    found = _Shifts(np.zeros((GROUPS, BUCKETS, len(levels))), group, np.zeros(len(series)))
    if len(checks):
        found = _shared_shifts(_thinned(checks), levels, group)
        found = _with_series_shifts(found, checks, levels)
    return Calibration(
        names=series.names,
        levels=levels,
        shifts=_bounded(found.table, levels),
        group=found.group,
        buckets=buckets,
        checks=found.checks,
        lower_bound=series.lower_bound,
    )


def checks_of(runs: BacktestRuns, buckets: Integers) -> Checks:
    """The steps of backtest runs as checks: later windows weigh more, forecasts without any width are left out.

    Weight: 0.5 ** (age / ``HALF_LIFE``), with the age of a window in horizons before its series' last one.
    """
    scale = predictive_scale(runs.quantiles, runs.levels, runs.scale)
    window, step = np.nonzero(np.isfinite(runs.actuals) & (scale > 0))
    excess = (runs.actuals[window, step, None] - runs.quantiles[window, step]) / scale[window, step][:, None]
    last = np.searchsorted(runs.series, runs.series, side="right") - 1
    age = (runs.cutoff[last] - runs.cutoff) / runs.horizon
    return Checks(
        excess=excess,
        weight=(0.5 ** (age / HALF_LIFE))[window],
        series=runs.series[window],
        block=runs.periods[window, step] // runs.horizon,
        bucket=buckets[step],
    )


def _buckets(horizon: int) -> Integers:
    """The bucket of each step: int64 [H]."""
    edges = np.round(horizon ** (np.arange(1, BUCKETS) / BUCKETS))
    return np.searchsorted(np.unique(edges), np.arange(1, horizon + 1), side="left").astype(np.int64)


def _thinned(checks: Checks) -> Checks:
    """About ``MAX_CHECKS`` at most, at random from all series: those of one series in one block say much the same."""
    share = MAX_CHECKS / len(checks)
    return checks if share >= 1 else checks.select(np.random.default_rng(0).random(len(checks)) < share)


def _shared_shifts(checks: Checks, levels: Floats, group: Integers) -> _Shifts:
    """Shifts of all series together, plus what each group still needs, plus what each bucket of a group still needs."""
    overall, independent = _shift(checks, levels)
    table = np.tile(overall, (GROUPS, BUCKETS, 1))
    independent_of = np.full(GROUPS, independent)
    left, group_of_check = checks.after(overall), group[checks.series]
    groups = np.unique(group_of_check)
    for g in groups:
        own = left.select(group_of_check == g)
        if len(groups) > 1 and len(own) >= MIN_CHECKS_OF_PART:
            shift, independent_of[g] = _shift(own, levels)
            table[g] += shift
            own = own.after(shift)
        for bucket in range(BUCKETS):
            inside = own.bucket == bucket
            if MIN_CHECKS_OF_PART <= inside.sum() < len(own):
                table[g, bucket] += _shift(own.select(inside), levels)[0]
    return _Shifts(table, group, independent_of[group])


def _with_series_shifts(shared: _Shifts, checks: Checks, levels: Floats) -> _Shifts:
    """The shifts, with a separate group for each series whose own checks ask for more than its group's shift."""
    group_of_check = shared.group[checks.series]
    left = checks.after(shared.table[group_of_check, checks.bucket])
    tables, group, independent = [shared.table], shared.group.copy(), shared.checks
    for g in np.unique(group_of_check):
        own = series_shifts(left.select(group_of_check == g), levels, len(group))
        independent = np.maximum(independent, own.independent)
        group[own.rows] = sum(map(len, tables)) + np.arange(len(own.rows))
        tables.append(shared.table[g] + own.shifts[:, None, :])
    return _Shifts(np.concatenate(tables), group, independent)


def _shift(checks: Checks, levels: Floats) -> tuple[Floats, float]:
    """How far each quantile must move, float64 [Q] in predictive scales, and how many independent checks say so.

    With g(p) the coverage gap at level p, v(p) its variance and n(p) = p (1 - p) / (CAUTION v(p)) the effective sample
    size, the shift is the weighted quantile of the checks' excess at the finite-sample level p + p / n(p) above the
    median, p - (1 - p) / n(p) below it. It is multiplied by

        max(0, 1 - CAUTION sum over p of v(p) / sum over p of g(p)^2),

    the positive part of the factor of James and Stein (1961). The median moves only when it is clearly off, and a level
    with too few checks moves as its neighbour towards the median does.
    """
    gap, variance = coverage_gap(checks, levels)
    cautious = effective_sample_size(CAUTION * variance, levels)
    middle = int(np.argmin(np.abs(levels - 0.5)))
    shift = _weighted_quantiles(checks, _finite_sample_levels(levels, cautious))
    if abs(gap[middle]) < MIN_MEDIAN_GAP * np.sqrt(CAUTION * variance[middle]):
        shift[middle] = 0.0
    shift = _like_neighbours(shift, levels, cautious)
    beyond_noise = max(0.0, 1 - CAUTION * variance.sum() / max((gap**2).sum(), 1e-12))
    independent = float(np.median(effective_sample_size(variance, levels)))
    return np.clip(shift, -MAX_SHIFT, MAX_SHIFT) * beyond_noise, independent


def _finite_sample_levels(levels: Floats, checks: Floats) -> Floats:
    """Levels moved outward by the (n + 1) correction, so that the next value is covered as often as promised: [Q]."""
    outward = np.where(levels > 0.5, levels, -(1 - levels)) / checks
    return np.clip(levels + np.where(np.abs(levels - 0.5) < 1e-9, 0.0, outward), 0.0, 1.0)


def _weighted_quantiles(checks: Checks, levels: Floats) -> Floats:
    """The weighted quantile of each column of the checks' excess at its level: [Q]."""
    quantiles = np.empty(len(levels))
    for j, level in enumerate(levels):
        column = np.ascontiguousarray(checks.excess[:, j])
        order = np.argsort(column)
        weight = checks.weight[order]
        cumulative = (np.cumsum(weight) - weight / 2) / weight.sum()
        quantiles[j] = np.interp(level, cumulative, column[order])
    return quantiles


def _like_neighbours(shift: Floats, levels: Floats, checks: Floats) -> Floats:
    """Shifts [Q] in which a level with too few checks has the shift of its neighbour towards the median."""
    enough = checks >= finite_sample_checks(np.maximum(levels, 1 - levels)) - ROUNDING
    middle = int(np.argmin(np.abs(levels - 0.5)))
    filled = shift.copy()
    for j in range(middle + 1, len(levels)):
        filled[j] = filled[j] if enough[j] else filled[j - 1]
    for j in range(middle - 1, -1, -1):
        filled[j] = filled[j] if enough[j] else filled[j + 1]
    return filled


def _bounded(shifts: Floats, levels: Floats) -> Floats:
    """Shifts [..., Q] within bounds, and less of those that make ranges narrower."""
    bounded = np.clip(shifts, -MAX_SHIFT, MAX_SHIFT)
    outside = np.abs(levels - 0.5) > 0.45 + 1e-9
    return np.where(bounded * (levels - 0.5) < 0, np.where(outside, NARROWING_OUTSIDE, NARROWING) * bounded, bounded)
