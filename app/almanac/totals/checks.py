"""Totals of the past compared with what happened, and how much wider or narrower their ranges must be to hold."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.levels import DEFAULT_LEVELS, LIKELY, LIKELY_HIGH, LIKELY_LOW
from almanac.core.means import mean_of
from almanac.core.series import quantile_at
from almanac.totals.paths import MIN_PATHS, PathModel, alone_distributions

PRIOR_CHECKS = 4.0  # independent stretches of time that count as much as the prior; chosen by judgement
# Of ranges of totals that agree with their parts, which makes them more accurate than before (decision 0015).
PRIOR_OF_TOTALS, PRIOR_OF_PARTS = 0.8, 0.95  # where they come from forecasts of totals, and from paths of parts
MIN_SCALE, MAX_SCALE = 0.5, 2.5  # of a correction


@dataclass(frozen=True)
class SumChecks:
    """W totals of the past: over a span that begins after ``cutoff`` int64 [W], of ``series`` int64 [W].

    ``actual`` float64 [W]: what happened; ``expected`` [W]; ``offsets`` [W, Q]: quantiles less the expected value, at
    ``levels`` [Q].
    """

    series: Integers
    cutoff: Integers
    actual: Floats
    expected: Floats
    offsets: Floats
    levels: Floats

    def __len__(self) -> int:
        return len(self.actual)

    def select(self, chosen: Flags) -> SumChecks:
        """Only these: a mask bool [W]."""
        return SumChecks(
            self.series[chosen],
            self.cutoff[chosen],
            self.actual[chosen],
            self.expected[chosen],
            self.offsets[chosen],
            self.levels,
        )

    @property
    def quantiles(self) -> Floats:
        """float64 [W, Q]."""
        return self.expected[:, None] + self.offsets


def checks_of_sums(series: Integers, cutoff: Integers, actuals: Floats, model: PathModel) -> SumChecks:
    """Sums of all steps of W forecasts of a ``model`` that has one series for each: ``actuals`` float64 [W, H]."""
    offsets = alone_distributions(model, [(0, actuals.shape[1])], DEFAULT_LEVELS, MIN_PATHS)[:, 0]
    expected = mean_of(model.quantiles, model.levels).sum(axis=1)
    return SumChecks(series, cutoff, actuals.sum(axis=1), expected, offsets, np.array(DEFAULT_LEVELS))


@dataclass(frozen=True)
class RangeScale:
    """What ranges must be multiplied by to hold as often as they promise: ``needed``, believed with this ``weight``."""

    needed: float
    weight: float

    def towards(self, prior: float, width: Floats | float = 1.0) -> Floats:
        """The scale, shrunk on a logarithmic scale towards a ``prior``.

        ``width``: of the ranges that were checked, in units of those that are to be scaled.
        """
        needed = np.maximum(self.needed * np.asarray(width, np.float64), 1e-3)
        scale: Floats = np.clip(needed**self.weight * prior ** (1 - self.weight), MIN_SCALE, MAX_SCALE)
        return scale


def range_scale(checks: SumChecks | None, horizon: int) -> RangeScale:
    """How well the likely range of totals held, as far as there is evidence.

    Needed is the quantile, at the promise, of |actual - expected| over the distance to the end of the range on that
    side. The weight grows with the number of stretches of time without overlap: all totals of one stretch err together.
    """
    if checks is None or len(checks) == 0:
        return RangeScale(1.0, 0.0)
    error = checks.actual - checks.expected
    ends = np.where(
        error > 0,
        quantile_at(checks.offsets, checks.levels, LIKELY_HIGH),
        -quantile_at(checks.offsets, checks.levels, LIKELY_LOW),
    )
    usable = ends > 0
    if not usable.any():
        return RangeScale(1.0, 0.0)
    independent = independent_stretches(checks.cutoff, horizon)
    needed = float(np.quantile(np.abs(error[usable]) / ends[usable], LIKELY))
    return RangeScale(needed, independent / (independent + PRIOR_CHECKS))


def independent_stretches(cutoff: Integers, horizon: int) -> float:
    """How many stretches of one horizon fit between the first and the last cut-off, themselves at most."""
    if len(cutoff) == 0:
        return 0.0
    return float(min(1 + (cutoff.max() - cutoff.min()) / horizon, len(np.unique(cutoff))))


def scaled_retrospectively(checks: SumChecks, horizon: int, prior: float) -> SumChecks:
    """The checks with their ranges scaled as they would have been at the time: by those that were over then."""
    offsets = checks.offsets.copy()
    for cutoff in np.unique(checks.cutoff):
        now = checks.cutoff == cutoff
        over = checks.cutoff + horizon <= cutoff
        offsets[now] *= range_scale(checks.select(over), horizon).towards(prior)
    return replace(checks, offsets=offsets)
