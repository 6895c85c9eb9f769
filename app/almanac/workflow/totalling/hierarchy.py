"""The totals of a file: forecast as series, checked on the past, and reconciled with their parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.jobs import Job, Progress, Stopped, part_of
from almanac.core.series import Forecast, SeriesSet, quantile_at
from almanac.workflow.backtests.backtesting import (
    MAX_COST,
    MIN_WINDOWS,
    BacktestPlan,
    WindowForecasts,
    affordable_windows,
    calibrate,
    forecaster,
)
from almanac.workflow.forecasts.event_use import by_window
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import AlignedParts, align, at_steps
from almanac.workflow.totalling.event_totals import EventTotals
from almanac.workflow.totalling.past_totals import PastTotals, without_past

if TYPE_CHECKING:
    from almanac.evaluation import BacktestRuns, StepCorrelation
    from almanac.evaluation.backtest.cutoffs import Windows
    from almanac.events import EventModel
    from almanac.totals import Grouping, Level
    from almanac.totals.checks import SumChecks
    from almanac.workflow.forecasts.make_forecast import ForecastOptions

MAX_GROUPS = 2_000  # that are forecast; finer ones are the sums of their parts
MAX_CUTOFFS = 40  # from which totals are forecast: more would change little
MAX_SHARE_OF_COST = 0.5  # of what the backtest of the parts may cost
MIN_POINTS = 6  # before a cut-off; chosen by judgement


@dataclass(frozen=True)
class Hierarchy:
    """G groups of the series of ``AlignedParts``, each forecast as a series.

    ``grouping``: which; ``quantiles`` float64 [G, H, Q] at ``levels``, ``means`` [G, H]: sums of the reconciled parts,
    ``own_means`` [G, H] and ``part_means`` [N, H]: what totals and parts were before that.
    Of the backtest of totals: ``checks`` [G], how many independent ones each rests on; ``steps``: how the errors of the
    steps depend; ``sums``: totals of the whole horizon and what happened, with ranges of the totals' own forecasts
    (``total_ranges.as_wide_as_shown``); None without a backtest.
    """

    grouping: Grouping
    quantiles: Floats
    levels: Floats
    means: Floats
    own_means: Floats
    part_means: Floats
    checks: Floats
    steps: StepCorrelation
    sums: SumChecks | None

    @property
    def numbers(self) -> dict[bytes, int]:
        """The number of each group by its series: int64 positions as bytes."""
        return {members.tobytes(): g for g, members in enumerate(self.grouping.members)}


def with_hierarchy(
    result: ForecastResult, options: ForecastOptions, known: EventModel | None = None
) -> Job[ForecastResult]:
    """The result with its totals forecast and checked, and its means in agreement with them.

    ``known``: of events, None for none. Stopped, it is the result as it was.
    """
    parts = align(result.forecast, result.file.series.recent_part)
    grouping = groups_to_forecast(parts)
    if grouping is None:
        return result
    try:
        events = EventTotals.of(known, parts, grouping, result.file.series)
        made = yield from part_of(_forecast_totals(result, parts, grouping, options, events), 0, 2)
        found = yield from part_of(_backtest_totals(result, made, options), 1, 2)
    except Stopped:
        return result
    return _reconciled(result, parts, found)


def groups_to_forecast(parts: AlignedParts) -> Grouping | None:
    """The groups of two or more series that are forecast: everything, each column, and columns together, coarse first.

    Only of what adds up; a level that divides as one before it does is left out. None when there are no groups.
    """
    from almanac.totals import Grouping, group_level

    among = np.flatnonzero(parts.active & ~parts.averaged)
    levels: list[Level] = []
    seen: set[bytes] = set()
    columns = parts.series.key_columns
    wanted = [by for size in range(min(len(columns), 3) + 1) for by in combinations(columns, size)]
    for by in wanted if len(among) else ():
        level = group_level(parts.series.keys, columns, by, parts.kinds, among)
        level = level.keep(level.sizes > 1)
        partition = _partition(level.codes)
        if len(level) and partition not in seen and sum(map(len, levels)) + len(level) <= MAX_GROUPS:
            seen.add(partition)
            levels.append(level)
    return Grouping(tuple(levels)) if levels else None


def _partition(codes: Integers) -> bytes:
    """The same for two levels that divide the series in the same way."""
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return np.where(codes < 0, -1, first[inverse]).tobytes()


@dataclass(frozen=True)
class _Totals:
    """The totals as series ``series``, and their own ``forecast``, over the steps of ``AlignedParts`` and what lies
    before these.
    """

    grouping: Grouping
    series: SeriesSet
    forecast: Forecast
    events: EventTotals | None = None


def _forecast_totals(
    result: ForecastResult,
    parts: AlignedParts,
    grouping: Grouping,
    options: ForecastOptions,
    events: EventTotals | None,
) -> Job[_Totals]:
    from almanac import totals
    from almanac.forecasting.limits import MIN_KNOWN_VALUES, max_horizon

    learned = parts if events is None else events.learned
    series = totals.aggregate(learned.series, grouping, parts.active)
    known = np.add.reduceat(np.isfinite(series.values), series.offsets[:-1], dtype=np.int64)
    if (known < MIN_KNOWN_VALUES).any():
        grouping = grouping.keep(known >= MIN_KNOWN_VALUES)
        series = series.take(np.flatnonzero(known >= MIN_KNOWN_VALUES))
        events = None if events is None else replace(events, grouping=grouping, _cleaned={})
    if len(grouping) == 0:
        raise Stopped
    horizon = min(parts.horizon + int((parts.first - 1 - series.last).max()), max_horizon(series.frequency))
    yield Progress(0, len(series), "Adding up")
    base = forecaster(result.forecast.model, options.device)
    model = base if events is None else events.forecaster(base, lambda _: np.arange(len(series)))
    made = yield from model(series, horizon, tuple(map(float, parts.levels)))
    if len(made.names) < len(series):
        raise Stopped
    return _Totals(grouping, series, made, events)


@dataclass(frozen=True)
class _Backtested:
    """``totals`` with corrected ranges, and the ``runs`` of their backtest: corrected, None without any."""

    totals: _Totals
    checks: Floats
    steps: StepCorrelation
    runs: BacktestRuns | None


def _backtest_totals(result: ForecastResult, made: _Totals, options: ForecastOptions) -> Job[_Backtested]:
    """Forecast the totals from cut-offs of their parts' backtest, and correct their ranges by that."""
    from almanac import evaluation

    series, horizon = made.series.without_repairs, made.forecast.horizon
    nothing = _Backtested(made, np.zeros(len(series)), evaluation.step_correlation(None, horizon), None)
    if result.backtest_runs is None:
        return nothing
    windows = shared_windows(series, result.backtest_runs, horizon)
    if len(windows) == 0:
        return nothing
    levels = tuple(map(float, made.forecast.levels))
    model = forecaster(made.forecast.model, options.device)
    if made.events is not None:
        model = made.events.forecaster(model, by_window(windows))
    runs = yield from evaluation.run_backtest(series, horizon, model, levels, windows)
    found = calibrate(WindowForecasts(BacktestPlan(series, horizon, levels, windows), runs, ()))
    corrected = found.calibration.apply_to(made.forecast, evaluation.seasonal_error(series))
    return _Backtested(
        replace(made, forecast=corrected),
        found.calibration.checks,
        evaluation.step_correlation(runs, horizon),
        evaluation.closed_as_nothing(series, found.corrected)[1],
    )


def shared_windows(series: SeriesSet, runs: BacktestRuns, horizon: int) -> Windows:
    """Windows of totals ``series`` from cut-offs that most parts were forecast from, for what a backtest may cost.

    Spread evenly over time; of very many totals only the first, which are the coarse ones.
    """
    from almanac.evaluation import Windows

    cutoffs, count = np.unique(runs.cutoff, return_counts=True)
    common = cutoffs[count * 2 >= count.max()]
    affordable = affordable_windows(series, horizon, int(MAX_SHARE_OF_COST * MAX_COST))
    each = int(np.clip(affordable // len(series), MIN_WINDOWS, MAX_CUTOFFS))
    if len(common) > each:
        common = common[np.linspace(0, len(common) - 1, each).round().astype(np.int64)]
    tested = np.arange(min(len(series), max(int(affordable / each), 1)))
    points = common - series.first[tested, None] + 1
    least = np.minimum(series.lengths[tested] // 2, 2 * series.frequency.season_length + 1)
    enough = (points >= np.maximum(least, MIN_POINTS)[:, None]) & (points < series.lengths[tested, None])
    row, column = np.nonzero(enough)
    return Windows(tested[row], points[row, column])


def _reconciled(result: ForecastResult, parts: AlignedParts, found: _Backtested) -> ForecastResult:
    """The result with means that agree with their totals."""
    from almanac.totals.reconciliation import reconcile

    grouping, forecast = found.totals.grouping, found.totals.forecast
    steps = at_steps(forecast, parts.first, parts.horizon)
    own = np.take_along_axis(forecast.mean, steps, axis=1)
    opened = grouping.sums((~parts.fixed).astype(np.float64)) > 0
    quantiles = np.take_along_axis(forecast.quantiles, steps[:, :, None], axis=1) * opened[:, :, None]
    widths = np.concatenate([half_widths(made, parts.levels) for made in (quantiles, parts.quantiles)])
    past = None if found.runs is None else PastTotals.of(parts, grouping, found.runs, result)
    covariance = without_past(widths) if past is None else past.covariance(widths)
    bounds = parts.series.lower_bound, parts.fixed
    means = reconcile(grouping, own, parts.means, covariance, bounds)
    hierarchy = Hierarchy(
        grouping=grouping,
        quantiles=quantiles,
        levels=parts.levels,
        means=grouping.sums(means),
        own_means=own,
        part_means=parts.means,
        checks=found.checks,
        steps=found.steps,
        sums=None if past is None else past.sums(widths, bounds[0], found.steps),
    )
    agreed = replace(parts, means=np.where(parts.fixed, parts.means, means))
    return replace(result, forecast=agreed.written_back(result.forecast), hierarchy=hierarchy)


def half_widths(quantiles: Floats, levels: Floats) -> Floats:
    """Half the width of the likely range, mean over the steps: [N, H, Q] → [N]."""
    widths = quantile_at(quantiles, levels, LIKELY_HIGH) - quantile_at(quantiles, levels, LIKELY_LOW)
    mean: Floats = widths.mean(axis=1) / 2
    return mean
