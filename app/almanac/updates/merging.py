"""The series of a newer reading, with the older values from before it begins: a file may hold only recent months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet
from almanac.updates.same_table import with_frequency_of
from almanac.updates.update import Update


def merge(old: SeriesSet, new: SeriesSet, update: Update) -> SeriesSet:
    """The newer series, each beginning with the values that only the older reading has, if there are any.

    From its first period on, the newer reading is the truth.
    """
    new = with_frequency_of(old, new)
    missing = np.zeros(len(new), np.int64)
    missing[update.after] = np.where(update.kept > 0, new.first[update.after] - old.first[update.before], 0)
    if not missing.any():
        return new
    source = np.full(len(new), -1, np.int64)
    source[update.after] = update.before
    lengths = new.lengths + missing
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    raw = new.raw_values is not None or old.raw_values is not None
    return replace(
        new,
        values=_joined(old, new.values, new, (missing, source, offsets), old.values),
        offsets=offsets,
        first=new.first - missing,
        raw_values=_joined(old, new.without_repairs.values, new, (missing, source, offsets), old.without_repairs.values)
        if raw
        else None,
    )


def _joined(
    old: SeriesSet, recent: Floats, new: SeriesSet, layout: tuple[Integers, Integers, Integers], earlier: Floats
) -> Floats:
    """One array of ``earlier`` and ``recent`` values, series end to end; NaN in periods that neither has.

    ``layout``: how many points are added before each series, which older one they are from, and the offsets.
    """
    missing, source, offsets = layout
    joined = np.full(int(offsets[-1]), np.nan)
    own = np.arange(len(recent)) + np.repeat(offsets[:-1] + missing - new.offsets[:-1], new.lengths)
    joined[own] = recent
    rows = np.flatnonzero(missing)
    taken = np.minimum(missing[rows], old.lengths[source[rows]])
    within = np.arange(int(taken.sum())) - np.repeat(np.cumsum(taken) - taken, taken)
    joined[np.repeat(offsets[rows], taken) + within] = earlier[np.repeat(old.offsets[source[rows]], taken) + within]
    return joined
