"""Practice runs of a bundled model on a person's series, the ranges corrected by them, and what they say.

Here forecasting and trust meet: one makes the forecasts, the other knows what to make of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import Job, Progress, Stopped, run
from almanac.core.problems import Problem, stop_with
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.methods import MODEL, SEASONAL_NAIVE
from almanac.workflow.baselines import PLAIN_METHODS, PlainMethod, by_method, seasonal_naive, some_of, theta

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, BacktestRuns, Calibration, Comparison, Forecaster, Selection
    from almanac.forecasting.engine import Device

# Practice reads about as many points as this, whatever the number of series; more windows where series are few.
POINTS_READ = 3_000_000
MANY_WINDOWS, USUAL_WINDOWS, PRACTICE_FORECASTS = 120, 10, 9_000
FEWEST_SERIES, MOST_SERIES = 200, 2_000
LONGEST_READ = 1_104
SERIES_NAMED = 5


@dataclass(frozen=True)
class Plain:
    """A plain method that was practised; ``calibration``: what its runs say about its ranges, None where no series is
    better served by it."""

    method: PlainMethod
    calibration: Calibration | None


@dataclass(frozen=True)
class Backtest:
    """What was practised: ``runs`` as the model made them, ``corrected`` as they would have been corrected at the time;
    ``calibration`` what the runs say about the model's ranges now, ``report`` what they say altogether. ``best``: which
    series are better served by which of the ``plain`` methods: 0 is the model, k is ``plain[k - 1]``."""

    runs: BacktestRuns
    corrected: BacktestRuns
    calibration: Calibration
    report: BacktestReport
    plain: tuple[Plain, ...]
    best: Selection

    @property
    def words(self) -> str:
        """How the ranges came to be, in a sentence."""
        made, all_of_them = self.report, self.report.series_tested == self.report.series
        if not made.forecasts:
            return "As the model gives them: no series is long enough to practise on its own past."
        of = f"{made.series:,} series" if all_of_them else f"{made.series_tested:,} of {made.series:,} series"
        if np.any(self.calibration.shifts):
            return f"Corrected by {made.forecasts:,} practice forecasts of {of}, compared with what happened."
        kept = f"{made.forecasts:,} practice forecasts of {of} give no sound reason to correct"
        if self.calibration.tracker is None or not np.any(self.calibration.tracker.shifts):
            return f"As the model gives them: {kept} them."
        return f"Corrected a little, each series by how its own ranges held; {kept} more."

    def few_checks(self, asked: Sequence[float]) -> tuple[Problem, ...]:
        """A note when the widest range that was asked for rests on too few checks to be promised."""
        from almanac.evaluation import checks_needed, constant_series

        level = round(1 - 2 * min(min(asked), 1 - max(asked)), 6)
        short = ~self.calibration.has_enough_checks(level) & ~constant_series(self.runs)
        if level <= 0 or not short.any():
            return ()
        count, needed = int(short.sum()), checks_needed(level)
        which = "the series" if count == len(short) == 1 else f"{count:,} of {len(short):,} series"
        return (
            Problem(
                "few_checks",
                f"The {level:.0%} range of {which} rests on too few checks to be promised.",
                f"It takes {needed} independent forecasts of the past to check it; there is too little history.",
                "Take it as the model's guess, or add more history.",
                count=count,
            ),
        )

    def behind(self, rows: Integers, taken: Integers) -> Floats:
        """How many independent checks stand behind the ranges of the series at these positions: float64 [R], infinite
        where a series never changed and there is nothing to check. ``taken`` [R]: by which method each is forecast, as
        in ``best``."""
        from almanac.evaluation import constant_series

        checks = self.calibration.checks[rows]
        for k, calibration in self._calibrations:
            checks[taken == k] = calibration.checks[rows[taken == k]]
        return np.where(constant_series(self.runs)[rows], np.inf, checks)

    @property
    def others(self) -> dict[str, PlainMethod]:
        """The series that a plain method forecasts clearly better, each with that method."""
        return {self.runs.names[i]: self.plain[self.best.choice[i] - 1].method for i in self.best.switched}

    def better_served(self, taken: bool) -> tuple[Problem, ...]:
        """A note on the series that a plain method forecasts clearly better; ``taken``: whether it did."""
        others = self.others
        if not others:
            return ()
        methods = {method.description for method in others.values()}
        if len(methods) == 1:
            by = f"{methods.pop()}: {some_of(list(others), SERIES_NAMED)}"
            by += "" if by.endswith("…") else "."
        else:
            by = f"another method: {by_method(others, SERIES_NAMED)}."
        return (
            Problem(
                "plain_method_better",
                f"{len(others):,} of {len(self.runs.names):,} series are better served by {by}",
                "In practice it missed them by clearly less; on windows the choice did not see, it saved "
                f"{1 - self.best.unseen_loss:.0%}.",
                "They were forecast so, as you chose." if taken else "Choose “Best for This Data” to forecast them so.",
                count=len(others),
            ),
        )

    def instead(
        self, series: SeriesSet, forecast: Forecast, rows: Integers, scale: Floats
    ) -> tuple[Forecast, Integers]:
        """The forecast with each series by the method that serves it best, and which that is: int64 [R], see ``best``.

        ``rows`` [R]: the positions in ``series`` of those in ``forecast``; ``scale`` [R]: their mean seasonal
        change.
        """
        from almanac.evaluation.backtest.backtest import truncate
        from almanac.evaluation.backtest.cutoffs import Windows

        taken = np.zeros(len(rows), np.int64)
        quantiles = forecast.quantiles.copy()
        for k, calibration in self._calibrations:
            at = np.flatnonzero(self.best.choice[rows] == k)
            if len(at) == 0:
                continue
            copies = truncate(series, Windows(rows[at], series.lengths[rows[at]]), range(len(at)))
            levels = tuple(map(float, forecast.levels))
            made = run(self.plain[k - 1].method.forecaster(copies, forecast.horizon, levels))
            at = at[np.array([int(name) for name in made.names], np.int64)]
            quantiles[at] = calibration.apply(made.quantiles, rows[at], scale[at])
            taken[at] = k
        return replace(forecast, quantiles=quantiles), taken

    @property
    def _calibrations(self) -> tuple[tuple[int, Calibration], ...]:
        """Those of the methods that some series takes, each with its number in ``best``."""
        known = ((k, plain.calibration) for k, plain in enumerate(self.plain, 1))
        return tuple((k, calibration) for k, calibration in known if calibration is not None)


def forecaster(model: str | None = None, device: Device = "auto", extra_levels: Sequence[float] = ()) -> Forecaster:
    """A bundled model as practice runs want it: a SeriesSet, a horizon and levels go in, a job comes out.

    ``extra_levels``: further levels, where the model knows them.
    """
    from almanac import forecasting

    request = forecasting.ModelRequest(model, device)

    def run(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        return forecasting.forecast(series, horizon, levels, extra_levels=extra_levels, model=request)

    return run


def _ets(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    from almanac.forecasting.baselines import ets

    return (yield from ets.ets(series, horizon, levels))


BASELINES: dict[str, Forecaster] = {"ets": _ets, "theta": theta}
FEW_FOR_ETS, FEW_FOR_THETA = 30, 500  # series: fitting one window by ETS takes a third of a second


def beside(series: SeriesSet, horizon: int, model: Forecaster, methods: Sequence[str]) -> Job[tuple[Comparison, ...]]:
    """The model and classical methods (of ``BASELINES``) on the same practice windows, errors beside repeating the last
    season; on ``FEW_FOR_ETS`` or ``FEW_FOR_THETA`` series at most.

    Raises ``ProblemError`` where ETS is asked for and statsmodels is not there: the installed program leaves it out for
    its weight.
    """
    from importlib.util import find_spec

    from almanac import evaluation

    slow = "ets" in methods
    if slow and find_spec("statsmodels") is None:
        raise stop_with(
            "no_statsmodels",
            "ETS cannot be tried here.",
            "It needs the library statsmodels, which the installed program leaves out for its weight.",
            "Leave ets out of --beside, or run Almanac from its source.",
        )
    contenders = [(SEASONAL_NAIVE, seasonal_naive), (MODEL, model)]
    contenders += [(name, BASELINES[name]) for name in methods]
    return (yield from evaluation.compare_methods(series, horizon, contenders, FEW_FOR_ETS if slow else FEW_FOR_THETA))


def backtest_series(
    series: SeriesSet,
    horizon: int,
    model: Forecaster,
    levels: Sequence[float],
    windows: int | None = None,
    everything: bool = False,
) -> Job[Backtest | None]:
    """Practise on the series, or unless ``everything`` on a sample where they are very many.

    ``windows``: cut-offs for each series, by default more where series are few. Stopped, it makes do with what is
    practised; None when that is nothing.
    """
    from almanac import evaluation

    each = windows or int(np.clip(PRACTICE_FORECASTS // len(series), USUAL_WINDOWS, MANY_WINDOWS))
    cuts = evaluation.plan_cutoffs(series, horizon, each, None if everything else sample(series, each))
    try:
        runs = yield from evaluation.run_backtest(series, horizon, model, levels, cuts)
        naive = yield from evaluation.run_backtest(series, horizon, seasonal_naive, tuple(runs.levels), runs.windows)
    except Stopped:
        return None
    known = runs if len(naive) == len(runs) else runs.select(np.arange(len(naive)))
    others = yield from _practise_more(series, known)
    with suppress(Stopped):  # little is left to do
        yield Progress(len(cuts), len(cuts), "Comparing practice runs with what happened")
    corrected = evaluation.calibrate_retrospectively(known, series)
    calibration = evaluation.fit_calibration(known, series)
    if not evaluation.calibration_helped(known, corrected):  # what past windows asked for did later ones no good
        corrected, calibration = known, calibration.without_shifts
    tracker, corrected = evaluation.track_online(corrected)
    calibration = replace(calibration, tracker=tracker)
    tried = [naive, *others]
    best = evaluation.select_methods([(MODEL, known), *zip((m.name for m in PLAIN_METHODS), tried, strict=False)])
    picked = set(best.choice.tolist())
    return Backtest(
        known,
        corrected,
        calibration,
        evaluation.make_report(series, known, corrected, naive),
        tuple(
            Plain(method, evaluation.fit_calibration(made, series) if k in picked else None)
            for k, (method, made) in enumerate(zip(PLAIN_METHODS, tried, strict=False), 1)
        ),
        best,
    )


def _practise_more(series: SeriesSet, known: BacktestRuns) -> Job[list[BacktestRuns]]:
    """The further plain methods on the same windows; stopped, those that were begun."""
    from almanac import evaluation

    made: list[BacktestRuns] = []
    with suppress(Stopped):
        for method in PLAIN_METHODS[1:]:
            levels = tuple(map(float, known.levels))
            made.append(
                (yield from evaluation.run_backtest(series, known.horizon, method.forecaster, levels, known.windows))
            )
    return made


def sample(series: SeriesSet, windows: int) -> Integers | None:
    """Which series to practise on: positions, ascending; None: all of them."""
    read = float(np.minimum(series.lengths, LONGEST_READ).mean())
    most = int(np.clip(POINTS_READ / (windows * read), FEWEST_SERIES, MOST_SERIES))
    if len(series) <= most:
        return None
    drawn: Integers = np.sort(np.random.default_rng(0).choice(len(series), most, replace=False))
    return drawn
