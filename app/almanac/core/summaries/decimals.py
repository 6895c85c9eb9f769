"""How many decimals the values of a series have: 0 for counts, 2 for prices in a currency with cents."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet

MAX_DECIMALS = 9  # more are taken for the digits of a computed value, which has as many as a float64
SUM_ROUNDING = 1e-12  # relative: what adding up a million values with decimals may leave behind
ROUNDING = 1e-9  # in units of the last decimal


def decimals_of(series: SeriesSet) -> Integers:
    """The decimals that the values of each series need, as they were read: int64 [N], at most ``MAX_DECIMALS``."""
    values = series.without_repairs.values
    latest = _needed(values[series.offsets[1:] - 1])
    computed = latest == MAX_DECIMALS  # one value tells that all have as many as a float64
    if computed.all():
        return latest
    lengths = series.lengths[~computed]
    needed = _needed(values[np.repeat(~computed, series.lengths)])
    latest[~computed] = np.maximum.reduceat(needed, np.cumsum(lengths) - lengths)
    return latest


def _needed(values: Floats) -> Integers:
    """The decimals that each value needs: int64 [values], 0 where unknown."""
    known = np.where(np.isfinite(values), values, 0.0)
    needed = np.zeros(len(known), np.int64)
    rest = np.arange(len(known))
    for decimals in range(MAX_DECIMALS):
        scaled = known[rest] * 10.0**decimals
        rest = rest[np.abs(scaled - np.rint(scaled)) > ROUNDING + SUM_ROUNDING * np.abs(scaled)]
        if len(rest) == 0:
            break
        needed[rest] = decimals + 1
    return needed
