"""Numbers that stand for "no value", such as -999: many devices and programs write one where they measured nothing.

All thresholds here were chosen by judgement. Those of ``find_sentinels`` may be loose, as what it finds is only
reported: it counts as missing once the person says so. What is ``sure`` does until the person says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from almanac.core.arrays import Flags, Floats, pieces
from almanac.tables.values.batches import batches

MIN_VALUES = 20  # known values below which a repeated extreme says nothing
MIN_OTHERS = 10  # values besides the extreme
MIN_REPEATS = 2  # times that a number of nines must occur
MIN_REPEATS_ROUND = 5  # times that a round number or -1 must occur: people write these, too
MIN_SPREAD_FOR_MINUS_ONE = 20  # how far counts must spread for a -1 not to be the next smaller number
NINES = re.compile(r"9+(?:\.9+)?")  # 999, 99.9
ROUND = re.compile(r"(?:[125]|99)00+")  # 100, 200, 5000, 9900
# The distance to the nearest other number, in spreads of the others. A sole negative number needs far less.
DISTANCE_NINES, DISTANCE_NINES_NEGATIVE = 1.0, 0.05
DISTANCE_ROUND, DISTANCE_ROUND_NEGATIVE = 1.0, 0.1
MIN_SPREAD_ROUND = 10.0  # spread assumed at least: among tiny numbers 100 may be ordinary
# Of what counts as missing without a question: many nines, at least so often, and far away.
MIN_NINES, MIN_NINES_NEGATIVE, MIN_REPEATS_SURE = 4, 3, 3
DISTANCE_SURE, DISTANCE_SURE_NEGATIVE = 5.0, 2.0


def sure(values: Floats, sentinel: float) -> bool:
    """Whether a sentinel of values float64 [N], see ``find_sentinels``, can hardly be anything that was measured."""
    digits = f"{abs(sentinel):.10g}".replace(".", "")
    nines = set(digits) == {"9"} and len(digits) >= (MIN_NINES_NEGATIVE if sentinel < 0 else MIN_NINES)
    if not nines or np.count_nonzero(values == sentinel) < MIN_REPEATS_SURE:
        return False
    other = ~((values == sentinel) | np.isnan(values))
    low = float(np.min(values, where=other, initial=np.inf))
    high = float(np.max(values, where=other, initial=-np.inf))
    if sentinel < 0:
        return low - sentinel > DISTANCE_SURE_NEGATIVE * (high - low)
    return sentinel - high > DISTANCE_SURE * (high - low)


def sentinels_of(columns: Mapping[int, Floats]) -> dict[int, list[float]]:
    """As ``find_sentinels``, of the columns that have some; ``columns``: float64 [N] of each."""
    found = {}
    positions = list(columns)
    for first, some in batches(columns.values()):
        lowest, highest = (reduce(some, axis=1, initial=np.nan) for reduce in (np.fmin.reduce, np.fmax.reduce))
        striking = [extreme for extreme in np.unique([lowest, highest]).tolist() if _striking(extreme)]
        for n in np.flatnonzero(np.isin(lowest, striking) | np.isin(highest, striking)).tolist():
            i = positions[first + n]
            if own := find_sentinels(columns[i]):
                found[i] = own
    return found


def find_sentinels(values: Floats) -> list[float]:
    """The smallest and largest of values float64 [N], where they repeat, look made up and are far from all others."""
    if np.count_nonzero(~np.isnan(values)) < MIN_VALUES:
        return []
    extremes = (float(np.fmin.reduce(values)), float(np.fmax.reduce(values)))
    return [
        extreme for extreme, lowest in zip(extremes, (True, False), strict=True) if _made_up(values, extreme, lowest)
    ]


def _striking(extreme: float) -> bool:
    digits = f"{abs(extreme):.10g}"
    return extreme == -1 or NINES.fullmatch(digits) is not None or ROUND.fullmatch(digits) is not None


def _made_up(values: Floats, extreme: float, lowest: bool) -> bool:
    if not _striking(extreme):
        return False
    other = ~((values == extreme) | np.isnan(values))  # no copy of the values, which may be as large as the file
    repeats, digits = int(np.count_nonzero(values == extreme)), f"{abs(extreme):.10g}"
    if repeats < MIN_REPEATS or np.count_nonzero(other) < MIN_OTHERS:
        return False
    low = float(np.min(values, where=other, initial=np.inf))
    high = float(np.max(values, where=other, initial=-np.inf))
    nearest, spread = (low if lowest else high), high - low
    distance = abs(extreme - nearest)
    only_negative = lowest and extreme < 0 <= nearest  # the only negative number among counts or measurements
    if NINES.fullmatch(digits) and distance > spread * (DISTANCE_NINES_NEGATIVE if only_negative else DISTANCE_NINES):
        return True
    if repeats < MIN_REPEATS_ROUND:
        return False
    if extreme == -1 and only_negative:
        return spread >= MIN_SPREAD_FOR_MINUS_ONE and _whole(values, other)
    needed = max(spread, MIN_SPREAD_ROUND) * (DISTANCE_ROUND_NEGATIVE if only_negative else DISTANCE_ROUND)
    return bool(ROUND.fullmatch(digits)) and distance > needed


def _whole(values: Floats, some: Flags) -> bool:
    """Whether some of the values are all whole numbers."""
    return all((values[part] == np.floor(values[part]))[some[part]].all() for part in pieces(len(values)))
