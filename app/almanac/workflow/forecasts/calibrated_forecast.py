"""What a backtest does to a forecast: corrected ranges, other methods where they are better, notes, chances."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.means import mean_of
from almanac.core.jobs import run
from almanac.core.problems import Problem
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.trust import backtest_notes
from almanac.workflow.backtests.backtesting import Backtest, SelectedMethods
from almanac.workflow.results import ForecastResult


def apply_backtest(result: ForecastResult, backtest: Backtest, best: bool) -> ForecastResult:
    """The result with its ranges corrected, and with what the backtest found.

    ``best``: let baselines forecast the series that they forecast clearly better.
    """
    from almanac import evaluation

    series, forecast, runs = result.file.series.recent_part, result.forecast, backtest.runs
    scale = evaluation.seasonal_error(series)[series.positions(forecast.names)]
    corrected = runs.calibration.apply_to(forecast, scale)
    taken = np.zeros(len(forecast.names), np.int64)
    if best:
        corrected, taken = switch_methods(backtest.methods, series, corrected, scale)
    notes = (*corrected.notes, *_few_checks(backtest, forecast.requested_levels), *better_methods(backtest, best))
    measured = len(runs.raw) > 0
    return replace(
        result,
        forecast=replace(corrected, notes=notes),
        range_note=backtest_notes.range_note(backtest.report, runs.calibration),
        baselines={corrected.names[i]: backtest.methods.baselines[taken[i] - 1].key for i in np.flatnonzero(taken)},
        backtest=backtest.report,
        step_correlation=evaluation.step_correlation(runs.raw, forecast.horizon) if measured else None,
        backtest_runs=runs.corrected if measured else None,
        independent_checks=independent_checks(backtest, series.positions(forecast.names), taken),
    )


def switch_methods(
    methods: SelectedMethods, series: SeriesSet, forecast: Forecast, scale: Floats
) -> tuple[Forecast, Integers]:
    """The forecast with each series by its best method, and which that is: int64 [R], as in ``methods``.

    ``series``: those of the file; ``forecast``: R of them; ``scale`` [R]: their mean seasonal change. A series that its
    baseline cannot forecast keeps the model's.
    """
    rows = series.positions(forecast.names)
    taken = np.zeros(len(rows), np.int64)
    quantiles = forecast.quantiles.copy()
    for k, baseline, calibration in methods.used:
        at = np.flatnonzero(methods.selection.choice[rows] == k)
        if len(at) == 0:
            continue
        made = run(
            baseline.forecaster(_numbered(series, rows[at]), forecast.horizon, tuple(map(float, forecast.levels)))
        )
        at = at[np.array([int(name) for name in made.names], np.int64)]
        quantiles[at] = calibration.apply(made.quantiles, rows[at], scale[at])
        taken[at] = k
    means = np.where(taken[:, None] > 0, mean_of(quantiles, forecast.levels), forecast.mean)
    mean_points = None if forecast.mean_points is None else forecast.mean_points & (taken == 0)
    return replace(forecast, quantiles=quantiles, means=means, mean_points=mean_points), taken


def _numbered(series: SeriesSet, rows: Integers) -> SeriesSet:
    """The series at these positions, named "0", "1", …"""
    from almanac.evaluation import Windows, truncate

    return truncate(series, Windows(rows, series.lengths[rows]), range(len(rows)))


def independent_checks(backtest: Backtest, rows: Integers, taken: Integers) -> Floats:
    """How many independent checks the ranges of the series at ``rows`` [R] rest on: float64 [R].

    Infinite where a series never changed and there is nothing to check. ``taken`` [R]: what each is forecast by, as in
    ``SelectedMethods``.
    """
    checks = backtest.runs.calibration.checks[rows]
    for k, _, calibration in backtest.methods.used:
        checks[taken == k] = calibration.checks[rows[taken == k]]
    return np.where(backtest.runs.constant[rows], np.inf, checks)


def better_methods(backtest: Backtest, taken: bool) -> tuple[Problem, ...]:
    """A note on the series that a baseline forecasts clearly better, if any; ``taken``: whether it is used."""
    methods = backtest.methods
    switched = methods.switched
    if not switched:
        return ()
    note = backtest_notes.better_method_note(switched, len(methods.names), methods.selection.unseen_loss, taken)
    return (note,)


def _few_checks(backtest: Backtest, levels: tuple[float, ...]) -> tuple[Problem, ...]:
    """A note when the widest of the requested ranges rests on too few checks to be promised."""
    from almanac import evaluation

    coverage = round(1 - 2 * min(*levels, 1 - max(levels)), 6)
    short = ~backtest.runs.calibration.has_enough_checks(coverage) & ~backtest.runs.constant
    if coverage <= 0 or not short.any():
        return ()
    needed = evaluation.checks_needed(coverage)
    return (backtest_notes.few_checks_note(coverage, int(short.sum()), len(short), needed),)
