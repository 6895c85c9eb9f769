"""One score for each group of steps: how far off, whether the ranges held, and how a simple method did there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import covered, mean_quantile_loss
from almanac.evaluation.scores.past_forecasts import PastForecasts

COVERAGES = (0.5, 0.8, 0.9)  # of the ranges that are scored: a convention


@dataclass(frozen=True)
class Score:
    """How forecasts did where values have arrived; NaN where that is not known.

    ``checks``: steps with a value; ``typical_miss``: mean absolute error; ``scaled``: the same in units of the mean
    seasonal change (MASE); ``naive_scaled``: that of seasonal naive from the same dates, where both are known;
    ``gain``: by what share the errors were smaller than those of seasonal naive, of the steps that both have;
    ``held``: how often the range of each coverage held; ``wql``, ``naive_wql``: weighted quantile losses.
    """

    checks: int
    typical_miss: float
    scaled: float
    naive_scaled: float
    held: Mapping[float, float]
    wql: float
    naive_wql: float
    gain: float


@dataclass(frozen=True)
class Cells:
    """The C steps with a value. int64 [C]: ``series``, ``period``, ``step`` (from 1), ``made`` (as in
    ``PastForecasts``); ``figures`` float64 [C, F]: what is averaged, NaN where it is not known.
    """

    series: Integers
    period: Integers
    step: Integers
    made: Integers
    figures: Floats

    def __len__(self) -> int:
        return len(self.series)

    @property
    def loss(self) -> Floats:
        """The quantile loss of each, in units of the mean seasonal change: float64 [C]."""
        return self.figures[:, _LOSS] / np.where(self.figures[:, _SCALE] > 0, self.figures[:, _SCALE], np.nan)


_MISS, _SCALE, _NAIVE_MISS, _LOSS, _NAIVE_LOSS, _SIZE = range(6)  # columns of figures; the coverages follow


def cells_of(past: PastForecasts, naive: BacktestRuns | None) -> Cells:
    """The steps of earlier forecasts that have a value. ``naive``: seasonal naive from the same dates, or some."""
    runs = past.runs
    window, step = np.nonzero(np.isfinite(runs.actuals))
    actual = runs.actuals[window, step]
    naive_miss, naive_loss = _naive_figures(runs, naive)
    columns = [
        np.abs(actual - past.point[window, step]),
        runs.scale[window],
        naive_miss[window, step],
        mean_quantile_loss(runs.quantiles[window, step][:, None], actual[:, None], runs.levels)[:, 0],
        naive_loss[window, step],
        np.abs(actual),
        *(_held(runs, coverage)[window, step] for coverage in COVERAGES),
    ]
    return Cells(
        runs.series[window], runs.periods[window, step], step + 1, past.made[window], np.stack(columns, axis=1)
    )


def _held(runs: BacktestRuns, coverage: float) -> Floats:
    """Whether the range held, NaN throughout where the forecasts do not have its ends: float64 [W, H]."""
    try:
        return covered(runs.quantiles, runs.actuals, runs.levels, coverage)
    except ValueError:
        return np.full(runs.actuals.shape, np.nan)


def _naive_figures(runs: BacktestRuns, naive: BacktestRuns | None) -> tuple[Floats, Floats]:
    """Absolute errors and quantile losses of seasonal naive in the windows of ``runs``: float64 [W, H] each."""
    miss, loss = np.full(runs.actuals.shape, np.nan), np.full(runs.actuals.shape, np.nan)
    if naive is None or len(naive) == 0:
        return miss, loss
    width = int(max(runs.points.max(initial=0), naive.points.max())) + 1
    ours, theirs = runs.series * width + runs.points, naive.series * width + naive.points
    at = np.minimum(np.searchsorted(theirs, ours), len(theirs) - 1)
    same = theirs[at] == ours
    steps = min(runs.horizon, naive.horizon)
    actual = runs.actuals[same, :steps]
    miss[same, :steps] = np.abs(actual - naive.median[at[same], :steps])
    loss[same, :steps] = mean_quantile_loss(naive.quantiles[at[same], :steps], actual, naive.levels)
    return miss, loss


def scores_by(cells: Cells, group: Integers, count: int) -> tuple[Score, ...]:
    """The score of each of ``count`` groups of cells; ``group`` int64 [C]."""

    def total(column: Floats) -> Floats:
        return np.bincount(group, np.nan_to_num(column), minlength=count).astype(np.float64)

    def mean(column: Floats) -> Floats:
        return _ratio(total(column), total(np.isfinite(column).astype(np.float64)))

    f = cells.figures
    checks = np.bincount(group, minlength=count)
    scale = np.where(f[:, _SCALE] > 0, f[:, _SCALE], np.nan)
    both = np.where(np.isfinite(f[:, _NAIVE_MISS]), 1.0, np.nan)
    columns = {
        "typical_miss": mean(f[:, _MISS]),
        "scaled": mean(f[:, _MISS] / scale),
        "naive_scaled": mean(f[:, _NAIVE_MISS] / scale),
        "wql": _ratio(total(f[:, _LOSS]), total(f[:, _SIZE])),
        "gain": 1 - _ratio(total(f[:, _MISS] / scale * both), total(f[:, _NAIVE_MISS] / scale)),
        "naive_wql": _ratio(total(f[:, _NAIVE_LOSS]), total(f[:, _SIZE] * both)),
    }
    held = np.stack([mean(f[:, _SIZE + 1 + k]) for k in range(len(COVERAGES))], axis=1)
    return tuple(
        Score(
            checks=int(checks[g]),
            held=dict(zip(COVERAGES, held[g].tolist(), strict=True)),
            **{name: float(values[g]) for name, values in columns.items()},
        )
        for g in range(count)
    )


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)
