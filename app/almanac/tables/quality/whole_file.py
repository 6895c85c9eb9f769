"""What is odd about a file's series taken together: an unfinished last period, and a few that hold nearly all."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.series import SeriesSet

_ENOUGH = 10  # series
_FEW, _NEARLY_ALL = 0.05, 0.9
_FALL = 0.6


def unfinished_last_period(series: SeriesSet) -> Integers:
    """Places of the last values when their sum is far below any before: the period may not be over yet."""
    if not series.frequency.dated or series.frequency.season_length == 1 or (series.lengths < 12).any():
        return np.zeros(0, dtype=np.int64)
    last = int(series.last.max())
    ends = series.last == last
    if ends.mean() < 0.5:
        return np.zeros(0, dtype=np.int64)
    span = int(min(series.lengths[ends].min(), 2 * series.frequency.season_length + 1, 200))
    places = (series.offsets[1:][ends] - 1)[:, None] - np.arange(span)[::-1]
    values = series.values[places]
    if not np.isfinite(values).all() or (values < 0).any():
        return np.zeros(0, dtype=np.int64)
    sums = values.sum(axis=0)
    steady = sums[:-1].min() > 0.5 * sums[:-1].max()
    fell = sums[-1] < _FALL * sums[:-1].min()
    return places[:, -1] if steady and fell else np.zeros(0, dtype=np.int64)


def heavy_few(series: SeriesSet) -> tuple[Integers, float]:
    """The few series that hold nearly all of the volume, largest first, and the share they hold; none otherwise."""
    if len(series) < _ENOUGH:
        return np.zeros(0, dtype=np.int64), 0.0
    sizes = np.abs(series.values)
    volume = np.add.reduceat(np.nan_to_num(sizes, copy=False), series.offsets[:-1])
    order = np.argsort(-volume, kind="stable")
    few = order[: max(1, int(_FEW * len(series)))]
    share = float(volume[few].sum() / volume.sum()) if volume.sum() else 0.0
    return (few, share) if share >= _NEARLY_ALL else (np.zeros(0, dtype=np.int64), share)
