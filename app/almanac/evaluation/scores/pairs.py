"""Two forecasts of the same values compared: with and without what the person changed, newer and older ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import LIKELY
from almanac.evaluation.dependence.clustering import clustered_variance
from almanac.evaluation.dependence.sample_size import checks_needed, max_independent_checks
from almanac.evaluation.metrics import CONFIDENCE
from almanac.evaluation.scores.past_forecasts import PastForecasts


class PairAnswer(StrEnum):
    """Whether the second of two forecasts did better."""

    BETTER = "better"
    WORSE = "worse"
    ALIKE = "alike"
    UNKNOWN = "too_few"


@dataclass(frozen=True)
class PairScore:
    """Two forecasts of the same ``checks`` values: their mean absolute errors ``first`` and ``second``, how many values
    the second was nearer to, and whether that is more than chance.
    """

    checks: int
    first: float
    second: float
    nearer: int
    answer: PairAnswer

    @property
    def gain(self) -> float:
        """By what share the second error is smaller: 0.2 for 20% smaller."""
        return 1 - self.second / self.first if self.first > 0 else np.nan


def compare_adjusted(past: PastForecasts, adjusted: Floats) -> PairScore | None:
    """The model's forecast against what the person made of it; None where nothing was changed.

    ``adjusted`` float64 [W, H]: what the person's forecast says, NaN where it is the model's.
    """
    window, step = np.nonzero(np.isfinite(adjusted) & np.isfinite(past.runs.actuals))
    actual = past.runs.actuals[window, step]
    first, second = (np.abs(actual - point[window, step]) for point in (past.point, adjusted))
    return _compared(first, second, past.runs.series[window], past.runs.periods[window, step], past.runs.horizon)


def compare_revised(past: PastForecasts) -> PairScore | None:
    """The last forecast of each value against the one before it; None where no value was forecast twice."""
    runs = past.runs
    window, step = np.nonzero(np.isfinite(runs.actuals))
    series, period, cutoff = runs.series[window], runs.periods[window, step], runs.cutoff[window]
    order = np.lexsort((cutoff, period, series))
    series, period = series[order], period[order]
    error = np.abs(runs.actuals - past.point)[window, step][order]
    same = np.append((np.diff(series) == 0) & (np.diff(period) == 0), False)[: len(series)]
    second = np.flatnonzero(~same & np.roll(same, 1))  # the last of several forecasts of one value
    return _compared(error[second - 1], error[second], series[second], period[second], runs.horizon)


def _compared(first: Floats, second: Floats, series: Integers, period: Integers, horizon: int) -> PairScore | None:
    """Two absolute errors [C] of the same values, by the mean of their difference and its clustered variance."""
    count = len(first)
    if count == 0:
        return None
    gain = first - second
    block = period // horizon
    variance, clusters = clustered_variance((gain - gain.mean())[:, None] / count, series, block)
    independent = max_independent_checks(count, clusters)
    answer = PairAnswer.UNKNOWN
    if independent >= checks_needed(LIKELY) and np.isfinite(variance[0]):
        least = float(gain.var()) / independent
        reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * float(np.sqrt(max(float(variance[0]), least)))
        mean = float(gain.mean())
        answer = PairAnswer.BETTER if mean > reach else PairAnswer.WORSE if mean < -reach else PairAnswer.ALIKE
    return PairScore(count, float(first.mean()), float(second.mean()), int((gain > 0).sum()), answer)
