"""Corrections for single series, shrunk by how far the evidence of each exceeds sampling noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.evaluation.dependence.clustering import Checks, share_below, sum_by_group, variance_of_each
from almanac.evaluation.dependence.sample_size import MAX_CHECKS_PER_CLUSTER

CAUTION = 3.0  # times the variance that a correction must exceed before it counts (docs/decisions/0008: 0.3 to 9 tried)
MIN_SERIES = 10  # before the variance between series is estimated; chosen by judgement
MIN_BLOCKS = 4  # of a series, before its own checks count; chosen by judgement
MIN_SHARE_TAKEN = 0.05  # of a series' correction: less is not worth a separate one; chosen by judgement


@dataclass(frozen=True)
class SeriesShifts:
    """Corrections of M of N series.

    ``shifts`` float64 [M, Q]: in predictive scales; ``rows`` int64 [M]: positions of the series; ``independent``
    float64 [N]: how many independent checks each of all N series has by itself.
    """

    shifts: Floats
    rows: Integers
    independent: Floats


def series_shifts(checks: Checks, levels: Floats, count: int) -> SeriesShifts:
    """What single series need beyond the correction of their group, by empirical Bayes. ``count``: N series.

    With g_i(p) the coverage gap of series i at level p and v_i(p) its variance, series differ by

        between = mean over series of sum over p of (g_i(p)^2 - CAUTION v_i(p)),

    and series i takes the share between / (between + sum over p of v_i(p)) of the shift that its own checks ask for:
    Efron and Morris (1975), "Data analysis using Stein's estimator". When series differ no more than by chance
    (``between`` not above 0), or fewer than ``MIN_SERIES`` can be judged, none takes anything.
    """
    gaps, variance, blocks = _coverage_gaps(checks, levels, count)
    judged = np.flatnonzero(blocks >= MIN_BLOCKS)
    independent = np.zeros(count)
    single = levels * (1 - levels)
    if len(judged):
        independent[judged] = np.median(single / np.maximum(variance[judged], 1e-12), axis=1)
    nothing = SeriesShifts(np.zeros((0, len(levels))), np.zeros(0, np.int64), independent)
    if len(judged) < MIN_SERIES:
        return nothing
    between = float((gaps[judged] ** 2 - CAUTION * variance[judged]).sum(axis=1).mean())
    if between <= 0:
        return nothing
    taken = between / (between + variance[judged].sum(axis=1))
    enough = taken > MIN_SHARE_TAKEN
    rows = judged[enough]
    if len(rows) == 0:
        return nothing
    return SeriesShifts(_quantiles_of_series(checks, levels, rows) * taken[enough][:, None], rows, independent)


def _coverage_gaps(checks: Checks, levels: Floats, count: int) -> tuple[Floats, Floats, Integers]:
    """For each series the coverage gap [N, Q], its variance [N, Q], and the number of its blocks [N].

    As ``clustering.coverage_gap`` for one series, for all at once and without weights.
    """
    hits = share_below(checks.excess, levels)
    total = np.maximum(np.bincount(checks.series, minlength=count), 1).astype(np.float64)
    shares = sum_by_group(hits, checks.series, count) / total[:, None]
    residuals = (hits - shares[checks.series]) / total[checks.series][:, None]
    variance, blocks = variance_of_each(residuals, checks.series, checks.block, count)
    single = levels * (1 - levels)
    smallest = single / np.minimum(total, MAX_CHECKS_PER_CLUSTER * np.maximum(blocks, 1))[:, None]
    return shares - levels, np.clip(variance, smallest, single), blocks


def _quantiles_of_series(checks: Checks, levels: Floats, rows: Integers) -> Floats:
    """The shift that each series' own n checks ask for: [rows, Q], their excess of rank level * (n + 1), 1 to n."""
    order = np.argsort(checks.series, kind="stable")
    series = checks.series[order]
    start = np.searchsorted(series, rows)
    length = np.searchsorted(series, rows, side="right") - start
    column_number = np.arange(int(length.max()))
    inside = column_number < length[:, None]
    cell = order[np.where(inside, start[:, None] + column_number, 0)]
    shifts = np.empty((len(rows), len(levels)))
    for j, level in enumerate(levels):
        excess = np.sort(np.where(inside, checks.excess[cell, j], np.inf), axis=1)
        rank = np.clip(np.round(level * (length + 1)).astype(np.int64) - 1, 0, length - 1)
        shifts[:, j] = np.take_along_axis(excess, rank[:, None], axis=1)[:, 0]
    return shifts
