"""Probabilities of events: how likely is more than an amount, and how much is enough with a given certainty.

An answer is counted over sample paths (``sample_paths``); whether such answers came true is counted over backtest runs
(``reliability_curve``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import Forecast, SeriesSet
from almanac.core.summaries.decimals import decimals_of
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import FLOAT32_ROUNDING
from almanac.evaluation.probability.rare_sales import rare_sales
from almanac.evaluation.probability.sample_paths import StepCorrelation, draw_paths, draw_positions, step_correlation

CERTAINTIES = (0.8, 0.9, 0.95)  # with which an amount is to be enough, where that is checked
BINS = np.linspace(0.0, 1.0, 11)  # of probabilities
AMOUNT_LEVELS = (0.2, 0.5, 0.8)  # of a series' own past sums: the amounts that are asked about in backtests
# Chosen by judgement: more would take longer and change no figure that is shown.
MAX_WINDOWS = 2_000
PATHS_PER_WINDOW = 1_000
MAX_PAST_POINTS = 500  # whose sums are compared


@dataclass(frozen=True)
class SamplePaths:
    """Possible futures of one series, H steps long, to ask for probabilities.

    ``draws`` float64 [paths, H]; ``past_paths``: see ``StepCorrelation``.
    """

    draws: Floats
    past_paths: float

    def probability_above(self, amount: float, first: int = 1, last: int | None = None) -> float:
        """How likely steps ``first`` to ``last`` (from 1, both included; None: the end) sum to more than ``amount``."""
        return float((self.sums(first, last) > amount).mean())

    def amount_for(self, certainty: float, first: int = 1, last: int | None = None) -> float:
        """The amount that the sum of these steps does not exceed with this probability (0.9: 9 times in 10)."""
        return float(np.quantile(self.sums(first, last), certainty, method="inverted_cdf"))

    def sums(self, first: int, last: int | None) -> Floats:
        """The sum of these steps in each path: float64 [paths]."""
        sums: Floats = self.draws[:, first - 1 : last].sum(axis=1)
        return sums


def sample_paths(forecast: Forecast, i: int, dependence: StepCorrelation, past: Floats | None = None) -> SamplePaths:
    """Sample paths of series ``i`` of a forecast; ``dependence`` has as many steps as its horizon.

    A step without a value adds nothing to a sum. Amounts are whole numbers where all values so far are. ``past``: the
    values so far, float64 [points]; a series that is 0 most of the time has paths like those of ``rare_sales``.
    """
    if past is not None and forecast.is_rare(i):
        paths = rare_sales(forecast.point[i] * forecast.has_value(i), past).paths()
        return SamplePaths(paths, dependence.past_paths)
    paths = draw_paths(forecast.quantiles[i], forecast.levels, dependence)
    if forecast.decimals is not None and forecast.decimals[i] == 0:
        paths = np.rint(paths)
    return SamplePaths(paths * forecast.has_value(i), dependence.past_paths)


@dataclass(frozen=True)
class ReliabilityCurve:
    """Probabilities given in backtests, and how often the events happened.

    ``predicted``, ``observed`` float64 [B]: mean probability and share of events that happened, in each tenth of
    probabilities; ``counts`` int64 [B]. ``amount_coverage`` maps a certainty to the share of times that the amount
    given for it was enough; ``events``: how many events there were.
    """

    predicted: Floats
    observed: Floats
    counts: Integers
    amount_coverage: dict[float, float]
    events: int
    unsure_between: ClassVar[tuple[float, float]] = (float(BINS[1]), float(BINS[-2]))

    @property
    def expected_calibration_error(self) -> float:
        """Mean of |predicted - observed| over bins, weighted by their counts: 0 to 1; NaN without events.

        Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian binning",
        section 3.
        """
        if self.events == 0:
            return float("nan")
        return float(np.nansum(np.abs(self.predicted - self.observed) * self.counts) / self.counts.sum())

    @property
    def unsure(self) -> ReliabilityCurve:
        """The same of the probabilities ``unsure_between``: neither in the lowest tenth nor in the highest."""
        counts = self.counts.copy()
        counts[[0, -1]] = 0
        return replace(self, counts=counts, events=int(counts.sum()))


@dataclass(frozen=True)
class EventForecasts:
    """E events in backtests: the probabilities given to them, and whether they happened.

    ``probabilities`` float64 [E], ``happened`` bool [E]; ``enough``: for each certainty whether the amount given for it
    was enough, bool [S].
    """

    probabilities: Floats
    happened: Flags
    enough: dict[float, Flags]


def reliability_curve(series: SeriesSet, runs: BacktestRuns) -> ReliabilityCurve:
    """Check probabilities on backtest runs: those of ``forecast_events``, pooled.

    The correlation of steps is learned from the earlier half of each series' windows and used in the later half; where
    a series has only one window, from the other series'.
    """
    early = _in_earlier_half(runs)
    dependence = step_correlation(runs.select(early), runs.horizon)
    late = np.flatnonzero(~early)
    if len(late) > MAX_WINDOWS:
        late = late[np.linspace(0, len(late) - 1, MAX_WINDOWS).astype(np.int64)]
    return pool_events([forecast_events(*closed_as_nothing(series, runs.select(late)), dependence)])


def closed_as_nothing(series: SeriesSet, runs: BacktestRuns) -> tuple[SeriesSet, BacktestRuns]:
    """The series and runs with 0 in closed periods, so that sums over them are known."""
    if not series.open_periods:
        return series, runs
    closed = np.stack([series.closed(i, steps) for i, steps in zip(runs.series.tolist(), runs.periods, strict=True)])
    unknown = closed & np.isnan(runs.actuals)
    return (
        replace(series, values=np.where(series.closed_points & np.isnan(series.values), 0.0, series.values)),
        replace(
            runs,
            actuals=np.where(unknown, 0.0, runs.actuals),
            quantiles=np.where(unknown[:, :, None], 0.0, runs.quantiles),
        ),
    )


def forecast_events(series: SeriesSet, runs: BacktestRuns, dependence: StepCorrelation) -> EventForecasts:
    """The probabilities that would have been given in these windows, and what happened.

    Is the sum of the first step, of the first third of the steps, of all steps above the low, middle and high sums of
    as many periods in the series' own past? And how much is enough? Windows with an unknown value in a sum are left out
    of it.
    """
    paths = draw_positions(runs.levels, dependence, PATHS_PER_WINDOW)
    whole = (decimals_of(series) == 0)[runs.series, None]
    sums, actual = np.zeros((len(runs), PATHS_PER_WINDOW)), np.zeros(len(runs))
    found: list[EventForecasts] = []
    for h in range(runs.horizon):
        amounts = paths.amounts(runs.quantiles[:, h], h)
        sums += np.where(whole, np.rint(amounts), amounts)
        actual = actual + runs.actuals[:, h]
        if h + 1 in {1, -(-runs.horizon // 3), runs.horizon}:
            found.append(_events_of_sums(sums, actual, _past_sums(series, runs, h + 1)))
    return _concatenated(found)


def _events_of_sums(sums: Floats, actual: Floats, amounts: Floats) -> EventForecasts:
    """Events about one sum of steps in W windows.

    ``sums`` float64 [W, paths]; ``actual`` float64 [W]: the sum that happened; ``amounts`` float64 [W, A].
    """
    known = np.isfinite(actual)
    probabilities, happened = [], []
    for amount in amounts.T:
        asked = known & np.isfinite(amount)
        probabilities.append((sums[asked] > amount[asked, None]).mean(axis=1))
        happened.append(actual[asked] > amount[asked])
    enough = np.quantile(sums, CERTAINTIES, axis=1) if len(sums) else np.empty((len(CERTAINTIES), 0))
    held = actual <= enough + FLOAT32_ROUNDING * np.abs(actual)
    return EventForecasts(
        np.concatenate(probabilities),
        np.concatenate(happened),
        {certainty: row[known] for certainty, row in zip(CERTAINTIES, held, strict=True)},
    )


def _in_earlier_half(runs: BacktestRuns) -> Flags:
    """Whether a window is in the earlier half of its series': bool [W]."""
    starts = np.searchsorted(runs.series, runs.series)
    count = np.searchsorted(runs.series, runs.series, side="right") - starts
    early: Flags = np.arange(len(runs)) - starts < count // 2
    return early


def _past_sums(series: SeriesSet, runs: BacktestRuns, steps: int) -> Floats:
    """Low, middle and high sums of ``steps`` periods in a row before each window: float64 [W, 3], NaN without any."""
    found = np.full((len(runs), len(AMOUNT_LEVELS)), np.nan)
    points_before = runs.cutoff + 1 - series.first[runs.series]
    for w, (i, points) in enumerate(zip(runs.series.tolist(), points_before.tolist(), strict=True)):
        past = series[i][max(points - MAX_PAST_POINTS, 0) : points]
        if len(past) >= steps:
            sums = np.lib.stride_tricks.sliding_window_view(past, steps).sum(axis=1)
            if np.isfinite(sums).any():
                found[w] = np.quantile(sums[np.isfinite(sums)], AMOUNT_LEVELS)
    return found


def _concatenated(parts: Sequence[EventForecasts]) -> EventForecasts:
    return EventForecasts(
        np.concatenate([part.probabilities for part in parts]),
        np.concatenate([part.happened for part in parts]),
        {certainty: np.concatenate([part.enough[certainty] for part in parts]) for certainty in CERTAINTIES},
    )


def pool_events(parts: Sequence[EventForecasts]) -> ReliabilityCurve:
    """The reliability curve of all these events together."""
    pooled = _concatenated(parts)
    bins = len(BINS) - 1
    of = np.clip(np.digitize(pooled.probabilities, BINS) - 1, 0, bins - 1)
    counts = np.bincount(of, minlength=bins)
    some, empty = np.maximum(counts, 1), counts == 0
    return ReliabilityCurve(
        predicted=np.where(empty, np.nan, np.bincount(of, pooled.probabilities, bins) / some),
        observed=np.where(empty, np.nan, np.bincount(of, pooled.happened.astype(np.float64), bins) / some),
        counts=counts.astype(np.int64),
        amount_coverage={c: float(held.mean()) if len(held) else float("nan") for c, held in pooled.enough.items()},
        events=len(pooled.probabilities),
    )
