"""Totals of the past compared with what happened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.distribution.means import mean_of
from almanac.totals.paths import MIN_PATHS, PathModel, alone_distributions


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


def independent_stretches(cutoff: Integers, horizon: int) -> float:
    """How many stretches of one horizon fit between the first and the last cut-off, themselves at most."""
    if len(cutoff) == 0:
        return 0.0
    return float(min(1 + (cutoff.max() - cutoff.min()) / horizon, len(np.unique(cutoff))))
