"""How much a set of checks says, when checks depend on one another.

Windows overlap, the steps of one window err together, and one bad month hits all series at once: a thousand checks may
say no more than five. Everything here is about the share of actual values below each quantile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers

FEWEST_BLOCKS = 2
MAX_CHECKS_PER_CLUSTER = (
    2  # independent checks that one series gives in one stretch of time, at most: its steps err together
)
TIED = 1e-6  # predicted spreads between a value and a quantile that are one: rounding of float32


@dataclass(frozen=True)
class Checks:
    """C forecasts beside what happened. ``excess`` float64 [C, Q]: the actual value minus each quantile, in units of
    the predicted spread; ``weight`` float64 [C]; ``series`` int64 [C]; ``block`` int64 [C]: the stretch of time, one
    horizon long, that the checked period lies in; ``bucket`` int64 [C]: how far ahead it was."""

    excess: Floats
    weight: Floats
    series: Integers
    block: Integers
    bucket: Integers

    def __len__(self) -> int:
        return len(self.weight)

    def where(self, chosen: np.ndarray) -> Checks:
        return Checks(
            self.excess[chosen], self.weight[chosen], self.series[chosen], self.block[chosen], self.bucket[chosen]
        )


def coverage_gap(checks: Checks, levels: Floats) -> tuple[Floats, Floats]:
    """By how much more actual values than promised lie at or below each quantile, and the variance of that: [Q], [Q].

    The variance allows for checks that move together within a series, or within a stretch of time and the next,
    whichever is more: Newey and West (1987) over stretches, across series as in Driscoll and Kraay (1998); clusters
    of series as in Liang and Zeger (1986). A few stretches cannot tell their own variance: it is never below that of
    two independent checks for each series and stretch, and with less than two stretches it is that of a single check.
    """
    share = checks.weight / checks.weight.sum()
    hits = share_below(checks.excess, levels)
    mean = share @ hits
    one = levels * (1 - levels)
    variance, apart = clustered_variance(share[:, None] * (hits - mean), checks.series, checks.block)
    if np.isnan(variance).any():
        return mean - levels, one
    fewest = one * max((share**2).sum(), 1 / (MAX_CHECKS_PER_CLUSTER * apart))
    return mean - levels, np.minimum(np.maximum(variance, fewest), one)


def clustered_variance(rest: Floats, series: Integers, block: Integers) -> tuple[Floats, int]:
    """The variance of a weighted mean [Q] from its weighted residuals [C, Q], and how many stretches of single series
    there are; NaN with fewer than two stretches of time. See ``coverage_gap``."""
    blocks, of_block = np.unique(block, return_inverse=True)
    members, of_series = np.unique(series, return_inverse=True)
    apart = len(np.unique(of_block * len(members) + of_series))
    if len(blocks) < FEWEST_BLOCKS:
        return np.full(rest.shape[1], np.nan), apart
    by_block = sum_by_group(rest, of_block, len(blocks))
    next_to = (np.diff(blocks) == 1)[:, None]
    variance: Floats = (by_block**2).sum(axis=0) + (by_block[1:] * by_block[:-1] * next_to).sum(axis=0)
    variance *= len(blocks) / max(len(blocks) - 2, 0.5)
    if len(members) > 1:
        by_series = sum_by_group(rest, of_series, len(members))
        variance = np.maximum(variance, (by_series**2).sum(axis=0) * len(members) / (len(members) - 1))
    return variance, apart


def share_below(excess: Floats, levels: Floats) -> Floats:
    """1 where the actual value lies below a quantile, 0 where above: [C, Q].

    Where it lies on one (the zeros of rare sales lie on many at once) it counts as below in part, as a value drawn
    evenly from the levels that it touches would: Czado, Gneiting and Held (2009), section 2.1.
    """
    hits = (excess < 0).astype(np.float64)
    tied = np.abs(excess) < TIED
    rows = np.flatnonzero(tied.any(axis=1))
    edges = np.concatenate([[0.0], levels, [1.0]])
    low = edges[(excess[rows] >= TIED).sum(axis=1)][:, None]
    high = edges[1 + (excess[rows] > -TIED).sum(axis=1)][:, None]
    hits[rows] = np.where(tied[rows], (levels - low) / (high - low), hits[rows])
    return hits


def effective_sample_size(variance: Floats, levels: Floats) -> Floats:
    """How many independent checks would say as much: [Q], at least 1."""
    return np.maximum(levels * (1 - levels) / variance, 1.0)


def sum_by_group(rows: Floats, group: Integers, groups: int) -> Floats:
    """Sums of the rows [C, Q] of each group: [groups, Q]."""
    columns = np.ascontiguousarray(rows.T)
    return np.stack([np.bincount(group, column, minlength=groups) for column in columns], axis=1)
