"""Kinds without a season: walks, levels that return, levels that jump, outliers, changing spread, outbreaks."""

from __future__ import annotations

import numpy as np
from models.training.evaluation.kinds.estimators import (
    SAMPLES,
    StateSpace,
    autoregression,
    gaussian,
    line,
    regression,
    tenths,
)
from models.training.evaluation.kinds.kind import Draw, Drawn, Kind, drawn
from models.training.prior.sampling import Floats, Rng

from almanac.core.calendar.frequency import BUSINESS_DAILY, DAILY, MONTHLY, QUARTERLY, ROWS, WEEKLY, YEARLY

WARM_UP = 300  # points before the history, so that a process is in its usual state


def random_walk(size: float) -> Draw:
    """Prices: each changes by a random percentage of this size."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        logs = np.log(100) + size * np.cumsum(rng.standard_normal((n, t + h)), axis=1)
        last = np.repeat(logs[:, t - 1 : t], h, axis=1)
        y = np.exp(logs)
        return drawn(y, t, np.exp(gaussian(last, size * np.sqrt(np.arange(1, h + 1)))), y[:, t - 1])

    return draw


def walk_with_drift(drift: float, size: float) -> Draw:
    """A random walk that grows on average; drift and size as shares of the level it begins with."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        y = 100 + 100 * np.cumsum(drift + size * rng.standard_normal((n, t + h)), axis=1)
        steps = np.arange(1, h + 1)
        slope = (y[:, t - 1] - y[:, 0])[:, None] / (t - 1)
        sd = 100 * size * np.sqrt(steps + steps**2 / (t - 1))
        return drawn(y, t, gaussian(y[:, t - 1 : t] + slope * steps, sd))

    return draw


def turbulent_walk(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A random walk with calm and turbulent times, GARCH(1, 1) (Bollerslev 1986)."""
    base, news, memory = 0.01**2 * 0.04, 0.08, 0.88

    def walk(variance: Floats, shocks: Floats) -> tuple[Floats, Floats]:
        changes = np.empty_like(shocks)
        for i in range(shocks.shape[-1]):
            changes[..., i] = np.sqrt(variance) * shocks[..., i]
            variance = base + news * changes[..., i] ** 2 + memory * variance
        return changes, variance

    past, variance = walk(np.full(n, 0.01**2), rng.standard_normal((n, t)))
    variances = np.repeat(variance[:, None], SAMPLES, axis=1)
    future, _ = walk(variance, rng.standard_normal((n, h)))
    ahead, _ = walk(variances, rng.standard_normal((n, SAMPLES, h)))
    y = 100 * np.exp(np.cumsum(np.concatenate([past, future], axis=1), axis=1))
    last = y[:, t - 1]
    return drawn(y, t, tenths(last[:, None, None] * np.exp(np.cumsum(ahead, axis=2))), last)


def returning(lags: dict[int, float], sd: float, center: float = 100.0) -> Draw:
    """An autoregression around a level; ``sd`` of its shocks."""
    weights = np.zeros(max(lags))
    for lag, weight in lags.items():
        weights[lag - 1] = weight

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        x = sd * rng.standard_normal((n, WARM_UP + t + h))
        for i in range(len(weights), x.shape[1]):
            x[:, i] += x[:, i - len(weights) : i][:, ::-1] @ weights
        x = x[:, WARM_UP:]
        level = np.full(n, center) if center else np.full(n, x.std())
        return drawn(center + x, t, center + autoregression(x[:, :t], weights, sd, h), level)

    return draw


def local_level(walk: float, noise: float) -> Draw:
    """A random walk seen through noise: exponential smoothing is best (Muth 1960)."""
    one = np.ones(1)
    law = StateSpace(np.eye(1), one, one * 100 * walk, 100 * noise, one * 100, one * 10)

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        y = law.simulate(rng, n, t + h)
        return drawn(y, t, law.forecast(y[:, :t], h), np.full(n, 100.0))

    return draw


def level_and_noise(noise: float) -> Draw:
    """A level and noise, of which nothing is known."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        y = 100 * (1 + noise * rng.standard_normal((n, t + h)))
        return drawn(y, t, regression(np.ones((t + h, 1)), y[:, :t]))

    return draw


def growing_spread(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A level whose noise grows from 2% to 12%."""
    sd = np.linspace(2, 12, t + h)
    y = 100 + sd * rng.standard_normal((n, t + h))
    return drawn(y, t, regression(np.ones((t + h, 1)), y[:, :t], sd))


def outliers(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A level with 3% noise, and with 5% chance a value that is off by about half."""
    share, wide, narrow = 0.05, 50.0, 3.0

    def noise(shape: tuple[int, ...]) -> Floats:
        return np.where(rng.random(shape) < share, wide, narrow) * rng.standard_normal(shape)

    level = rng.uniform(80, 120, (n, 1))
    y = level + noise((n, t + h))
    grid = np.linspace(75, 125, 501)
    gap = (y[:, None, :t] - grid[:, None]) ** 2
    likely = (1 - share) / narrow * np.exp(-0.5 * gap / narrow**2) + share / wide * np.exp(-0.5 * gap / wide**2)
    chance = np.log(likely).sum(axis=2)
    chance = np.exp(chance - chance.max(axis=1, keepdims=True))
    found = np.array([rng.choice(grid, SAMPLES, p=p / p.sum()) for p in chance])
    return drawn(y, t, tenths(found[:, :, None] + noise((n, SAMPLES, h))), level[:, 0])


def level_steps(every: float, jump: float, noise: float) -> Draw:
    """A level that jumps once in ``every`` periods, seen through noise, both as shares of the level."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        def jumps(shape: tuple[int, ...]) -> Floats:
            return (rng.random(shape) < 1 / every) * 100 * jump * rng.standard_normal(shape)

        def noises(shape: tuple[int, ...]) -> Floats:
            return 100 * noise * rng.standard_normal(shape)

        y = 200 + np.cumsum(jumps((n, t + h)), axis=1) + noises((n, t + h))
        level = _levels_now(rng, y[:, :t], 1 / every, 100 * jump, 100 * noise)
        ahead = level[:, :, None] + np.cumsum(jumps((n, SAMPLES, h)), axis=2) + noises((n, SAMPLES, h))
        return drawn(y, t, tenths(ahead))

    return draw


def prices(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A price that stays the same for a year or so and then changes by a few percent."""

    def changes(shape: tuple[int, ...]) -> Floats:
        return np.exp(np.cumsum((rng.random(shape) < 1 / 12) * rng.normal(0.02, 0.04, shape), axis=-1))

    y = rng.uniform(5, 50, (n, 1)) * changes((n, t + h))
    return drawn(y, t, tenths(y[:, t - 1, None, None] * changes((n, SAMPLES, h))))


def launched(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """Nothing until some moment in the middle of the history, a level with 10% noise from then on."""
    start = rng.integers(t // 4, 3 * t // 4, (n, 1))
    y = 100 + 10 * rng.standard_normal((n, t + h))
    begun = np.arange(t + h) >= start
    known = np.where(begun, y, np.nan)[:, :t]
    return drawn(np.where(begun, y, 0.0), t, regression(np.ones((t + h, 1)), known, 10.0))


def _levels_now(rng: Rng, y: Floats, hazard: float, jump: float, noise: float) -> Floats:
    """Draws [n, SAMPLES] of the present level: a mixture over the time of the last jump (Adams and MacKay 2007)."""
    mean, var, weight = y[:, :1], np.full((len(y), 1), noise**2), np.ones((len(y), 1))
    for i in range(1, y.shape[1]):
        middle = (weight * mean).sum(axis=1, keepdims=True)
        spread = (weight * (var + (mean - middle) ** 2)).sum(axis=1, keepdims=True)
        mean = np.concatenate([mean, middle], axis=1)
        var = np.concatenate([var, spread + jump**2], axis=1)
        weight = np.concatenate([weight * (1 - hazard), np.full_like(middle, hazard)], axis=1)
        total, gap = var + noise**2, y[:, i : i + 1] - mean
        weight = weight * np.exp(-0.5 * gap**2 / total) / np.sqrt(total) + 1e-300
        weight /= weight.sum(axis=1, keepdims=True)
        mean, var = mean + var / total * gap, var * noise**2 / total
    rows = np.arange(len(y))[:, None]
    which = np.array([rng.choice(len(w), SAMPLES, p=w) for w in weight])
    return mean[rows, which] + np.sqrt(var[rows, which]) * rng.standard_normal(which.shape)


def outbreaks(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A quiet level with 10% noise; now and then something flares up and halves every four days."""
    keep, chance = 0.5**0.25, 0.02

    def flares(before: Floats, shape: tuple[int, ...]) -> Floats:
        out = (rng.random(shape) < chance) * rng.exponential(100, shape)
        for i in range(shape[-1]):
            before = keep * before + out[..., i]
            out[..., i] = before
        return out

    excess = flares(np.zeros(n), (n, WARM_UP + t + h))[:, WARM_UP:]
    noise = 2 * rng.standard_normal((n, t + h))
    now = np.repeat(excess[:, t - 1 : t], SAMPLES, axis=1)
    ahead = flares(now, (n, SAMPLES, h)) + 2 * rng.standard_normal((n, SAMPLES, h))
    return drawn(20 + excess + noise, t, 20 + tenths(ahead), np.full(n, 20 + excess.mean()))


def percentages(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A share near its upper bound of 100%, such as deliveries on time."""
    one = returning({1: 0.8}, 0.4, 3.0)(rng, n, t, h)

    def share(x: Floats) -> Floats:
        return 100 / (1 + np.exp(-x))

    whole = np.concatenate([one.history, one.future], axis=1)
    return drawn(share(whole), t, share(one.achievable))


def short_line(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """Few points of a rising line with noise of 3%, of which nothing else is known."""
    design = line(np.arange(t + h, dtype=float))
    y = 100 + 40 * design[:, 1] + 3 * rng.standard_normal((n, t + h))
    return drawn(y, t, regression(design, y[:, :t]))


KINDS = (
    Kind("random walk, business-daily, 2,500 points", BUSINESS_DAILY, 2500, 20, random_walk(0.01), "parameters"),
    Kind("random walk, business-daily, 500 points", BUSINESS_DAILY, 500, 20, random_walk(0.01), "parameters"),
    Kind("random walk, weekly, 200 points", WEEKLY, 200, 13, random_walk(0.02), "parameters"),
    Kind("random walk, monthly, 120 points", MONTHLY, 120, 12, random_walk(0.03), "parameters"),
    Kind("random walk with drift", MONTHLY, 120, 12, walk_with_drift(0.01, 0.02)),
    Kind("random walk with drift, yearly", YEARLY, 40, 6, walk_with_drift(0.04, 0.04)),
    Kind("random walk, calm and turbulent", BUSINESS_DAILY, 750, 20, turbulent_walk, "parameters"),
    Kind("returns to its mean", DAILY, 300, 14, returning({1: 0.8}, 6.0), "parameters"),
    Kind("returns to its mean, rows without dates", ROWS, 120, 12, returning({1: 0.6}, 8.0), "parameters"),
    Kind("returns to 0, half of it negative", WEEKLY, 150, 13, returning({1: 0.7}, 10.0, 0.0), "parameters"),
    Kind("business cycle", QUARTERLY, 100, 8, returning({1: 1.6, 2: -0.75}, 3.0), "parameters"),
    Kind("seasonal autoregression", MONTHLY, 144, 12, returning({1: 0.5, 12: 0.8, 13: -0.4}, 6.0), "parameters"),
    Kind("random walk plus noise", WEEKLY, 150, 13, local_level(0.02, 0.06), "parameters"),
    Kind("level and noise, rows without dates", ROWS, 60, 12, level_and_noise(0.1)),
    Kind("level steps plus noise, monthly", MONTHLY, 120, 12, level_steps(24, 0.3, 0.1), "parameters"),
    Kind("prices that change now and then", MONTHLY, 84, 12, prices, "parameters"),
    Kind("launched in the middle of the history", MONTHLY, 60, 12, launched),
    Kind("level with outliers", MONTHLY, 72, 12, outliers, "parameters"),
    Kind("growing spread", MONTHLY, 96, 12, growing_spread),
    Kind("outbreaks", DAILY, 300, 14, outbreaks, "parameters"),
    Kind("bounded by 0 and 100%", WEEKLY, 130, 13, percentages, "parameters"),
    Kind("3 months: level and noise", MONTHLY, 3, 3, level_and_noise(0.1)),
    Kind("6 months: level and noise", MONTHLY, 6, 3, level_and_noise(0.1)),
    Kind("12 months: line and noise", MONTHLY, 12, 6, short_line),
    Kind("6 years: line and noise", YEARLY, 6, 3, short_line),
)
