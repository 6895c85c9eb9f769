"""Whether a series repeats itself after a period, beyond doubt and not only by its usual season."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.forecasting.seasons.phases import PhaseMeans, phase_means

# Chosen so that of 1,000 series without another season at most 5 are given one, whatever they are like.
MAX_CHANCE = 1e-6  # that a series without any period seems to have this one: about 1e-4 for 59 of them
MAX_CHANCE_OF_SPIKES = 1e-3  # that all spikes of one size are whole periods apart: few periods fit to their number
MAX_UNSEEN = 0.6  # of the variance, left when each value is forecast from the same phase of other cycles
MAX_UNSEEN_EARLY = 0.2  # the same as long as the usual season is not known twice
MAX_OF_OTHER = 0.7  # of what a usual season, or a part of the period, leaves
MIN_MORE_VALUES = 8  # than phases, as for what repeats itself exactly
# A holiday that moves seems to have a period of two years, or of a year and a week, by the luck of a few years.
NEAR_USUAL = 0.1  # of the usual season, how far another one is near it
MIN_CYCLES_NEAR_USUAL = 6  # known of a multiple of it and of one that is near it,
MIN_SHARE_NEAR_USUAL = 0.25  # or the share of all values that matter
_ROUNDING = 1e-9  # of the variance
_MAX_MEMORY = 0.95
_LEAST = 1e-6
_FIRST_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)  # up to half of the longest period


def unexplained(values: Floats, known: Flags, lengths: Integers, period: int, usual: tuple[int, ...]) -> Floats:
    """The share of the variance of each series that ``period`` does not explain: float64 [n], inf without evidence.

    ``values`` [n, T]: as for ``candidates``; ``known`` [n, T]; ``usual``: the seasons that the frequency suggests.
    """
    level = _moving_mean(values, known, lengths, period)
    shape = np.where(known, values - level, 0.0)
    shocks, inside = _without_memory(shape, known, period)
    count = inside.sum(axis=1)
    total = (shocks**2).sum(axis=1)
    floor = _ROUNDING * total
    means = phase_means(shocks, inside, period)
    left = count - means.phases
    early = (usual[0] != 1) & (lengths < 2 * usual[0])
    limit = np.where(early, MAX_UNSEEN_EARLY, MAX_UNSEEN)
    found = (left >= MIN_MORE_VALUES) & (means.unseen <= limit * total) & (total > 0)
    found &= _surprising(means.within, total, means.phases - 1, left, floor)
    found &= _more_than_spikes(shape, period)
    others = {m: lengths >= 2 * m for m in usual if 1 < m != period}
    others |= {period // q: lengths > 0 for q in _FIRST_PRIMES if period % q == 0 and period > q}
    for m, testable in others.items():
        other = phase_means(shocks, inside, m)
        better = _better(means, other, period / m, left, floor)
        if m in usual and (period % m == 0 or abs(period - m) <= NEAR_USUAL * m):
            better &= (lengths >= MIN_CYCLES_NEAR_USUAL * period) | (
                _spikes(other.rest) >= MIN_SHARE_NEAR_USUAL * count
            )
        found &= ~testable | better
    share: Floats = np.where(found, means.unseen / np.where(total > 0, total, 1.0), np.inf)
    return share


def _better(means: PhaseMeans, other: PhaseMeans, times: float, left: Integers, floor: Floats) -> Flags:
    """Whether a period explains more than another one, of which it is so many ``times`` as long.

    Where it is a multiple it always explains more, so that has to be more than chance.
    """
    better = means.unseen <= MAX_OF_OTHER * other.unseen + floor
    if times > 1 and times == int(times):
        more = means.phases - other.phases
        better &= _surprising(means.within, other.within, more, left, floor)
        better &= _more_than_spikes(other.rest, int(times))
    return better


def _surprising(within: Floats, of: Floats, more: Integers, left: Integers, floor: Floats) -> Flags:
    """Whether ``more`` parameters explain so much of a sum of squares that chance is ruled out.

    The share that they explain has a beta distribution if there is nothing to explain (the F test), whose tail is at
    most exp(-d · KL): Marchal and Arbel (2017), "On the sub-Gaussianity of the beta and Dirichlet distributions".
    """
    a, b = np.maximum(more, 1) / 2, np.maximum(left, 1) / 2
    usual = a / (a + b)
    share = np.clip(1 - (within + floor / 1e3) / np.where(of > 0, of + floor / 1e3, 1.0), usual, 1 - 1e-15)
    divergence = usual * np.log(usual / share) + (1 - usual) * np.log((1 - usual) / (1 - share))
    surprising: Flags = (of > 0) & ((a + b) * divergence >= -np.log(MAX_CHANCE))
    return surprising


def _more_than_spikes(values: Floats, period: int) -> Flags:
    """Whether so many values matter that they cannot be spikes a period apart by chance."""
    enough: Flags = (_spikes(values) - 1) * np.log(period) >= -np.log(MAX_CHANCE_OF_SPIKES)
    return enough


def _spikes(values: Floats) -> Floats:
    """How many spikes of one size are as uneven as the values [n, T] are: float64 [n], the participation ratio."""
    fourth = (values**4).sum(axis=1)
    spikes: Floats = (values**2).sum(axis=1) ** 2 / np.where(fourth > 0, fourth, 1.0)
    return spikes


def _without_memory(values: Floats, known: Flags, period: int) -> tuple[Floats, Flags]:
    """What is new in each value, given the two before, and where it is known: each [n, T - 2].

    Of a random walk that is its changes, of noise the noise itself (Cochrane and Orcutt 1949); an economy's cycles of
    changing length leave nothing. The autocorrelation is that of the values without their phase means.
    """
    rest = phase_means(values, known, period).rest
    first, second = _autocorrelation(rest, known, 1), _autocorrelation(rest, known, 2)
    beyond = (second - first**2) / np.maximum(1 - first**2, _LEAST)
    beyond = np.where(np.abs(first) < 1 - _LEAST, np.clip(beyond, -_MAX_MEMORY, _MAX_MEMORY), 0.0)
    inside = known[:, 2:] & known[:, 1:-1] & known[:, :-2]
    shocks = values[:, 2:] - (first * (1 - beyond))[:, None] * values[:, 1:-1] - beyond[:, None] * values[:, :-2]
    shocks = np.where(inside, shocks, 0.0)
    mean = shocks.sum(axis=1) / np.maximum(inside.sum(axis=1), 1)
    return np.where(inside, shocks - mean[:, None], 0.0), inside


def _autocorrelation(rest: Floats, known: Flags, lag: int) -> Floats:
    """Of values that are 0 where unknown: float64 [n], made larger by its usual bias (Kendall 1954)."""
    both = known[:, lag:] & known[:, :-lag]
    later, before = rest[:, lag:] * both, rest[:, :-lag] * both
    squares = ((later**2).sum(axis=1) + (before**2).sum(axis=1)) / 2
    found = (later * before).sum(axis=1) / np.where(squares > 0, squares, 1.0)
    biased: Floats = np.clip(found + (1 + 3 * found) / np.maximum(both.sum(axis=1), 1), -_MAX_MEMORY, 1.0)
    return biased


def _moving_mean(values: Floats, known: Flags, lengths: Integers, period: int) -> Floats:
    """The mean over one period around each point: float64 [n, T]; near the ends, that of the first or last period."""
    total, half = values.shape[1], period // 2
    begin = (total - lengths)[:, None]
    at = np.clip(np.arange(total), begin + half, total - 1 - half)
    sums, counts = (_cumulative(part) for part in (values, known.astype(np.float64)))
    windows = [(at - half, at + half + 1)] if period % 2 else [(at - half, at + half), (at - half + 1, at + half + 1)]
    summed, counted = (sum(_span(part, *window) for window in windows) for part in (sums, counts))
    mean: Floats = summed / np.maximum(counted, 1.0)
    return mean


def _cumulative(values: Floats) -> Floats:
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)


def _span(sums: Floats, first: Integers, until: Integers) -> Floats:
    between: Floats = np.take_along_axis(sums, until, axis=1) - np.take_along_axis(sums, first, axis=1)
    return between
