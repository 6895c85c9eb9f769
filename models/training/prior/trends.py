"""Trends: families of levels that wander, grow, break and turn.

Every function takes ``n`` series of ``t`` points and gives float64 [n, t]. ``m`` is the season length; randomness comes
from the generator passed in, so the same seed makes the same series.
"""

from __future__ import annotations

import numpy as np
from models.training.prior.sampling import Floats, Rng, heavy_tailed, log_uniform, standardised


def local_trend(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Damped local linear trend (Hyndman et al. 2008)."""
    root = np.sqrt(m)
    wander = np.where(rng.random(n) < 0.35, 0, log_uniform(rng, 0.01, 0.5, n)) / root
    damping = np.where(rng.random(n) < 0.35, 1.0, 1 - log_uniform(rng, 0.01, 0.5, n) / root)
    drift = np.where(rng.random(n) < 0.3, 0, rng.normal(size=n) * log_uniform(rng, 0.05, 1.2, n) / root * 2.5)
    slope, level = drift + rng.normal(size=n) * wander * 3, np.zeros(n)
    shocks, turns, out = heavy_tailed(rng, n, t, 0.25), rng.standard_normal((n, t)), np.empty((n, t))
    for i in range(t):
        level = level + slope + shocks[:, i]
        slope = drift + damping * (slope - drift) + wander * turns[:, i]
        out[:, i] = level
    return out


def integrated(rng: Rng, n: int, t: int, m: int) -> Floats:
    """ARMA growth, integrated zero, one or two times (ARIMA)."""
    order = rng.choice(3, n, p=(0.15, 0.67, 0.18))
    first, second = rng.uniform(-0.6, 0.98, n), rng.uniform(-0.6, 0.5, n)
    moving = rng.uniform(-0.9, 0.6, n) * (rng.random(n) < 0.6)
    noise, warm = rng.standard_normal((n, t + 40)), 40
    x = np.zeros((n, t + warm))
    for i in range(2, t + warm):
        x[:, i] = first * (1 - second) * x[:, i - 1] + second * x[:, i - 2] + noise[:, i] + moving * noise[:, i - 1]
    x = standardised(x[:, warm:])
    drift = (rng.normal(size=n) * log_uniform(rng, 0.05, 1.0, n) / np.sqrt(m))[:, None]
    once = np.cumsum(x + drift, axis=1)
    twice = np.cumsum(np.cumsum(x, axis=1) * 0.1, axis=1)
    return np.select([order[:, None] == 0, order[:, None] == 1], [x + drift * np.arange(t) * 0.4, once], twice)


def broken_lines(rng: Rng, n: int, t: int, m: int) -> Floats:  # noqa: ARG001 - every family has the same signature
    """Straight pieces with changes of slope and level, and autocorrelated noise."""
    breaks = log_uniform(rng, 0.3, 6, n)[:, None] / t
    slope = rng.normal(size=(n, 1)) + np.cumsum(
        (rng.random((n, t)) < breaks) * rng.normal(size=(n, t)) * log_uniform(rng, 0.2, 2, n)[:, None], axis=1
    )
    steps = np.cumsum((rng.random((n, t)) < 0.4 * breaks) * rng.normal(0, 0.6, (n, t)), axis=1)
    return np.cumsum(slope, axis=1) / t * 4 + steps * (rng.random(n) < 0.35)[:, None]


def growth(rng: Rng, n: int, t: int, m: int) -> Floats:  # noqa: ARG001
    """S-shaped adoption and product life cycles."""
    middle, width = rng.uniform(-0.3, 1.3, (n, 1)) * t, log_uniform(rng, 0.03, 0.5, n)[:, None] * t
    z = np.clip((np.arange(t) - middle) / width, -30, 30)
    curve = np.where(rng.random((n, 1)) < 0.7, 1 / (1 + np.exp(-z)), np.exp(-0.125 * z**2))
    walk = np.cumsum(rng.standard_normal((n, t)), axis=1) / np.sqrt(t)
    return curve / (curve.std(axis=1, keepdims=True) + 1e-3) + walk * log_uniform(rng, 0.03, 1, n)[:, None]


def cycles(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Business cycles of 3 to 12 seasons around a random walk (Harvey 1989, ch. 2.3)."""
    turn = 2 * np.pi / (rng.uniform(3, 12, n) * max(m, 1))
    damping = 1 - log_uniform(rng, 0.005, 0.15, n) / np.sqrt(m)
    spin, noise, warm = damping * np.exp(-1j * turn), rng.standard_normal((n, t + 60, 2)), 60
    state, out = np.zeros(n, complex), np.empty((n, t + 60))
    for i in range(t + warm):
        state = spin * state + noise[:, i, 0] + 1j * noise[:, i, 1]
        out[:, i] = state.real
    walk = np.cumsum(rng.standard_normal((n, t)) + rng.normal(0, 0.5, (n, 1)) / np.sqrt(m), axis=1)
    return standardised(out[:, warm:]) * log_uniform(rng, 0.2, 2, n)[:, None] + standardised(walk)


def persistent_drift(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Random walk whose drift persists, or breaks, slows down or speeds up, as most business growth does."""
    drift = (log_uniform(rng, 0.1, 3.5, n) * rng.choice((-1, 1), n, p=(0.22, 0.78)) / np.sqrt(m))[:, None]
    memory = np.where(rng.random(n) < 0.5, rng.uniform(-0.3, 0.6, n), 0)
    shocks = heavy_tailed(rng, n, t, 0.35)
    for i in range(1, t):
        shocks[:, i] = memory * shocks[:, i - 1] + np.sqrt(1 - memory**2) * shocks[:, i]
    broken = rng.random((n, t)) < (rng.random(n) < 0.2)[:, None] * 1.5 / t
    path = drift + np.cumsum(broken * rng.normal(size=(n, t)) * np.abs(drift), axis=1)
    turning = np.where(rng.random(n) < 0.3, rng.uniform(-0.8, 0.8, n), 0)[:, None] * np.linspace(-0.5, 0.5, t)
    return np.cumsum(shocks + path - turning * drift, axis=1)


FAMILIES = (local_trend, integrated, broken_lines, growth, cycles, persistent_drift)
OTHERS = (0.4, 0.23, 0.17, 0.1, 0.1)  # shares of the other families in what is not persistent drift


def trend(rng: Rng, n: int, t: int, m: int, persistent: float) -> Floats:
    """Draw a mixture of the families, each standardised; ``persistent`` is the share of persistent drift."""
    shares = [*(share * (1 - persistent) for share in OTHERS), persistent]
    family, out = rng.choice(len(FAMILIES), n, p=shares), np.empty((n, t))
    for k, make in enumerate(FAMILIES):
        rows = family == k
        if rows.any():
            out[rows] = standardised(make(rng, int(rows.sum()), t, m))
    lines = rng.random(n) < 0.08 + 0.36 * persistent
    slope = rng.choice((-1, 1), n, p=(0.3, 0.7)) * log_uniform(rng, 0.3, 3, n) * lines
    return standardised(out + slope[:, None] * np.linspace(-1.7, 1.7, t))
