"""Series that once came almost to a standstill, as in a lockdown or after a fire, and then went on as before."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import agree, some

# Chosen by judgement, and so that in M1 and in the validation series hardly any series has one.
MAX_SHARE = 0.6  # of the smallest other value: the largest one during a shutdown
MIN_POINTS, MAX_PART = 2, 1 / 6  # of the history
MIN_AROUND = 6  # values before and after it
MAX_SPREAD = 0.4  # of the other values: their standard deviation, as a share of their mean
MAX_CHANGE = 0.25  # of the mean, from before it until after it, as a logarithm
_MAX_NAMES = 5
SMALLEST = 1e-300  # in place of 0, below a fraction line


def shutdowns(series: SeriesSet) -> Flags:
    """Which points belong to a shutdown: bool [points]. A series has at most one."""
    found = np.zeros(len(series.values), dtype=bool)
    for i in _may_have_one(series):
        start, stop = _run(series[i])
        found[series.offsets[i] + start : series.offsets[i] + stop] = True
    return found


def _may_have_one(series: SeriesSet) -> list[int]:
    """The series that were never negative and fall and rise steeply from one point to the next: few."""
    values, starts = series.values, series.offsets[:-1]
    fall, rise = np.zeros((2, len(values)), dtype=bool)
    fall[1:] = values[1:] <= MAX_SHARE * values[:-1]
    rise[1:] = values[:-1] <= MAX_SHARE * values[1:]
    fall[starts] = rise[starts] = False
    enough = series.lengths >= 2 * MIN_AROUND + MIN_POINTS
    steep = np.logical_or.reduceat(fall, starts) & np.logical_or.reduceat(rise, starts)
    return np.flatnonzero(steep & enough & (np.fmin.reduceat(values, starts) >= 0)).tolist()


def _run(values: Floats) -> tuple[int, int]:
    """The first point of the shutdown and the one after it, 0 and 0 where there is none.

    Every value in it is far below every other one, it is one run, and before it and after it the level is the same.
    """
    known = np.flatnonzero(np.isfinite(values))
    values = values / max(values[known].max(), SMALLEST)  # squares of the largest numbers there are would be infinite
    ordered = np.sort(values[known])
    most = int(len(known) * MAX_PART)
    apart = ordered[MIN_POINTS - 1 : most] <= MAX_SHARE * ordered[MIN_POINTS : most + 1]
    if not apart.any() or ordered[MIN_POINTS] <= 0:
        return 0, 0
    count = int(np.flatnonzero(apart)[-1]) + MIN_POINTS
    inside = np.flatnonzero(values[known] < ordered[count])
    first, last = int(inside[0]), int(inside[-1])
    before, after = values[known[:first]], values[known[last + 1 :]]
    one_run = last - first + 1 == count and min(len(before), len(after)) >= MIN_AROUND
    steady = ordered[count:].std() <= MAX_SPREAD * ordered[count:].mean()
    if not one_run or not steady or abs(np.log(before.mean() / after.mean())) > MAX_CHANGE:
        return 0, 0
    return int(known[first]), int(known[last]) + 1


def shutdown_note(names: list[str]) -> Problem:
    """What a person should know about series whose shutdown was left out."""
    one = agree(len(names), "was", "were")
    return Problem(
        "shutdown_left_out",
        f"For some time {some(names, _MAX_NAMES)} {one} far lower than before and after, and that time was left out.",
        "It looks like a shutdown that is over: the values after it are like those before it.",
        "Nothing to do. The forecast assumes that it does not happen again.",
        count=len(names),
    )
