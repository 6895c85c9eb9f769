"""How the errors of series depend on one another: what their groups have in common moves them together.

A factor model of the standard scores z_ih of series i at step h: the sum over levels l of f_l(group of i)_h, and the
rest. What is common to a group has its own covariance over the steps, A_l: errors that all series share, of a
common level above all, mostly last longer and grow faster over the steps than those of one series, and that is what the
sum of a group over a whole horizon depends on. It takes one [H, H] matrix a level, never one of series × series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.totals.grouping import NO_GROUP, Level

PRIOR_CORRELATION = 0.1  # of any two series of a file; chosen by judgement
PRIOR_WINDOWS = 4.0  # stretches of time that count as much as the prior; chosen by judgement
MAX_SHARED = 0.95  # of a series' variance
_LEAST = 1e-6  # variance of a step that is not common to any group


@dataclass(frozen=True)
class SeriesCorrelation:
    """What the errors of series have in common with the others in their group of each of L levels.

    ``levels``: of which the first is everything; ``common`` float64 [L, H, H]: the covariance over the steps, in units
    of the variance of the errors; ``windows``: how many stretches of time it rests on.
    """

    levels: tuple[Level, ...]
    common: Floats
    windows: float

    @classmethod
    def alike(
        cls, levels: tuple[Level, ...], weights: Floats, steps: Floats, windows: float = 0.0
    ) -> SeriesCorrelation:
        """What is common depends over the steps as the whole errors do, by ``steps`` [H, H], with these ``weights``."""
        return cls(levels, weights[:, None, None] * steps, windows)

    @property
    def weights(self) -> Floats:
        """The share of the variance of a series that each level has, mean over the steps: float64 [L]."""
        shares: Floats = np.diagonal(self.common, axis1=1, axis2=2).mean(axis=1)
        return shares

    def parts_of(self, steps: Floats, used: Flags) -> tuple[Floats, Floats]:
        """The covariance of what each of the ``used`` levels [L] has in common, [U, H, H], and of the rest, [H, H].

        Together they have variances of 1. ``steps`` [H, H]: the correlation of the steps of a series.
        """
        common = self.common[used]
        rest = _not_negative_definite(steps - common.sum(axis=0), _LEAST)
        size = np.sqrt(np.diag(rest) + np.diagonal(common.sum(axis=0)))
        scale = np.outer(size, size)
        return common / scale, rest / scale


@dataclass(frozen=True)
class ErrorScores:
    """``scores`` float64 [W, H]: standard scores of what happened in W windows, NaN if unknown, of ``series`` int64 [W]
    forecast at ``cutoff`` int64 [W].
    """

    scores: Floats
    series: Integers
    cutoff: Integers


def series_correlation(levels: tuple[Level, ...], errors: ErrorScores, steps: Floats) -> SeriesCorrelation:
    """Learn what groups have in common from backtests, shrunk towards a prior where they are few.

    With P_l[h, k] the mean product of the scores at steps h and k of two series that share a group of level l at one
    cut-off, and N_lm the number of pairs that share those of both l and m, the covariances solve
    sum_m N_lm A_m = N_ll P_l: least squares of the products on what pairs share. Levels whose variance would be
    negative are left out. The prior is PRIOR_CORRELATION of everything, over the steps like ``steps`` [H, H], the
    correlation of the steps of a series; with n stretches of time the covariances take the weight
    n / (n + PRIOR_WINDOWS).
    """
    prior = np.zeros(len(levels))
    prior[0] = PRIOR_CORRELATION
    nothing = SeriesCorrelation.alike(levels, prior, steps)
    if not np.isfinite(errors.scores).any():
        return nothing
    products, pairs = _shared(levels, errors, len(steps))
    if pairs[0, 0] == 0:
        return nothing
    found = _solved(products, pairs, steps)
    cutoffs = np.unique(errors.cutoff)
    windows = float(min(1 + (cutoffs[-1] - cutoffs[0]) / errors.scores.shape[1], len(cutoffs)))
    weight = windows / (windows + PRIOR_WINDOWS)
    common = weight * found + (1 - weight) * nothing.common
    common = np.stack([_not_negative_definite(one, 0.0) for one in common])
    variance = np.diagonal(common.sum(axis=0))
    size = np.sqrt(np.minimum(1.0, MAX_SHARED / np.maximum(variance, _LEAST)))
    return SeriesCorrelation(levels, common * np.outer(size, size), windows)


def _shared(levels: tuple[Level, ...], errors: ErrorScores, most: int) -> tuple[Floats, Floats]:
    """Mean products of pairs that share a group, over their mean squares, float64 [L, H, H], and the numbers of pairs
    that share groups of two levels, [L, L]; of the first ``most`` steps.
    """
    scores = errors.scores[:, :most]
    known = np.isfinite(scores).astype(np.float64)
    scores = np.where(known > 0, scores, 0.0)
    size = np.sqrt((scores**2).sum(axis=0) / np.maximum(known.sum(axis=0), 1))
    scores = scores / np.maximum(size, np.sqrt(_LEAST))
    count, horizon = len(levels), scores.shape[1]
    products, pairs = np.zeros((count, horizon, horizon)), np.zeros((count, count))
    for a, first in enumerate(levels):
        for b, second in enumerate(levels[: a + 1]):
            one, other = first.codes[errors.series], second.codes[errors.series]
            inside = np.flatnonzero((one != NO_GROUP) & (other != NO_GROUP))
            cell = (errors.cutoff[inside] * len(first) + one[inside]) * len(second) + other[inside]
            rows, starts = _by_cell(inside, cell)
            there = _of_pairs(known[rows], starts)
            pairs[a, b] = pairs[b, a] = np.trace(there)
            if a == b:
                products[a] = _of_pairs(scores[rows], starts) / np.maximum(there, 1)
    return products, pairs


def _by_cell(rows: Integers, cell: Integers) -> tuple[Integers, Integers]:
    """The rows sorted by their cell, and where each cell begins."""
    order = np.argsort(cell, kind="stable")
    return rows[order], np.flatnonzero(np.diff(cell[order], prepend=cell.min() - 1))


def _of_pairs(values: Floats, starts: Integers) -> Floats:
    """The sum over ordered pairs of different rows of a cell of the products of values [W, H] at two steps: [H, H]."""
    together = np.add.reduceat(values, starts, axis=0)
    products: Floats = together.T @ together - values.T @ values
    return products


def _solved(products: Floats, pairs: Floats, steps: Floats) -> Floats:
    """The covariances [L, H, H] of the levels; at ``steps`` beyond those of the ``products`` as ``steps`` with the same
    mean variance.
    """
    known = products.shape[1]
    variances = np.diagonal(products, axis1=1, axis2=2).mean(axis=1) * np.diag(pairs)
    active = np.diag(pairs) > 0
    weights = np.zeros(len(products))
    while active.any():
        at = np.flatnonzero(active)
        solved = np.linalg.lstsq(pairs[np.ix_(at, at)], variances[at], rcond=None)[0]
        if (solved >= 0).all():
            weights[at] = solved
            break
        active[at[solved < 0]] = False
    found = np.clip(weights, 0.0, 1.0)[:, None, None] * steps
    at = np.flatnonzero(active)
    if len(at):
        seen = (products[at] * np.diag(pairs)[at, None, None]).reshape(len(at), -1)
        solved = np.linalg.lstsq(pairs[np.ix_(at, at)], seen, rcond=None)[0]
        found[at, :known, :known] = solved.reshape(len(at), known, known)
    return found


def _not_negative_definite(matrix: Floats, least: float) -> Floats:
    """The nearest symmetric matrix whose eigenvalues are no less than this."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    nearest: Floats = (vectors * np.maximum(values, least)) @ vectors.T
    return nearest
