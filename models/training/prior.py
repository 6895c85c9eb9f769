"""Synthetic business series: trend × season × noise, seeded and vectorised. No real series is used.

Every function takes ``n`` series of ``t`` points and gives float64 [n, t]. ``m`` is the season length; randomness comes
from the generator passed in, so the same seed makes the same series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rng = np.random.Generator


@dataclass(frozen=True)
class Shape:
    """One season length: how long its series are, how far ahead they are scored, how strong noise and season are."""

    season: int
    context: int
    steps: tuple[int, ...]
    shortest: int
    noise: tuple[float, float]
    seasonality: tuple[float, float]
    variation: tuple[float, float]  # of the whole series, relative to its level
    upward: float


SHAPES = (
    Shape(1, 64, (1, 2, 3, 4, 5, 6, 8, 10), 3, (0.01, 0.3), (0.0, 0.0), (0.06, 1.5), 0.7),
    Shape(4, 144, (1, 2, 3, 4, 5, 6, 7, 8, 12), 4, (0.004, 0.4), (0.015, 1.3), (0.08, 0.9), 0.8),
    Shape(12, 144, (1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 24), 6, (0.03, 1.0), (0.08, 2.3), (0.06, 0.7), 0.7),
    Shape(52, 288, (1, 2, 3, 5, 8, 13, 20, 26, 39, 52), 8, (0.05, 1.5), (0.03, 2.0), (0.05, 0.8), 0.6),
    Shape(13, 144, (1, 2, 3, 4, 6, 8, 10, 13, 20, 26), 6, (0.03, 1.0), (0.05, 2.0), (0.06, 0.7), 0.65),
    Shape(7, 144, (1, 2, 3, 5, 7, 10, 14, 21, 28), 5, (0.1, 2.5), (0.1, 3.0), (0.08, 0.8), 0.55),
    Shape(5, 144, (1, 2, 3, 5, 7, 10, 15, 20), 5, (0.05, 2.0), (0.02, 2.0), (0.05, 0.8), 0.55),
    Shape(24, 288, (1, 2, 3, 6, 9, 12, 18, 24, 36, 48), 8, (0.03, 1.2), (0.2, 4.0), (0.08, 0.8), 0.5),
    Shape(48, 288, (1, 2, 4, 8, 16, 24, 36, 48), 10, (0.03, 1.2), (0.2, 4.0), (0.08, 0.8), 0.5),
)


def log_uniform(rng: Rng, low: float, high: float, n: int) -> Floats:
    return np.exp(rng.uniform(np.log(low), np.log(high), n))


def _unit(x: Floats) -> Floats:
    return (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-6)


def _heavy(rng: Rng, n: int, t: int, share: float) -> Floats:
    """Standard noise, a share of the series with heavy tails."""
    noise = rng.standard_normal((n, t))
    rows = rng.random(n) < share
    noise[rows] = rng.standard_t(3.5, (int(rows.sum()), t)) / 1.5
    return noise


def local_trend(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Damped local linear trend (Hyndman et al. 2008)."""
    pace = np.sqrt(m)
    wander = np.where(rng.random(n) < 0.25, 0, log_uniform(rng, 0.01, 0.7, n)) / pace
    damping = np.where(rng.random(n) < 0.35, 1.0, 1 - log_uniform(rng, 0.01, 0.5, n) / pace)
    drift = np.where(rng.random(n) < 0.3, 0, rng.normal(size=n) * log_uniform(rng, 0.05, 1.2, n) / pace * 2.5)
    slope, level = drift + rng.normal(size=n) * wander * 3, np.zeros(n)
    shocks, turns, out = _heavy(rng, n, t, 0.25), rng.standard_normal((n, t)), np.empty((n, t))
    for i in range(t):
        level = level + slope + shocks[:, i]
        slope = drift + damping * (slope - drift) + wander * turns[:, i]
        out[:, i] = level
    return out


def integrated(rng: Rng, n: int, t: int, m: int) -> Floats:
    """ARMA growth, integrated zero, one or two times."""
    order = rng.choice(3, n, p=(0.15, 0.6, 0.25))
    first, second = rng.uniform(-0.6, 0.98, n), rng.uniform(-0.6, 0.5, n)
    moving = rng.uniform(-0.9, 0.6, n) * (rng.random(n) < 0.6)
    noise, warm = rng.standard_normal((n, t + 40)), 40
    x = np.zeros((n, t + warm))
    for i in range(2, t + warm):
        x[:, i] = first * (1 - second) * x[:, i - 1] + second * x[:, i - 2] + noise[:, i] + moving * noise[:, i - 1]
    x = _unit(x[:, warm:])
    drift = (rng.normal(size=n) * log_uniform(rng, 0.05, 1.0, n) / np.sqrt(m))[:, None]
    once = np.cumsum(x + drift, axis=1)
    twice = np.cumsum(np.cumsum(x, axis=1) * 0.1, axis=1)
    return np.select([order[:, None] == 0, order[:, None] == 1], [x + drift * np.arange(t) * 0.4, once], twice)


def broken_lines(rng: Rng, n: int, t: int, m: int) -> Floats:  # noqa: ARG001 - every family has the same form
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
    return _unit(out[:, warm:]) * log_uniform(rng, 0.2, 2, n)[:, None] + _unit(walk)


def persistent_drift(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Random walk whose drift persists, may break, and may slow down: most business growth."""
    drift = (log_uniform(rng, 0.05, 3.5, n) * rng.choice((-1, 1), n, p=(0.22, 0.78)) / np.sqrt(m))[:, None]
    memory = np.where(rng.random(n) < 0.5, rng.uniform(-0.3, 0.6, n), 0)
    shocks = _heavy(rng, n, t, 0.35)
    for i in range(1, t):
        shocks[:, i] = memory * shocks[:, i - 1] + np.sqrt(1 - memory**2) * shocks[:, i]
    broken = rng.random((n, t)) < (rng.random(n) < 0.25)[:, None] * 1.5 / t
    path = drift + np.cumsum(broken * rng.normal(size=(n, t)) * np.abs(drift), axis=1)
    slowing = np.where(rng.random(n) < 0.3, rng.uniform(0, 1.2, n), 0)[:, None] * np.linspace(-0.5, 0.5, t)
    return np.cumsum(shocks + path - slowing * drift, axis=1)


FAMILIES = (local_trend, integrated, broken_lines, growth, cycles, persistent_drift)
SHARES = (0.24, 0.14, 0.1, 0.06, 0.06, 0.4)


def trend(rng: Rng, n: int, t: int, m: int) -> Floats:
    """A mixture of the families, each standardised."""
    family, out = rng.choice(len(FAMILIES), n, p=SHARES), np.empty((n, t))
    for k, make in enumerate(FAMILIES):
        rows = family == k
        if rows.any():
            out[rows] = _unit(make(rng, int(rows.sum()), t, m))
    lines = rng.random(n) < 0.3
    slope = rng.choice((-1, 1), n, p=(0.3, 0.7)) * log_uniform(rng, 0.3, 3, n) * lines
    return _unit(out + slope[:, None] * np.linspace(-1.7, 1.7, t))


def seasonal(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Seasonal patterns that evolve: smooth, rough, spiky, on-and-off, heavy-tailed."""
    k = np.arange(m)
    rough = rng.standard_normal((n, m))
    smooth, decay = np.zeros((n, m)), rng.uniform(0.3, 2, n)
    for j in range(1, min(m // 2, 12) + 1):
        wave = rng.standard_normal((n, 2)) * (j**-decay)[:, None]
        smooth += wave[:, :1] * np.cos(2 * np.pi * j * k / m) + wave[:, 1:] * np.sin(2 * np.pi * j * k / m)
    spikes = np.where(rng.random((n, m)) < 1.5 / m, rng.normal(size=(n, m)) + 1.5, 0) + 0.15 * rough
    switches = (rng.random((n, m)) < 0.5) + 0.15 * rough
    kind = rng.choice(5, n, p=(0.3, 0.35, 0.15, 0.1, 0.1))[:, None]
    pattern = _unit(np.choose(kind, [rough, smooth, spikes, switches, rng.standard_t(2.5, (n, m))]))
    seasons = t // m + 2
    change = np.where(rng.random(n) < 0.4, 0, log_uniform(rng, 0.02, 0.5, n))[:, None, None]
    drift = np.cumsum(rng.standard_normal((n, seasons, m)) * change, axis=1)
    swelling = np.where(rng.random(n) < 0.3, log_uniform(rng, 0.02, 0.2, n), 0)[:, None]
    amplitude = np.exp(np.cumsum(rng.normal(size=(n, seasons)) * swelling, axis=1))
    whole = ((pattern[:, None] + drift - drift.mean(axis=2, keepdims=True)) * amplitude[:, :, None]).reshape(n, -1)
    start = rng.integers(0, m, n)[:, None]
    return np.take_along_axis(whole, start + np.arange(t), axis=1)


def noise(rng: Rng, n: int, t: int) -> Floats:
    """Noise with tails, memory, changing spread and outliers."""
    out = _heavy(rng, n, t, 0.3)
    memory = np.where(rng.random(n) < 0.3, rng.uniform(-0.5, 0.7, n), 0)
    for i in range(1, t):
        out[:, i] = memory * out[:, i - 1] + np.sqrt(1 - memory**2) * out[:, i]
    fanning = (rng.random(n) < 0.2) * rng.normal(0, 0.7, n)
    out *= np.exp(np.linspace(-1, 1, t) * fanning[:, None])
    outliers = (rng.random(n) < 0.12) * rng.uniform(0.003, 0.03, n)
    return out + (rng.random((n, t)) < outliers[:, None]) * rng.normal(0, 6, (n, t))


def _series(rng: Rng, n: int, t: int, shape: Shape) -> Floats:
    m = shape.season
    parts = [trend(rng, n, t, m) * np.where(rng.random(n) < 0.05, 0, log_uniform(rng, 0.3, 2, n))[:, None]]
    upward = np.where(rng.random(n) < shape.upward, np.sign(parts[0][:, -1] - parts[0][:, 0]), 1.0)
    parts[0] *= np.where(upward == 0, 1.0, upward)[:, None]
    quiet = 0.5 if m == 1 else 0.1
    parts.append(noise(rng, n, t) * np.where(rng.random(n) < quiet, 0, log_uniform(rng, *shape.noise, n))[:, None])
    if m > 1:
        strength = np.where(rng.random(n) < 0.2, 0, log_uniform(rng, *shape.seasonality, n))
        parts.append(seasonal(rng, n, t, m) * strength[:, None])
    together = np.sum(parts, axis=0)
    size = np.sqrt(np.mean(together**2, axis=1, keepdims=True)) + 1e-6
    spread = log_uniform(rng, *shape.variation, n)[:, None] / size
    multiplicative = np.exp(np.clip(spread * together, -4, 4))
    additive = 1 + np.minimum(spread, 0.45 / size) * together
    y = np.where(rng.random((n, 1)) < 0.65, multiplicative, additive)
    y = np.where(rng.random((n, 1)) < 0.93, np.maximum(y, 0.0 if m > 1 else 0.002), y)
    return _discrete(rng, y) if m > 1 else y


def _discrete(rng: Rng, y: Floats) -> Floats:
    """Some series are whole numbers, some are counts, and some sell only now and then."""
    n = len(y)
    kind = rng.choice(4, n, p=(0.8, 0.1, 0.06, 0.04))
    rounded, counts, rare = (np.flatnonzero(kind == k) for k in (1, 2, 3))
    y[rounded] = np.round(y[rounded] * log_uniform(rng, 20, 300, len(rounded))[:, None])
    rate = np.clip(y[counts], 0.01, 50) * log_uniform(rng, 0.3, 8, len(counts))[:, None]
    y[counts] = rng.poisson(rate * rng.gamma(2, 0.5, rate.shape))
    sells = rng.random((len(rare), y.shape[1])) < log_uniform(rng, 0.05, 0.6, len(rare))[:, None]
    y[rare] = sells * np.ceil(np.clip(y[rare], 0, 50) * log_uniform(rng, 1, 10, len(rare))[:, None])
    return y


def lengths(rng: Rng, n: int, shape: Shape) -> NDArray[np.int64]:
    """Points of history: mostly a few seasons, some only a handful of points."""
    m, longest = shape.season, shape.context
    usual = 6 + rng.gamma(2.0, 9.0, n) if m == 1 else np.exp(rng.uniform(np.log(2 * m), np.log(1.3 * longest), n))
    short = rng.uniform(shape.shortest, max(2.5 * m, 12), n)
    return np.clip(np.where(rng.random(n) < 0.15, short, usual), 3, longest).astype(np.int64)


def draw(rng: Rng, n: int, shape: Shape) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Values and mask, both float32 [n, context] right-aligned, and what came after: float32 [n, steps]."""
    ahead = max(shape.steps)
    values = np.zeros((n, shape.context + ahead), np.float32)
    points = lengths(rng, n, shape)
    for rows in np.array_split(np.argsort(points), 8):  # trends are shaped by the history that is seen
        t = int(points[rows].max()) + ahead
        values[rows, -t:] = _series(rng, len(rows), t, shape)
    mask = np.arange(shape.context) >= shape.context - points[:, None]
    gappy = (rng.random(n) < 0.1) * rng.uniform(0.01, 0.2, n)
    mask &= ~((rng.random(mask.shape) < gappy[:, None]) & (np.arange(shape.context) < shape.context - 2))
    steps = shape.context - 1 + np.asarray(shape.steps)
    context = values[:, : shape.context] * mask
    return context.astype(np.float32), mask.astype(np.float32), values[:, steps]
