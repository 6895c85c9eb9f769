"""Where actual values fell in their forecasts: ten equal parts (tenths), each of which should hold one value in ten.

The histogram of the probability integral transform (``metrics.pit``). Two departures from a flat one are tested for:
values too high or too low, and values too far out or too near the middle. These are the first two components of the
smooth test (Neyman 1937, "Smooth test for goodness of fit"), each judged by a variance that allows for the dependence
of checks (``clustered_variance``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.dependence.clustering import clustered_variance, sum_by_group
from almanac.evaluation.dependence.sample_size import MIN_CHECKS_FOR_PRAISE, ROUNDING, max_independent_checks
from almanac.evaluation.dependence.student import two_sided_quantile
from almanac.evaluation.metrics import CONFIDENCE, TENTHS, pit, pit_below
from almanac.evaluation.report.checked_steps import checked_steps, informative_steps

MIN_CHECKS = MIN_CHECKS_FOR_PRAISE  # independent ones, before values are said to fall evenly
MIN_BLOCKS = 4  # fewer cannot tell how much they differ: the quantile of Student's distribution is good from there on
TENTH = 0.1  # the share of values that each tenth should hold
# Of values spread evenly over 0 to 1: the variance of their distance from the middle, and of its square.
UNIFORM_VARIANCE, SQUARE_VARIANCE = 1 / 12, 1 / 180
# Smaller departures are not worth a word: of the whole range, and of the variance. Chosen by judgement.
MIN_SHIFT, MIN_SPREAD = 0.02, 0.1


class PitPattern(StrEnum):
    """The pattern that the tenths show beyond chance."""

    EVEN = "even"
    HIGH = "too_many_high"
    LOW = "too_many_low"
    ENDS = "too_many_at_the_ends"
    MIDDLE = "too_many_in_the_middle"
    UNKNOWN = "too_few_checks"


@dataclass(frozen=True)
class PitHistogram:
    """``shares``: of the values that fell in each tenth, from the lowest up, sum 1; empty with too few checks.

    ``low`` and ``high``: between what those of honest forecasts are, all ten in 95 of 100 cases, or NaN. ``checks``:
    how many values there were; ``pattern``: the pattern they show.
    """

    shares: tuple[float, ...]
    low: float
    high: float
    checks: int
    pattern: PitPattern

    @property
    def shown_by_single_tenths(self) -> bool:
        """Whether some tenth by itself has a share that chance does not allow."""
        return bool(self.shares) and (min(self.shares) < self.low or max(self.shares) > self.high)


def make_pit_histogram(runs: BacktestRuns) -> PitHistogram:
    """The PIT histogram of backtest runs, with its pattern."""
    checked = checked_steps(runs, informative_steps(runs))
    unknown = PitHistogram((), np.nan, np.nan, len(checked), PitPattern.UNKNOWN)
    if len(checked) < MIN_CHECKS:
        return unknown
    low, high = pit(
        runs.quantiles[checked.window, checked.step], runs.actuals[checked.window, checked.step], runs.levels
    )
    means = _means(_statistics(low, high), checked.series, checked.block)
    if means.independent < MIN_CHECKS - ROUNDING or means.blocks < MIN_BLOCKS:
        return unknown
    shares, departures = means.values[:-2], means.values[-2:]
    reach = float(means.reach((1 - CONFIDENCE) / len(shares))[0])
    return PitHistogram(
        shares=tuple(map(float, shares)),
        low=max(TENTH - reach, 0.0),
        high=min(TENTH + reach, 1.0),
        checks=len(checked),
        pattern=_pattern(departures, means.reach((1 - CONFIDENCE) / 2)[-2:]),
    )


@dataclass(frozen=True)
class _Statistic:
    """``values`` float64 [C]: of each check; ``variance``: of one check where forecasts are honest."""

    values: Floats
    variance: float


def _statistics(low: Floats, high: Floats) -> list[_Statistic]:
    """What is averaged over checks, from their PIT intervals [C]: ten tenths, then two departures, 0 if honest.

    Whether it fell in each tenth; u - 1/2 for its middle u; (u - 1/2)^2 + (high - low)^2 / 12 - 1/12, the mean square
    of the interval's distance from 1/2 minus what is expected.
    """
    below = [pit_below(low, high, edge) for edge in TENTHS]
    tenths = [_Statistic(upper - lower, TENTH * (1 - TENTH)) for lower, upper in pairwise(below)]
    distance = (low + high) / 2 - 0.5
    square = distance**2 + (high - low) ** 2 / 12 - UNIFORM_VARIANCE
    return [*tenths, _Statistic(distance, UNIFORM_VARIANCE), _Statistic(square, SQUARE_VARIANCE)]


@dataclass(frozen=True)
class _Means:
    """Means of L statistics over checks, and how far chance may move them.

    ``values``, ``variance`` float64 [L]: the means and their clustered variances; ``single`` float64 [L]: the variance
    of one check; ``max_independent``: the most independent checks there can be; ``blocks``: how many there are.
    """

    values: Floats
    variance: Floats
    single: Floats
    max_independent: int
    blocks: int

    @property
    def independent(self) -> float:
        """The effective sample size, by the mean distance from the middle."""
        single = self.single[-2]
        variance = np.nan_to_num(self.variance[-2], nan=np.inf)
        return float(single / np.clip(variance, single / self.max_independent, single))

    def reach(self, chance: float) -> Floats:
        """How far each mean is off with this chance, to either side: float64 [L].

        t sqrt(variance), with Student's quantile t for the few blocks that the variance is estimated from, and at least
        z sqrt(single / max_independent), with the normal quantile z.
        """
        estimated = two_sided_quantile(chance, self.blocks - 1) * np.sqrt(self.variance)
        return np.maximum(estimated, NormalDist().inv_cdf(1 - chance / 2) * np.sqrt(self.single / self.max_independent))


def _means(statistics: list[_Statistic], series: Integers, block: Integers) -> _Means:
    """The means of the statistics of C checks; ``series``, ``block`` int64 [C]. All tenths share one variance.

    Ten variances estimated from few blocks would be ten uncertain numbers; their mean is steadier.
    """
    count, width = len(series), int(np.ptp(block)) + 2
    clusters, of_cluster, times = np.unique(
        series * width + (block - block.min()), return_inverse=True, return_counts=True
    )  # far fewer than checks, and all that the variance tells apart
    means = np.array([float(one.values.mean()) for one in statistics])
    sums = np.concatenate([sum_by_group(s.values[:, None], of_cluster, len(clusters)) for s in statistics], axis=1)
    residuals = (sums - means * times[:, None]) / count
    variance, cluster_count = clustered_variance(residuals, clusters // width, clusters % width)
    tenths = len(statistics) - 2
    return _Means(
        values=means,
        variance=np.concatenate([np.full(tenths, variance[:tenths].mean()), variance[tenths:]]),
        single=np.array([one.variance for one in statistics]),
        max_independent=max_independent_checks(count, cluster_count),
        blocks=len(np.unique(block)),
    )


def _pattern(departures: Floats, reach: Floats) -> PitPattern:
    """The clearer of the two departures [2], where it exceeds chance (``reach`` [2]) and is worth a word."""
    clearness = np.abs(departures) / np.maximum(reach, [MIN_SHIFT, MIN_SPREAD * UNIFORM_VARIANCE])
    clearest = int(clearness.argmax())
    if clearness[clearest] <= 1:
        return PitPattern.EVEN
    above = bool(departures[clearest] > 0)
    if clearest == 0:
        return PitPattern.HIGH if above else PitPattern.LOW
    return PitPattern.ENDS if above else PitPattern.MIDDLE
