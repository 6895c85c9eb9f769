"""Series with many zeros: their median is often nothing, so the one number that adds up is the mean."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import agree, some

# Demand is intermittent from 1.32 periods between two demands on: A. A. Syntetos, J. E. Boylan, J. D. Croston, "On the
# categorization of demand patterns", Journal of the Operational Research Society 56 (2005).
MIN_ZEROS = 1 - 1 / 1.32
_MAX_NAMES = 5


def intermittent(series: SeriesSet) -> Flags:
    """Which series are flows, never below 0, that are 0 in at least ``MIN_ZEROS`` of their known periods: bool [N]."""
    starts = series.offsets[:-1]
    known = np.add.reduceat(np.isfinite(series.values), starts, dtype=np.int64)
    zeros = np.add.reduceat(series.values == 0, starts, dtype=np.int64)
    flows = np.array([series.measure(i).kind == "flow" for i in range(len(series))])
    found: Flags = flows & (series.lower_bound == 0) & (zeros >= MIN_ZEROS * known) & (zeros < known)
    return found


def mean_note(names: list[str], period: str) -> Problem:
    """What a person should know about a point forecast that is a mean; ``period``: "day", "week" …"""
    return Problem(
        "forecast_is_mean",
        f"The forecast of {some(names, _MAX_NAMES)} is the average to expect, so that it adds up over time.",
        f"In many {period}s nothing happens at all, and in the others often more than the average.",
        f"For a single {period}, look at {agree(len(names), 'its', 'their')} likely range.",
        count=len(names),
    )
