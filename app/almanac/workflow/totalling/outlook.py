"""Use case: what comes next for some series together: their totals over time, and their sum as one series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.phrases import RangeSupport
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import AlignedParts, align
from almanac.workflow.totalling.make_totals import Totals, add_up, add_up_spans, averaged_groups
from almanac.workflow.totalling.total_ranges import offsets_of

if TYPE_CHECKING:
    from almanac.totals import Grouping

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)  # the ranges that a chart can show


@dataclass(frozen=True)
class Outlook:
    """The total of some series.

    ``members``: their positions in the forecast; ``totals``: of their one group, for each kind of span that their
    periods make up, the whole horizon first. ``series``, ``forecast``: what they were and will be in each period, as
    one series; ``support``: what the ranges rest on; ``unadjusted`` float64 [H]: each step before the person adjusted
    it, None where they did not.
    """

    members: tuple[int, ...]
    totals: tuple[Totals, ...]
    series: SeriesSet
    forecast: Forecast
    support: RangeSupport
    unadjusted: Floats | None = None


def outlook(result: ForecastResult, members: tuple[int, ...], name: str) -> Job[Outlook]:
    """Add up the series at these positions in the forecast, which can be added up; ``name``: what they are called."""
    from almanac import totals as engine

    yield Progress(0, 0, "Adding up")
    parts = align(result.plan, result.file.series)
    grouping = _one_group(parts, members)
    frequency = parts.series.frequency
    kinds = [one for one in engine.SpanKind if engine.can_divide(frequency, one)]
    totals = add_up(result, parts, grouping, kinds)
    averaged = bool(averaged_groups(parts, grouping)[0])
    series = replace(_past(parts, grouping, averaged), names=(name,))
    forecast = _steps(result, parts, grouping, averaged)
    before = None
    if result.adjusted is not None and result.adjusted.touches(parts.rows[grouping.levels[0].order]):
        before = _means(align(result.forecast, result.file.series), grouping, averaged)[0]
    made, support = replace(forecast, names=(name,)), totals[0].groups[0].support
    return Outlook(members, totals, series, made, support, before)


def _one_group(parts: AlignedParts, members: tuple[int, ...]) -> Grouping:
    from almanac import totals as engine

    wanted = np.isin(parts.rows, members)
    kind = parts.kinds[int(wanted.argmax())]
    return engine.Grouping((engine.Level((), np.where(wanted, 0, engine.NO_GROUP), ((),), (kind,)),))


@dataclass(frozen=True)
class SpanTotal:
    """The total of some series from one period to another: ``totals`` of one group and one span."""

    members: tuple[int, ...]
    span: tuple[int, int]
    totals: Totals


def span_total(result: ForecastResult, members: tuple[int, ...], span: tuple[int, int]) -> Job[SpanTotal]:
    """Add up the series at these positions in the forecast over the periods of a ``span``, both ends included."""
    from almanac import totals as engine

    yield Progress(0, 0, "Adding up")
    parts = align(result.plan, result.file.series)
    steps = max(span[0] - parts.first, 0), min(span[1] - parts.first + 1, parts.horizon)
    chosen = engine.chosen_span(parts.series.frequency, parts.first, steps)
    (totals,) = add_up_spans(result, parts, _one_group(parts, members), [("span", (chosen,))])
    return SpanTotal(members, span, totals)


def _past(parts: AlignedParts, grouping: Grouping, averaged: bool) -> SeriesSet:
    """What the series were in every period, together."""
    from almanac import totals as engine

    active = parts.active if parts.active[grouping.levels[0].order].any() else np.ones_like(parts.active)
    series = engine.aggregate(parts.series, grouping, active)
    if averaged:
        known = np.isfinite(parts.series.values).astype(np.float64)
        count = engine.aggregate(replace(parts.series, values=known, raw_values=None), grouping, active).values
        series = replace(series, values=series.values / np.maximum(count, 1), raw_values=None)
    measures = (parts.series.measure(int(grouping.levels[0].order[0])),)
    return replace(series, measures=measures)


def _steps(result: ForecastResult, parts: AlignedParts, grouping: Grouping, averaged: bool) -> Forecast:
    """What the series will be in every step, together."""
    members = grouping.levels[0].order
    means, count = _means(parts, grouping, averaged)
    offsets = offsets_of(result, parts, grouping, [(h, h + 1) for h in range(parts.horizon)], LEVELS)[0]
    lowest = 0.0 if np.isfinite(parts.series.lower_bound[members]).all() else -np.inf
    made = result.forecast
    return Forecast(
        names=("",),
        first=np.array([parts.first]),
        frequency=made.frequency,
        levels=np.array(LEVELS),
        quantiles=np.maximum(_around(means, offsets), lowest)[None],
        model=made.model,
        checksum=made.checksum,
        device=made.device,
        closed=parts.fixed[members].all(axis=0).reshape(1, -1),
        without_value=(count == 0).reshape(1, -1),
        means=means[None],
        mean_points=np.ones(1, bool),
        decimals=_decimals(made, parts.rows[members].tolist(), averaged),
        model_reason=made.model_reason,
    )


def _means(parts: AlignedParts, grouping: Grouping, averaged: bool) -> tuple[Floats, Floats]:
    """The expected value of each step of all together, and how many have one: float64 [H] each."""
    members = grouping.levels[0].order
    counted = parts.has_value[members].astype(np.float64)
    count: Floats = counted.sum(axis=0)
    means: Floats = (parts.means[members] * counted).sum(axis=0)
    return (means / np.maximum(count, 1) if averaged else means), count


def _around(means: Floats, offsets: Floats) -> Floats:
    """Quantiles [H, Q] by their ``offsets`` from the ``means`` [H]; the lower half is below, the upper above."""
    below = np.array(LEVELS) < 0.5
    found: Floats = means[:, None] + np.where(below, np.minimum(offsets, 0), offsets)
    return np.maximum.accumulate(found, axis=1)


def _decimals(forecast: Forecast, rows: Sequence[int], averaged: bool) -> Integers | None:
    """With how many decimals they are shown together: [1]; None where that is not known."""
    if forecast.decimals is None or averaged:
        return None
    return np.array([forecast.decimals[list(rows)].max()])
