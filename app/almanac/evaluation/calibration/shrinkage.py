"""What a single series needs beyond its kind, as far as its own checks can tell it from chance."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.evaluation.dependence.clustering import MAX_CHECKS_PER_CLUSTER, Checks, share_below, sum_by_group

FEWEST_SERIES = 10  # before it can be told how much series differ
FEWEST_BLOCKS = 4
WORTH_TAKING = 0.05  # of its own correction


def series_shifts(checks: Checks, levels: Floats, count: int, caution: float) -> tuple[Floats, Integers, Floats]:
    """Shifts [M, Q] of the M series (positions [M]) whose own checks say something, and for all ``count`` series how
    many independent checks of its own each has [count].

    Series differ by some variance between them: what their surpluses vary more than ``caution`` times what chance
    would have it. Each takes of its own shift as much as that variance is of its own gap's variance
    (empirical Bayes: Efron and Morris 1975). When series vary no more than by chance, none takes anything.
    """
    shares, variance, blocks = _surpluses(checks, levels, count)
    off = shares - levels
    told = np.flatnonzero(blocks >= FEWEST_BLOCKS)
    independent = np.zeros(count)
    one = levels * (1 - levels)
    independent[told] = np.median(one / np.maximum(variance[told], 1e-12), axis=1) if len(told) else 0.0
    nothing = np.zeros((0, len(levels))), np.zeros(0, np.int64), independent
    if len(told) < FEWEST_SERIES:
        return nothing
    between = float((off[told] ** 2 - caution * variance[told]).sum(axis=1).mean())
    if between <= 0:
        return nothing
    taken = between / (between + variance[told].sum(axis=1))
    rows = told[taken > WORTH_TAKING]
    if len(rows) == 0:
        return nothing
    shifts = _quantiles(checks, levels, rows) * taken[taken > WORTH_TAKING][:, None]
    return shifts, rows, independent


def _surpluses(checks: Checks, levels: Floats, count: int) -> tuple[Floats, Floats, Integers]:
    """For each series the share at or below each quantile [count, Q], its variance, and how many stretches of time."""
    hits = share_below(checks.excess, levels)
    total = np.maximum(np.bincount(checks.series, minlength=count), 1).astype(np.float64)
    shares = sum_by_group(hits, checks.series, count) / total[:, None]
    rest = (hits - shares[checks.series]) / total[checks.series][:, None]
    first = checks.block.min() if len(checks) else 0
    width = int(checks.block.max() - first) + 2 if len(checks) else 1
    cells, of_cell = np.unique(checks.series * width + (checks.block - first), return_inverse=True)
    by_cell, owner = sum_by_group(rest, of_cell, len(cells)), cells // width
    blocks = np.bincount(owner, minlength=count)
    variance = sum_by_group(by_cell**2, owner, count)
    adjacent = (np.diff(cells) == 1)[:, None]
    variance += sum_by_group(by_cell[1:] * by_cell[:-1] * adjacent, owner[1:], count)
    variance *= (blocks / np.maximum(blocks - 2, 0.5))[:, None]
    one = levels * (1 - levels)
    fewest = one / np.minimum(total, MAX_CHECKS_PER_CLUSTER * np.maximum(blocks, 1))[:, None]
    return shares, np.clip(variance, fewest, one), blocks


def _quantiles(checks: Checks, levels: Floats, rows: Integers) -> Floats:
    """The shift that each series' own checks ask for, none of it further out than its checks reach: [rows, Q]."""
    order = np.argsort(checks.series, kind="stable")
    series = checks.series[order]
    start = np.searchsorted(series, rows)
    length = np.searchsorted(series, rows, side="right") - start
    place = start[:, None] + np.arange(int(length.max()))
    inside = np.arange(int(length.max())) < length[:, None]
    out = np.empty((len(rows), len(levels)))
    for j, level in enumerate(levels):
        column = np.where(inside, checks.excess[order[np.where(inside, place, 0)], j], np.inf)
        column = np.sort(column, axis=1)
        rank = np.clip(np.round(level * (length + 1)).astype(np.int64) - 1, 0, length - 1)
        out[:, j] = np.take_along_axis(column, rank[:, None], axis=1)[:, 0]
    return out
