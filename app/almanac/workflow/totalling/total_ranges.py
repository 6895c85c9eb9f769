"""The likely ranges of totals: from paths of their parts; of very many parts from the total's own forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import LIKELY, LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import quantile_at
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import WIDTH_TO_SPREAD, AlignedParts, align

if TYPE_CHECKING:
    from almanac.evaluation import StepCorrelation
    from almanac.evaluation.report.coverage import CoverageBand
    from almanac.totals import Grouping, SeriesCorrelation, SharedShare, Span, SumChecks
    from almanac.workflow.totalling.hierarchy import Hierarchy

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
    out = np.empty((len(grouping), len(steps), len(at)))
    own = _own_totals(result, parts, grouping)
    by_total = (own >= 0) & (grouping.sizes * parts.horizon > MAX_CELLS)
    if not by_total.all():
        out[~by_total] = from_parts(result, parts, grouping.keep(~by_total), steps, at)
    if result.hierarchy is not None and by_total.any():
        out[by_total] = from_totals(result.hierarchy, own[by_total], steps, at)
    return out


def as_wide_as_shown(result: ForecastResult, hierarchy: Hierarchy) -> SumChecks | None:
    """Past totals of the groups of ``result.hierarchy`` with ranges as they are shown; None without a backtest.

    Those of ``hierarchy.sums`` come from the totals' own forecasts: they become wider or narrower by as much as those
    of the future are. Paths of all parts take a while, so this waits until somebody looks at totals.
    """
    checks = hierarchy.sums
    if checks is None:
        return None
    parts = align(result.forecast, result.file.series)
    whole, ends = [(0, parts.horizon)], (LIKELY_LOW, LIKELY_HIGH)
    shown = offsets_of(result, parts, hierarchy.grouping, whole, ends)
    own = from_totals(hierarchy, np.arange(len(hierarchy.grouping)), whole, ends)
    width, known = (offsets[:, 0, 1] - offsets[:, 0, 0] for offsets in (shown, own))
    ratio = np.divide(width, known, out=np.ones_like(width), where=known > 0)
    return replace(checks, offsets=checks.offsets * ratio[checks.series, None])


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
        _shared(result, parts, correlation),
        parts.has_value.astype(np.float64),
        _event_shares(result, parts),
    )
    offsets = np.concatenate([totals.sum_distributions(model, level, steps, at) for level in grouping.levels])
    counted = np.stack([parts.has_value[:, start:stop].sum(axis=1) for start, stop in steps], axis=1)
    averaged = grouping.sums(parts.averaged.astype(np.float64)) > 0
    count = np.where(averaged[:, None], np.maximum(grouping.sums(counted.astype(np.float64)), 1), 1)
    return offsets / count[:, :, None]


def _event_shares(result: ForecastResult, parts: AlignedParts) -> tuple[SharedShare, ...]:
    """How much of the variance of each step is the uncertain effect of an event to come, which many series share."""
    from almanac import totals

    if not result.event_spreads:
        return ()
    low, high = (quantile_at(parts.quantiles, parts.levels, level) for level in (LIKELY_LOW, LIKELY_HIGH))
    variance = ((high - low) / 2 * WIDTH_TO_SPREAD) ** 2
    number = np.full(len(result.forecast.names), -1)
    number[parts.rows] = np.arange(len(parts.rows))
    before = parts.first - result.forecast.first
    placed = []
    for one in result.event_spreads:
        series, steps = number[one.series], one.steps - before[one.series]
        here = (series >= 0) & (steps >= 0) & (steps < parts.horizon)
        at = series[here], steps[here]
        share = np.divide(one.spread[here] ** 2, variance[at], out=np.zeros(here.sum()), where=variance[at] > 0)
        placed.append((at, share))
    total = np.zeros(variance.shape)
    for at, share in placed:
        np.add.at(total, at, share)
    most = np.maximum(total / totals.MAX_SHARED, 1.0)
    return tuple(totals.SharedShare(*at, share / most[at]) for at, share in placed if len(share))


def _shared(result: ForecastResult, parts: AlignedParts, steps: StepCorrelation) -> SeriesCorrelation:
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
        errors = totals.ErrorScores(np.zeros((0, parts.horizon)), everyone[:0], everyone[:0])
        return totals.series_correlation(coarse, errors, steps.correlation)
    number = np.full(len(runs.names), -1, np.int64)
    number[result.file.series.positions(parts.series.names)] = everyone
    runs = runs.select(number[runs.series] >= 0)
    errors = totals.ErrorScores(evaluation.standard_scores(runs), number[runs.series], runs.cutoff)
    return totals.series_correlation(coarse, errors, steps.correlation)


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
    """How often the ranges of sums of the whole horizon held: of the totals, or where there are none of the series."""
    from almanac.evaluation.backtest.backtest import BacktestRuns
    from almanac.evaluation.report.coverage import coverage_bands

    sums = sums_of_parts(result) if result.hierarchy is None else as_wide_as_shown(result, result.hierarchy)
    if sums is None:
        return None
    horizon = result.forecast.horizon
    order = np.lexsort((sums.cutoff, sums.series))
    runs = BacktestRuns(
        names=tuple(map(str, range(int(sums.series.max()) + 1))),
        frequency=result.forecast.frequency,
        levels=sums.levels,
        series=sums.series[order],
        cutoff=sums.cutoff[order] // horizon,  # so that one block is one stretch of time without overlap
        points=sums.cutoff[order],
        actuals=sums.actual[order, None],
        quantiles=sums.quantiles[order, None, :],
        scale=np.ones(len(sums)),
        model=result.forecast.model,
    )
    return coverage_bands(runs, (LIKELY,))[LIKELY]
