"""Local times around clock changes: on a Sunday, an hour is missing in spring or occurs twice in autumn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.tables.values.dates import SECONDS_PER_DAY, SECONDS_PER_HOUR, SUNDAY, weekdays

_LAST_HOUR = 4  # clocks change before this hour of the day
# Months in which they do, on the northern or the southern half of the earth.
_FORWARD_MONTHS, _BACK_MONTHS = (3, 4, 8, 9, 10), (3, 4, 5, 9, 10, 11)
_MIN_EVEN_STEPS = 0.9  # share of equal steps in a record that can show a clock change; chosen by judgement


@dataclass(frozen=True, eq=False)
class ClockChanges:
    """``when``: datetime64[s] [N], the times of all rows on a clock that never changes, as before the first change.

    ``forward``, ``back``: the Sundays on which the clocks change, datetime64[D].
    """

    when: Timestamps
    forward: Timestamps
    back: Timestamps


def find_clock_changes(when: Timestamps, moments: Timestamps, index: Integers, groups: Integers) -> ClockChanges | None:
    """The clock changes in local times, or None when nothing shows one.

    ``when``: of each of N rows; ``moments``: the distinct ones, ascending; ``index``, ``groups``: int64 [N], each row's
    moment and series. A change shows as exactly one hour in a Sunday night that every series misses, or has twice.
    """
    seconds = moments.astype(np.int64)
    steps = np.diff(seconds)
    step = int(np.median(steps)) if len(steps) else 0
    if step <= 0 or step > SECONDS_PER_HOUR or SECONDS_PER_HOUR % step or (steps == step).mean() < _MIN_EVEN_STEPS:
        return None
    forward = _after_missing_hours(seconds, steps, step)
    doubled = _doubled_hours(seconds, index, step)
    if not len(forward) and not len(doubled):
        return None
    offset = np.zeros(len(when), dtype=np.int64)
    times = seconds[index]
    for start in forward:
        offset[times >= start] -= SECONDS_PER_HOUR
    for start in doubled:
        offset[times >= start + SECONDS_PER_HOUR] += SECONDS_PER_HOUR
        inside = np.flatnonzero((times >= start) & (times < start + SECONDS_PER_HOUR))
        offset[inside[_second_occurrence(times, groups, inside)]] += SECONDS_PER_HOUR
    days = [starts.astype("datetime64[s]").astype("datetime64[D]") for starts in (forward, doubled)]
    return ClockChanges(when + offset.astype("timedelta64[s]"), days[0], days[1])


def _after_missing_hours(seconds: Integers, steps: Integers, step: int) -> Integers:
    """The first moments after an hour that is missing."""
    after = seconds[1:][steps == step + SECONDS_PER_HOUR]
    starts: Integers = after[_in_change_night(after - SECONDS_PER_HOUR, _FORWARD_MONTHS)]
    return starts


def _doubled_hours(seconds: Integers, index: Integers, step: int) -> Integers:
    """Where hours begin that occur twice: all of their moments do, and no others of that day."""
    counts = np.bincount(index, minlength=len(seconds))
    usual = int(np.median(counts))
    twice = seconds[(counts == 2 * usual) & _in_change_night(seconds, _BACK_MONTHS)]
    hours, found = np.unique(twice // SECONDS_PER_HOUR, return_counts=True)
    starts = hours[found == SECONDS_PER_HOUR // step] * SECONDS_PER_HOUR
    same_day = np.isin(seconds // SECONDS_PER_DAY, starts // SECONDS_PER_DAY)
    around = same_day & ~np.isin(seconds // SECONDS_PER_HOUR, starts // SECONDS_PER_HOUR)
    crowded = np.unique(seconds[around & (counts > usual)] // SECONDS_PER_DAY)
    alone: Integers = starts[~np.isin(starts // SECONDS_PER_DAY, crowded)]
    return alone


def _in_change_night(seconds: Integers, months: tuple[int, ...]) -> Flags:
    """Which moments are in a night in which clocks may change."""
    when = seconds.astype("datetime64[s]")
    month = when.astype("datetime64[M]").astype(np.int64) % 12 + 1
    early = seconds % SECONDS_PER_DAY < _LAST_HOUR * SECONDS_PER_HOUR
    night: Flags = (weekdays(when) == SUNDAY) & early & np.isin(month, months)
    return night


def _second_occurrence(times: Integers, groups: Integers, rows: Integers) -> Flags:
    """Which of the rows of a doubled hour are its second time: the later ones of two equal moments of a series.

    Where a file has its newest rows first, the earlier ones.
    """
    ascending = times[-1] >= times[0]
    order = rows if ascending else rows[::-1]
    key = groups[order] * (times.max() + 1) + times[order]
    _, first = np.unique(key, return_index=True)
    later = np.ones(len(order), dtype=bool)
    later[first] = False
    return later if ascending else later[::-1]
