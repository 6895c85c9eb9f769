"""Explain a forecast: forecast the series again without its season, its trend, its latest or single values.

The difference is what they do. This asks the model itself instead of explaining it by another one: leave-one-out, or
occlusion (Zeiler and Fergus 2014, section 4; Koh and Liang 2017 for the influence of single training values).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import Job
from almanac.core.problems import stop_with
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import Forecaster

Driver = Literal["trend", "season", "recent"]
# Chosen by judgement.
MAX_VALUES_LEFT_OUT = 240  # the latest; older ones hardly ever change a forecast
MIN_INFLUENCE = 0.1  # of the forecast's mean size: a value that changes less is not named
MIN_VALUES = 4  # known ones, to explain anything
LEVEL_SPAN = 4  # latest values that show where a series without a season is now
MAX_RECENT = 12  # values that count as the latest, and periods of a season that show where a series is now
TREND_SPAN = 5  # of the moving mean of a series without a season
MAX_DISTANCE = 3.5  # robust standard deviations: Iglewicz and Hoaglin (1993), "How to Detect and Handle Outliers"
MIN_SEASONS = 3  # before a season is seen in the median of its phases; chosen by judgement
MAD_TO_SPREAD = 1.4826  # of a normal distribution: its standard deviation is so many median absolute deviations
MEAN_TO_SPREAD = 1.2533  # the same of the mean absolute deviation, for a series that mostly repeats itself exactly
ROUNDING = 1e-9  # of the largest value: a smaller spread is what computing a trend leaves behind
FENCE = 3.0  # interquartile ranges: Tukey (1977), "far out"
_MEDIAN = (0.5,)


@dataclass(frozen=True)
class Explanation:
    """What changes the forecast of one series, H steps ahead.

    ``forecast`` float64 [H]: its median; ``level``: about where the series is now, without its season. ``effects``:
    what each driver adds to every step, float64 [H]; a driver that the series is too short for is missing. The trend is
    compared with staying at the mean level of the last season, the latest values with not knowing them. ``periods``
    int64 [C]: the period numbers of the values that were left out one at a time, ``values`` [C] themselves;
    ``max_effect`` [C]: how much each changes the step that it changes most, as a share of the forecast's mean size;
    ``mean_effect`` [C]: the same for the mean of all steps.
    ``robust`` float64 [H]: its median when the values at ``set_aside`` (int64 period numbers), which are far from what
    trend and season let expect, are not known; ``robust_effect``: how much that changes the mean of all steps, as the
    same share.
    """

    forecast: Floats
    level: float
    effects: dict[Driver, Floats]
    periods: Integers
    values: Floats
    max_effect: Floats
    mean_effect: Floats
    robust: Floats
    set_aside: Integers
    robust_effect: float
    min_influence: ClassVar[float] = MIN_INFLUENCE

    @property
    def single_value_share(self) -> float:
        """How much of the forecast, the mean of all steps, rests on one value: the share that goes with it, at most."""
        return float(np.abs(self.mean_effect).max(initial=0.0))

    def influential(self) -> Integers:
        """Positions in ``periods`` of values that change some step by more than ``min_influence``, largest first."""
        order = np.argsort(-np.abs(self.max_effect), kind="stable")
        found: Integers = order[np.abs(self.max_effect[order]) > self.min_influence]
        return found


def explain_forecast(
    series: SeriesSet,
    horizon: int,
    forecaster: Forecaster,
    season: int | None = None,
    most: int = MAX_VALUES_LEFT_OUT,
) -> Job[Explanation]:
    """Explain the forecast of a SeriesSet of one series; all its variants go to the forecaster as one batch.

    ``season``: how many periods it has, None for the usual one of the frequency; ``most``: of the latest values are
    left out, one at a time.
    Raises ``ProblemError`` when the series is too short.
    """
    values = series[0]
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < MIN_VALUES:
        raise stop_with(
            "history_too_short",
            f"{series.names[0]} is too short to say what changes its forecast.",
            f"It has {len(known)} known values; leaving one out leaves too few.",
            f"Add history: {MIN_VALUES} values or more.",
        )
    season_length = season or series.frequency.season_length
    trend, shape = components(values, season_length)
    latest = known[-_level_span(season_length) :]
    without = _without_drivers(values, trend, shape, latest, _recent(known, season_length))
    left_out, far = known[-most:], far_values(values, trend, season_length)
    variants = [values, *without.values(), _without(values, far), *(_without(values, one) for one in left_out)]
    forecast = yield from forecaster(_as_series(series, variants), horizon, _MEDIAN)
    medians = dict(zip(map(int, forecast.names), forecast.median, strict=True))
    base = medians[0]
    size = max(float(np.abs(base).mean()), float(np.abs(values[known[-len(base) :]]).mean()), 1e-12)
    robust = medians[len(without) + 1]
    change = np.stack([base - medians[len(without) + 2 + k] for k in range(len(left_out))])
    largest = np.abs(change).argmax(axis=1)[:, None]
    return Explanation(
        forecast=base,
        level=float(np.median((values if shape is None else values - shape)[latest])),
        effects={driver: base - medians[k] for k, driver in enumerate(without, start=1)},
        periods=series.first[0] + left_out,
        values=values[left_out],
        max_effect=np.take_along_axis(change, largest, axis=1)[:, 0] / size,
        mean_effect=change.mean(axis=1) / size,
        robust=robust,
        set_aside=series.first[0] + far,
        robust_effect=float((robust - base).mean()) / size,
    )


def far_values(values: Floats, trend: Floats | None, season: int) -> Integers:
    """Positions of the values far from what trend and season let expect: int64, none where most are alike.

    What is usual at a phase of the ``season`` is the median there, which a single value cannot move.
    """
    distance = values if trend is None else values - trend
    phases = np.arange(len(values)) % (season if len(values) > MIN_SEASONS * season else 1)
    for phase in np.unique(phases[np.isfinite(distance)]):
        distance = np.where(phases == phase, distance - np.nanmedian(distance[phases == phase]), distance)
    spread = MAD_TO_SPREAD * np.nanmedian(np.abs(distance)) or MEAN_TO_SPREAD * np.nanmean(np.abs(distance))
    found: Integers = np.flatnonzero(np.abs(distance) > MAX_DISTANCE * spread)
    return found if spread > ROUNDING * np.nanmax(np.abs(values)) and len(found) < len(values) // 2 else found[:0]


def _without_drivers(
    values: Floats, trend: Floats | None, season: Floats | None, latest: Integers, recent: Integers | None
) -> dict[Driver, Floats]:
    """The series without each driver that it has."""
    without: dict[Driver, Floats] = {}
    if trend is not None:
        without["trend"] = values - (trend - trend[latest].mean())
    if season is not None:
        without["season"] = values - season
    if recent is not None:
        without["recent"] = _without(values, recent)
    return without


def _level_span(season: int) -> int:
    return min(season, MAX_RECENT) if season > 1 else LEVEL_SPAN


def _recent(known: Integers, season: int) -> Integers | None:
    """The latest values, at least two: a quarter of a season (the last day of a week says little about the next)."""
    count = max(2, min(season // 4, MAX_RECENT))
    return known[-count:] if len(known) >= count + MIN_VALUES else None


def _without(values: Floats, left_out: Integers | np.int64) -> Floats:
    rest = values.copy()
    rest[left_out] = np.nan
    return rest


def _as_series(series: SeriesSet, variants: Sequence[Floats]) -> SeriesSet:
    return SeriesSet(
        names=tuple(map(str, range(len(variants)))),
        values=np.concatenate(variants),
        offsets=np.arange(len(variants) + 1, dtype=np.int64) * len(variants[0]),
        first=np.repeat(series.first, len(variants)),
        frequency=series.frequency,
    )


def components(values: Floats, season: int) -> tuple[Floats | None, Floats | None]:
    """Trend and season of one series, each float64 [points], or None when the series is too short for it.

    The trend is a moving mean over one season, extended at both ends along the line it ended with; the season is the
    mean distance from it at each phase. Classical decomposition: Hyndman and Athanasopoulos, *Forecasting: Principles
    and Practice*, 3rd ed., section 3.4. Gaps are skipped; values far from all others count as the largest usual ones.
    """
    known = np.isfinite(values)
    if known.any():
        low, high = np.quantile(values[known], (0.25, 0.75))
        values = np.clip(values, low - FENCE * (high - low), high + FENCE * (high - low))
    span = season if season > 1 else TREND_SPAN
    if known.sum() < 2 * span:
        return (_straight_line(values), None) if known.sum() >= MIN_VALUES else (None, None)
    trend = _moving_mean(values, span)
    if season == 1:
        return trend, None
    phase = np.arange(len(values)) % season
    distance = np.where(known, values - trend, 0.0)
    count = np.bincount(phase[known], minlength=season)
    means = np.bincount(phase, distance, season) / np.maximum(count, 1)
    return trend, (means - means[count > 0].mean())[phase]


def _straight_line(values: Floats) -> Floats:
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
    return np.concatenate([_extended(inner[::-1], edge)[::-1], inner, _extended(inner, edge)])


def _extended(values: Floats, count: int) -> Floats:
    """``count`` more values along the line through the last 2 count + 1 of them."""
    last = values[-min(len(values), 2 * count + 1) :]
    slope = (last[-1] - last[0]) / max(len(last) - 1, 1)
    line: Floats = last[-1] + slope * np.arange(1, count + 1)
    return line
