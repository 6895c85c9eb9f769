"""Totals and parts that agree: MinT, the reconciliation with the smallest expected squared error.

Wickramasuriya, Athanasopoulos and Hyndman (2019), "Optimal forecast reconciliation for hierarchical and grouped time
series through trace minimization", Journal of the American Statistical Association 114, in the form that solves for the
groups and not for the series: with C = [I, -A], where A adds up the parts, and W the covariance of the errors of totals
and parts, y - W C' (C W C')^-1 C y. W is shrunk to its diagonal: Schäfer and Strimmer (2005), "A shrinkage approach to
large-scale covariance matrix estimation". It is a diagonal plus a product of a tall matrix with itself, so that 10,000
series in 1,200 groups take one system of 1,200 equations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.totals.grouping import Grouping

MIN_SPREAD = 1e-6  # of the mean size of all forecasts: the least standard deviation of an error


@dataclass(frozen=True)
class ErrorCovariance:
    """The covariance of the errors of G totals and N parts, in that order.

    ``spread`` float64 [G + N]: standard deviations; ``scores`` float64 [G + N, K]: errors divided by these, at K times,
    0 if unknown; ``shrinkage``: how far correlations are shrunk to 0, from 0 to 1.
    """

    spread: Floats
    scores: Floats
    shrinkage: float


def error_covariance(errors: Floats, spread: Floats, independent: float) -> ErrorCovariance:
    """The covariance by past ``errors`` float64 [G + N, K], NaN if unknown, of which ``independent`` times are.

    ``spread`` float64 [G + N]: the standard deviations. The shrinkage is that of Schäfer and Strimmer: the variance of
    all correlations, by as many observations as are independent, over their sum of squares.
    """
    scores = np.nan_to_num(errors / np.maximum(spread, np.finfo(float).tiny)[:, None])
    count = scores.shape[1]
    if count < 2 or independent < 2:
        return ErrorCovariance(spread, scores, 1.0)
    own = (scores**2).mean(axis=1)
    scores = scores / np.sqrt(np.where(own > 0, own, 1.0))[:, None]
    gram = scores.T @ scores
    squares = float((gram**2).sum()) / count**2 - float(((scores**2).mean(axis=1) ** 2).sum())
    fourth = float((np.diag(gram) ** 2).sum()) - float((scores**4).sum())
    variance = max(fourth / count - squares, 0.0) * independent**2 / (independent - 1) ** 3
    return ErrorCovariance(spread, scores, float(np.clip(variance / max(squares, 1e-300), 0.0, 1.0)))


def reconcile(
    grouping: Grouping, totals: Floats, parts: Floats, covariance: ErrorCovariance, bounds: tuple[Floats, Flags]
) -> Floats:
    """Parts float64 [N, H] whose sums are the reconciled totals.

    ``totals`` [G, H] and ``parts`` [N, H]: expected values that do not agree yet. ``bounds``: the lower bound of each
    part, float64 [N], and in which steps it is fixed because it is closed, bool [N, H]. What falls below its bound is
    put on it, and the totals are the sums of what is left: Di Fonzo and Girolimetto (2023), "Spatio-temporal
    reconciliation of solar forecasts", section 4 (set-negative-to-zero).
    """
    lowest, fixed = bounds
    reconciled = parts.copy()
    steps_of: dict[bytes, list[int]] = {}  # those in which the same parts are closed
    for step, closed in enumerate(fixed.T):
        steps_of.setdefault(closed.tobytes(), []).append(step)
    for steps in steps_of.values():
        pattern = fixed[:, steps[0]]
        if not pattern.all():
            reconciled[:, steps] = _solved(grouping, totals[:, steps], parts[:, steps], covariance, ~pattern)
    return np.where(fixed, parts, np.maximum(reconciled, np.minimum(lowest[:, None], parts)))


def _solved(grouping: Grouping, totals: Floats, parts: Floats, covariance: ErrorCovariance, free: Flags) -> Floats:
    """``parts`` [N, S] moved so that they agree with ``totals`` [G, S]; only those that are ``free`` move."""
    groups = len(grouping)
    moving = np.concatenate([np.ones(groups), free])
    least = MIN_SPREAD * float(np.abs(parts).mean() + np.abs(totals).mean() / groups)
    spread = np.maximum(covariance.spread, max(least, np.finfo(float).tiny)) * moving
    kept = (1 - covariance.shrinkage) / max(covariance.scores.shape[1], 1)
    own = spread**2 * (1 - kept * (covariance.scores**2).sum(axis=1))
    joint = covariance.scores * (spread * np.sqrt(kept))[:, None]
    gaps = joint[:groups] - grouping.sums(joint[groups:])
    system = grouping.overlaps(own[groups:]) + gaps @ gaps.T
    system[np.diag_indices(groups)] += own[:groups]
    size = np.sqrt(np.diag(system))
    system /= np.outer(size, size)
    system[np.diag_indices(groups)] += 1e-10  # groups of the same series
    prices = np.linalg.solve(system, (totals - grouping.sums(parts)) / size[:, None]) / size[:, None]
    moved: Floats = parts + own[groups:, None] * grouping.spread(prices) - joint[groups:] @ (gaps.T @ prices)
    return moved
