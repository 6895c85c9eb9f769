"""How much a set of checks says when the checks depend on one another.

Windows overlap, the steps of one window err together, and one bad month hits all series at once: a thousand checks may
say no more than five. So variances are clustered, by series and by *block*: a stretch of time one horizon long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.evaluation.dependence.sample_size import MAX_CHECKS_PER_CLUSTER

MIN_BLOCKS = 2  # before a variance between blocks can be computed
TIED = 1e-6  # predictive scales between a value and a quantile that count as equal: rounding of float32


@dataclass(frozen=True)
class Checks:
    """C forecast steps with a known actual value.

    ``excess`` float64 [C, Q]: the actual value minus each quantile, in units of the predictive scale; ``weight``
    float64 [C]; ``series`` int64 [C]; ``block`` int64 [C]: the block that the step's period is in; ``bucket`` int64
    [C]: how far ahead it was.
    """

    excess: Floats
    weight: Floats
    series: Integers
    block: Integers
    bucket: Integers

    def __len__(self) -> int:
        return len(self.weight)

    def select(self, chosen: Flags) -> Checks:
        """Only these checks: a mask bool [C]."""
        return Checks(
            self.excess[chosen], self.weight[chosen], self.series[chosen], self.block[chosen], self.bucket[chosen]
        )

    def after(self, shift: Floats) -> Checks:
        """The same checks of quantiles moved by ``shift`` [Q] or [C, Q], in units of the predictive scale."""
        return replace(self, excess=self.excess - shift)


def coverage_gap(checks: Checks, levels: Floats) -> tuple[Floats, Floats]:
    """How far the share of actual values below each quantile is from its level, and the variance of that: [Q], [Q].

    gap(p) = sum_i w_i 1{y_i < q_i(p)} / sum_i w_i - p, with the variance of ``clustered_variance``. Few blocks cannot
    tell their own variance: it is at least that of two independent checks for each cluster (one series in one block),
    at most that of a single check, p (1 - p), and exactly that with less than two blocks.
    """
    share = checks.weight / checks.weight.sum()
    hits = share_below(checks.excess, levels)
    mean = share @ hits
    single = levels * (1 - levels)
    variance, clusters = clustered_variance(share[:, None] * (hits - mean), checks.series, checks.block)
    if np.isnan(variance).any():
        return mean - levels, single
    smallest = single * max((share**2).sum(), 1 / (MAX_CHECKS_PER_CLUSTER * clusters))
    return mean - levels, np.minimum(np.maximum(variance, smallest), single)


def clustered_variance(residuals: Floats, series: Integers, block: Integers) -> tuple[Floats, int]:
    """The variance of weighted means float64 [Q], and the number of clusters (series and block).

    ``residuals`` float64 [C, Q]: w_i (x_i - mean) of each check; ``series``, ``block`` int64 [C]. The larger of two:

    * over B blocks with sums R_b: (sum R_b^2 + sum R_b R_(b+1) of adjacent blocks) * B / (B - 2), that of Newey and
      West (1987) with one lag, across series as in Driscoll and Kraay (1998);
    * over N series with sums R_s: sum R_s^2 * N / (N - 1), Liang and Zeger (1986).

    NaN with fewer than two blocks.
    """
    blocks, of_block = np.unique(block, return_inverse=True)
    members, of_series = np.unique(series, return_inverse=True)
    clusters = len(np.unique(of_block * len(members) + of_series))
    if len(blocks) < MIN_BLOCKS:
        return np.full(residuals.shape[1], np.nan), clusters
    by_block = sum_by_group(residuals, of_block, len(blocks))
    adjacent = (np.diff(blocks) == 1)[:, None]
    variance: Floats = (by_block**2).sum(axis=0) + (by_block[1:] * by_block[:-1] * adjacent).sum(axis=0)
    variance *= small_sample_factor(np.array(len(blocks)))
    if len(members) > 1:
        by_series = sum_by_group(residuals, of_series, len(members))
        variance = np.maximum(variance, (by_series**2).sum(axis=0) * len(members) / (len(members) - 1))
    return variance, clusters


def variance_of_each(residuals: Floats, series: Integers, block: Integers, count: int) -> tuple[Floats, Integers]:
    """``clustered_variance`` over the blocks of each series by itself, [N, Q], and how many blocks it has, [N].

    ``count``: N series. Of fewer than ``MIN_BLOCKS`` blocks the variance means nothing.
    """
    first = block.min() if len(block) else 0
    width = int(block.max() - first) + 2 if len(block) else 1
    clusters, of_cluster = np.unique(series * width + (block - first), return_inverse=True)
    by_cluster, owner = sum_by_group(residuals, of_cluster, len(clusters)), clusters // width
    blocks = np.bincount(owner, minlength=count)
    variance = sum_by_group(by_cluster**2, owner, count)
    adjacent = (np.diff(clusters) == 1)[:, None]
    variance += sum_by_group(by_cluster[1:] * by_cluster[:-1] * adjacent, owner[1:], count)
    return variance * small_sample_factor(blocks)[:, None], blocks


def small_sample_factor(blocks: Integers) -> Floats:
    """What a variance over so many blocks is multiplied by, same shape: B / (B - 2), as a mean and a lag are estimated.

    2 B below three blocks.
    """
    factor: Floats = blocks / np.maximum(blocks - 2, 0.5)
    return factor


def share_below(excess: Floats, levels: Floats) -> Floats:
    """1 where the actual value is below a quantile, 0 where above: float64 [C, Q].

    A value on a quantile (the zeros of rare sales are on many at once) counts as below in part, as a value drawn evenly
    from the levels that it touches would: Czado, Gneiting and Held (2009), section 2.1.
    """
    hits = (excess < 0).astype(np.float64)
    tied = np.abs(excess) < TIED
    rows = np.flatnonzero(tied.any(axis=1))
    edges = np.concatenate([[0.0], levels, [1.0]])
    low = edges[(excess[rows] >= TIED).sum(axis=1)][:, None]
    high = edges[1 + (excess[rows] > -TIED).sum(axis=1)][:, None]
    hits[rows] = np.where(tied[rows], (levels - low) / (high - low), hits[rows])
    return hits


def sum_by_group(rows: Floats, group: Integers, groups: int) -> Floats:
    """Sums of the rows [C, Q] of each group: float64 [groups, Q]."""
    columns = np.ascontiguousarray(rows.T)
    return np.stack(
        [np.bincount(group, column, minlength=groups).astype(np.float64, copy=False) for column in columns], 1
    )
