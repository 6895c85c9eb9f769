"""Periods without a row: closed, nothing, or not known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers, has_missing, none_of
from almanac.core.problems import Finding
from almanac.core.series import SeriesSet
from almanac.core.text import some
from almanac.tables.columns.counting import count_different
from almanac.tables.findings import registry as findings
from almanac.tables.findings.series import AbsentRows, ClosedPeriods
from almanac.tables.reading import Gaps
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.calendar.closed_periods import find_open_periods
from almanac.tables.series.calendar.common_end import periods_after
from almanac.tables.series.calendar.events import flow_points, sparse_reason
from almanac.tables.series.grid.regular_grid import ColumnBlocks
from almanac.tables.values.cells import listed
from almanac.wording.open_periods import closed_words

_MAX_KINDS = 3  # of opening hours that a finding says


@dataclass(frozen=True, eq=False)
class GapsTreated:
    """The series with their gaps treated, and what was found; ``to_common_end``: whether what had no row after its
    last one had nothing until the list ends."""

    series: SeriesSet
    findings: tuple[Finding, ...]
    to_common_end: bool = False


def treat_gaps(
    plan: ReadingPlan, series: SeriesSet, grids: ColumnBlocks, events: str, history: bool = True
) -> GapsTreated:
    """Closed periods and other gaps, each as the person chose; ``series`` were built from ``grids``.

    ``events``: why each row is an event, empty when they are not; ``history``: whether the dates say when something
    happened, as nothing is open or closed otherwise.
    """
    ends_apart = bool(plan.roles.series) and len(np.unique(series.last)) > 1
    if not ((events and ends_apart) or has_missing(series.values) or any(b.missing.any() for b in grids.blocks)):
        return GapsTreated(series, ())
    found = []
    calendar = replace(series, open_periods=find_open_periods(series) if history else ())
    closed = calendar.closed_points
    without_rows = any(block.missing.any() for block in grids.blocks)
    values = series.values
    if closed.any():
        used = findings.closed_periods.treatment(plan.options)
        found.append(_closed_finding(calendar, closed, used))
        if used == "zero":
            values = np.where(closed & np.isnan(values), 0.0, values)
        if used == "closed":
            series = calendar
    gaps = flows = none_of(len(values))
    if without_rows:
        gaps = np.concatenate([block.missing for block in grids.blocks]) & ~closed
        flows = gaps & flow_points(series)
    after = periods_after(calendar) if ends_apart else np.zeros(len(series), np.int64)
    reason = (events or sparse_reason(plan, series)) if flows.any() or after.any() else ""
    after = after if reason else np.zeros_like(after)
    if not (gaps.any() or after.any()):
        return GapsTreated(replace(series, values=values), tuple(found))
    chosen = plan.options.gaps or ("zero" if reason else "leave")
    found.append(_gaps_finding(plan, series, _Gaps(grids, gaps, after, chosen, reason)))
    zeros = gaps if plan.options.gaps == "zero" else flows
    filled = np.where(zeros, 0.0, values) if chosen == "zero" else values
    if chosen == "interpolate":
        filled = _interpolated(values, np.isnan(series.values) & ~closed)
    raw = None if series.raw_values is None else np.where(zeros & (chosen == "zero"), 0.0, series.raw_values)
    if raw is None and chosen == "interpolate":
        raw = values
    goes_on = bool(after.any()) and chosen == "zero" and (series.open_periods or not closed.any())
    return GapsTreated(replace(series, values=filled, raw_values=raw), tuple(found), bool(goes_on))


def _closed_finding(calendar: SeriesSet, closed: Flags, used: str) -> Finding:
    """What is closed; ``closed``: bool [points]."""
    named: dict[str, list[str]] = {}
    for i, name in enumerate(calendar.names):
        if words := closed_words(calendar, i):
            named.setdefault(words, []).append(name)
    all_alike = len(named) == 1 and sum(map(len, named.values())) == len(calendar)
    said = [words if all_alike else f"{some(names)}: {words}" for words, names in named.items()]
    numbers = np.arange(len(closed)) + np.repeat(calendar.first - calendar.offsets[:-1], calendar.lengths)
    known = np.isfinite(calendar.values)
    count, exceptions = (len(np.unique(numbers[closed & which])) for which in (~known, known))
    levels = not flow_points(calendar)[closed].any()
    shown = ClosedPeriods(some(said, _MAX_KINDS), count, exceptions, levels)
    return findings.closed_periods(shown, calendar.frequency, used)


@dataclass(frozen=True, eq=False)
class _Gaps:
    """``at``: bool [points], the periods of ``grids`` without a row; ``after``: int64 [N], those after the last row of
    each series; ``used``: how they are treated; ``events``: why they had nothing, empty when that is not known.
    """

    grids: ColumnBlocks
    at: Flags
    after: Integers
    used: Gaps
    events: str


def _gaps_finding(plan: ReadingPlan, series: SeriesSet, found: _Gaps) -> Finding:
    """Other periods without a row."""
    grids, gaps = found.grids, found.at
    ends = np.cumsum([block.size for block in grids.blocks])
    parts = np.split(gaps, ends[:-1])
    pairs = enumerate(zip(grids.blocks, parts, strict=True))
    rows = [grids.lines_in(n)[block.rows_before(part)] for n, (block, part) in pairs]
    with_gaps = np.flatnonzero(np.logical_or.reduceat(gaps, series.offsets[:-1]) | (found.after > 0))
    # All columns of one row miss it together: count the row once.
    count = int(gaps.sum() + found.after.sum()) if plan.roles.series else max(int(part.sum()) for part in parts)
    periods = _different_periods(series, gaps, found.after)
    names = [series.names[i] for i in with_gaps] if plan.roles.series and len(series) > 1 else []
    before = listed(np.unique(np.concatenate(rows)))
    absent = AbsentRows(count, periods, names, before, found.events, plan.options.gaps is not None)
    return findings.gaps(absent, series.frequency, found.used)


def _different_periods(series: SeriesSet, gaps: Flags, after: Integers) -> int:
    """How many periods are missing in some series: one that all of them miss counts once."""
    numbers = np.arange(len(gaps)) + np.repeat(series.first - series.offsets[:-1], series.lengths)
    ends = [np.arange(last + 1, last + 1 + more) for last, more in zip(series.last, after, strict=True) if more]
    absent = np.concatenate([numbers[gaps], *ends]) - series.first.min()
    return count_different(absent, np.ones(len(absent), dtype=bool))


def _interpolated(values: Floats, holes: Flags) -> Floats:
    """The values with all ``holes`` filled from their neighbours: float64 [points]."""
    if not holes.any():
        return values
    at, known = np.arange(len(values)), ~np.isnan(values)
    # Series begin and end with a known value, so a straight line never crosses from one into the next.
    filled = values.copy()
    filled[holes] = np.interp(at[holes], at[known], values[known])
    return filled
