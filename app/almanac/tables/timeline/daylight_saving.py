"""Local times around clock changes: on a Sunday, an hour is missing in spring or occurs twice in autumn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps, pick
from almanac.core.calendar.clock import Clock
from almanac.tables.values.dates.one_date import NO_ZONE
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY, SECONDS_PER_HOUR, SUNDAY, weekdays

_LAST_HOUR = 4  # clocks change before this hour of the day
# Months in which they do, on the northern or the southern half of the earth.
_FORWARD_MONTHS, _BACK_MONTHS = (3, 4, 8, 9, 10), (3, 4, 5, 9, 10, 11)
_MAX_CHANGES_A_YEAR = 3  # of the clocks of one place; chosen by judgement
_SECONDS_PER_YEAR = 31_557_600
_MIN_EVEN_STEPS = 0.9  # share of equal steps in a record that can show a clock change; chosen by judgement


@dataclass(frozen=True, eq=False)
class ClockChanges:
    """``when``: datetime64[s] [N], the times of all rows on a clock that never changes, as before the first change.

    ``clock``: what the clock on the wall shows then; ``forward``, ``back``: the days on which it changes,
    datetime64[D].
    """

    when: Timestamps
    clock: Clock
    forward: Timestamps
    back: Timestamps


def find_clock_changes(when: Timestamps, moments: Timestamps, index: Integers, groups: Integers) -> ClockChanges | None:
    """The clock changes in local times, or None when nothing shows one.

    ``when``: of each of N rows; ``moments``: the distinct ones, ascending; ``index``, ``groups``: int64 [N], each row's
    moment and series. A change shows as exactly one hour in a Sunday night that every series misses, or has twice.
    """
    seconds: Integers = moments.view(np.int64)
    step = _even_step(seconds)
    if step is None:
        return None
    forward = _after_missing_hours(seconds, step)
    doubled = _doubled_hours(seconds, index, step)
    if not len(forward) and not len(doubled):
        return None
    offset = np.zeros(len(when), dtype=np.int64)
    times = pick(seconds, index)
    steps_back = sorted([(int(s), -SECONDS_PER_HOUR) for s in forward] + [(int(s), SECONDS_PER_HOUR) for s in doubled])
    moved, changes = 0, []
    for start, seconds_back in steps_back:
        moved += seconds_back
        changes.append((start + moved, -moved))
    for start in forward:
        offset[times >= start] -= SECONDS_PER_HOUR
    for start in doubled:
        offset[times >= start + SECONDS_PER_HOUR] += SECONDS_PER_HOUR
        inside = np.flatnonzero((times >= start) & (times < start + SECONDS_PER_HOUR))
        offset[inside[_second_occurrence(times, groups, inside)]] += SECONDS_PER_HOUR
    days = [starts.astype("datetime64[s]").astype("datetime64[D]") for starts in (forward, doubled)]
    return ClockChanges(when + offset.astype("timedelta64[s]"), Clock(tuple(changes)), days[0], days[1])


def _even_step(seconds: Integers) -> int | None:
    """The step of nearly all moments to the next, of which an hour is a multiple; None when there is none."""
    steps = np.diff(seconds)
    step = int(np.median(steps, overwrite_input=True)) if len(steps) else 0
    even = 0 < step <= SECONDS_PER_HOUR and SECONDS_PER_HOUR % step == 0
    return step if even and (steps == step).mean() >= _MIN_EVEN_STEPS else None


def undo_offsets(when: Timestamps, offsets: Integers) -> ClockChanges | None:
    """The times of a clock that changes, by the offset from UTC that each is written with.

    ``when``: datetime64[s] [N], as the clock on the wall shows it; ``offsets``: int64 [N], see ``Dates``. None where
    the offset is the same all along, or where the times are even on the wall, as dates at midnight are.
    """
    known = (offsets != NO_ZONE) & ~np.isnat(when)
    if not known.any() or (offsets[known] == offsets[known][0]).all():
        return None
    utc = when.astype(np.int64) - np.where(known, offsets, 0)
    first = int(offsets[known][utc[known].argmin()])
    even = when + np.where(known, first - offsets, 0).astype("timedelta64[s]")
    if _evenness(even) <= _evenness(when):
        return None
    moments, place = np.unique(even[known].astype(np.int64), return_index=True)
    ahead = offsets[known][place] - first
    changed = np.flatnonzero(np.diff(ahead)) + 1
    if len(changed) > _MAX_CHANGES_A_YEAR * (1 + np.ptp(moments) / _SECONDS_PER_YEAR):
        return ClockChanges(even, Clock(()), _no_days(), _no_days())  # places in several zones: that of the first row
    changes = tuple((int(moments[n]), int(ahead[n])) for n in changed)
    days = (moments[changed] + ahead[changed]).astype("datetime64[s]").astype("datetime64[D]")
    forward = ahead[changed] > ahead[changed - 1]
    return ClockChanges(even, Clock(changes, first), days[forward], days[~forward])


def _no_days() -> Timestamps:
    return np.zeros(0, dtype="datetime64[D]")


def _evenness(when: Timestamps) -> tuple[float, int]:
    """The share of the commonest step between distinct times that follow one another, and how many of these there are.

    Where an hour occurs twice, an uneven clock has fewer distinct times, though they may be just as evenly spaced.
    """
    steps = np.diff(np.unique(when[~np.isnat(when)]).astype(np.int64))
    return (float(np.unique(steps, return_counts=True)[1].max() / len(steps)) if len(steps) else 0.0), len(steps)


def _after_missing_hours(seconds: Integers, step: int) -> Integers:
    """The first moments after an hour that is missing."""
    after = seconds[1:][np.diff(seconds) == step + SECONDS_PER_HOUR]
    starts: Integers = after[_in_change_night(after - SECONDS_PER_HOUR, _FORWARD_MONTHS)]
    return starts


def _doubled_hours(seconds: Integers, index: Integers, step: int) -> Integers:
    """Where hours begin that occur twice: all of their moments do, and no others of that day."""
    counts = np.bincount(index, minlength=len(seconds))
    if counts.max(initial=0) < 2:
        return seconds[:0]
    usual = int(np.median(counts))
    twice = seconds[counts == 2 * usual]
    twice = twice[_in_change_night(twice, _BACK_MONTHS)]
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
    key = groups[order] * np.int64(times.max() + 1) + times[order]
    _, first = np.unique(key, return_index=True)
    later = np.ones(len(order), dtype=bool)
    later[first] = False
    return later if ascending else later[::-1]
