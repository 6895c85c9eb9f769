"""Local times over a change of the clocks: an hour missing on a Sunday in spring, or there twice in autumn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps

_HOUR, _DAY = 3600, 86_400
_SUNDAY = 6
_BEFORE = 4  # clocks change in the first hours of the day
_FORWARD, _BACK = (3, 4, 8, 9, 10), (3, 4, 5, 9, 10, 11)  # months in which they do, north or south


@dataclass(frozen=True, eq=False)
class Changes:
    """``when``: datetime64[s] [N], every row told as the clock shows it before the first change;
    ``forward`` and ``back``: the Sundays on which the clocks change, datetime64[D].
    """

    when: Timestamps
    forward: Timestamps
    back: Timestamps


def find_changes(when: Timestamps, moments: Timestamps, index: Integers, groups: Integers) -> Changes | None:
    """The changes of the clocks in local times, or None when nothing shows one.

    ``when``: each of N rows; ``moments``: the different ones, ascending; ``index``, ``groups``: int64 [N], each row's
    moment and series. A change shows as exactly one hour that every series misses, or has twice, in a Sunday night.
    """
    seconds = moments.astype(np.int64)
    steps = np.diff(seconds)
    step = int(np.median(steps)) if len(steps) else 0
    if step <= 0 or step > _HOUR or _HOUR % step or (steps == step).mean() < 0.9:
        return None
    forward = _forward(seconds, steps, step)
    doubled = _doubled(seconds, index, step)
    if not len(forward) and not len(doubled):
        return None
    offset = np.zeros(len(when), dtype=np.int64)
    place = seconds[index]
    for start in forward:
        offset[place >= start] -= _HOUR
    for start in doubled:
        offset[place >= start + _HOUR] += _HOUR
        inside = np.flatnonzero((place >= start) & (place < start + _HOUR))
        offset[inside[_again(place, groups, inside)]] += _HOUR
    days = [starts.astype("datetime64[s]").astype("datetime64[D]") for starts in (forward, doubled)]
    return Changes(when + offset.astype("timedelta64[s]"), days[0], days[1])


def _forward(seconds: Integers, steps: Integers, step: int) -> Integers:
    """The first moments behind an hour that is missing."""
    behind = seconds[1:][steps == step + _HOUR]
    starts: Integers = behind[_in_the_night(behind - _HOUR, _FORWARD)]
    return starts


def _doubled(seconds: Integers, index: Integers, step: int) -> Integers:
    """Where hours begin that are there twice: each of their moments, and no others around them."""
    counts = np.bincount(index, minlength=len(seconds))
    usual = int(np.median(counts))
    twice = seconds[(counts == 2 * usual) & _in_the_night(seconds, _BACK)]
    each, found = np.unique(twice // _HOUR, return_counts=True)
    starts = each[found == _HOUR // step] * _HOUR
    around = np.isin(seconds // _DAY, starts // _DAY) & ~np.isin(seconds // _HOUR, starts // _HOUR)
    crowded = np.unique(seconds[around & (counts > usual)] // _DAY)
    alone: Integers = starts[~np.isin(starts // _DAY, crowded)]
    return alone


def _in_the_night(seconds: Integers, months: tuple[int, ...]) -> Flags:
    """Which moments lie in a night in which clocks may change."""
    weekday = (seconds // _DAY + 3) % 7
    month = seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    night: Flags = (weekday == _SUNDAY) & (seconds % _DAY < _BEFORE * _HOUR) & np.isin(month, months)
    return night


def _again(place: Integers, groups: Integers, rows: Integers) -> Flags:
    """Which of the rows of a doubled hour are its second time: the later ones of two equal moments of a series.

    Where a file has its newest rows first, the earlier ones.
    """
    upwards = place[-1] >= place[0]
    order = rows if upwards else rows[::-1]
    key = groups[order] * (place.max() + 1) + place[order]
    _, first = np.unique(key, return_index=True)
    later = np.ones(len(order), dtype=bool)
    later[first] = False
    return later if upwards else later[::-1]
