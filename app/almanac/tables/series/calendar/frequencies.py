"""Files whose series have several frequencies, such as monthly prices and quarterly accounts: read one at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers, extremes
from almanac.core.calendar.frequency import BY_NAME, Frequency
from almanac.core.problems import Finding
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.rows import Rows
from almanac.tables.timeline.frequency import Moments, find_frequency
from almanac.tables.values.batches import batches
from almanac.tables.values.cells import listed
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY

# Chosen by judgement.
_MIN_VALUES = 5  # of a series, to see its frequency
_MIN_REGULAR = 0.98  # steps of the series of one frequency that must fit it
# Middle gaps in days between which series are of one kind: to the week, the month, the quarter, the year.
_LIMITS = (10, 45, 135)
_MIN_RATIO = 2  # of two mean gaps, below which the gaps are not of two frequencies


@dataclass(frozen=True, eq=False)
class OneFrequency:
    """The rows and value columns of one frequency, and what was found."""

    rows: Rows
    columns: tuple[int, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class _Members:
    """Series of one kind: ``at`` int64 [n], their positions; ``frequency``: None when they have no regular one."""

    at: Integers
    frequency: Frequency | None
    values: int


def of_one_frequency(plan: ReadingPlan, rows: Rows, values: Mapping[int, Floats]) -> OneFrequency:
    """The series of the frequency that was requested, or that most values have.

    A series is a group of rows, or one of several value columns. ``values``: float64 [N], of each column.
    """
    columns = tuple(values)
    whole = OneFrequency(rows, columns)
    if plan.dates.source is None or plan.roles.transactions or plan.crosstab is not None:
        return whole
    by_column = len(columns) > 1
    kinds = _kinds(plan, rows, values.values()) if by_column or len(rows.keys) > 1 else []
    named = {kind.frequency.name: kind for kind in kinds if kind.frequency is not None}
    if len(kinds) < 2 or len(named) < len(kinds):
        return whole
    used = named.get(plan.options.frequency or "") or max(kinds, key=lambda kind: kind.values)
    others = {name: len(kind.at) for name, kind in named.items() if kind is not used}
    assert used.frequency is not None
    lines: tuple[int, ...] = ()
    elsewhere = np.concatenate([kind.at for kind in kinds if kind is not used])
    if by_column:
        columns = tuple(column for n, column in enumerate(columns) if n not in set(elsewhere.tolist()))
        left_out = rows.keep & np.logical_and.reduce([np.isnan(values[i]) for i in columns])
    else:
        left_out = rows.keep & np.isin(rows.groups, elsewhere)
        lines = listed(plan.table.lines[left_out])
    finding = findings.several_frequencies(used.frequency.name, others, "series", lines)
    return OneFrequency(rows.without(left_out), columns, (finding,))


def _kinds(plan: ReadingPlan, rows: Rows, values: Collection[Floats]) -> list[_Members]:
    """The series by how far apart their dates are; none where all are alike."""
    if _all_alike(plan, rows, values):
        return []
    index, moments = plan.dates.index, plan.dates.moments
    if len(values) > 1:
        known = [np.flatnonzero(~np.isnan(column) & rows.keep) for column in values]
        owner = np.repeat(np.arange(len(values)), [len(at) for at in known])
        at = index[np.concatenate(known)]
    else:
        used = np.flatnonzero(~np.isnan(next(iter(values))) & rows.keep)
        owner, at = rows.groups[used], index[used]
    pairs = np.unique(owner * np.int64(len(moments)) + at)
    owner, at = np.divmod(pairs, len(moments))
    counts = np.bincount(owner)
    kind = np.searchsorted(_LIMITS, _middle_gaps(owner, moments.astype(np.int64)[at], counts))
    enough = counts >= _MIN_VALUES
    if len(np.unique(kind[enough])) < 2:
        return []
    found = []
    for k in np.unique(kind[enough]).tolist():
        members = np.flatnonzero(enough & (kind == k))
        inside = np.isin(owner, members)
        found.append(_Members(members, _frequency(plan, at[inside], owner[inside]), int(inside.sum())))
    return found


def _all_alike(plan: ReadingPlan, rows: Rows, values: Collection[Floats]) -> bool:
    """Whether the mean gaps of all series are so near to one another that none has another frequency.

    The gaps of two frequencies differ by a factor of three and more, and this needs no sorting of millions of rows.
    """
    moments = plan.dates.moments.astype(np.int64)
    longest, shortest = 0.0, np.inf
    for counts, first, last in _spans(plan, rows, values):
        enough = counts >= _MIN_VALUES
        if enough.any():
            gaps = (moments[last[enough]] - moments[first[enough]]) / (counts[enough] - 1)
            longest, shortest = max(longest, float(gaps.max())), min(shortest, float(gaps.min()))
    return longest < _MIN_RATIO * shortest


def _spans(plan: ReadingPlan, rows: Rows, values: Collection[Floats]) -> Iterator[tuple[Integers, Integers, Integers]]:
    """How many values series have, and the places of their first and last dates: int64 [some].

    Of several columns each is one series.
    """
    index, end = plan.dates.index, len(plan.dates.moments)
    if len(values) > 1:
        for _, columns in batches(values):
            known = ~np.isnan(columns) & rows.keep
            last = np.where(known, index, -1).max(axis=1, initial=-1)
            yield known.sum(axis=1), np.where(known, index, end).min(axis=1, initial=end), last
        return
    known = ~np.isnan(next(iter(values))) & rows.keep
    used = slice(None) if known.all() else known  # no copies of millions of rows where all are in use
    groups = rows.groups[used]
    counts = np.bincount(groups)
    yield counts, *extremes(groups, index[used], len(counts))


def _middle_gaps(owner: Integers, seconds: Integers, counts: Integers) -> Floats:
    """The median gap of each series in days: float64 [S]; ``owner``: int64 [n], ascending, the series of each."""
    gaps = np.diff(seconds) / SECONDS_PER_DAY
    inside = owner[1:] == owner[:-1]
    gaps, of = gaps[inside], owner[1:][inside]
    order = np.lexsort((gaps, of))
    starts = np.concatenate([[0], np.cumsum(np.maximum(counts - 1, 0))])
    middle = np.minimum((starts[:-1] + starts[1:]) // 2, max(len(gaps) - 1, 0))
    return gaps[order][middle] if len(gaps) else np.zeros(len(counts))


def _frequency(plan: ReadingPlan, at: Integers, owner: Integers) -> Frequency | None:
    """The frequency that these series have in common, if it has a name to choose it by."""
    used, index = np.unique(at, return_inverse=True)
    fit = find_frequency(Moments(plan.dates.moments[used], index, owner), plan.dates.grain)
    if fit.regularity < _MIN_REGULAR or fit.frequency.name not in BY_NAME:
        return None
    return fit.frequency
