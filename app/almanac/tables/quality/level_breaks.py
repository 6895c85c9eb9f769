"""Level breaks: from one moment on, all values are higher or lower than any before.

All thresholds were chosen by judgement; ``tests/tables/quality`` holds ordinary series to them, which must not be
reported.
"""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet
from almanac.tables.quality.segments import mean_and_deviation

MIN_VALUES = 8  # on either side
MAX_SEASON = 26  # values on either side that a longer season asks for at most
MAX_SERIES = 2000  # looked at closely
MIN_APART = 1.4  # standard deviations between the first and last values of a series to look at closely
MIN_HOLE = 0.5  # distance between the two levels, in spreads of the wider one
MAX_DRIFT = 0.4  # trend within a level, in jumps between them
MIN_STEP = 0.5  # change from the last value before to the first after, in jumps


def find_level_breaks(series: SeriesSet) -> Integers:
    """Positions in ``series.values`` of the first value after a break, int64; at most one per series."""
    found = []
    for i in _candidates(series)[:MAX_SERIES]:
        position = _break(series[i], series.frequency.season_length)
        if position is not None:
            found.append(int(series.offsets[i]) + position)
    return np.array(found, dtype=np.int64)


def _candidates(series: SeriesSet) -> Integers:
    """Series whose first and last values are further apart than the series is wide otherwise."""
    _, deviation = mean_and_deviation(series)
    long = np.flatnonzero(series.lengths >= 2 * MIN_VALUES)
    window = np.arange(MIN_VALUES)
    begin = series.values[series.offsets[:-1][long][:, None] + window]
    end = series.values[series.offsets[1:][long][:, None] - 1 - window]
    with np.errstate(invalid="ignore"):  # windows without one known value
        apart = np.abs(_means(end) - _means(begin))
        found: Integers = long[apart > MIN_APART * deviation[long]]
    return found


def _means(windows: Floats) -> Floats:
    """The mean of the known values in each row: float64 [N], NaN where there are none."""
    known = np.isfinite(windows)
    means: Floats = np.where(known, windows, 0).sum(axis=1) / known.sum(axis=1)
    return means


def _break(values: Floats, season: int) -> int | None:
    """Position of the first value after the break of one series; None when it has none."""
    known = np.flatnonzero(np.isfinite(values))
    x = values[known]
    least = max(MIN_VALUES, min(season, MAX_SEASON))
    if len(x) < 2 * least:
        return None
    split = _best_split(x, least)
    before, after = x[:split], x[split:]
    jump = abs(float(after.mean() - before.mean()))
    low, high = (before, after) if before.mean() < after.mean() else (after, before)
    hole = float(high.min() - low.max())
    spread = max(float(np.ptp(low)), float(np.ptp(high)), 1e-12)
    drift = max(_drift(before), _drift(after))
    step = abs(float(x[split] - x[split - 1]))
    if hole > MIN_HOLE * spread and drift < MAX_DRIFT * jump and step > MIN_STEP * jump:
        return int(known[split])
    return None


def _best_split(x: Floats, least: int) -> int:
    """The split that leaves the least variance within the two parts, each of ``least`` values or more."""
    sums, squares = np.cumsum(x), np.cumsum(x * x)
    at = np.arange(least, len(x) - least + 1)
    left = squares[at - 1] - sums[at - 1] ** 2 / at
    right = (squares[-1] - squares[at - 1]) - (sums[-1] - sums[at - 1]) ** 2 / (len(x) - at)
    return int(at[np.argmin(left + right)])


def _drift(x: Floats) -> float:
    """How far a straight line through the values moves from first to last."""
    t = np.arange(len(x)) - (len(x) - 1) / 2
    return abs(float((t * x).sum() / (t * t).sum())) * (len(x) - 1)
