"""Which periods of a series are worth a test: after them it changes little, compared with fewer steps."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers

MAX_PERIOD = 60  # steps: the minutes of an hour, the weeks of a year, and all that people plan in (judgement)
MIN_CYCLES = 3  # of another season must be known: one to see it, one to confirm it, one to test it (judgement)
# Of a part of the usual season, and of about a half or a third of it while that is not known twice: a smooth year
# often looks like two halves that are alike (judgement).
MIN_CYCLES_OF_PART = 6
_PARTS, _NEAR_PART = (2, 3), 0.15
# Chosen by judgement, so that hardly any period is left out that passes the test.
_MAX_CHANGE = 0.5  # of the mean square change after fewer steps
_MAX_OF_USUAL = 0.8  # of the mean square change after a usual season
_NEAR_BEST = 1.5  # times the smallest change of a candidate
_MAX_CANDIDATES = 6
_ROUNDING = 1e-9  # of the mean square


def candidates(values: Floats, lengths: Integers, usual: tuple[int, ...]) -> Flags:
    """Which periods may be another season: bool [n, longest], where column k is period k + 1.

    ``values`` [n, T]: without trend, 0 where unknown, right-aligned, the latest ``lengths`` [n] belonging to the
    series; ``usual``: the seasons that its frequency suggests.
    """
    longest = min(MAX_PERIOD, values.shape[1] // 2)
    periods = np.arange(1, longest + 1)
    seasons = [m for m in usual if m > 1 and 2 * m <= values.shape[1]]
    change = _changes(values, lengths, np.concatenate([periods, np.array(seasons, np.int64)]))
    of_usual, change = change[:, longest:], change[:, :longest]
    small = (lengths[:, None] >= 2 * periods) & (periods > 1) & ~np.isin(periods, usual)
    small[:, 1:] &= change[:, 1:] <= _MAX_CHANGE * np.cumsum(change, axis=1)[:, :-1] / periods[:-1]
    for k, m in enumerate(seasons):
        small &= (change <= _MAX_OF_USUAL * of_usual[:, k : k + 1]) | (lengths < 2 * m)[:, None]
    best = np.where(small, change, np.inf).min(axis=1, keepdims=True, initial=np.inf)
    rounding = _ROUNDING * (values**2).sum(axis=1, keepdims=True) / lengths[:, None]
    possible: Flags = small & (change <= _NEAR_BEST * best + rounding) & _known(lengths, periods, usual[0])
    possible &= np.cumsum(possible, axis=1) <= _MAX_CANDIDATES
    return possible


def _known(lengths: Integers, periods: Integers, season: int) -> Flags:
    """Which periods are known often enough to be distinguished from chance and from parts of the usual ``season``."""
    cycles = lengths[:, None] / periods
    near = np.min([np.abs(periods * k / season - 1) for k in _PARTS], axis=0) <= _NEAR_PART
    part = ((season > periods) & (season % periods == 0)) | (near & (lengths[:, None] < 2 * season))
    known: Flags = cycles >= np.where(part, MIN_CYCLES_OF_PART, MIN_CYCLES)
    return known


def _changes(values: Floats, lengths: Integers, lags: Integers) -> Floats:
    """The mean square change after each lag: float64 [n, lags], the variogram."""
    total = values.shape[1]
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values**2, axis=1)], axis=1)
    products = np.stack([np.einsum("nt,nt->n", values[:, k:], values[:, : total - k]) for k in lags.tolist()], axis=1)
    begin = np.minimum((total - lengths)[:, None] + lags, total)
    later = sums[:, -1:] - np.take_along_axis(sums, begin, axis=1)
    change: Floats = (later + sums[:, total - lags] - 2 * products) / np.maximum(total - begin, 1)
    return np.maximum(change, 0.0)
