"""The points of a newer reading next to those of the older one, period by period, for all series at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet
from almanac.core.text import normalise


@dataclass(frozen=True)
class Aligned:
    """The P points of M matched series in the newer reading, and what the older one has for the same periods.

    ``of`` int64 [P]: the row of each point among the matched; ``period`` int64 [P]: its number; ``old``, ``new``
    float64 [P]: NaN where there is none; ``last`` int64 [P]: the last period with a value of its series in the older
    reading.
    """

    of: Integers
    period: Integers
    old: Floats
    new: Floats
    last: Integers

    @cached_property
    def both(self) -> Flags:
        """Where both readings have a value: bool [P]."""
        known: Flags = np.isfinite(self.old) & np.isfinite(self.new)
        return known


def match(old: SeriesSet, new: SeriesSet, renamed: Mapping[str, str]) -> tuple[Integers, Integers]:
    """The positions of the series that are in both: in the older and in the newer reading, int64 [M] each.

    ``renamed``: names of the older reading, each with its name in the newer one. Names are compared as they are, else
    without regard to capitals and outer spaces; the columns that split the series may be in another order.
    """
    theirs = _names_in_order_of(old, new)
    exact = {name: j for j, name in enumerate(theirs)}
    own = {name: j for j, name in enumerate(new.names)}
    pairs = {i: own[renamed[name]] for i, name in enumerate(old.names) if renamed.get(name) in own}
    pairs |= {i: exact[name] for i, name in enumerate(old.names) if i not in pairs and name in exact}
    taken = set(pairs.values())
    loose = _unique_positions(theirs, taken)
    ours = _unique_positions(old.names, set(pairs))
    pairs |= {i: loose[key] for key, i in ours.items() if key in loose}
    before = np.array(sorted(pairs), np.int64)
    return before, np.array([pairs[i] for i in before.tolist()], np.int64)


def _names_in_order_of(old: SeriesSet, new: SeriesSet) -> tuple[str, ...]:
    """The names of the newer series as the older reading writes those of the same keys, where there are keys."""
    if new.key_columns == old.key_columns or sorted(new.key_columns) != sorted(old.key_columns) or not old.keys:
        return new.names
    order = [new.key_columns.index(column) for column in old.key_columns]
    if len(set(new.key_columns)) < len(order):
        return new.names
    written = dict(zip(old.keys, old.names, strict=True))
    keys = [tuple(key[k] for k in order) for key in new.keys]
    return tuple(written.get(key, name) for key, name in zip(keys, new.names, strict=True))


def _unique_positions(names: Sequence[str], taken: set[int]) -> dict[str, int]:
    """The positions of names that no other name resembles, by the name as it is compared; without those taken."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for i, name in enumerate(names):
        if i not in taken:
            key = normalise(name)
            twice |= {key} if key in found else set()
            found[key] = i
    return {key: i for key, i in found.items() if key not in twice}


def align(old: SeriesSet, new: SeriesSet, before: Integers, after: Integers) -> Aligned:
    """The points of series that are in both readings, whose periods have the same numbers."""
    lengths = new.lengths[after]
    of = np.repeat(np.arange(len(after)), lengths)
    starts = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    position = np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
    period = position + new.first[after][of]
    values = new.values[new.offsets[after][of] + position]
    at = period - old.first[before][of]
    inside = (at >= 0) & (at < old.lengths[before][of])
    theirs = np.where(inside, old.values[np.where(inside, old.offsets[before][of] + at, 0)], np.nan)
    return Aligned(of, period, theirs, values, last_known(old)[before][of])


def last_known(series: SeriesSet) -> Integers:
    """The last period of each series with a value; the one before its first where it has none: int64 [N]."""
    at = np.where(np.isfinite(series.values), np.arange(len(series.values)), -1)
    last = np.maximum.reduceat(at, series.offsets[:-1])
    known: Integers = np.where(last >= 0, series.first + last - series.offsets[:-1], series.first - 1)
    return known


def sums(flags: Flags, of: Integers, count: int) -> Integers:
    """How many points of each matched series are flagged: int64 [count]."""
    return np.bincount(of, flags, minlength=count).astype(np.int64)
