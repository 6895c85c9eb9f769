"""The whole comparison of a newer reading with the one before."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import ProblemError
from almanac.core.series import SeriesSet
from almanac.core.summaries.decimals import decimals_of
from almanac.updates.aligned import Aligned, align, match, sums
from almanac.updates.renaming import find_renamings
from almanac.updates.same_table import with_frequency_of
from almanac.updates.units import unit_change
from almanac.updates.update import Correction, Update
from almanac.wording.watching import updates as words

MAX_CORRECTIONS = 200  # that are listed, the largest; all are counted
ROUNDING = 1e-9  # relative: what a computed cell may differ by from one reading to the next
MIN_COMPLETED, MIN_SERIES = 0.5, 3  # of the series with a value in the last period, and of them at all; by judgement
NONE_RENAMED: Mapping[str, str] = MappingProxyType({})


def compare(
    old: SeriesSet,
    new: SeriesSet,
    renamed: Mapping[str, str] = NONE_RENAMED,
    file: str = "The file",
    partial: bool = False,
) -> Update:
    """What a newer reading changed; values are compared as they were read, before repairs.

    ``renamed``: names of the older reading, each with its name in the newer one, as the person confirmed; ``file``:
    what the newer reading is called in sentences; ``partial``: whether the last period of the older reading was known
    not to be over. Raises ``ProblemError`` when the newer reading has none of the series, or has
    its values in other units.
    """
    old, new = old.without_repairs, with_frequency_of(old, new.without_repairs)
    _require_names(old, new, renamed, file)
    before, after = match(old, new, renamed)
    gone, come = np.setdiff1d(np.arange(len(old)), before), np.setdiff1d(np.arange(len(new)), after)
    renamings = find_renamings(old, new, gone, come)
    if len(before) == 0 and not renamings:
        raise ProblemError(words.no_series_in_common(file, old.names, new.names))
    points = align(old, new, before, after)
    units = unit_change(old, before, points)
    if units is not None:
        raise ProblemError(words.other_units(file, [new.names[after[row]] for row in units.rows], units))
    moved = points.both & _differs(points, old, new, before, after)
    completed = _completed(points, moved, partial)
    corrected = moved & ~completed
    in_new = np.isfinite(points.new)
    appended = in_new & (points.period > points.last)
    kept, removed = _not_in_new(old, new, before, after)
    count, of = len(before), points.of
    proposed = {one.before for one in renamings}, {one.after for one in renamings}
    return Update(
        frequency=old.frequency,
        names=tuple(new.names[j] for j in after.tolist()),
        before=before,
        after=after,
        unchanged=sums(points.both & ~moved, of, count),
        appended=sums(appended, of, count),
        filled=sums(in_new & ~np.isfinite(points.old) & ~appended, of, count),
        corrected=sums(corrected, of, count),
        removed=removed + sums(np.isfinite(points.old) & ~in_new, of, count),
        kept=kept,
        corrections=_largest(points, corrected, new, after),
        completed=int(completed.sum()),
        renamings=renamings,
        new=tuple(new.names[j] for j in come.tolist() if new.names[j] not in proposed[1]),
        vanished=tuple(old.names[i] for i in gone.tolist() if old.names[i] not in proposed[0]),
        since=int(points.period[appended].min()) if appended.any() else None,
        until=int(points.period[appended].max()) if appended.any() else None,
    )


def _require_names(old: SeriesSet, new: SeriesSet, renamed: Mapping[str, str], file: str) -> None:
    """Raises ``ProblemError`` for a new name of a series that is not there."""
    for name, other in renamed.items():
        for wanted, names, where in ((name, old.names, "the data before"), (other, new.names, file)):
            if wanted not in names:
                raise ProblemError(words.unknown_renaming(wanted, where, names))


def _differs(points: Aligned, old: SeriesSet, new: SeriesSet, before: Integers, after: Integers) -> Flags:
    """Where two values are not the same number, written with more or fewer decimals: bool [P]."""
    decimals = np.minimum(decimals_of(old)[before], decimals_of(new)[after])
    exact = decimals_of(old)[before] == decimals_of(new)[after]
    reach: Floats = np.where(exact, 0.0, 0.5 * 10.0 ** -decimals.astype(np.float64))[points.of]
    larger = np.fmax(np.abs(points.old), np.abs(points.new))
    with np.errstate(invalid="ignore"):
        differs: Flags = np.abs(points.new - points.old) > reach + ROUNDING * larger
    return differs


def _completed(points: Aligned, moved: Flags, partial: bool) -> Flags:
    """Values of the last period of the older reading, if it was not over then, that have grown since: bool [P].

    It was not when that reading said so (``partial``), or when most series grew in it and none fell.
    """
    end = points.both & (points.period == points.last.max(initial=0))
    there = end & moved
    grown = there & (np.abs(points.new) > np.abs(points.old)) & (points.new * points.old >= 0)
    looks_partial = end.sum() >= MIN_SERIES and there.sum() == grown.sum() >= MIN_COMPLETED * end.sum()
    return grown if partial or looks_partial else np.zeros_like(moved)


def _not_in_new(old: SeriesSet, new: SeriesSet, before: Integers, after: Integers) -> tuple[Integers, Integers]:
    """How many old values of each series are from before the newer reading begins, and from after it ends."""
    of = np.repeat(np.arange(len(before)), old.lengths[before])
    rows = old.take(before)
    period = np.arange(len(rows.values)) - rows.offsets[:-1][of] + rows.first[of]
    known = np.isfinite(rows.values)
    earlier, later = period < new.first[after][of], period > new.last[after][of]
    return sums(known & earlier, of, len(before)), sums(known & later, of, len(before))


def _largest(points: Aligned, corrected: Flags, new: SeriesSet, after: Integers) -> tuple[Correction, ...]:
    at = np.flatnonzero(corrected)
    size = np.abs(points.new[at] - points.old[at])
    order = at[np.argsort(-size, kind="stable")[:MAX_CORRECTIONS]]
    return tuple(
        Correction(new.names[after[points.of[p]]], int(points.period[p]), float(points.old[p]), float(points.new[p]))
        for p in order.tolist()
    )
