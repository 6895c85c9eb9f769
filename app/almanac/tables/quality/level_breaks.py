"""Level breaks: from one moment on, everything lies higher or lower than ever before."""

from __future__ import annotations

import warnings

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet
from almanac.tables.quality.segments import spread_out

_LEAST = 8  # values on either side
_MOST = 2000  # series looked at closely


def level_breaks(series: SeriesSet) -> Integers:
    """Places in ``series.values`` of the first value after a break; at most one for a series."""
    found = []
    for i in _candidates(series)[:_MOST]:
        place = _break(series[i], series.frequency.season_length)
        if place is not None:
            found.append(int(series.offsets[i]) + place)
    return np.array(found, dtype=np.int64)


def _candidates(series: SeriesSet) -> Integers:
    """Series whose first and last values lie further apart than the series is wide otherwise."""
    _, deviation = spread_out(series)
    long = np.flatnonzero(series.lengths >= 2 * _LEAST)
    window = np.arange(_LEAST)
    begin = series.values[series.offsets[:-1][long][:, None] + window]
    end = series.values[series.offsets[1:][long][:, None] - 1 - window]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # windows without one known value
        apart = np.abs(np.nanmean(end, axis=1) - np.nanmean(begin, axis=1))
    with np.errstate(invalid="ignore"):
        found: Integers = long[apart > 1.4 * deviation[long]]
    return found


def _break(values: Floats, season: int) -> int | None:
    known = np.flatnonzero(np.isfinite(values))
    x = values[known]
    least = max(_LEAST, min(season, 26))
    if len(x) < 2 * least:
        return None
    # The split that leaves the least variance within the two parts.
    sums, squares = np.cumsum(x), np.cumsum(x * x)
    at = np.arange(least, len(x) - least + 1)
    left = squares[at - 1] - sums[at - 1] ** 2 / at
    rest = len(x) - at
    right = (squares[-1] - squares[at - 1]) - (sums[-1] - sums[at - 1]) ** 2 / rest
    split = int(at[np.argmin(left + right)])
    before, after = x[:split], x[split:]
    jump = abs(float(after.mean() - before.mean()))
    low, high = (before, after) if before.mean() < after.mean() else (after, before)
    hole = float(high.min() - low.max())
    spread = max(float(np.ptp(low)), float(np.ptp(high)), 1e-12)
    drift = max(_drift(before), _drift(after))
    step = abs(float(x[split] - x[split - 1]))
    if hole > 0.5 * spread and drift < 0.4 * jump and step > 0.5 * jump:
        return int(known[split])
    return None


def _drift(x: Floats) -> float:
    """How far a straight line through the values moves from first to last."""
    t = np.arange(len(x)) - (len(x) - 1) / 2
    return abs(float((t * x).sum() / (t * t).sum())) * (len(x) - 1)
