"""Kinds of whole numbers: rare, with a week, lumpy, in bursts, many. Sums matter more than medians."""

from __future__ import annotations

import numpy as np
from models.training.evaluation.kinds.estimators import SAMPLES, tenths
from models.training.evaluation.kinds.kind import Draw, Drawn, Kind, drawn
from models.training.evaluation.scores import TENTHS
from models.training.prior.sampling import Floats, Rng, log_uniform
from scipy.special import ndtri
from scipy.stats import nbinom

from almanac.core.calendar.frequency import DAILY, MONTHLY, WEEKLY

PRIOR = 0.5  # events seen before the history began: Jeffreys' prior of a Poisson rate


def poisson_tenths(events: Floats, periods: Floats | float) -> tuple[Floats, Floats]:
    """Tenths and mean of the next count, after so many events in so many periods at a constant rate."""
    shape, chance = events + PRIOR, periods / (np.asarray(periods, dtype=float) + 1)
    chance = np.broadcast_to(chance, shape.shape)
    return nbinom.ppf(TENTHS, shape[..., None], chance[..., None]), shape / periods


def counts(low: float, high: float) -> Draw:
    """Events at a constant rate between these two, another one in each series."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        rates = log_uniform(rng, low, high, n)[:, None]
        y = rng.poisson(rates, (n, t + h)).astype(float)
        made, mean = poisson_tenths(y[:, :t].sum(axis=1), t)
        return drawn(y, t, np.repeat(made[:, None], h, axis=1), rates[:, 0], np.repeat(mean[:, None], h, axis=1))

    return draw


def counts_with_week(rate: float) -> Draw:
    """Events at a rate that depends on the day of the week."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        phase = np.arange(t + h) % 7
        rates = rate * np.exp(rng.normal(0, 0.6, (n, 7)))
        y = rng.poisson(rates[:, phase]).astype(float)
        days = phase[:t, None] == np.arange(7)
        made, mean = poisson_tenths(y[:, :t] @ days, days.sum(axis=0).astype(float))
        return drawn(y, t, made[:, phase[t:]], rates.mean(axis=1), mean[:, phase[t:]])

    return draw


def fading(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A product that goes out of fashion: counts whose rate falls by the same percentage every week."""
    design = np.stack([np.ones(t + h), np.arange(t + h) / t], axis=1)
    rates = np.exp(np.stack([np.log(rng.uniform(15, 40, n)), -rng.uniform(1, 3, n)], axis=1) @ design.T)
    y = rng.poisson(rates).astype(float)
    ahead = np.empty((n, SAMPLES, h))
    for i in range(n):
        middle, cov = poisson_regression(design[:t], y[i, :t])
        ahead[i] = np.exp(rng.multivariate_normal(middle, cov, SAMPLES) @ design[t:].T)
    return drawn(y, t, tenths(rng.poisson(ahead).astype(float)), rates[:, t:].mean(axis=1), ahead.mean(axis=1))


def poisson_regression(design: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Coefficients of the logarithm of the rate, and their covariance, by Newton's method."""
    found = np.linalg.lstsq(design, np.log(y + 0.5), rcond=None)[0]
    for _ in range(20):
        rates = np.exp(design @ found)
        cov = np.linalg.inv(design.T * rates @ design)
        found = found + cov @ design.T @ (y - rates)
    return found, cov


def lumpy(chance: float, size: float, spread: float) -> Draw:
    """Mostly nothing; otherwise amounts of a log-normal distribution."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        sold = rng.random((n, t + h)) < chance
        y = sold * size * np.exp(spread * rng.standard_normal((n, t + h)))
        logs, count = np.log(np.where(sold, y, 1.0))[:, :t], sold[:, :t].sum(axis=1)
        share = (count + PRIOR) / (t + 2 * PRIOR)
        middle = np.where(count > 0, logs.sum(axis=1) / np.maximum(count, 1), np.log(size))
        sd = spread * np.sqrt(1 + 1 / np.maximum(count, 1))
        within = np.clip((np.array(TENTHS) - (1 - share[:, None])) / share[:, None], 0, 1)
        made = np.where(within > 0, np.exp(middle[:, None] + sd[:, None] * ndtri(np.maximum(within, 1e-9))), 0.0)
        mean = share * np.exp(middle + sd**2 / 2)
        level = np.full(n, chance * size * np.exp(spread**2 / 2))
        return drawn(y, t, np.repeat(made[:, None], h, axis=1), level, np.repeat(mean[:, None], h, axis=1))

    return draw


def bursts(rate: float, shape: float) -> Draw:
    """Counts that vary more than chance: negative binomial."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        y = rng.poisson(rng.gamma(shape, rate / shape, (n, t + h))).astype(float)
        made = nbinom.ppf(TENTHS, shape, shape / (shape + rate))
        return drawn(y, t, np.broadcast_to(made, (n, h, 9)), np.full(n, rate), np.full((n, h), rate))

    return draw


KINDS = (
    Kind("counts of .2 a day", DAILY, 365, 28, counts(0.16, 0.25)),
    Kind("counts of .2 to 2 a day", DAILY, 365, 28, counts(0.2, 2.0)),
    Kind("counts of 2 a day", DAILY, 365, 28, counts(1.6, 2.5)),
    Kind("counts of about 3 a day, with a week", DAILY, 365, 28, counts_with_week(3.0)),
    Kind("counts of 200 a month", MONTHLY, 84, 12, counts(150, 250)),
    Kind("counts that fade", WEEKLY, 104, 13, fading),
    Kind("counts in bursts, 5 a week", WEEKLY, 156, 13, bursts(5.0, 1.0), "parameters"),
    Kind("lumpy: one month in four", MONTHLY, 72, 12, lumpy(0.25, 40.0, 0.6)),
    Kind("lumpy: one day in seven", DAILY, 365, 28, lumpy(0.15, 10.0, 0.8)),
)
