"""Simple methods that anybody could use instead: each takes complete histories [n, T], the season and the horizon."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from models.training.evaluation.kinds.patterns import phase_means
from models.training.prior.sampling import Floats

Method = Callable[[Floats, int, int], Floats]
ALPHAS = np.linspace(0.05, 1.0, 20)


def filled(history: Floats) -> Floats:
    """Histories in which each gap takes the value before it, or the first known one."""
    known = np.isfinite(history)
    at = np.where(known, np.arange(history.shape[1]), 0)
    at = np.maximum.accumulate(at, axis=1)
    at = np.where(np.take_along_axis(known, at, axis=1), at, known.argmax(axis=1)[:, None])
    return np.take_along_axis(history, at, axis=1)


def last_value(y: Floats, season: int, horizon: int) -> Floats:
    """The last value."""
    del season
    return np.repeat(y[:, -1:], horizon, axis=1)


def seasonal_naive(y: Floats, season: int, horizon: int) -> Floats:
    """The value a season before."""
    season = season if season <= y.shape[1] else 1
    return y[:, y.shape[1] - season + np.arange(horizon) % season]


def seasonal_mean(y: Floats, season: int, horizon: int) -> Floats:
    """The mean of the same phase in all seasons."""
    return phase_means(y, season if season <= y.shape[1] else 1, horizon)[0]


def drift(y: Floats, season: int, horizon: int) -> Floats:
    """The last value, and the mean change per period so far."""
    del season
    change = (y[:, -1] - y[:, 0]) / (y.shape[1] - 1)
    return y[:, -1:] + change[:, None] * np.arange(1, horizon + 1)


def mean(y: Floats, season: int, horizon: int) -> Floats:
    """The mean of all values."""
    del season
    return np.repeat(y.mean(axis=1, keepdims=True), horizon, axis=1)


def mean_of_last_season(y: Floats, season: int, horizon: int) -> Floats:
    """The mean of the last season, or of the last four values where there is none."""
    return np.repeat(y[:, -(season if season > 1 else 4) :].mean(axis=1, keepdims=True), horizon, axis=1)


def smoothed(y: Floats) -> Floats:
    """Levels [n] of simple exponential smoothing, with the parameter that was best in sample for each series."""
    level = np.repeat(y[:, :1], len(ALPHAS), axis=1)
    errors = np.zeros_like(level)
    for i in range(1, y.shape[1]):
        miss = y[:, i : i + 1] - level
        errors += miss**2
        level += ALPHAS * miss
    best: Floats = np.take_along_axis(level, errors.argmin(axis=1)[:, None], axis=1)[:, 0]
    return best


def exponential_smoothing(y: Floats, season: int, horizon: int) -> Floats:
    """Simple exponential smoothing."""
    del season
    return np.repeat(smoothed(y)[:, None], horizon, axis=1)


def straight_line(y: Floats, season: int, horizon: int) -> Floats:
    """Least squares on a straight line."""
    del season
    when = np.arange(y.shape[1] + horizon, dtype=float)
    design = np.stack([np.ones_like(when), when], axis=1)
    made: Floats = y @ np.linalg.pinv(design[: y.shape[1]]).T @ design[y.shape[1] :].T
    return made


def log_line(y: Floats, season: int, horizon: int) -> Floats:
    """A straight line of the logarithms, the last value where some value is not above 0."""
    possible = (y > 0).all(axis=1)[:, None]
    logs = straight_line(np.log(np.where(possible, y, 1.0)), season, horizon)
    return np.where(possible, np.exp(np.minimum(logs, 700.0)), last_value(y, season, horizon))


def theta(y: Floats, season: int, horizon: int) -> Floats:
    """The theta method (Assimakopoulos and Nikolopoulos 2000), after the mean season was taken away."""
    t = y.shape[1]
    shape = np.zeros((len(y), t + horizon))
    if 1 < season <= t // 2:
        gap = y - _fitted_line(y)
        shape = phase_means(gap, season, season)[0][:, (np.arange(t + horizon) - t) % season]
    plain = y - shape[:, :t]
    slope = _slopes(plain)[:, None] / 2
    return smoothed(plain)[:, None] + slope * np.arange(1, horizon + 1) + shape[:, t:]


def _slopes(y: Floats) -> Floats:
    when = np.arange(y.shape[1]) - (y.shape[1] - 1) / 2
    slopes: Floats = y @ when / (when @ when)
    return slopes


def _fitted_line(y: Floats) -> Floats:
    when = np.arange(y.shape[1]) - (y.shape[1] - 1) / 2
    return y.mean(axis=1, keepdims=True) + _slopes(y)[:, None] * when


METHODS: dict[str, Method] = {
    "last value": last_value,
    "seasonal naive": seasonal_naive,
    "seasonal mean": seasonal_mean,
    "drift": drift,
    "mean": mean,
    "mean of the last season": mean_of_last_season,
    "exponential smoothing": exponential_smoothing,
    "theta": theta,
    "straight line": straight_line,
    "log line": log_line,
}
