"""Why a forecast is as it is: the same series is forecast again without its season, its trend, its latest values and
without single cells, and the difference is what they do.

This asks the model itself instead of explaining it by another one: leave-one-out, or occlusion (Zeiler and Fergus 2014,
section 4; Koh and Liang 2017 for what single cells of training data do).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import Job
from almanac.core.problems import stop_with
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import Forecaster

Driver = Literal["trend", "season", "recent"]
CELLS_AT_MOST = 240  # latest ones; older cells hardly ever move a forecast
MIN_INFLUENCE = 0.1
LEAST_CELLS = 4
FENCE = 3.0  # interquartile ranges: Tukey's "far out"
_MEDIAN = (0.5,)


@dataclass(frozen=True)
class Explanation:
    """What moves the forecast of one series.

    The trend is told against staying at the mean level of the last season, the latest values against not knowing them.

    ``forecast`` float64 [H]: its middle; ``level``: about where the series stands now, season aside. ``effects``: what
    each driver adds to every step, float64 [H]; a driver that the series is too short for is missing. ``cells`` int64
    [C]: the period numbers of the cells that were left out one at a time, ``values`` [C] what is in them, ``moves`` [C]
    how much their being there changes the step of the forecast that they change most, as a share of the forecast's mean
    size; ``means`` [C]: the same for the mean of all steps.
    """

    forecast: Floats
    level: float
    effects: dict[Driver, Floats]
    periods: Integers
    values: Floats
    max_effect: Floats
    mean_effect: Floats

    def influential(self, share: float = MIN_INFLUENCE) -> Integers:
        """Positions in ``cells`` of those that change some step by more than ``share``, most first."""
        order = np.argsort(-np.abs(self.max_effect), kind="stable")
        found: Integers = order[np.abs(self.max_effect[order]) > share]
        return found


def explain_forecast(series: SeriesSet, horizon: int, forecaster: Forecaster) -> Job[Explanation]:
    """Ask the forecaster about a SeriesSet of one series: all questions go to it together, as one batch.

    Raises ``ProblemError`` when the series is too short to be asked about.
    """
    values = series[0]
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < LEAST_CELLS:
        raise stop_with(
            "history_too_short",
            f"{series.names[0]} is too short to say what moves its forecast.",
            f"It has {len(known)} known values; leaving one out leaves too few.",
            f"Add history: {LEAST_CELLS} values or more.",
        )
    trend, season = components(values, series.frequency.season_length)
    questions: dict[Driver, Floats] = {}
    if trend is not None:
        questions["trend"] = values - (trend - trend[known[-_span(series) :]].mean())
    if season is not None:
        questions["season"] = values - season
    if (recent := _recent(known, series.frequency.season_length)) is not None:
        questions["recent"] = _without(values, recent)
    cells = known[-CELLS_AT_MOST:]
    copies = [values, *questions.values(), *(_without(values, cell) for cell in cells)]
    made = yield from forecaster(_side_by_side(series, copies), horizon, _MEDIAN)
    medians = dict(zip(map(int, made.names), made.median, strict=True))
    base = medians[0]
    size = max(float(np.abs(base).mean()), float(np.abs(values[known[-len(base) :]]).mean()), 1e-12)
    change = np.stack([base - medians[len(questions) + 1 + k] for k in range(len(cells))])
    return Explanation(
        forecast=base,
        level=float(np.median((values if season is None else values - season)[known[-_span(series) :]])),
        effects={driver: base - medians[k] for k, driver in enumerate(questions, start=1)},
        periods=series.first[0] + cells,
        values=values[cells],
        max_effect=np.take_along_axis(change, np.abs(change).argmax(axis=1)[:, None], axis=1)[:, 0] / size,
        mean_effect=change.mean(axis=1) / size,
    )


def _span(series: SeriesSet) -> int:
    return min(series.frequency.season_length, 12) if series.frequency.season_length > 1 else 4


def _recent(known: Integers, season: int) -> Integers | None:
    """The latest values: a quarter of a season (the last day of a week stands for little), at least two of them."""
    count = max(2, min(season // 4, 12))
    return known[-count:] if len(known) >= count + LEAST_CELLS else None


def _without(values: Floats, cells: Integers | np.int64) -> Floats:
    rest = values.copy()
    rest[cells] = np.nan
    return rest


def _side_by_side(series: SeriesSet, copies: Sequence[Floats]) -> SeriesSet:
    return SeriesSet(
        names=tuple(map(str, range(len(copies)))),
        values=np.concatenate(copies),
        offsets=np.arange(len(copies) + 1, dtype=np.int64) * len(copies[0]),
        first=np.repeat(series.first, len(copies)),
        frequency=series.frequency,
    )


def components(values: Floats, season: int) -> tuple[Floats | None, Floats | None]:
    """Trend and season of one series, each float64 [points] or None when the series is too short for it.

    The trend is a moving mean over one season, drawn on at both ends as it ran there; the season is the mean distance
    from it at each phase. Classical decomposition: Hyndman and Athanasopoulos, *Forecasting: Principles and Practice*,
    3rd ed., section 3.4. Gaps are skipped; values far from all others count as the furthest usual ones.
    """
    known = np.isfinite(values)
    if known.any():
        low, high = np.quantile(values[known], (0.25, 0.75))
        values = np.clip(values, low - FENCE * (high - low), high + FENCE * (high - low))
    span = season if season > 1 else 5
    if known.sum() < 2 * span:
        return (_straight(values), None) if known.sum() >= LEAST_CELLS else (None, None)
    trend = _moving_mean(values, span)
    if season == 1:
        return trend, None
    phase = np.arange(len(values)) % season
    distance = np.where(known, values - trend, 0.0)
    count = np.bincount(phase[known], minlength=season)
    means = np.bincount(phase, distance, season) / np.maximum(count, 1)
    return trend, (means - means[count > 0].mean())[phase]


def _straight(values: Floats) -> Floats:
    at = np.flatnonzero(np.isfinite(values))
    line: Floats = np.polynomial.Polynomial.fit(at, values[at], 1)(np.arange(len(values)))
    return line


def _moving_mean(values: Floats, span: int) -> Floats:
    """Mean over one season around each point; at the ends, the line through the nearest whole season of means."""
    weights = np.ones(span) if span % 2 else np.concatenate([[0.5], np.ones(span - 1), [0.5]])
    known = np.isfinite(values).astype(np.float64)
    filled = np.where(known > 0, values, 0.0)
    counts = np.convolve(known, weights, mode="valid")
    inner = np.convolve(filled, weights, mode="valid") / np.where(counts > 0, counts, np.nan)
    edge = len(weights) // 2
    at = np.arange(len(inner))
    inner = np.interp(at, at[np.isfinite(inner)], inner[np.isfinite(inner)])
    return np.concatenate([_drawn_on(inner[::-1], edge)[::-1], inner, _drawn_on(inner, edge)])


def _drawn_on(values: Floats, count: int) -> Floats:
    last = values[-min(len(values), 2 * count + 1) :]
    slope = (last[-1] - last[0]) / max(len(last) - 1, 1)
    drawn: Floats = last[-1] + slope * np.arange(1, count + 1)
    return drawn
