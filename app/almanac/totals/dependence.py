"""How the errors of series depend on one another: what their groups have in common moves them together.

A factor model of standard scores: z_i = sqrt(a_0) f_0 + sum over levels l of sqrt(a_l) f_l(group of i) + the rest, so
that two series correlate by the sum of the weights a of the groups that they share. It takes one number a level and a
group, never a matrix of series × series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.totals.grouping import NO_GROUP, Level

PRIOR_CORRELATION = 0.1  # of any two series of a file; chosen by judgement
PRIOR_WINDOWS = 4.0  # stretches of time that count as much as the prior; chosen by judgement
MAX_SHARED = 0.95  # of a series' variance


@dataclass(frozen=True)
class SeriesCorrelation:
    """``weights`` float64 [L]: the share of variance that a series has in common with the others in its group of each
    of ``levels``, of which the first is everything; ``windows``: how many stretches of time it rests on.
    """

    levels: tuple[Level, ...]
    weights: Floats
    windows: float


def series_correlation(
    levels: tuple[Level, ...], scores: Floats, series: Integers, cutoff: Integers, horizon: int
) -> SeriesCorrelation:
    """Learn the weights from backtests, shrunk towards a prior where they are few.

    ``scores`` float64 [W, H]: standard scores of what happened in W windows, of ``series`` int64 [W] at ``cutoff``
    int64 [W]; NaN if unknown. With P_l the sum of products of the scores of all pairs that share a group of level l at
    one cut-off and step, and N_lk the number of pairs that share those of both l and k, the weights solve
    sum_k N_lk a_k = P_l: least squares of the products on what pairs share. They are divided by the mean squared score.
    """
    prior = np.zeros(len(levels))
    prior[0] = PRIOR_CORRELATION
    known = np.isfinite(scores)
    if not known.any():
        return SeriesCorrelation(levels, prior, 0.0)
    window, step = np.nonzero(known)
    z = scores[window, step]
    time = cutoff[window] * scores.shape[1] + step
    products, pairs = _shared(levels, z, series[window], time)
    if pairs[0, 0] == 0:
        return SeriesCorrelation(levels, prior, 0.0)
    found = _not_negative(pairs, products) / max(float((z**2).mean()), 1e-12)
    cutoffs = np.unique(cutoff)
    windows = 1 + (cutoffs[-1] - cutoffs[0]) / horizon
    windows = float(min(windows, len(cutoffs)))
    weight = windows / (windows + PRIOR_WINDOWS)
    weights = weight * found + (1 - weight) * prior
    return SeriesCorrelation(levels, weights * min(1.0, MAX_SHARED / max(weights.sum(), 1e-12)), windows)


def _shared(levels: tuple[Level, ...], z: Floats, series: Integers, time: Integers) -> tuple[Floats, Floats]:
    """Sums of the products of pairs that share a group, float64 [L], and numbers of pairs that share two, [L, L]."""
    count = len(levels)
    products, pairs = np.zeros(count), np.zeros((count, count))
    for a, first in enumerate(levels):
        for b, second in enumerate(levels[: a + 1]):
            in_both = (first.codes[series] != NO_GROUP) & (second.codes[series] != NO_GROUP)
            at = series[in_both]
            group = first.codes[at] * len(second) + second.codes[at]
            cell = np.unique(time[in_both] * (len(first) * len(second)) + group, return_inverse=True)[1]
            members = np.bincount(cell).astype(np.float64)
            pairs[a, b] = pairs[b, a] = (members * (members - 1) / 2).sum()
            if a == b:
                total, squares = np.bincount(cell, z[in_both]), np.bincount(cell, z[in_both] ** 2)
                products[a] = ((total**2 - squares) / 2).sum()
    return products, pairs


def _not_negative(pairs: Floats, products: Floats) -> Floats:
    """Weights from 0 up that solve ``pairs`` @ weights = ``products``; levels that would be negative are left out."""
    weights = np.zeros(len(products))
    active = np.diag(pairs) > 0
    while active.any():
        at = np.flatnonzero(active)
        solved = np.linalg.lstsq(pairs[np.ix_(at, at)], products[at], rcond=None)[0]
        if (solved >= 0).all():
            weights[at] = solved
            break
        active[at[solved < 0]] = False
    return np.clip(weights, 0.0, 1.0)
