"""Use case: a forecast as a person adjusted it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.entered.adjustments import Adjustment, AdjustmentKind, adjusted_values
from almanac.core.jobs import Job, Progress
from almanac.core.problems import Problem, ProblemError
from almanac.core.series import Forecast, SeriesSet
from almanac.wording import adjustments as wording
from almanac.workflow.adjusting.adjusted import Adjusted, AppliedAdjustment, UnusedAdjustment
from almanac.workflow.adjusting.kept import remember_adjustments
from almanac.workflow.adjusting.span import AdjustedSpan, span_of
from almanac.workflow.adjusting.targets import Target, Targets, UnusableError
from almanac.workflow.forecasts.rare_sales import with_rare_sums
from almanac.workflow.history.keep import keep_adjustments
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import align

EXACT = 1e-9


def adjust(
    result: ForecastResult, adjustments: tuple[Adjustment, ...], confirmed: Path | None = None
) -> Job[Adjusted | None]:
    """The forecast with these adjustments, one after the other; None without any. Those that do not fit are said.

    ``confirmed``: the path of the file, for which they are kept.
    """
    yield Progress(0, 0, "Adjusting")
    if confirmed is not None:
        with suppress(ProblemError):  # the file is gone by now
            yield from remember_adjustments(confirmed, adjustments)
        keep_adjustments(result.kept, adjustments)
    return adjusted_forecast(result, adjustments)


def with_adjustments(result: ForecastResult, adjustments: tuple[Adjustment, ...]) -> ForecastResult:
    """The result with these adjustments instead of those that it had."""
    return replace(result, adjusted=adjusted_forecast(result, adjustments))


def adjusted_forecast(result: ForecastResult, adjustments: Sequence[Adjustment]) -> Adjusted | None:
    """See ``adjust``."""
    if not adjustments:
        return None
    work = _Work.of(result.forecast, result.file.series)
    targets = Targets(align(result.forecast, result.file.series))
    applied, unused = [], list[tuple[Adjustment, UnusableError]]()
    for one in adjustments:
        try:
            applied.append(work.apply(one, targets.find(one)))
        except UnusableError as why:
            unused.append((one, why))
    notes = wording.unused_notes([(one, str(why), why.expired) for one, why in unused])
    return Adjusted(
        forecast=with_rare_sums(work.forecast, result.file.series),
        changed=work.changed,
        applied=tuple(applied),
        not_used=tuple(UnusedAdjustment(one, str(why), why.expired, why.over) for one, why in unused),
        notes=(*notes, *_notes_on_spans(applied, work.forecast.frequency), *wording.adjusted_notes(len(applied))),
    )


def unusable(
    forecast: Forecast, series: SeriesSet, adjustments: Sequence[Adjustment]
) -> tuple[tuple[Adjustment, UnusableError], ...]:
    """The adjustments that fit no forecast of these series and periods, whatever its values are, and why."""
    work, targets = _Work.of(forecast, series), Targets(align(forecast, series))
    found = []
    for one in adjustments:
        try:
            work.require_fit(one, targets.find(one))
        except UnusableError as why:
            found.append((one, why))
    return tuple(found)


def _notes_on_spans(applied: Sequence[AppliedAdjustment], frequency: Frequency) -> tuple[Problem, ...]:
    """Says of which periods only a part is adjusted, and which are taken whole that may not be meant so."""
    parts: list[tuple[Adjustment, list[str]]] = []
    whole: list[tuple[Adjustment, str]] = []
    for one in applied:
        ends = dict(zip((one.span.first, one.span.last), one.span.shares, strict=True))
        some = [f"{share:.0%} of {frequency.label(number)}" for number, share in ends.items() if share < 1]
        if some:
            parts.append((one.adjustment, some))
        if one.span.named:
            whole.append((one.adjustment, frequency.label(one.span.last)))
    return wording.span_notes(parts, whole, frequency)


@dataclass(frozen=True)
class _Cells:
    """The steps of some series in some periods: ``row`` and ``step`` int64 [K]; ``shares`` float64 [K]: which part of
    each may change, 0 where it is closed or without a value.
    """

    row: Integers
    step: Integers
    shares: Floats

    @property
    def free(self) -> Flags:
        """Which of them may change: bool [K]."""
        return self.shares > 0


@dataclass(frozen=True)
class _Work:
    """A forecast whose arrays are changed in place; ``changed`` bool [N, H]: where they were."""

    forecast: Forecast
    series: SeriesSet
    changed: Flags

    @classmethod
    def of(cls, forecast: Forecast, series: SeriesSet) -> _Work:
        copied = replace(forecast, quantiles=forecast.quantiles.copy(), means=forecast.mean.copy(), sums=None)
        return cls(copied, series, np.zeros(forecast.quantiles.shape[:2], dtype=bool))

    def apply(self, one: Adjustment, target: Target) -> AppliedAdjustment:
        """Change the forecast. Raises ``UnusableError`` where that cannot be done."""
        span = span_of(one, self.forecast.frequency)
        cells = self._cells(one, target, span)
        measures = {self.series.measure(i) for i in self._positions(target.rows).tolist()}
        averaged = any(measure.kind == "level" for measure in measures)
        before = np.where(cells.free, self.forecast.mean[cells.row, cells.step], 0.0)
        count = float(cells.shares.sum()) if averaged else 1.0
        amount = one.amount if one.kind is AdjustmentKind.SCALE else one.amount * count
        after = adjusted_values(before, cells.shares, one.kind, amount)
        self._require_possible(cells, after)
        self._move(cells, before, after, one.kind)
        units = {measure.unit for measure in measures}
        unit = units.pop() if len(units) == 1 else ""
        was = float((before * cells.shares).sum() / count)
        made = was + float((after - before).sum() / count)
        return AppliedAdjustment(one, target.name, np.unique(cells.row), span, was, made, averaged, unit)

    def require_fit(self, one: Adjustment, target: Target) -> None:
        """Raises ``UnusableError`` for an adjustment that fits no values at all in these periods."""
        cells = self._cells(one, target, span_of(one, self.forecast.frequency))
        if one.kind is AdjustmentKind.SET:
            self._require_possible(cells, np.full(len(cells.row), one.amount))

    def _cells(self, one: Adjustment, target: Target, span: AdjustedSpan) -> _Cells:
        """Raises ``UnusableError`` where the periods are not ahead, or nothing is open in them."""
        forecast, rows = self.forecast, target.rows
        numbers = forecast.first[rows, None] + np.arange(forecast.horizon)
        begin, end = int(forecast.first[rows].min()), int(numbers.max())
        if span.last < begin:
            raise UnusableError("its time is over", over=True)
        if span.first < begin and one.kind is not AdjustmentKind.SCALE:
            raise UnusableError("its time has begun, so its total is no longer ahead", expired=True)
        if span.last > end:
            ends = forecast.frequency.label(end)
            raise UnusableError(f"it goes beyond the forecast, which ends with {ends}")
        row, step = np.nonzero((numbers >= span.first) & (numbers <= span.last))
        shares = span.share_of(numbers[row, step])
        row = rows[row]
        for without in (forecast.closed, forecast.without_value):
            shares = shares if without is None else np.where(without[row, step], 0.0, shares)
        if not shares.any():
            raise UnusableError("everything is closed then")
        return _Cells(row, step, shares)

    def _require_possible(self, cells: _Cells, after: Floats) -> None:
        """Raises ``UnusableError`` for values below 0 of what never was."""
        lowest = self.series.lower_bound[self._positions(cells.row)]
        if (after[cells.free] < lowest[cells.free] - EXACT).any():
            raise UnusableError("the forecast would be below 0, and no value in the file is")

    def _move(self, cells: _Cells, before: Floats, after: Floats, kind: AdjustmentKind) -> None:
        """Put the values into the arrays, and move the ranges along, in proportion where that is possible.

        The point of a changed step is what the person made of it: its part of a total that was set, or else what was
        shown before, multiplied or with the same amount added.
        """
        at = cells.row[cells.free], cells.step[cells.free]
        old, new, levels = before[cells.free], after[cells.free], self.forecast.levels
        shown = self.forecast.point[at]
        ratio = np.divide(new, old, out=np.ones_like(new), where=old > 0)
        quantiles = self.forecast.quantiles[at]
        scaled = (old > 0) & (new >= 0)
        moved = np.where(scaled[:, None], quantiles * ratio[:, None], quantiles + (new - old)[:, None])
        point = shown + new - old
        if kind is AdjustmentKind.SET:
            point = np.where(cells.shares[cells.free] < 1, point, new)
        elif kind is AdjustmentKind.SCALE:
            point = np.where(scaled, shown * ratio, point)
        lowest = self.series.lower_bound[self._positions(at[0])]
        point = np.maximum(point, np.minimum(lowest, new))
        edge, moved = point[:, None], np.maximum(moved, lowest[:, None])
        below, above = np.minimum(moved, edge), np.maximum(moved, edge)
        self.forecast.quantiles[at] = np.where(levels < 0.5 - EXACT, below, np.where(levels > 0.5 + EXACT, above, edge))
        self.forecast.mean[at] = new
        self.changed[at] = True

    def _positions(self, rows: Integers) -> Integers:
        """Where series of the forecast are in the file."""
        unique, inverse = np.unique(rows, return_inverse=True)
        return self.series.positions([self.forecast.names[i] for i in unique])[inverse]
