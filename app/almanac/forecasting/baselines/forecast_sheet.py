"""What Excel's Forecast Sheet does: exponential smoothing with an additive trend and season, ETS(A,A,A).

Hyndman, Koehler, Ord and Snyder (2008), *Forecasting with Exponential Smoothing*, for the method and its ranges.
Microsoft says of FORECAST.ETS that it is this version of ETS; how it finds its start and its parameters is not
published. Here the start is a regression, and the parameters have the least squared errors one step ahead. All series
are smoothed together, one step of time after another: through statsmodels a series takes a third of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast, SeriesSet
from almanac.forecasting.baselines.seasonal_naive import fill_gaps, make_forecast
from almanac.wording.methods.names import FORECAST_SHEET

MIN_VALUES = 4
MIN_SEASONS = 2  # of history before a season is looked for, as in Excel
MAX_VALUES = 520  # as for theta: older values do not change the result
MAX_SEASON = 168  # a week of hours; longer ones are smoothed without a season
START_SEASONS, MIN_START = (4, MAX_VALUES), 10  # how much of a series its first states may be taken from
SERIES_AT_ONCE = 64
# Parameters to try: of the level; of the trend as a share of that; of the season as a share of what the level leaves.
LEVELS = np.array([0.02, 0.1, 0.25, 0.5, 0.75, 0.95])
TRENDS = np.array([0.0, 0.05, 0.2, 0.6])
SEASONS = np.array([0.0, 0.05, 0.2, 0.6])
STEPS = (0.12, 0.06, 0.03, 0.015)  # by which the best of them are then moved
PARAMETERS = 3


@dataclass(frozen=True)
class _Histories:
    """N series that end together: ``values`` float64 [T, N], ``inside`` bool [T, N]; ``level``, ``trend`` [N] and
    ``season`` [m, N]: the states before the first value of each. Step t of time is in phase t % m.
    """

    values: Floats
    inside: Flags
    level: Floats
    trend: Floats
    season: Floats


def forecast_sheet(series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Job[Forecast]:
    """Forecast as Excel's Forecast Sheet does. Missing values are taken from the latest known value before them.

    Series of fewer than ``MIN_VALUES`` are left out. Stopped, it keeps nothing.
    """
    filled = [fill_gaps(history)[-MAX_VALUES:] for history in series]
    counts = np.array([len(y) for y in filled])
    rows = np.flatnonzero(counts >= MIN_VALUES)
    in_order = rows[np.argsort(counts[rows], kind="stable")]
    m = series.frequency.season_length
    z = np.array([NormalDist().inv_cdf(level) for level in levels])
    quantiles = np.empty((len(series), horizon, len(levels)))
    for seasonal in (False, True):
        possible = (counts[in_order] >= max(MIN_SEASONS * m, m + MIN_VALUES)) & (1 < m <= MAX_SEASON)
        chosen = in_order[possible == seasonal]
        for start in range(0, len(chosen), SERIES_AT_ONCE):
            yield Progress(start, len(chosen), f"{start:,} of {len(chosen):,} series")
            some = chosen[start : start + SERIES_AT_ONCE]
            middle, spread = _forecast([filled[i] for i in some], m if seasonal else 1, horizon)
            quantiles[some] = middle[:, :, None] + spread[:, :, None] * z
    return make_forecast(series, rows, quantiles[rows], levels, FORECAST_SHEET)


def _forecast(histories: Sequence[Floats], m: int, horizon: int) -> tuple[Floats, Floats]:
    """The middle and the standard deviation of each step: float64 [N, H] each."""
    size = np.array([np.abs(y).max() for y in histories])
    size[size == 0] = 1.0
    scaled = [y / scale for y, scale in zip(histories, size, strict=True)]
    given, parameters, (squares, level, trend, season) = _fit(scaled, m)
    steps = np.arange(1, horizon + 1)[:, None]
    phase = (len(given.values) - 1 + steps[:, 0]) % m
    middle = level[0] + steps * trend[0] + season[phase, 0]
    count = given.inside.sum(axis=0)
    sigma = np.sqrt(squares[0] / np.maximum(count - PARAMETERS, 1))
    alpha, beta, gamma = parameters
    passed_on = alpha + beta * steps + gamma * (steps % m == 0)
    growth = np.concatenate([np.zeros((1, len(size))), np.cumsum(passed_on[:-1] ** 2, axis=0)])
    return (middle * size).T, (sigma * np.sqrt(1 + growth) * size).T


def _fit(histories: Sequence[Floats], m: int) -> tuple[_Histories, Floats, tuple[Floats, Floats, Floats, Floats]]:
    """The histories with their best start, their parameters, and what smoothing by these finds.

    A start that suits the first seasons suits a series that changes; one that suits all of it, one that does not.
    """
    tried = [_start(histories, m, seasons) for seasons in START_SEASONS]
    parameters = [_best_parameters(given) for given in tried]
    squares = np.stack([_smooth(g, p[:, None])[0][0] for g, p in zip(tried, parameters, strict=True)])
    best = squares.argmin(axis=0)
    at = np.arange(len(best))
    given = replace(
        tried[0],
        level=np.stack([one.level for one in tried])[best, at],
        trend=np.stack([one.trend for one in tried])[best, at],
        season=np.stack([one.season for one in tried])[best, :, at].T,
    )
    chosen: Floats = np.stack(parameters)[best, :, at].T
    return given, chosen, _smooth(given, chosen[:, None])


def _start(histories: Sequence[Floats], m: int, seasons: int) -> _Histories:
    """The series, which end together, and the states before each by least squares on its first ``seasons``."""
    rows = max(len(y) for y in histories)
    values, inside = np.zeros((rows, len(histories))), np.zeros((rows, len(histories)), dtype=bool)
    level, trend, season = np.empty(len(histories)), np.empty(len(histories)), np.empty((m, len(histories)))
    for n, y in enumerate(histories):
        first = rows - len(y)
        values[first:, n], inside[first:, n] = y, True
        used = min(len(y), max(seasons * m, MIN_START))
        time = np.arange(1, used + 1)
        phases = np.eye(m)[(first + time - 1) % m]
        found = np.linalg.lstsq(np.column_stack([time, phases]), y[:used], rcond=None)[0]
        trend[n], level[n] = found[0], found[1:].mean()
        season[:, n] = found[1:] - level[n]
    return _Histories(values, inside, level, trend, season)


def _best_parameters(given: _Histories) -> Floats:
    """The parameters of level, trend and season with the least squared errors: float64 [3, N]."""
    seasons = SEASONS if len(given.season) > 1 else np.zeros(1)
    grid = np.stack([axis.ravel() for axis in np.meshgrid(LEVELS, TRENDS, seasons, indexing="ij")])
    shares = np.repeat(grid[:, :, None], given.values.shape[1], axis=2)
    best = _least(given, shares)
    moves = np.array(list(np.ndindex(3, 3, 3 if len(seasons) > 1 else 1))).T[:, :, None] - 1.0
    if len(seasons) == 1:
        moves[2] = 0.0
    for step in STEPS:
        best = _least(given, np.clip(best[:, None] + moves * step, 0, 1))
    return _parameters(best)


def _least(given: _Histories, shares: Floats) -> Floats:
    """The best of K choices for each of N series: [3, K, N] → [3, N]."""
    squares = _smooth(given, _parameters(shares))[0]
    best: Floats = shares[:, squares.argmin(axis=0), np.arange(shares.shape[2])]
    return best


def _parameters(shares: Floats) -> Floats:
    """Alpha, beta and gamma in their usual bounds, from shares of 1: beta below alpha, gamma below 1 - alpha."""
    level, trend, season = shares
    return np.stack([level, level * trend, (1 - level) * season])


def _smooth(given: _Histories, parameters: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Smooth N series with K choices of parameters each, [3, K, N].

    Returns the sum of squared errors one step ahead, the last level and trend, [K, N] each, and season [m, K, N].
    """
    alpha, beta, gamma = parameters
    level = np.broadcast_to(given.level, alpha.shape).copy()
    trend = np.broadcast_to(given.trend, alpha.shape).copy()
    season = np.repeat(given.season[:, None], alpha.shape[0], axis=1)
    squares = np.zeros(alpha.shape)
    for t, (row, inside) in enumerate(zip(given.values, given.inside.astype(np.float64), strict=True)):
        phase = t % len(season)
        level += trend * inside
        error = (row - level - season[phase]) * inside
        level += alpha * error
        trend += beta * error
        if len(season) > 1:
            season[phase] += gamma * error
        squares += error**2
    return squares, level, trend, season
