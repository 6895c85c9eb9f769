"""The backtest, one way through: plan the cut-offs, forecast the windows, calibrate, select, report.

Each step is a function of the frozen result of the step before; ``backtest_series`` runs them all. Forecasting and
evaluation meet here: one makes the forecasts, the other knows what to make of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.jobs import Job, Progress, Stopped, part_of
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.methods.names import MODEL
from almanac.workflow.backtests.baselines import REFERENCE, SELECTABLE, Baseline

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, BacktestRuns, Calibration, Forecaster, Selection
    from almanac.evaluation.backtest.cutoffs import Windows
    from almanac.forecasting.device import Device

# What the backtest of a forecast may cost, in points that a model reads. A step of a window costs as much as so many
# points: most of it goes into what is learned from the step. Measured with the careful model: about two seconds of one
# processor, so that a forecast takes at most 2.5 times as long as one without (tests/benchmarks/practice.py).
MAX_COST, COST_OF_STEP = 780_000, 8
MAX_COST_OF_CHOICE = 8 * MAX_COST  # where a person wants the best method for each series
MIN_WINDOWS, MAX_WINDOWS = 5, 120  # of each series; with many series, first the windows are fewer and then the series
USUAL_WINDOWS, USUAL_FORECASTS = 10, 9_000  # of a backtest that a person asks for: as many for few series as for many


def forecaster(
    model: str | None = None,
    device: Device = "auto",
    extra_levels: Sequence[float] = (),
    others: SeriesSet | None = None,
) -> Forecaster:
    """A bundled model as ``evaluation.run_backtest`` takes it: a job of a SeriesSet, a horizon and levels.

    ``extra_levels``: further levels, where the model knows them. ``others``: all series of the file, which short ones
    may learn from; None for no such learning.
    """
    from almanac import forecasting

    request = forecasting.ModelRequest(model, device, pooling=others is not None, others=others)

    def forecast(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        return forecasting.forecast(series, horizon, levels, extra_levels=extra_levels, model=request)

    return forecast


@dataclass(frozen=True)
class BacktestPlan:
    """What is to be forecast: ``series`` from these ``cutoffs``, ``horizon`` steps each, at ``levels``."""

    series: SeriesSet
    horizon: int
    levels: tuple[float, ...]
    cutoffs: Windows


def plan_backtest(series: SeriesSet, horizon: int, levels: Sequence[float], max_cost: int = MAX_COST) -> BacktestPlan:
    """Choose cut-offs that cost about ``max_cost``: many of each series where they are few, a sample of very many."""
    from almanac import evaluation

    series = series.recent_part
    windows = affordable_windows(series, horizon, max_cost)
    each = int(np.clip(windows // len(series), MIN_WINDOWS, MAX_WINDOWS))
    cutoffs = evaluation.plan_cutoffs(series, horizon, each, sample(len(series), int(windows / each)))
    return BacktestPlan(series, horizon, tuple(levels), cutoffs)


def affordable_windows(series: SeriesSet, horizon: int, max_cost: int) -> float:
    """How many windows of these series, together, cost about ``max_cost``."""
    from almanac.forecasting.limits import context_length

    read = {int(n): context_length(series.frequency, int(n))[0] for n in np.unique(series.lengths)}
    points = float(np.mean([read[int(n)] for n in series.lengths]))
    return max_cost / (points + COST_OF_STEP * horizon)


def plan_whole_backtest(
    series: SeriesSet, horizon: int, levels: Sequence[float], windows: int | None = None
) -> BacktestPlan:
    """Choose cut-offs of every series. ``windows``: of each, by default more where series are few."""
    from almanac import evaluation

    series = series.recent_part
    each = windows or int(np.clip(USUAL_FORECASTS // len(series), USUAL_WINDOWS, MAX_WINDOWS))
    return BacktestPlan(series, horizon, tuple(levels), evaluation.plan_cutoffs(series, horizon, each))


def sample(count: int, most: int) -> Integers | None:
    """Which of so many series to backtest: at most so many positions, ascending; None for all of them."""
    if count <= most:
        return None
    drawn: Integers = np.sort(np.random.default_rng(0).choice(count, max(most, 1), replace=False))
    return drawn


@dataclass(frozen=True)
class WindowForecasts:
    """What the model and the baselines forecast on the planned windows.

    ``model``: the windows that were finished; ``baselines``: each with its runs, on windows of ``model``, the first
    (``REFERENCE``) on all of them.
    """

    plan: BacktestPlan
    model: BacktestRuns
    baselines: tuple[tuple[Baseline, BacktestRuns], ...]


def forecast_windows(plan: BacktestPlan, model: Forecaster) -> Job[WindowForecasts | None]:
    """Forecast the windows by the model and by every baseline that a series may be forecast by.

    Stopped, it makes do with what is finished; None when that is nothing.
    """
    from almanac import evaluation

    series, horizon = plan.series, plan.horizon
    others = [baseline for baseline in SELECTABLE if baseline is not REFERENCE]
    parts = 2 + len(others)
    try:
        run = evaluation.run_backtest(series, horizon, model, plan.levels, plan.cutoffs)
        made = yield from part_of(run, 0, parts)
        levels, windows = tuple(map(float, made.levels)), made.windows
        run = evaluation.run_backtest(series, horizon, REFERENCE.forecaster, levels, windows)
        reference = yield from part_of(run, 1, parts)
    except Stopped:
        return None
    if len(reference) < len(made):
        made = made.select(np.arange(len(reference)))
    baselines = [(REFERENCE, reference)]
    with suppress(Stopped):
        for part, baseline in enumerate(others, start=2):
            run = evaluation.run_backtest(series, horizon, baseline.forecaster, levels, made.windows)
            baselines.append((baseline, (yield from part_of(run, part, parts))))
    return WindowForecasts(plan, made, tuple(baselines))


@dataclass(frozen=True)
class CalibratedRuns:
    """The model's runs and their correction.

    ``raw``: as the model made them; ``corrected``: as they would have been corrected at the time; ``calibration``: what
    the runs say about the model's ranges now; ``constant`` bool [N]: series that never changed in their windows.
    """

    raw: BacktestRuns
    corrected: BacktestRuns
    calibration: Calibration
    constant: Flags


def calibrate(forecasts: WindowForecasts) -> CalibratedRuns:
    """Correct the model's ranges: conformal shifts where they lower the loss of later windows, then online tracking."""
    from almanac import evaluation

    series, runs = forecasts.plan.series, forecasts.model
    corrected = evaluation.calibrate_retrospectively(runs, series)
    calibration = evaluation.fit_calibration(runs, series)
    if not evaluation.calibration_helped(runs, corrected):
        corrected, calibration = runs, calibration.without_shifts
    tracker, corrected = evaluation.track_online(corrected)
    return CalibratedRuns(runs, corrected, replace(calibration, tracker=tracker), evaluation.constant_series(runs))


@dataclass(frozen=True)
class SelectedMethods:
    """Which method forecasts each series best.

    ``names``: of all N series; ``selection``: for each of them 0 for the model or k for ``baselines[k - 1]``;
    ``calibrations``: of those baselines, None where it forecasts no series better.
    """

    names: tuple[str, ...]
    selection: Selection
    baselines: tuple[Baseline, ...]
    calibrations: tuple[Calibration | None, ...]

    @property
    def switched(self) -> dict[str, str]:
        """The series that a baseline forecasts clearly better, each with the key of that baseline."""
        choice = self.selection.choice
        return {self.names[i]: self.baselines[choice[i] - 1].key for i in self.selection.switched}

    @property
    def used(self) -> tuple[tuple[int, Baseline, Calibration], ...]:
        """The baselines that forecast some series better, each with its number in ``selection``."""
        both = zip(self.baselines, self.calibrations, strict=True)
        return tuple((k, baseline, found) for k, (baseline, found) in enumerate(both, 1) if found is not None)


def select(forecasts: WindowForecasts) -> SelectedMethods:
    """Choose the method for each series by its loss in the windows, and calibrate the baselines that are chosen."""
    from almanac import evaluation

    contenders = [(MODEL, forecasts.model), *((baseline.key, runs) for baseline, runs in forecasts.baselines)]
    selection = evaluation.select_methods(contenders)
    chosen = set(selection.choice.tolist())
    return SelectedMethods(
        forecasts.model.names,
        selection,
        tuple(baseline for baseline, _ in forecasts.baselines),
        tuple(
            evaluation.fit_calibration(runs, forecasts.plan.series) if k in chosen else None
            for k, (_, runs) in enumerate(forecasts.baselines, 1)
        ),
    )


def report(forecasts: WindowForecasts, runs: CalibratedRuns) -> BacktestReport:
    """Score the model, before and after correction and against the reference: accuracy, coverage, verdicts."""
    from almanac import evaluation

    _, reference = forecasts.baselines[0]
    return evaluation.make_report(forecasts.plan.series, runs.raw, runs.corrected, reference)


@dataclass(frozen=True)
class Backtest:
    """What is known after a backtest: ``report`` for people, ``runs`` and ``methods`` to apply to a forecast."""

    runs: CalibratedRuns
    methods: SelectedMethods
    report: BacktestReport


def backtest_series(plan: BacktestPlan, model: Forecaster) -> Job[Backtest | None]:
    """Run every step of a planned backtest. Stopped, it makes do with what is finished; None when that is nothing."""
    forecasts = yield from forecast_windows(plan, model)
    if forecasts is None:
        return None
    with suppress(Stopped):  # little is left to do
        yield Progress(len(plan.cutoffs), len(plan.cutoffs), "Comparing practice runs with what happened")
    runs = calibrate(forecasts)
    methods = select(forecasts)
    return Backtest(runs, methods, report(forecasts, runs))
