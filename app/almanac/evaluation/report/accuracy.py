"""The standard accuracy metrics of backtest runs: for programs and analysts, next to the verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import range_levels
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns, chunks, truncate
from almanac.evaluation.metrics import bias, crps, interval_score, mean_known, rmsse, seasonal_error, smape


@dataclass(frozen=True)
class AccuracyMetrics:
    """Means over windows, each a mean over its steps; NaN where too little is known.

    ``smape``: 0 to 2. ``rmsse``: scaled by the changes from one period to the next. The others are scaled as MASE is,
    by the mean change over a season: ``crps``; ``interval_80`` and ``interval_95``, the interval scores of these
    ranges; ``bias``, above 0 where forecasts were too high. Smaller is better; for ``bias``, nearer to 0.
    """

    smape: float = np.nan
    rmsse: float = np.nan
    crps: float = np.nan
    interval_80: float = np.nan
    interval_95: float = np.nan
    bias: float = np.nan

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        return {
            "smape": number(self.smape),
            "rmsse": number(self.rmsse),
            "scaled_crps": number(self.crps),
            "scaled_interval_score": {"0.8": number(self.interval_80), "0.95": number(self.interval_95)},
            "scaled_bias": number(self.bias),
        }


def accuracy_metrics(runs: BacktestRuns, series: SeriesSet, coverages: tuple[float, ...]) -> AccuracyMetrics:
    """The metrics of backtest ``runs`` of ``series``; see ``evaluation.metrics`` for their formulas.

    ``coverages``: the ranges with enough checks; interval scores are given of those of 0.8 and 0.95 that are among
    them. Windows of series that never changed are left out of what is scaled.
    """
    point, actual, scale = runs.median, runs.actuals, runs.scale
    return AccuracyMetrics(
        smape=mean(smape(point, actual)),
        rmsse=mean(rmsse(point, actual, _squared_changes(series, runs))),
        crps=mean(_scaled(crps(runs.quantiles, actual, runs.levels), scale)),
        interval_80=_interval_score(runs, 0.8) if 0.8 in coverages else np.nan,
        interval_95=_interval_score(runs, 0.95) if 0.95 in coverages else np.nan,
        bias=mean(bias(point, actual, scale)),
    )


def mean(values: Floats) -> float:
    """The mean of the known values; NaN when none is known."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def number(value: float) -> float | None:
    """The value as JSON has it: rounded to six decimals, None for NaN."""
    return round(float(value), 6) if np.isfinite(value) else None


def _interval_score(runs: BacktestRuns, coverage: float) -> float:
    """Mean scaled interval score; NaN when the levels do not reach so far."""
    low, high = range_levels(coverage)
    if runs.levels[0] > low + 1e-9 or runs.levels[-1] < high - 1e-9:
        return float("nan")
    score = interval_score(runs.quantile(low), runs.quantile(high), runs.actuals, coverage)
    return mean(_scaled(score, runs.scale))


def _scaled(steps: Floats, scale: Floats) -> Floats:
    """The mean of each row of ``steps`` [W, H] in units of ``scale`` [W]: [W], NaN where that is not above 0."""
    means = mean_known(steps)
    return np.where(scale > 0, means / np.where(scale > 0, scale, 1.0), np.nan)


def _squared_changes(series: SeriesSet, runs: BacktestRuns) -> Floats:
    """Mean squared change from one period to the next up to each cut-off, the scale of RMSSE: float64 [W]."""
    windows, known = runs.windows, series.without_repairs
    parts = [seasonal_error(truncate(known, windows, part), lag=1, power=2) for part in chunks(windows)]
    return np.concatenate(parts) if parts else np.zeros(0)


@dataclass(frozen=True)
class TypicalMiss:
    """How far forecasts were off: the mean absolute error of a step, ``amount`` in the unit of the series, and
    ``share`` of the mean size of the actual values. NaN where too little is known, or where series with different units
    have no common amount, or values below 0 no common size.
    """

    amount: float = np.nan
    share: float = np.nan

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say."""
        return bool(np.isfinite([self.amount, self.share]).any())

    def to_dict(self) -> dict[str, float | None]:
        """Plain JSON types; what is not known is None."""
        return {"amount": number(self.amount), "share": number(self.share)}


def typical_miss(runs: BacktestRuns, series: SeriesSet) -> TypicalMiss:
    """The typical miss over all checks of ``series``."""
    missed = np.abs(runs.actuals - runs.median)
    known = np.isfinite(missed)
    if not known.any():
        return TypicalMiss()
    units = {(series.measure(i).unit, series.measure(i).counted) for i in range(len(series))}
    size = float(runs.actuals[known].sum()) if (runs.actuals[known] >= 0).all() else 0.0
    return TypicalMiss(
        amount=float(missed[known].mean()) if len(units) == 1 else np.nan,
        share=float(missed[known].sum()) / size if size > 0 else np.nan,
    )
