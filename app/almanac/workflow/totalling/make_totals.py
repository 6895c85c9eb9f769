"""Use case: the total of everything, a group or a single series over the horizon, or per week, month, quarter or year.

``totals(result)`` is everything over the whole horizon; ``by`` adds groups and ``per`` divides the time. Each is made
from a finished ``ForecastResult`` when it is asked for, without the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.distribution.levels import LIKELY, LIKELY_HIGH, LIKELY_LOW
from almanac.core.jobs import Job, Progress
from almanac.core.measure import VALUE_COLUMN
from almanac.core.problems import Problem, ProblemError, stop_with
from almanac.core.series import SeriesSet
from almanac.core.summaries.decimals import MAX_DECIMALS
from almanac.core.text import did_you_mean, some
from almanac.wording import totals as wording
from almanac.wording.phrases import RangeSupport
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import AlignedParts, align
from almanac.workflow.totalling.total_ranges import coverage_of_sums, range_offsets

if TYPE_CHECKING:
    from almanac.evaluation.report.coverage import CoverageBand
    from almanac.totals import Grouping, Span, SpanKind


@dataclass(frozen=True)
class TotalsGroup:
    """One group of series: ``key`` has its value in each of ``columns``, none for everything.

    ``kind``: what it adds up where a file has amounts of several kinds ("Revenue"), else ""; ``series``: how many it
    has; ``averaged``: whether its values are averaged, as those of prices are; ``support``: what its ranges rest on;
    ``unit``: what all its series are measured in, empty when unknown; ``decimals``: the most that one of them has;
    ``members``: their positions in the forecast; ``has_share``: whether a change can be said in percent:
    not of levels, such as temperatures, nor where some of it was below 0.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    kind: str
    series: int
    averaged: bool
    support: RangeSupport
    unit: str = ""
    decimals: int = MAX_DECIMALS
    members: tuple[int, ...] = field(default=(), repr=False)
    has_share: bool = True

    @property
    def name(self) -> str:
        """The group in words: "North · Bread"; "Everything"."""
        return wording.group_name(self.key, self.kind)


@dataclass(frozen=True)
class Totals:
    """The totals of G groups in S spans, everything first.

    ``point`` (an expected value), ``low`` and ``high`` (the likely range, 80%) and ``last_year`` float64 [G, S]: NaN
    where unknown. Points of a group are the sums of those of its parts, and the spans of a horizon sum to it.
    ``coverage``: how often such ranges held for totals of the whole horizon in the past; None without a backtest.
    ``notes``: what a person should know about them. ``forecast`` [G, S]: the points before the person adjusted them,
    NaN where they did not; None where nothing was adjusted.
    """

    by: tuple[str, ...]
    per: str
    frequency: Frequency
    horizon: int
    groups: tuple[TotalsGroup, ...]
    spans: tuple[Span, ...]
    point: Floats
    low: Floats
    high: Floats
    last_year: Floats
    coverage: CoverageBand | None
    notes: tuple[Problem, ...]
    forecast: Floats | None = None

    @property
    def growth(self) -> Floats:
        """The share by which each is more than last year, 0.05 for 5%: float64 [G, S].

        NaN if that is unknown or 0, and of what has no share: levels and what may be below 0.
        """
        positive = (self.last_year > 0) & np.array([group.has_share for group in self.groups])[:, None]
        found = np.full(self.point.shape, np.nan)
        found[positive] = self.point[positive] / self.last_year[positive] - 1
        return found

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        return {
            "by": list(self.by),
            "per": self.per,
            "horizon": self.horizon,
            "frequency": self.frequency.name,
            "groups": [self._group(g) for g in range(len(self.groups))],
            "coverage": None if self.coverage is None else _coverage(self.coverage),
            "notes": [note.to_dict() for note in self.notes],
        }

    @property
    def table(self) -> dict[str, list[Any]]:
        """A row for each group and span, column by column: what is saved to a file. What is not known is None."""
        rows = []
        kinds = any(group.kind for group in self.groups)
        for g, group in enumerate(self.groups):
            own = dict(zip(group.columns, group.key, strict=True))
            named = {"name": group.name, **{column: own.get(column, "") for column in self.by}}
            extra = {"kind": group.kind} if kinds else {}
            measure = {"measure": _measure(group), "series": group.series, "support": group.support.value}
            rows += [named | extra | self.row(g, s) | measure for s in range(len(self.spans))]
        return {column: [row[column] for row in rows] for column in rows[0]}

    def figures(self, g: int, s: int) -> wording.TotalFigures:
        """The figures of one group in one span, to put into words."""
        arrays = self.point, self.low, self.high, self.last_year, self.growth
        point, low, high, last_year, growth = (float(array[g, s]) for array in arrays)
        forecast = np.nan if self.forecast is None else float(self.forecast[g, s])
        group = self.groups[g]
        return wording.TotalFigures(point, low, high, last_year, growth, group.decimals, forecast, group.averaged)

    def span_title(self, s: int) -> str:
        """A span in words: "Next 28 days", "2026-07", "2026-06 (partial)"."""
        span = self.spans[s]
        whole = self.frequency.duration(self.horizon) if span.kind == "horizon" else ""
        return wording.span_title(span.label, span.partial, whole)

    def _group(self, g: int) -> dict[str, Any]:
        group = self.groups[g]
        return {
            "name": group.name,
            "group": dict(zip(group.columns, group.key, strict=True)),
            "kind": group.kind,
            "measure": _measure(group),
            "series": group.series,
            "support": group.support.value,
            "spans": [self.row(g, s) for s in range(len(self.spans))],
        }

    def row(self, g: int, s: int) -> dict[str, Any]:
        """One group in one span for programs: dates as ISO 8601, None where something is unknown."""
        span, iso = self.spans[s], self.frequency.iso
        before = span.last_year
        return {
            "span": span.label,
            "from": iso(span.first),
            "to": iso(span.last),
            "partial": span.partial,
            "point": _known(self.point[g, s]),
            **({} if self.forecast is None else {"forecast": _known(self.forecast[g, s])}),
            "low": _known(self.low[g, s]),
            "high": _known(self.high[g, s]),
            "last_year": _known(self.last_year[g, s]),
            "last_year_from": None if before is None else iso(before[0]),
            "last_year_to": None if before is None else iso(before[1] - 1),
            "growth": _known(self.growth[g, s]),
        }


def totals(result: ForecastResult, by: tuple[str, ...] = (), per: str = "horizon") -> Job[Totals]:
    """The total of everything, and of the groups of the columns ``by``: each alone, and all of them together.

    ``per``: "horizon", "week", "month", "quarter" or "year". Raises ``ProblemError`` for a column that the file is not
    split by, or a span that its periods do not make up.
    """
    from almanac import totals as engine

    yield Progress(0, 0, "Adding up")
    parts = align(result.plan, result.file.series)
    kind = span_kind_of(parts.series.frequency, per)
    columns = columns_of(parts.series, by)
    everyone = np.arange(len(parts.series))
    grouping = engine.grouping_of(parts.series.keys, parts.series.key_columns, columns, parts.kinds, everyone)
    (found,) = add_up(result, parts, grouping, (kind,))
    return replace(found, by=columns, coverage=coverage_of_sums(result))


def add_up(
    result: ForecastResult, parts: AlignedParts, grouping: Grouping, kinds: Sequence[SpanKind]
) -> tuple[Totals, ...]:
    """The totals of these groups for each kind of span, without how often such ranges held."""
    from almanac import totals as engine

    planned = [engine.plan_spans(parts.series.frequency, parts.first, parts.horizon, kind) for kind in kinds]
    return add_up_spans(result, parts, grouping, list(zip((kind.value for kind in kinds), planned, strict=True)))


def add_up_spans(
    result: ForecastResult, parts: AlignedParts, grouping: Grouping, planned: Sequence[tuple[str, tuple[Span, ...]]]
) -> tuple[Totals, ...]:
    """The totals of these groups for each list of spans, which has a name."""
    from almanac import totals as engine

    frequency = parts.series.frequency
    spans = tuple(chain.from_iterable(some_spans for _, some_spans in planned))
    averaged = averaged_groups(parts, grouping)
    point = points(parts, grouping, spans, averaged)
    low, high = _ranges(result, parts, grouping, spans, point)
    past = engine.past_sums(parts.series, grouping, [span.last_year for span in spans], averaged)
    unadjusted = _unadjusted(result, grouping, spans, averaged, point)
    groups, notes = _groups(result, parts, grouping, averaged), _notes(result, parts, averaged)
    edges = np.cumsum([len(some_spans) for _, some_spans in planned])[:-1]
    each = zip(*(np.split(array, edges, axis=1) for array in (point, low, high, past)), strict=True)
    made = np.split(unadjusted, edges, axis=1) if result.adjusted is not None else [None] * len(planned)
    return tuple(
        Totals((), name, frequency, parts.horizon, groups, own, mean, least, most, before, None, notes, forecast)
        for (name, own), (mean, least, most, before), forecast in zip(planned, each, made, strict=True)
    )


def _unadjusted(
    result: ForecastResult, grouping: Grouping, spans: Sequence[Span], averaged: Flags, point: Floats
) -> Floats:
    """The points before the person adjusted them: float64 [G, S], NaN where they are the same."""
    if result.adjusted is None:
        return np.full_like(point, np.nan)
    before = points(align(result.forecast, result.file.series), grouping, spans, averaged)
    return np.where(np.isclose(before, point, rtol=1e-12, atol=0), np.nan, before)


def span_kind_of(frequency: Frequency, per: str) -> SpanKind:
    """Raises ``ProblemError`` when the periods of the file do not make up such spans."""
    from almanac.totals import SpanKind, can_divide

    kind = SpanKind(per)
    if not can_divide(frequency, kind):
        possible = [one.value for one in SpanKind if can_divide(frequency, one)]
        raise stop_with(
            "no_such_spans",
            f"Totals per {per} cannot be made from {frequency.name} data.",
            f"Its periods do not make up whole {per}s." if frequency.dated else "The file has no dates.",
            f"Choose {' or '.join(possible)}.",
        )
    return kind


def columns_of(series: SeriesSet, by: tuple[str, ...]) -> tuple[str, ...]:
    """The columns as the file writes them. Raises ``ProblemError`` when the file is not split by one of them."""
    known = {column.casefold(): column for column in series.key_columns}
    for column in by:
        if column.casefold() not in known:
            raise _not_split_by(column, series.key_columns)
    return tuple(dict.fromkeys(known[column.casefold()] for column in by))


def _not_split_by(column: str, names: tuple[str, ...]) -> ProblemError:
    """The file is not split by a column; ``names``: those that it is split by."""
    own = [name for name in names if name != VALUE_COLUMN]
    why, fix = (f"It is split by {some(own)}." if own else "It holds a single series."), "Choose one of these columns."
    if not own and VALUE_COLUMN in names:
        why = "It has several columns of numbers, and no column that tells things apart."
        fix = f"Group by “{VALUE_COLUMN}” to see each column of numbers."
    return stop_with(
        "no_such_group", f"There are no groups by “{column}” in this file.", why, did_you_mean(column, names, fix)
    )


def averaged_groups(parts: AlignedParts, grouping: Grouping) -> Flags:
    """Which groups are averaged instead of added up: bool [G]."""
    return np.concatenate([parts.averaged[level.order[_starts(level.sizes)]] for level in grouping.levels])


def points(parts: AlignedParts, grouping: Grouping, spans: Sequence[Span], averaged: Flags) -> Floats:
    """Expected values float64 [G, S]: sums, or averages over periods and parts; NaN where all parts are over."""
    counted = parts.has_value.astype(np.float64)
    sums = grouping.sums(np.stack([(parts.means * counted)[:, s.start : s.stop].sum(axis=1) for s in spans], axis=1))
    count = grouping.sums(np.stack([counted[:, s.start : s.stop].sum(axis=1) for s in spans], axis=1))
    amounts = np.where(averaged[:, None], sums / np.maximum(count, 1), sums)
    return np.where(count > 0, amounts, np.nan)


def _ranges(
    result: ForecastResult, parts: AlignedParts, grouping: Grouping, spans: Sequence[Span], point: Floats
) -> tuple[Floats, Floats]:
    """Both ends of the likely ranges of the points: float64 [G, S] each; never below 0 where no part was."""
    offsets = range_offsets(result, parts, grouping, spans, (LIKELY_LOW, LIKELY_HIGH))
    bounded = -grouping.sums((~np.isfinite(parts.series.lower_bound)).astype(np.float64))
    lowest = np.where(bounded < 0, -np.inf, 0.0)[:, None]
    low, high = point + np.minimum(offsets[..., 0], 0), point + np.maximum(offsets[..., 1], 0)
    low = np.maximum(low, np.minimum(lowest, point))
    _take_known_sums(result, parts, grouping, spans, (low, high))
    return low, high


def _take_known_sums(
    result: ForecastResult, parts: AlignedParts, grouping: Grouping, spans: Sequence[Span], ends: tuple[Floats, Floats]
) -> None:
    """Give a single rare seller the range of its sum that is said of it elsewhere: its steps say little."""
    sums, whole = result.plan.sums, [s for s, span in enumerate(spans) if (span.start, span.stop) == (0, parts.horizon)]
    if sums is None or not whole:
        return
    for g, members in enumerate(grouping.members):
        row = int(parts.rows[members[0]])
        if len(members) == 1 and result.plan.is_rare(row) and int(result.plan.first[row]) == parts.first:
            ends[0][g, whole], ends[1][g, whole] = sums.low[row], sums.high[row]


def _groups(
    result: ForecastResult, parts: AlignedParts, grouping: Grouping, averaged: Flags
) -> tuple[TotalsGroup, ...]:
    found: list[TotalsGroup] = []
    numbers = {} if result.hierarchy is None else result.hierarchy.numbers
    has_share = parts.series.has_share
    for level in grouping.levels:
        starts = _starts(level.sizes)
        for g, start in enumerate(starts.tolist()):
            members = level.order[start : start + int(level.sizes[g])]
            support = _support(result, parts, members, numbers)
            group = level.columns, level.keys[g], level.kinds[g], len(members), bool(averaged[len(found)]), support
            rows = tuple(parts.rows[members].tolist())
            shared = bool(has_share[members].all())
            found.append(TotalsGroup(*group, *_written(result, parts, members), rows, shared))
    return tuple(found)


def _written(result: ForecastResult, parts: AlignedParts, members: Integers) -> tuple[str, int]:
    """The unit of these series, if they have one, and the most decimals that one of them has in the file."""
    units = {parts.series.measure(i).unit for i in members.tolist()}
    decimals = result.forecast.decimals
    most = MAX_DECIMALS if decimals is None else int(decimals[parts.rows[members]].max())
    return units.pop() if len(units) == 1 else "", most


def _support(result: ForecastResult, parts: AlignedParts, members: Integers, numbers: dict[bytes, int]) -> RangeSupport:
    """What the ranges of a group rest on: the checks of its total where there are any, else those of its parts."""
    active = members[parts.active[members]]
    if result.adjusted is not None and result.adjusted.touches(parts.rows[active]):
        return RangeSupport.ADJUSTED
    if result.independent_checks is None:
        return result.without_checks
    own = None if result.hierarchy is None else numbers.get(active.tobytes())
    supports = {result.range_support(int(parts.rows[i]), LIKELY) for i in active.tolist()}
    if supports == {RangeSupport.TOO_NARROW}:
        return RangeSupport.TOO_NARROW  # paths of the parts make the range of their total
    if own is None or result.hierarchy is None:
        if len(supports) == 1:
            return supports.pop()
        return RangeSupport.CHECKED if supports <= _SURE else RangeSupport.TOO_FEW_CHECKS
    from almanac.evaluation import enough_checks

    enough = enough_checks(float(result.hierarchy.checks[own]), LIKELY)
    return RangeSupport.CHECKED if enough else RangeSupport.TOO_FEW_CHECKS


_SURE = {RangeSupport.CHECKED, RangeSupport.CONSTANT, RangeSupport.TOO_WIDE}


def _measure(group: TotalsGroup) -> str:
    return "average" if group.averaged else "total"


def _coverage(band: CoverageBand) -> dict[str, Any]:
    return {
        "promised": band.level,
        "held": _known(band.held),
        "low": _known(band.low),
        "high": _known(band.high),
        "checks": band.checks,
        "independent": round(band.independent, 2),
        "answer": band.answer.value,
    }


def _notes(result: ForecastResult, parts: AlignedParts, averaged: Flags) -> tuple[Problem, ...]:
    over = [parts.series.names[i] for i in np.flatnonzero(~parts.active)]
    notes = [] if result.adjusted is None else list(result.adjusted.warnings)
    if over:
        notes.append(wording.over_note(over, parts.series.frequency.label(parts.first)))
    kinds = sorted(set(parts.kinds))
    if len({parts.series.measure(i).counted for i in range(len(parts.series))}) > 1 and len(kinds) > 1:
        notes.append(wording.apart_note(kinds))
    if averaged.any():
        notes.append(wording.averaged_note(bool(averaged.all())))
    return tuple(notes)


def _starts(sizes: Integers) -> Integers:
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
