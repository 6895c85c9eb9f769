"""The difference from one reading of a running total to the next, period by period."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.tables.reading import Gaps
from almanac.tables.series.grid.regular_grid import Block, GridRows, in_time_order
from almanac.tables.series.measuring.year_to_date import year_starts

_DIGITS = 13  # that readings as float64 are sure to have, and so their differences
_ORDINARY, _MAX_FIRST = 0.9, 3.0  # a reading after a fall up to three times the 90th percentile of steps began at zero


@dataclass(frozen=True, eq=False)
class Differences:
    """``block``: with the differences; ``restarts`` and ``lost``: positions in the block before of readings below the
    one before, counted from zero or left out; ``shared``: how many periods without a reading share the next difference.
    """

    block: Block
    restarts: Integers
    lost: Integers
    shared: int


@dataclass(frozen=True)
class Counting:
    """The ``name`` of the column of a running total, the ``frequency`` of its readings, and what becomes of periods
    without one: by default (None) they share the difference of the next one evenly.
    """

    name: str
    frequency: Frequency
    gaps: Gaps | None = None


def differences(block: Block, counters: Flags, how: Counting) -> Differences:
    """The block with the differences of the series of some groups; ``counters``: bool [G], which."""
    gaps = how.gaps
    of_counter = np.repeat(counters[block.groups], np.diff(block.offsets))
    starts = block.offsets[:-1]
    readings = block.values
    holes = np.isnan(readings) & of_counter
    filled = _filled(readings, holes, gaps)
    step = np.full(len(filled), np.nan)
    step[1:] = np.diff(filled)
    step[starts] = np.nan
    step[:] = np.round(step, _DIGITS - _whole_digits(readings))
    fell = of_counter & (np.nan_to_num(step, nan=0.0) < 0) & ~holes
    at_zero = fell & (readings <= _MAX_FIRST * _ordinary(step, of_counter))
    begins = of_counter & year_starts(how.name, how.frequency, block.first, block.offsets, fell)
    at_zero |= fell & begins.any()  # a year of large amounts begins at zero as well
    if holes.any():
        fell |= _gap_before(holes, fell)
    step[fell & ~at_zero] = np.nan
    step[at_zero | begins] = readings[at_zero | begins]
    values = np.where(of_counter, step, readings)
    shared = holes & ~np.isnan(values)
    changed = replace(
        block,
        values=values,
        missing=block.missing & ~shared,
        estimated=shared if gaps in (None, "interpolate") and shared.any() else None,
        differenced=counters[block.groups],
    )
    lost = np.flatnonzero(fell & ~at_zero & ~holes)
    return Differences(_trimmed(changed), np.flatnonzero(at_zero), lost, int(shared.sum()))


def across_changes(rows: GridRows, values: Floats, when: Integers, counters: Flags) -> tuple[Floats, Integers]:
    """Readings that go on where an old and a new meter were read in one period, and the rows of those new ones.

    ``values``: float64 [N]; ``when``: int64 [N], the order of their dates; ``counters``: bool [G], which series.
    The first reading of the new meter would else replace the last one of the old. A meter that begins again between two
    periods is left to ``differences``.
    """
    at = np.flatnonzero(~np.isnan(values) & counters[rows.groups])
    if len(at) < 2:
        return values, at[:0]
    at = in_time_order(rows, at, when)
    group, period, reading = rows.groups[at], rows.periods[at], values[at]
    inside, step = group[1:] == group[:-1], np.diff(reading)
    small = reading[1:] <= _MAX_FIRST * _ordinary(step, inside)
    began = inside & (step < 0) & (period[1:] == period[:-1]) & small
    if not began.any():
        return values, at[:0]
    before = np.concatenate([[0.0], np.cumsum(np.where(began, reading[:-1], 0.0))])
    starts = np.flatnonzero(np.concatenate([[True], ~inside | ((step < 0) & ~began)]))
    before -= np.repeat(before[starts], np.diff(np.append(starts, len(at))))
    going_on = values.copy()
    going_on[at] = reading + before
    return going_on, at[1:][began]


def _whole_digits(readings: Floats) -> int:
    """How many digits the largest reading has before its decimal sign."""
    largest = float(np.nanmax(np.abs(readings), initial=1.0))
    return int(np.ceil(np.log10(max(largest, 1.0))))


def _filled(readings: Floats, holes: Flags, gaps: Gaps | None) -> Floats:
    """Readings in periods without one: on a straight line, as before, or not known."""
    if gaps == "leave" or not holes.any():
        return readings
    filled, at, known = readings.copy(), np.arange(len(readings)), ~np.isnan(readings)
    if gaps == "zero":
        before = np.maximum.accumulate(np.where(known, at, 0))
        filled[holes] = readings[before[holes]]
    else:
        filled[holes] = np.interp(at[holes], at[known], readings[known])
    return filled


def _gap_before(holes: Flags, fell: Flags) -> Flags:
    """The periods without a reading right before a reading that fell: their share of it is not known either."""
    ahead = np.zeros_like(holes)
    after = np.append(np.flatnonzero(~holes), len(holes))
    following = after[np.searchsorted(after, np.arange(len(holes)))]
    inside = holes & (following < len(holes))
    ahead[inside] = fell[following[inside]]
    return ahead


def _ordinary(step: Floats, of_counter: Flags) -> float:
    up = step[of_counter & (np.nan_to_num(step, nan=-1.0) > 0)]
    return float(np.quantile(up, _ORDINARY)) if len(up) else 0.0


def _trimmed(block: Block) -> Block:
    """The block with each series from its first to its last known value; series without one are empty."""
    known = ~np.isnan(block.values)
    at, starts = np.arange(len(known)), block.offsets[:-1]
    sizes = np.diff(block.offsets)
    first = np.minimum.reduceat(np.where(known, at, len(known)), starts)
    last = np.maximum.reduceat(np.where(known, at, -1), starts)
    some = last >= 0
    keep = (at >= np.repeat(first, sizes)) & (at <= np.repeat(last, sizes))
    if keep.all():
        return block
    used = block.used_rows()
    places = block.places
    inside = keep[places]
    used[np.flatnonzero(used)[~inside]] = False
    return replace(
        block,
        groups=block.groups[some],
        values=block.values[keep],
        offsets=np.concatenate([[0], np.cumsum((last - first + 1)[some])]).astype(np.int64),
        first=(block.first + first - starts)[some],
        missing=block.missing[keep],
        position=(np.cumsum(keep) - 1)[places[inside]],
        used=used,
        empty=np.concatenate([block.empty, block.groups[~some]]),
        estimated=None if block.estimated is None else block.estimated[keep],
        differenced=None if block.differenced is None else block.differenced[some],
    )
