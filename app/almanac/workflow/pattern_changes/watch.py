"""Forecast the past as practice, forecast the new values, and ask whether they fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.alerts import Alert
from almanac.core.arrays import Flags, Floats
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.jobs import Job
from almanac.core.series import SeriesSet
from almanac.workflow.backtests.backtesting import forecaster, sample
from almanac.workflow.pattern_changes.quiet import quiet_periods, year_end
from almanac.workflow.pattern_changes.stretches import Stretch

if TYPE_CHECKING:
    from almanac.drift import PastScores, Watched
    from almanac.forecasting.device import Device

# Per unit: how many values before the end a forecast starts, so that it shows how far off it was without a change, and
# how many new values one forecast covers. Chosen on simulated series (``make bench-drift``).
_BACKOFF = {Unit.YEAR: 2, Unit.QUARTER: 4, Unit.MONTH: 12, Unit.WEEK: 26, Unit.HOUR: 48, Unit.MINUTE: 60}
_MOST = {Unit.YEAR: 4, Unit.QUARTER: 8, Unit.MONTH: 12, Unit.WEEK: 26, Unit.HOUR: 72, Unit.MINUTE: 60}
USUAL_BACKOFF, USUAL_MOST = 28, 28
MIN_HISTORY = 3  # times the values that are set aside, which must be left to forecast from; chosen by judgement
MAX_PRACTICE_SERIES = 300
MIN_WINDOWS, MAX_WINDOWS = 8, 24  # practice forecasts of each series: more of the own past where there are few series
KNOWN = 1.5  # times the backoff after a change, a forecast has half of it to learn from; chosen by judgement
RECENT = 400  # past values that new ones are compared with


@dataclass(frozen=True)
class WatchOptions:
    """``per_year``: how often a workbook may warn for nothing; ``model``, ``device``: as in ``ForecastOptions``."""

    per_year: float = 1.0
    model: str | None = None
    device: Device = "auto"

    @staticmethod
    def backoff(frequency: Frequency) -> int:
        """How many past values a forecast is compared with as well."""
        return _BACKOFF.get(frequency.unit, USUAL_BACKOFF)

    @staticmethod
    def memory(frequency: Frequency) -> int:
        """For how many periods after a change forecasts that it is compared with know little of it."""
        return round(KNOWN * WatchOptions.backoff(frequency))

    @staticmethod
    def most_steps(frequency: Frequency) -> int:
        """How many new values one forecast covers."""
        return _MOST.get(frequency.unit, USUAL_MOST)


def broken_values(part: Stretch) -> tuple[Alert, ...]:
    """What is broken in the new values, without a forecast."""
    from almanac import drift

    rows = np.arange(len(part.past))
    compared = drift.Comparison(
        part.names, part.past.frequency, part.first, part.past.latest(rows, RECENT), part.new, _quiet(part)
    )
    return drift.spreadsheet_changes(compared)


def changes_in(part: Stretch, options: WatchOptions) -> Job[tuple[Alert, ...]]:
    """What changed in the new values, by forecasts made before them."""
    from almanac import drift

    made = yield from forecast_stretch(part, options)
    if made is None:
        return ()
    return drift.find_changes(made.watched, made.practice, made.past, drift.Promise(options.per_year))


@dataclass(frozen=True)
class StretchForecast:
    """Forecasts of the new values of the series ``past``, and what practice forecasts of these series missed."""

    watched: Watched
    practice: PastScores
    past: SeriesSet


def forecast_stretch(part: Stretch, options: WatchOptions, together: int | None = None) -> Job[StretchForecast | None]:
    """Forecast the new values from a little before them, and the past of some series in the same way.

    ``together``: how many series a workbook has, where the series are of several that are as large. None when no series
    is long enough.
    """
    from almanac import drift, evaluation

    backoff = min(part.backoff, int(np.median(part.past.lengths)) // (MIN_HISTORY + 1)) if len(part.past) else 0
    part = _long_enough(part, backoff)
    if not len(part.past):
        return None
    start, horizon = _shortened(part.past, backoff), backoff + part.new.shape[1]
    model = forecaster(options.model, options.device)
    made = yield from model(start, horizon, DEFAULT_LEVELS)
    rows = part.past.positions(made.names)
    part, start = part.take(rows), start.take(rows)
    size = together or len(start)
    practised = min(size, MAX_PRACTICE_SERIES)
    among = sample(len(start), practised * -(-len(start) // size))
    windows = min(max(MIN_WINDOWS * MAX_PRACTICE_SERIES // practised, MIN_WINDOWS), MAX_WINDOWS)
    cutoffs = evaluation.plan_cutoffs(start, horizon, windows, among)
    runs = yield from evaluation.run_backtest(start, horizon, model, DEFAULT_LEVELS, cutoffs)
    usual = np.where(year_end(start.frequency, runs.periods), np.nan, runs.actuals)
    scores = drift.raw_scores(usual, runs.quantiles, runs.levels)
    practice = drift.PastScores(scores, runs.series, runs.cutoff, *drift.middle_and_width(runs.quantiles, runs.levels))
    return StretchForecast(_watched(part, made.quantiles, made.levels, backoff), practice, part.past)


def _long_enough(part: Stretch, backoff: int) -> Stretch:
    """Only series with enough history before the forecast begins."""
    from almanac import drift

    if not len(part.past):
        return part
    known = np.add.reduceat(np.isfinite(part.past.values).astype(np.int64), part.past.offsets[:-1])
    short = (known < drift.SHORTEST_HISTORY) | (part.past.lengths <= 2 * backoff + 1)
    return part.without({name for name, is_short in zip(part.names, short, strict=True) if is_short})


def _watched(part: Stretch, quantiles: Floats, levels: Floats, backoff: int) -> Watched:
    from almanac import drift

    seen = part.past.latest(np.arange(len(part.past)), backoff) if backoff else np.zeros((len(part.past), 0))
    quiet = np.concatenate([np.zeros(seen.shape, dtype=bool), _quiet(part)], axis=1)
    actuals = np.where(quiet, np.nan, np.concatenate([seen, part.new], axis=1))
    return drift.Watched(
        part.names, part.past.frequency, part.first - backoff, actuals, quantiles, levels, backoff, quiet
    )


def _shortened(series: SeriesSet, count: int) -> SeriesSet:
    """The series without their last ``count`` values."""
    kept = np.ones(len(series.values), dtype=bool)
    for back in range(1, count + 1):
        kept[series.offsets[1:] - back] = False
    return replace(
        series,
        values=series.values[kept],
        offsets=series.offsets - np.arange(len(series) + 1) * count,
        raw_values=None,
        findings=(),
    )


def _quiet(part: Stretch) -> Flags:
    """New values of which nothing is said: closed periods, and times that are always unusual."""
    numbers = part.first[:, None] + np.arange(part.new.shape[1])
    closed = np.stack([part.past.closed(i, row) for i, row in enumerate(numbers)])
    return closed | part.explained | quiet_periods(part.past, part.new, numbers)
