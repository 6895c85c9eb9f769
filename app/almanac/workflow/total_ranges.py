"""The likely ranges of totals: from the total's own forecast where it has one, else from paths of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.levels import LIKELY
from almanac.workflow.aligned_parts import AlignedParts
from almanac.workflow.results import ForecastResult

if TYPE_CHECKING:
    from almanac.evaluation.report.coverage import CoverageBand
    from almanac.totals import Grouping, SeriesCorrelation, Span, SumChecks
    from almanac.workflow.hierarchy import Hierarchy

MAX_CELLS = 60_000  # series × steps of a group, for paths of its parts: more take seconds
MAX_CHECKED_WINDOWS = 500  # of the parts, whose sums are checked: more take longer and change little


def range_offsets(
    result: ForecastResult, parts: AlignedParts, grouping: Grouping, spans: Sequence[Span], at: Sequence[float]
) -> Floats:
    """Quantiles of each total less its expected value: float64 [G, S, len(at)]."""
    return offsets_of(result, parts, grouping, [(span.start, span.stop) for span in spans], at)


def offsets_of(
    result: ForecastResult,
    parts: AlignedParts,
    grouping: Grouping,
    steps: Sequence[tuple[int, int]],
    at: Sequence[float],
) -> Floats:
    """The same for spans by their steps, from and to before."""
    from almanac.totals import range_scale

    out = np.empty((len(grouping), len(steps), len(at)))
    own = _own_totals(result, parts, grouping)
    by_parts = own < 0
    if by_parts.any():
        scale = range_scale(sums_of_parts(result), parts.horizon).towards(1.0)
        out[by_parts] = from_parts(result, parts, grouping.keep(by_parts), steps, at) * scale
    if result.hierarchy is not None and not by_parts.all():
        out[~by_parts] = _as_checked(result, parts, grouping.keep(~by_parts), steps, at)
    return out


def _as_checked(
    result: ForecastResult,
    parts: AlignedParts,
    grouping: Grouping,
    steps: Sequence[tuple[int, int]],
    at: Sequence[float],
) -> Floats:
    """The ranges by paths of the parts, as wide as the past of the totals themselves asks for.

    Of very many parts by the totals' own forecasts: what parts have in common is then all that matters.
    """
    from almanac.totals import PRIOR_OF_PARTS, PRIOR_OF_TOTALS, range_scale

    hierarchy = result.hierarchy
    assert hierarchy is not None
    checked = from_totals(hierarchy, _own_totals(result, parts, grouping), steps, at)
    shown, few = checked.copy(), grouping.sizes * parts.horizon <= MAX_CELLS
    if few.any():
        shown[few] = from_parts(result, parts, grouping.keep(few), steps, at)
    width, own = (offsets[..., -1] - offsets[..., 0] for offsets in (checked, shown))
    ratio = np.divide(width, own, out=np.ones_like(own), where=own > 0)
    found = range_scale(hierarchy.sums, parts.horizon)
    by_parts, by_totals = (found.towards(prior, ratio) for prior in (PRIOR_OF_PARTS, PRIOR_OF_TOTALS))
    return shown * np.where(few[:, None], by_parts, by_totals)[:, :, None]


def _own_totals(result: ForecastResult, parts: AlignedParts, grouping: Grouping) -> Integers:
    """Which forecast total each group is, by the parts that both have: int64 [G], -1 for none."""
    own = np.full(len(grouping), -1, np.int64)
    if result.hierarchy is None:
        return own
    numbers = result.hierarchy.numbers
    for g, members in enumerate(grouping.members):
        own[g] = numbers.get(members[parts.active[members]].tobytes(), -1)
    return own


def from_totals(hierarchy: Hierarchy, own: Integers, steps: Sequence[tuple[int, int]], at: Sequence[float]) -> Floats:
    """By the forecasts of the totals themselves."""
    from almanac import totals

    horizon = hierarchy.quantiles.shape[1]
    correlation = hierarchy.steps.correlation[:horizon, :horizon]
    model = totals.PathModel.apart(hierarchy.quantiles[own], hierarchy.levels, correlation)
    return totals.alone_distributions(model, steps, at)


def from_parts(
    result: ForecastResult,
    parts: AlignedParts,
    grouping: Grouping,
    steps: Sequence[tuple[int, int]],
    at: Sequence[float],
) -> Floats:
    """By paths of the parts."""
    from almanac import evaluation, totals

    correlation = result.step_correlation or evaluation.step_correlation(None, parts.horizon)
    model = totals.PathModel(
        parts.quantiles,
        parts.levels,
        correlation.correlation,
        _shared(result, parts),
        parts.has_value.astype(np.float64),
    )
    offsets = np.concatenate([totals.sum_distributions(model, level, steps, at) for level in grouping.levels])
    counted = np.stack([parts.has_value[:, start:stop].sum(axis=1) for start, stop in steps], axis=1)
    averaged = grouping.sums(parts.averaged.astype(np.float64)) > 0
    count = np.where(averaged[:, None], np.maximum(grouping.sums(counted.astype(np.float64)), 1), 1)
    return offsets / count[:, :, None]


def _shared(result: ForecastResult, parts: AlignedParts) -> SeriesCorrelation:
    """How the series depend on one another, by their errors in the backtest."""
    from almanac import evaluation, totals

    columns = parts.series.key_columns
    everyone = np.arange(len(parts.series))
    levels = [
        totals.group_level(parts.series.keys, columns, by, parts.kinds, everyone)
        for by in ((), *((column,) for column in columns))
    ]
    coarse = tuple(level for level in levels if not level.columns or 1 < len(level) < len(parts.series))
    runs = result.backtest_runs
    if runs is None:
        return totals.series_correlation(coarse, np.zeros((0, 1)), everyone[:0], everyone[:0], parts.horizon)
    number = np.full(len(runs.names), -1, np.int64)
    number[result.file.series.positions(parts.series.names)] = everyone
    runs = runs.select(number[runs.series] >= 0)
    scores = evaluation.standard_scores(runs)
    return totals.series_correlation(coarse, scores, number[runs.series], runs.cutoff, runs.horizon)


def sums_of_parts(result: ForecastResult) -> SumChecks | None:
    """Sums of the whole horizon of single series and what happened; None without a backtest."""
    from almanac import evaluation, totals

    runs, correlation = result.backtest_runs, result.step_correlation
    if runs is None or correlation is None:
        return None
    runs = evaluation.closed_as_nothing(result.file.series, runs)[1]
    known = np.flatnonzero(np.isfinite(runs.actuals).all(axis=1))
    if len(known) > MAX_CHECKED_WINDOWS:
        known = known[np.linspace(0, len(known) - 1, MAX_CHECKED_WINDOWS).astype(np.int64)]
    if len(known) == 0:
        return None
    runs = runs.select(known)
    model = totals.PathModel.apart(runs.quantiles, runs.levels, correlation.correlation)
    return totals.checks_of_sums(runs.series, runs.cutoff, runs.actuals, model)


def coverage_of_sums(result: ForecastResult) -> CoverageBand | None:
    """How often the ranges of sums of the whole horizon held, each scaled only by what was known then.

    Of the totals, or where there are none of the single series.
    """
    from almanac import totals
    from almanac.evaluation.backtest.backtest import BacktestRuns
    from almanac.evaluation.report.coverage import coverage_bands

    sums = sums_of_parts(result) if result.hierarchy is None else result.hierarchy.sums
    if sums is None:
        return None
    horizon = result.forecast.horizon
    prior = 1.0 if result.hierarchy is None else totals.PRIOR_OF_TOTALS
    held = totals.scaled_retrospectively(sums, horizon, prior)
    order = np.lexsort((held.cutoff, held.series))
    runs = BacktestRuns(
        names=tuple(map(str, range(int(held.series.max()) + 1))),
        frequency=result.forecast.frequency,
        levels=held.levels,
        series=held.series[order],
        cutoff=held.cutoff[order] // horizon,  # so that one block is one stretch of time without overlap
        points=held.cutoff[order],
        actuals=held.actual[order, None],
        quantiles=held.quantiles[order, None, :],
        scale=np.ones(len(held)),
        model=result.forecast.model,
    )
    return coverage_bands(runs, (LIKELY,))[LIKELY]
