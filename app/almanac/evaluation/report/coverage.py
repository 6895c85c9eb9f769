"""How often ranges held in backtests, compared with what chance allows honest ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import range_levels
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.dependence.clustering import clustered_variance, share_below
from almanac.evaluation.dependence.sample_size import enough_checks, enough_for_praise, max_independent_checks
from almanac.evaluation.metrics import CONFIDENCE
from almanac.evaluation.report.checked_steps import checked_steps, informative_steps

CLOSE = 0.05  # of a promise, that is as promised whatever the number of checks; chosen by judgement


class Answer(StrEnum):
    """The short answer of a verdict, for programs."""

    BETTER = "better"
    ALIKE = "alike"
    WORSE = "worse"
    HONEST = "honest"
    TOO_NARROW = "too_narrow"
    TOO_WIDE = "too_wide"
    UNKNOWN = "too_little_history"


@dataclass(frozen=True)
class CoverageBand:
    """How often a range that promises ``level`` held, and between what, ``low`` to ``high``, that is if it is honest.

    ``checks``: how many there were; ``independent``: how many independent ones would say as much.
    """

    level: float
    held: float
    low: float
    high: float
    checks: int
    independent: float

    @property
    def has_enough_checks(self) -> bool:
        """Whether there are enough independent checks to judge such a range: see ``enough_checks``."""
        return bool(enough_checks(self.independent, self.level))

    @property
    def has_enough_for_praise(self) -> bool:
        """Whether there are enough independent checks to call such a range honest."""
        return enough_for_praise(self.independent)

    @property
    def is_close(self) -> bool:
        """Whether it held about as often as promised: within one standard error of that, or within ``CLOSE``.

        What chance allows is wider, and says only that nothing is proved: 91% of 24 checks may be chance at a promise
        of 80%, and is not 80%.
        """
        error = sqrt(self.level * (1 - self.level) / max(self.independent, 1.0))
        return abs(self.held - self.level) <= max(error, CLOSE)

    @property
    def answer(self) -> Answer:
        """What the checks say about the range: few may show that it is not honest, but not that it is."""
        if not self.has_enough_checks:
            return Answer.UNKNOWN
        if self.held < self.low:
            return Answer.TOO_NARROW
        if self.held > self.high:
            return Answer.TOO_WIDE
        return Answer.HONEST if self.has_enough_for_praise and self.is_close else Answer.UNKNOWN


def coverage_bands(runs: BacktestRuns, coverages: Sequence[float]) -> dict[float, CoverageBand]:
    """How often the ranges of each promised coverage held, with what chance allows.

    A value on the edge of a range, as the zeros of rare sales are, counts as inside in part (``share_below``). The band
    is coverage +- 1.96 standard errors: the normal approximation to the binomial with as many trials as there are
    independent checks, by the variance of ``clustered_variance`` between that of a single check, c (1 - c), and that of
    ``max_independent_checks``. Without any check everything is NaN, and nothing is judged.
    """
    checked = checked_steps(runs, informative_steps(runs))
    if len(checked) == 0:
        return {coverage: CoverageBand(coverage, np.nan, np.nan, np.nan, 0, 0.0) for coverage in coverages}
    promised = np.asarray(coverages, np.float64)
    inside = share_inside(runs, checked.window, checked.step, promised)
    held, count = inside.mean(axis=0), len(inside)
    variance, clusters = clustered_variance((inside - held) / count, checked.series, checked.block)
    single = promised * (1 - promised)
    variance = np.where(np.isfinite(variance), variance, single)
    variance = np.minimum(np.maximum(variance, single / max_independent_checks(count, clusters)), single)
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * np.sqrt(variance)
    low, high = np.maximum(promised - reach, 0.0), np.minimum(promised + reach, 1.0)
    return {
        coverage: CoverageBand(
            coverage, float(held[i]), float(low[i]), float(high[i]), count, float(single[i] / variance[i])
        )
        for i, coverage in enumerate(coverages)
    }


def share_inside(runs: BacktestRuns, window: Integers, step: Integers, promised: Floats) -> Floats:
    """Whether each checked value was inside the range of each promised coverage: float64 [C, P], in part on edges."""
    low, high = np.transpose([range_levels(float(coverage)) for coverage in promised])
    levels = np.union1d(np.round(runs.levels, 9), [low, high])
    quantiles = np.stack([runs.quantile(q)[window, step] for q in levels], axis=1)
    actual = runs.actuals[window, step, None]
    unit = np.maximum(np.maximum(np.abs(actual), np.abs(quantiles).max(axis=1, keepdims=True)), np.finfo(float).tiny)
    below = share_below(actual / unit - quantiles / unit, levels)
    return below[:, np.searchsorted(levels, high)] - below[:, np.searchsorted(levels, low)]
