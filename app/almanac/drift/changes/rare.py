"""Zeros and gaps that come more often than before."""

from __future__ import annotations

from math import exp, lgamma

import numpy as np

from almanac.core.alerts import AlertKind
from almanac.core.arrays import Flags, Floats
from almanac.core.distribution.levels import LIKELY_LOW
from almanac.core.series import SeriesSet, quantile_at
from almanac.drift.changes.suspicion import Suspicion
from almanac.drift.changes.watched import Watched

# They come in runs: so many of them tell as much as one that stands alone. Chosen by judgement.
RUN = 2.0
PRIOR_COUNT, PRIOR_OTHERS = 0.5, 4.5  # as if seen before the history began: at most one in ten; chosen by judgement


def zeros_appeared(watched: Watched, before: SeriesSet) -> Suspicion:
    """Whether zeros come where a forecast says that there should be something."""
    expected = quantile_at(watched.quantiles, watched.levels, LIKELY_LOW) > 0
    new = (watched.actuals == 0) & expected
    known = np.isfinite(watched.actuals)
    known_before = np.isfinite(before.values)
    earlier = _sums(before.values == 0, before), _sums(known_before, before)
    return _appeared(AlertKind.ZEROS, watched, (new, known), earlier)


def gaps_appeared(watched: Watched, before: SeriesSet) -> Suspicion:
    """Whether more values are missing, up to the last one that is known."""
    known = np.isfinite(watched.actuals)
    last = np.where(known.any(axis=1), known.shape[1] - known[:, ::-1].argmax(axis=1), 0)
    inside = np.arange(watched.steps) < last[:, None]
    open_before = ~before.closed_points
    earlier = _sums(np.isnan(before.values) & open_before, before), _sums(open_before, before)
    return _appeared(AlertKind.GAPS, watched, (inside & watched.gaps, inside & (known | watched.gaps)), earlier)


def _sums(found: Flags, before: SeriesSet) -> Floats:
    """How many points of each series: float64 [N]."""
    sums: Floats = np.add.reduceat(found.astype(np.float64), before.offsets[:-1])
    return sums


def _appeared(kind: AlertKind, watched: Watched, new: tuple[Flags, Flags], earlier: tuple[Floats, Floats]) -> Suspicion:
    """How likely as many among the new steps are, given how many there were earlier: the beta-binomial distribution.

    ``new``: which steps are such, of which steps; ``earlier``: how many were, of how many.
    """
    later = np.arange(watched.steps) >= watched.new_from
    such, possible = new[0] & later, new[1] & later
    count, steps = such.sum(axis=1), possible.sum(axis=1)
    probability = np.ones(len(count))
    for i in np.flatnonzero(count):
        a, b = PRIOR_COUNT + earlier[0][i] / RUN, PRIOR_OTHERS + (earlier[1][i] - earlier[0][i]) / RUN
        n = max(round(steps[i] / RUN), 1)
        probability[i] = _at_least(min(round(count[i] / RUN + 0.01), n), n, a, b)
    since = np.where(count > 0, such.argmax(axis=1), watched.new_from)
    return Suspicion((kind,) * len(count), probability, since, count / np.maximum(steps, 1))


def _at_least(count: int, n: int, a: float, b: float) -> float:
    """The probability of at least ``count`` of ``n``, where the share has a beta distribution."""
    return min(sum(_exactly(k, n, a, b) for k in range(count, n + 1)), 1.0) if count else 1.0


def _exactly(k: int, n: int, a: float, b: float) -> float:
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    chances = lgamma(a + k) + lgamma(b + n - k) - lgamma(a + b + n) - lgamma(a) - lgamma(b) + lgamma(a + b)
    return exp(ways + chances)
