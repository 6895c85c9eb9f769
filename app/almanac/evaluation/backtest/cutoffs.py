"""Where in the past to practise: from which cut-offs each series is forecast as if it were now."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.series import SeriesSet

USUAL_WINDOWS = 10
LEAST_HISTORY = 4  # known values before a cut-off
LEAST_WITHOUT_SEASON = 8


@dataclass(frozen=True)
class Windows:
    """W cut-offs. ``series`` int64 [W]: positions in the SeriesSet, ascending; ``points`` int64 [W]: how many points of
    that series, gaps included, lie before the cut-off; ascending within a series."""

    series: Integers
    points: Integers

    def __len__(self) -> int:
        return len(self.series)


def plan_cutoffs(
    series: SeriesSet, horizon: int, windows: int = USUAL_WINDOWS, among: Integers | None = None
) -> Windows:
    """At most ``windows`` cut-offs for each series (or those at the positions ``among``, ascending), the latest ones
    that leave enough history before them.

    They lie so many periods apart as shares no factor with the season (12 months: 1, 5, 7 or 11), so that they fall
    into ever other phases of it, and at most one horizon, so that each part of the recent past is practised. The last
    lies one horizon before the end; a short series is cut later, and the end of those windows is not known yet. History
    is enough when it has two seasons (eight values without one), or half of what a short series has. A cut-off with
    nothing known after it is left out.
    """
    season = series.frequency.season_length
    per_series: list[Integers] = []
    for i in range(len(series)) if among is None else among.tolist():
        known = np.isfinite(series[i])
        ends = _ends(known, season, horizon, windows)
        per_series.append(np.stack([np.full(len(ends), i), ends]))
    chosen = np.concatenate([np.zeros((2, 0)), *per_series], axis=1).astype(np.int64)
    return Windows(chosen[0], chosen[1])


def _ends(known: np.ndarray, season: int, horizon: int, windows: int) -> Integers:
    """Cut-offs of one series, ascending: how many points lie before each."""
    before = np.concatenate([[0], np.cumsum(known)])  # known values among the first k points
    enough = max(LEAST_HISTORY, min(int(before[-1]) // 2, max(2 * season + 1, LEAST_WITHOUT_SEASON)))
    first = int(np.searchsorted(before, enough))
    last = int(np.searchsorted(before, before[-1]))  # points up to the last known value
    room = last - first  # cut-offs with something known after them: first … last - 1
    if room < 1:
        return np.zeros(0, np.int64)
    back = min(horizon, (room + 1) // 2)
    stride = _stride(season, horizon, room - back, windows)
    ends = np.arange(last - back, first - 1, -stride)[:windows][::-1]
    latest = np.minimum(ends + horizon, len(known))
    found: Integers = ends[before[latest] > before[ends]]
    return found


def _stride(season: int, horizon: int, room: int, windows: int) -> int:
    """How many periods between cut-offs: such that they fill the room as well as may be, share no factor with the
    season, are at most one horizon apart, and are at least two thirds of the usual ones; 1 when nothing else is."""
    filling, least = room / max(windows - 1, 1), 2 * min(windows, USUAL_WINDOWS) / 3
    fitting = [s for s in range(2, horizon + 1) if gcd(s, season) == 1 and room // s + 1 >= least]
    return min((1, *fitting), key=lambda s: (abs(s - filling), -s))
