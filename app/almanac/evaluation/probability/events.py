"""Chance questions: how likely is more than an amount, and how much is enough to be so sure.

An answer is counted over futures drawn from the forecast's ranges (``paths``); whether such answers held in the past is
counted over practice runs (``reliability_curve``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.probability.sample_paths import StepCorrelation, draw_paths, draw_positions, step_correlation

CERTAINTIES = (0.8, 0.9, 0.95)
BINS = np.linspace(0.0, 1.0, 11)
PRACTISED_AT_MOST = 2_000  # windows; more would not sharpen the picture
PRACTICE_FUTURES = 1_000
LOOKED_BACK = 500  # points of the past whose sums are compared
PLACES = (0.2, 0.5, 0.8)  # of a series' own past sums: the amounts that are asked about in practice


@dataclass(frozen=True)
class SamplePaths:
    """Possible futures of one series, to put questions to. ``draws`` float64 [paths, H]; ``paths``: how many past
    paths stand behind the way their steps hang together (0: only what is usual elsewhere)."""

    draws: Floats
    past_paths: float

    def probability_above(self, amount: float, first: int = 1, last: int | None = None) -> float:
        """How likely steps ``first`` to ``last`` (from 1, both counted; None: the end) sum to over ``amount``."""
        return float((self.sums(first, last) > amount).mean())

    def amount_for(self, certainty: float, first: int = 1, last: int | None = None) -> float:
        """The amount that the sum of these steps does not exceed with ``certainty`` (0.9: 9 times in 10)."""
        return float(np.quantile(self.sums(first, last), certainty))

    def sums(self, first: int, last: int | None) -> Floats:
        """What these steps come to together: [futures]."""
        sums: Floats = self.draws[:, first - 1 : last].sum(axis=1)
        return sums


def sample_paths(forecast: Forecast, i: int, together: StepCorrelation) -> SamplePaths:
    """Futures of series ``i`` of a forecast; ``together`` is as long as its horizon."""
    return SamplePaths(draw_paths(forecast.quantiles[i], forecast.levels, together), together.past_paths)


@dataclass(frozen=True)
class ReliabilityCurve:
    """Chance answers given in practice runs, beside what then happened.

    ``predicted``, ``observed`` float64 [B]: mean chance told and the share of times it came true, for each tenth of
    chances; ``counts`` int64 [B]. ``sure`` maps a certainty to the share of times the amount told was enough;
    ``events``: how many there were.
    """

    predicted: Floats
    observed: Floats
    counts: Integers
    amount_coverage: dict[float, float]
    events: int

    @property
    def expected_calibration_error(self) -> float:
        """Expected calibration error: how far chances were off on average, 0 to 1; NaN without answers.

        Naeini, Cooper and Hauskrecht (2015), section 3.
        """
        if self.events == 0:
            return float("nan")
        return float(np.nansum(np.abs(self.predicted - self.observed) * self.counts) / self.counts.sum())


@dataclass(frozen=True)
class EventForecasts:
    """``chances`` float64 [A] that were told, and whether what was asked came true: ``outcomes`` bool [A]; ``enough``:
    for each certainty whether the amount told was enough, bool [S]."""

    chances: Floats
    outcomes: np.ndarray
    enough: dict[float, np.ndarray]


def reliability_curve(series: SeriesSet, runs: BacktestRuns) -> ReliabilityCurve:
    """Ask chance questions in practice runs, as they could have been asked then (``events``).

    How misses hang together is learnt from the earlier half of each series' windows and asked about in the later half;
    where there is but one window, from the other series'.
    """
    early = _early(runs)
    learnt = step_correlation(runs.select(early), runs.horizon)
    asked = np.flatnonzero(~early)
    if len(asked) > PRACTISED_AT_MOST:
        asked = asked[np.linspace(0, len(asked) - 1, PRACTISED_AT_MOST).astype(np.int64)]
    return pool_events([forecast_events(series, runs.select(asked), learnt)])


def forecast_events(series: SeriesSet, runs: BacktestRuns, together: StepCorrelation) -> EventForecasts:
    """What would have been answered in these windows, and what happened.

    Is the sum of the first step, of a third of the steps, of all of them more than what such sums came to in the past
    of the series (the lowest fifth, the middle, the highest fifth)? And how much is enough? Windows with an unknown
    value in the sum are left out.
    """
    drawn = draw_positions(runs.levels, together, PRACTICE_FUTURES)
    sums, happened = np.zeros((len(runs), PRACTICE_FUTURES)), np.zeros(len(runs))
    told: list[tuple[Floats, np.ndarray]] = []
    enough: dict[float, list[np.ndarray]] = {certainty: [] for certainty in CERTAINTIES}
    for h in range(runs.horizon):
        sums += drawn.step(runs.quantiles[:, h], h)
        happened = happened + runs.actuals[:, h]
        if h + 1 not in {1, -(-runs.horizon // 3), runs.horizon}:
            continue
        amounts = _past_sums(series, runs, h + 1)
        known = np.isfinite(happened)
        for amount in amounts.T:
            asks = known & np.isfinite(amount)
            told.append(((sums[asks] > amount[asks, None]).mean(axis=1), happened[asks] > amount[asks]))
        levels = np.quantile(sums, CERTAINTIES, axis=1) if len(sums) else np.empty((len(CERTAINTIES), 0))
        for held, level in zip(enough.values(), levels, strict=True):
            held.append((happened <= level + 1e-6 * np.abs(happened))[known])
    return EventForecasts(
        np.concatenate([chances for chances, _ in told]),
        np.concatenate([outcomes for _, outcomes in told]),
        {certainty: np.concatenate(held) for certainty, held in enough.items()},
    )


def _early(runs: BacktestRuns) -> np.ndarray:
    """Whether a window is in the earlier half of its series': bool [W]."""
    starts = np.searchsorted(runs.series, runs.series)
    count = np.searchsorted(runs.series, runs.series, side="right") - starts
    early: np.ndarray = np.arange(len(runs)) - starts < count // 2
    return early


def _past_sums(series: SeriesSet, runs: BacktestRuns, steps: int) -> Floats:
    """Low, middle and high sums of ``steps`` periods in a row in the past of each window: float64 [W, 3], NaN where
    there are none."""
    found = np.full((len(runs), len(PLACES)), np.nan)
    for w, (i, points) in enumerate(zip(runs.series.tolist(), runs.points.tolist(), strict=True)):
        past = series[i][max(points - LOOKED_BACK, 0) : points]
        if len(past) >= steps:
            sums = np.lib.stride_tricks.sliding_window_view(past, steps).sum(axis=1)
            if np.isfinite(sums).any():
                found[w] = np.quantile(sums[np.isfinite(sums)], PLACES)
    return found


def pool_events(given: Sequence[EventForecasts]) -> ReliabilityCurve:
    """All these answers together."""
    chances = np.concatenate([one.chances for one in given])
    outcomes = np.concatenate([one.outcomes for one in given]).astype(np.float64)
    tenth = np.clip(np.digitize(chances, BINS) - 1, 0, len(BINS) - 2)
    counts = np.bincount(tenth, minlength=len(BINS) - 1)
    some = np.maximum(counts, 1)
    empty = counts == 0
    held = {certainty: np.concatenate([one.enough[certainty] for one in given]) for certainty in CERTAINTIES}
    return ReliabilityCurve(
        predicted=np.where(empty, np.nan, np.bincount(tenth, chances, len(BINS) - 1) / some),
        observed=np.where(empty, np.nan, np.bincount(tenth, outcomes, len(BINS) - 1) / some),
        counts=counts.astype(np.int64),
        amount_coverage={
            certainty: float(kept.mean()) if len(kept) else float("nan") for certainty, kept in held.items()
        },
        events=len(chances),
    )
