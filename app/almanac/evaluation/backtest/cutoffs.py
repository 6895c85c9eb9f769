"""Choose the cut-offs of a backtest: points in the past from which each series is forecast as if they were today."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.series import SeriesSet

USUAL_WINDOWS = 10  # per series; more would change little in most files (docs/decisions/0008)
MIN_KNOWN_VALUES = 4  # before a cut-off; chosen by judgement
MIN_KNOWN_VALUES_WITHOUT_SEASON = 8  # what a longer history without a season should have; chosen by judgement
MIN_SHARE_OF_WINDOWS = 2 / 3  # of the usual number, that a stride must leave room for; chosen by judgement


@dataclass(frozen=True)
class Windows:
    """W windows: cut-offs, each of one series.

    ``series`` int64 [W]: positions in the SeriesSet, ascending; ``points`` int64 [W]: how many points of that series
    come before the cut-off, gaps included; ascending within a series.
    """

    series: Integers
    points: Integers

    def __len__(self) -> int:
        return len(self.series)


def plan_cutoffs(
    series: SeriesSet, horizon: int, windows: int = USUAL_WINDOWS, among: Integers | None = None
) -> Windows:
    """At most ``windows`` cut-offs for each series, the latest ones with enough history before them.

    ``among`` int64, ascending: only the series at these positions. The stride between cut-offs shares no factor with
    the season (12 months: 1, 5, 7 or 11), so that cut-offs meet ever other phases of it, and is at most one horizon, so
    that each part of the recent past is forecast. The last cut-off is one horizon before the end; in a short series it
    is later, and the last steps of its window have no actual value yet. History is enough when it has two seasons
    (eight known values without a season), or half of what a short series has. Every window has at least one actual
    value.
    """
    season = series.frequency.season_length
    per_series: list[Integers] = []
    for i in range(len(series)) if among is None else among.tolist():
        known = np.isfinite(series[i])
        cutoffs = _cutoffs(known, season, horizon, windows)
        per_series.append(np.stack([np.full(len(cutoffs), i), cutoffs]))
    chosen = np.concatenate([np.zeros((2, 0)), *per_series], axis=1).astype(np.int64)
    return Windows(chosen[0], chosen[1])


def _cutoffs(known: Flags, season: int, horizon: int, windows: int) -> Integers:
    """Cut-offs of one series, ascending, as the number of points before each. ``known`` bool [points]."""
    known_before = np.concatenate([[0], np.cumsum(known)])  # known values among the first k points
    total = int(known_before[-1])
    enough = max(MIN_KNOWN_VALUES, min(total // 2, max(2 * season + 1, MIN_KNOWN_VALUES_WITHOUT_SEASON)))
    first = int(np.searchsorted(known_before, enough))
    last = int(np.searchsorted(known_before, total))  # points up to the last known value
    possible = last - first  # cut-offs with an actual value after them: first … last - 1
    if possible < 1:
        return np.zeros(0, np.int64)
    before_end = min(horizon, (possible + 1) // 2)
    stride = _stride(season, horizon, possible - before_end, windows)
    cutoffs = np.arange(last - before_end, first - 1, -stride)[:windows][::-1]
    window_ends = np.minimum(cutoffs + horizon, len(known))
    with_actuals: Integers = cutoffs[known_before[window_ends] > known_before[cutoffs]]
    return with_actuals


def _stride(season: int, horizon: int, span: int, windows: int) -> int:
    """Periods between cut-offs: the stride that spreads ``windows`` cut-offs best over ``span`` periods.

    Of the strides up to one horizon that share no factor with the season and leave room for two thirds of the usual
    windows; 1 when there is none.
    """
    ideal, fewest = span / max(windows - 1, 1), MIN_SHARE_OF_WINDOWS * min(windows, USUAL_WINDOWS)
    fitting = [s for s in range(2, horizon + 1) if gcd(s, season) == 1 and span // s + 1 >= fewest]
    return min((1, *fitting), key=lambda s: (abs(s - ideal), -s))
