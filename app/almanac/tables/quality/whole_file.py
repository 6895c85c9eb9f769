"""What is odd about a file's series taken together: a last period that may not be over, and a few that dominate.

All thresholds were chosen by judgement.
"""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.series import SeriesSet
from almanac.tables.quality.segments import in_parts

MIN_SERIES = 10  # for some of them to be called a few
LARGEST_SHARE = 0.05  # of the series are the few
MIN_VOLUME = 0.9  # share of all volume that the few must hold
MIN_LENGTH = 12  # periods of every series
MIN_ENDING = 0.5  # share of series that must end in the last period
MAX_PERIODS = 200  # compared
STEADY = 0.5  # the smallest sum before must be above this share of the largest
LOW = 0.6  # the last sum must be below this share of the smallest before


def find_low_last_period(series: SeriesSet) -> Integers:
    """Positions of the last values when their sum is far below any before: the period may not be over yet."""
    none = np.zeros(0, dtype=np.int64)
    if not series.frequency.dated or series.frequency.season_length == 1 or (series.lengths < MIN_LENGTH).any():
        return none
    ends = series.last == int(series.last.max())
    if ends.mean() < MIN_ENDING:
        return none
    span = int(min(series.lengths[ends].min(), 2 * series.frequency.season_length + 1, MAX_PERIODS))
    positions = (series.offsets[1:][ends] - 1)[:, None] - np.arange(span)[::-1]
    values = series.values[positions]
    if not np.isfinite(values).all() or (values < 0).any():
        return none
    sums = values.sum(axis=0)
    before, last = sums[:-1], sums[-1]
    return positions[:, -1] if before.min() > STEADY * before.max() and last < LOW * before.min() else none


def find_imbalance(series: SeriesSet) -> tuple[Integers, float]:
    """The few series that hold nearly all of the volume, largest first, and the share they hold; none otherwise."""
    none = np.zeros(0, dtype=np.int64)
    if len(series) < MIN_SERIES:
        return none, 0.0
    volume = np.zeros(len(series))
    for part, values, starts in in_parts(series):
        volume[part] = np.add.reduceat(np.nan_to_num(np.abs(values), copy=False), starts)
    order = np.argsort(-volume, kind="stable")
    few = order[: max(1, int(LARGEST_SHARE * len(series)))]
    share = float(volume[few].sum() / volume.sum()) if volume.sum() else 0.0
    return (few, share) if share >= MIN_VOLUME else (none, share)
