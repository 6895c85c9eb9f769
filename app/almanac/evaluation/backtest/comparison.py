"""Compare several forecasting methods on the same windows of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.jobs import Job, Progress
from almanac.core.levels import DEFAULT_LEVELS, LIKELY
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns, Forecaster, run_backtest
from almanac.evaluation.backtest.cutoffs import USUAL_WINDOWS, Windows, plan_cutoffs
from almanac.evaluation.metrics import covered, mean_known, wql
from almanac.wording.methods import method_label

MAX_SERIES = 500  # spread evenly over all: more would take longer without changing the picture; chosen by judgement


@dataclass(frozen=True)
class Comparison:
    """How one method did on windows of the past, compared with the first of several.

    ``method``: its key; ``error``: geometric mean over windows of its mean absolute error divided by that of the first
    method (below 1: better than the first); ``wql``: weighted quantile loss; ``coverage``: how often its likely range
    (80%) held; ``windows``, ``series``: how many were compared. NaN where nothing could be compared.
    """

    method: str
    error: float
    wql: float
    coverage: float
    windows: int
    series: int

    def to_dict(self) -> dict[str, str | float | None]:
        """Plain JSON types; what is not known is None."""
        figures = {"error": self.error, "wql": self.wql, "held": self.coverage}
        known = {name: round(x, 6) if np.isfinite(x) else None for name, x in figures.items()}
        return {"method": self.method, **known, "windows": self.windows, "series": self.series}


def compare_methods(
    series: SeriesSet,
    horizon: int,
    contenders: Sequence[tuple[str, Forecaster]],
    max_series: int = MAX_SERIES,
    each: int = USUAL_WINDOWS,
) -> Job[tuple[Comparison, ...]]:
    """Backtest each contender (its key and forecaster) from ``each`` cut-offs of at most ``max_series`` of the series.

    Only windows that none of them leaves out count. The ratio of errors to the first contender is averaged
    geometrically: Fleming and Wallace (1986), "How not to lie with statistics".
    """
    windows = _sample(plan_cutoffs(series, horizon, each), len(series), max_series)
    all_runs: list[BacktestRuns] = []
    for method, forecaster in contenders:
        yield Progress(len(all_runs), len(contenders), f"Practice runs: {method_label(method)}")
        all_runs.append((yield from run_backtest(series, horizon, forecaster, DEFAULT_LEVELS, windows)))
    width = int(windows.points.max(initial=0)) + 1
    window_numbers = [runs.series * width + runs.points for runs in all_runs]  # one number for each window
    common = reduce(np.intersect1d, window_numbers)
    compared = [runs.select(np.isin(own, common)) for runs, own in zip(all_runs, window_numbers, strict=True)]
    first_errors = _absolute_errors(compared[0])
    return tuple(
        _comparison(method, runs, first_errors) for (method, _), runs in zip(contenders, compared, strict=True)
    )


def _sample(windows: Windows, count: int, max_series: int) -> Windows:
    """The windows of at most ``max_series`` of ``count`` series, evenly from all of them."""
    if count <= max_series:
        return windows
    chosen = np.isin(windows.series, np.linspace(0, count - 1, max_series).astype(np.int64))
    return Windows(windows.series[chosen], windows.points[chosen])


def _absolute_errors(runs: BacktestRuns) -> Floats:
    """Mean absolute error of each window: float64 [W]."""
    return mean_known(np.abs(runs.actuals - runs.median))


def _comparison(method: str, runs: BacktestRuns, first_errors: Floats) -> Comparison:
    error = _absolute_errors(runs)
    both = (error > 0) & (first_errors > 0)
    return Comparison(
        method=method,
        error=float(np.exp(np.log(error[both] / first_errors[both]).mean())) if both.any() else float("nan"),
        wql=wql(runs.quantiles, runs.actuals, runs.levels),
        coverage=float(mean_known(covered(runs.quantiles, runs.actuals, runs.levels, LIKELY).ravel())),
        windows=len(runs),
        series=len(np.unique(runs.series)),
    )
