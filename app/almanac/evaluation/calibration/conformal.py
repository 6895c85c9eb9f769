"""Ranges that keep their promise: quantiles corrected by practice runs on the person's own series.

Split-conformal: for each quantile, the practice runs say how far it must be shifted so that the promised share of
actual values lay below it. Shifts are in units of the spread that the model itself predicts, so that all series and
steps share them (conformalised quantile regression, Romano, Patterson and Candès 2019, one-sided for each level). They
are estimated from the whole to the parts, each part correcting what is left: all series, the kind of series and how far
ahead (Mondrian: Vovk et al. 2005, section 4.5), the single series. Each correction is taken in the measure in which
the evidence for it exceeds chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import Forecast, SeriesSet, positions
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration.online import OnlineTracker
from almanac.evaluation.calibration.shrinkage import series_shifts
from almanac.evaluation.dependence.clustering import Checks, coverage_gap, effective_sample_size
from almanac.evaluation.dependence.demand import demand_patterns
from almanac.evaluation.dependence.sample_size import ROUNDING, enough_checks, finite_sample_checks
from almanac.evaluation.dependence.scale import predictive_scale

# Levels that practice runs need beside those a person asks for.
CALIBRATION_LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99)
PARTS = 2  # series that sell always or nearly, and now and then
BUCKETS = 3  # near, middle, far: equal on a logarithmic scale of steps
HALF_LIFE = 6  # horizons: the model errs like it did lately (Barber et al. 2023, weights for what changes)
CAUTION = 3.0  # times the variance that a correction must exceed before it counts
NARROWING = 0.85  # of a correction that makes ranges narrower: practice has seen fewer surprises than there are
NARROWING_OUTSIDE = 0.5  # of one beyond the 90% range, where it has seen fewest
MEDIAN_MOVES = 3.0  # standard errors by which the middle must be off
FURTHEST = 3.0  # spreads a quantile can be shifted at most
MOST_CHECKS = 40_000
FEWEST = 30  # checks of a part before it is looked at on its own


@dataclass(frozen=True)
class Calibration:
    """Shifts of the quantiles of N series. Made by ``fit_calibration``; used through ``apply`` and ``apply_to``.

    ``shifts`` float64 [G, B, Q]: in predicted spreads, for each group of series, bucket of steps and level; ``group``
    int64 [N]: which of them each series takes; ``buckets`` int64 [H]. ``checks`` float64 [N]: how many independent
    checks stand behind the ranges of each series; ``lower_bound`` float64 [N]: 0 where a series was never below, else
    -inf. ``tracker``: what following each series adds, if it was followed.
    """

    names: tuple[str, ...]
    levels: Floats
    shifts: Floats
    group: Integers
    buckets: Integers
    checks: Floats
    lower_bound: Floats
    tracker: OnlineTracker | None = None

    def has_enough_checks(self, level: float) -> np.ndarray:
        """Whether enough checks stand behind a range that promises ``level``: bool [N]; see ``enough_checks``."""
        return enough_checks(self.checks, level)

    @property
    def without_shifts(self) -> Calibration:
        """The same evidence, and no correction."""
        return replace(self, shifts=np.zeros_like(self.shifts))

    def apply(self, quantiles: Floats, series: Integers, scale: Floats) -> Floats:
        """Corrected quantiles [R, H, Q] of the series at these positions, never decreasing along Q; ``scale`` [R] as in
        ``BacktestRuns``."""
        shifts = self.shifts[self.group[series]][:, self.buckets]
        moved = quantiles + shifts * predictive_scale(quantiles, self.levels, scale)[:, :, None]
        lowest = np.minimum(self.lower_bound[series][:, None, None], quantiles.min(axis=2, keepdims=True))
        corrected: Floats = np.maximum(np.sort(moved, axis=2), lowest)
        return corrected if self.tracker is None else self.tracker.apply(corrected, series, scale)

    def apply_to(self, forecast: Forecast, scale: Floats) -> Forecast:
        """The forecast with corrected quantiles; ``scale`` [N] of its series. Raises ``ValueError`` for other levels or
        steps than the practice runs had."""
        if forecast.horizon != len(self.buckets) or not np.array_equal(forecast.levels, self.levels):
            raise ValueError("practice runs and forecast differ in levels or horizon")
        rows = positions(self.names, forecast.names)
        return replace(forecast, quantiles=self.apply(forecast.quantiles, rows, scale))


def fit_calibration(runs: BacktestRuns, series: SeriesSet) -> Calibration:
    """What the practice runs say about the ranges. ``series`` are those that were practised, up to the present.

    Without any evidence every shift is 0.
    """
    levels, of_kind = (
        runs.levels,
        demand_patterns(series) // 2,
    )  # growth makes yearly series look erratic; rare or not is what counts
    buckets = _buckets(runs.horizon)
    shifts = np.zeros((PARTS, BUCKETS, len(levels)))
    behind = np.zeros(PARTS)
    checks = checks_of(runs, buckets)
    group, own_behind = of_kind, np.zeros(len(series))
    if len(checks):
        some = _thinned(checks)
        whole, known = _shift(some, levels)
        shifts += whole
        behind[:] = known
        _parts(replace(some, excess=some.excess - whole), levels, of_kind, shifts, behind)
        kind = of_kind[checks.series]
        left = replace(checks, excess=checks.excess - shifts[kind, checks.bucket])
        group = of_kind.copy()
        for k in np.unique(kind):
            own, rows, independent = series_shifts(left.where(kind == k), levels, len(series), CAUTION)
            own_behind = np.maximum(own_behind, independent)
            group[rows] = len(shifts) + np.arange(len(rows))
            shifts = np.concatenate([shifts, shifts[k] + own[:, None, :]])
    return Calibration(
        names=series.names,
        levels=levels,
        shifts=_tamed(shifts, levels),
        group=group,
        buckets=buckets,
        checks=np.maximum(behind[of_kind], own_behind),
        lower_bound=series.lower_bound,
    )


def checks_of(runs: BacktestRuns, buckets: Integers) -> Checks:
    """The practice runs as checks; late windows weigh most, forecasts without any spread are left out."""
    unit = predictive_scale(runs.quantiles, runs.levels, runs.scale)
    window, step = np.nonzero(np.isfinite(runs.actuals) & (unit > 0))
    known = unit[window, step]
    excess = (runs.actuals[window, step, None] - runs.quantiles[window, step]) / known[:, None]
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
    edges = np.round(horizon ** (np.arange(1, BUCKETS) / BUCKETS))
    return np.searchsorted(np.unique(edges), np.arange(1, horizon + 1), side="left").astype(np.int64)


def _thinned(checks: Checks) -> Checks:
    """No more checks than tell all that there is to tell about all series together: some of every series, since the
    checks of one series in one stretch of time say much the same."""
    share = MOST_CHECKS / len(checks)
    return checks if share >= 1 else checks.where(np.random.default_rng(0).random(len(checks)) < share)


def _parts(checks: Checks, levels: Floats, of_kind: Integers, shifts: Floats, behind: Floats) -> None:
    """Add to ``shifts`` what each kind of series and bucket of steps still needs, and to ``behind`` its checks."""
    kind, excess = of_kind[checks.series], checks.excess
    several = len(np.unique(kind)) > 1
    for k in np.unique(kind):
        part = kind == k
        if several and part.sum() >= FEWEST:
            shift, behind[k] = _shift(replace(checks, excess=excess).where(part), levels)
            shifts[k] += shift
            excess[part] -= shift
        for b in range(BUCKETS):
            cell = part & (checks.bucket == b)
            if FEWEST <= cell.sum() < part.sum():
                shift, _ = _shift(replace(checks, excess=excess).where(cell), levels)
                shifts[k, b] += shift
                excess[cell] -= shift


def _shift(checks: Checks, levels: Floats) -> tuple[Floats, float]:
    """The shift of each quantile [Q], and how many independent checks it rests on."""
    off, variance = coverage_gap(checks, levels)
    independent = effective_sample_size(variance, levels)
    middle = int(np.argmin(np.abs(levels - 0.5)))
    shift = _weighted_quantiles(checks, _finite_sample(levels, effective_sample_size(CAUTION * variance, levels)))
    if abs(off[middle]) < MEDIAN_MOVES * np.sqrt(CAUTION * variance[middle]):
        shift[middle] = 0.0
    shift = _from_within(shift, levels, effective_sample_size(CAUTION * variance, levels))
    beyond_chance = max(0.0, 1 - CAUTION * variance.sum() / max((off**2).sum(), 1e-12))
    return np.clip(shift, -FURTHEST, FURTHEST) * beyond_chance, float(np.median(independent))


def _finite_sample(levels: Floats, checks: Floats) -> Floats:
    """The (n + 1) quantile on either side: what n checks must hold so that the next one holds as often as promised."""
    outward = np.where(levels > 0.5, levels, -(1 - levels)) / checks
    return np.clip(levels + np.where(np.abs(levels - 0.5) < 1e-9, 0.0, outward), 0.0, 1.0)


def _weighted_quantiles(checks: Checks, at: Floats) -> Floats:
    shift = np.empty(len(at))
    for j, level in enumerate(at):
        column = np.ascontiguousarray(checks.excess[:, j])
        order = np.argsort(column)
        weight = checks.weight[order]
        place = (np.cumsum(weight) - weight / 2) / weight.sum()
        shift[j] = np.interp(level, place, column[order])
    return shift


def _from_within(shift: Floats, levels: Floats, checks: Floats) -> Floats:
    """A level with too few checks behind it is shifted like its neighbour towards the middle."""
    side = np.maximum(levels, 1 - levels)
    enough = checks >= finite_sample_checks(side) - ROUNDING
    middle = int(np.argmin(np.abs(levels - 0.5)))
    out = shift.copy()
    for j in range(middle + 1, len(levels)):
        out[j] = out[j] if enough[j] else out[j - 1]
    for j in range(middle - 1, -1, -1):
        out[j] = out[j] if enough[j] else out[j + 1]
    return out


def _tamed(shifts: Floats, levels: Floats) -> Floats:
    """Bounded, and with less of what makes ranges narrower: [..., Q]."""
    bounded = np.clip(shifts, -FURTHEST, FURTHEST)
    inward = np.where(np.abs(levels - 0.5) > 0.45 + 1e-9, NARROWING_OUTSIDE, NARROWING)
    return np.where(bounded * (levels - 0.5) < 0, inward * bounded, bounded)
