"""Draw series of one shape, with their future."""

from __future__ import annotations

import numpy as np
from models.training.prior.demand import closed, discrete
from models.training.prior.laws import follow_laws
from models.training.prior.noise import noise
from models.training.prior.patterns import longer, seasonal
from models.training.prior.sampling import Floats, Rng, log_uniform
from models.training.prior.shapes import Shape
from models.training.prior.signed import below_zero
from models.training.prior.trends import trend
from numpy.typing import NDArray

Float32s = NDArray[np.float32]
MAX_LAWFUL_SURPRISE = 0.03  # a series that followed a simple law mostly goes on; chosen by judgement


def draw(rng: Rng, n: int, shape: Shape) -> tuple[Float32s, Float32s, Float32s]:
    """Return values and mask, both float32 [n, context] right-aligned, and the future, float32 [n, steps]."""
    ahead = max(shape.steps)
    values = np.zeros((n, shape.context + ahead), np.float32)
    lawful = np.zeros(n, bool)
    points = lengths(rng, n, shape)
    for rows in np.array_split(np.argsort(points), 8):  # trends depend on the length of history
        t = int(points[rows].max()) + ahead
        values[rows, -t:], lawful[rows] = _series(rng, len(rows), t, shape)
    mask = np.arange(shape.context) >= shape.context - points[:, None]
    gappy = (rng.random(n) < 0.1) * rng.uniform(0.01, 0.2, n)
    mask &= ~((rng.random(mask.shape) < gappy[:, None]) & (np.arange(shape.context) < shape.context - 2))
    context = values[:, : shape.context] * mask
    surprise = np.where(lawful, min(shape.surprise, MAX_LAWFUL_SURPRISE), shape.surprise)
    future = values[:, shape.context - 1 + np.asarray(shape.steps)]
    future = _with_surprises(rng, (context, mask), future, surprise, shape)
    return context.astype(np.float32), mask.astype(np.float32), future


def _with_surprises(
    rng: Rng, past: tuple[Floats, NDArray[np.bool_]], future: Float32s, chance: Floats, shape: Shape
) -> Float32s:
    """Break with the past with a ``chance`` [n]: the level moves within the next season, by about as much as a season
    used to change. Without this, ranges would be too narrow where the future is not like the past."""
    m, (context, mask) = shape.season, past
    both = mask[:, m:] & mask[:, :-m]
    usual = (np.abs(context[:, m:] - context[:, :-m]) * both).sum(axis=1) / np.maximum(both.sum(axis=1), 1)
    on = (rng.random(len(future)) < chance) * log_uniform(rng, 0.3, 1.5, len(future))
    arrived = 1 - np.exp(-np.asarray(shape.steps) / max(m / 2, 1))
    moved = future + (on * usual * rng.standard_normal(len(future)))[:, None] * arrived
    positive = np.where(mask, context, 0).min(axis=1, keepdims=True) >= 0
    out: Float32s = np.where(positive, np.maximum(moved, 0) * (future != 0), moved).astype(np.float32)
    return out


def lengths(rng: Rng, n: int, shape: Shape) -> NDArray[np.int64]:
    """Points of history [n]: mostly a few seasons, sometimes only a handful of points."""
    m, longest = shape.season, shape.context
    usual = 6 + rng.gamma(2.0, 9.0, n) if m == 1 else np.exp(rng.uniform(np.log(2 * m), np.log(1.3 * longest), n))
    if shape.seasons[1] > 1:
        usual = rng.uniform(1.2 * shape.seasons[1], 1.3 * longest, n)
    short = rng.uniform(shape.shortest, max(2.5 * m, 12), n)
    return np.clip(np.where(rng.random(n) < 0.2, short, usual), 3, longest).astype(np.int64)


def _series(rng: Rng, n: int, t: int, shape: Shape) -> tuple[Floats, NDArray[np.bool_]]:
    """Draw ``n`` series of ``t`` points; which of them follow one simple law: bool [n]."""
    signed = rng.random(n) < shape.signed
    combined = _combined(rng, n, t, shape)
    size = np.sqrt(np.mean(combined**2, axis=1, keepdims=True)) + 1e-6
    spread = log_uniform(rng, *shape.variation, n)[:, None] / size
    multiplicative = np.exp(np.clip(spread * combined, -4, 4))
    additive = 1 + np.minimum(spread, 0.45 / size) * combined
    y = np.where(rng.random((n, 1)) < shape.multiplicative, multiplicative, additive)
    y = np.where(rng.random((n, 1)) < 0.93, np.maximum(y, 0.0 if shape.season > 1 else 0.002), y)
    y[signed] = (combined / size)[signed]
    lawful = follow_laws(rng, y, shape.seasons, shape.laws)
    y[signed] = below_zero(rng, y[signed])
    y[~signed] = discrete(rng, y[~signed], shape.demand)
    if shape.closed:
        y[~signed] = closed(rng, y[~signed], shape.season, shape.closed)
    return y, lawful


def _combined(rng: Rng, n: int, t: int, shape: Shape) -> Floats:
    """Trend, noise and seasons added up: [n, t]."""
    m, long = shape.seasons
    parts = [
        trend(rng, n, t, m, shape.persistent) * np.where(rng.random(n) < 0.05, 0, log_uniform(rng, 0.3, 2, n))[:, None]
    ]
    upward = np.where(rng.random(n) < shape.upward, np.sign(parts[0][:, -1] - parts[0][:, 0]), 1.0)
    parts[0] *= np.where(upward == 0, 1.0, upward)[:, None]
    loud = np.where(rng.random(n) < shape.no_noise, 0, log_uniform(rng, *shape.noise, n))[:, None]
    parts.append(noise(rng, n, t, m, shape.memory) * loud)
    if m > 1:
        strength = np.where(rng.random(n) < shape.no_season, 0, log_uniform(rng, *shape.seasonality, n))
        parts.append(seasonal(rng, n, t, m) * strength[:, None])
        if long > 1:
            strength = np.where(rng.random(n) < 0.25, 0, log_uniform(rng, *shape.seasonality, n))
            parts.append(longer(rng, n, t, m, long) * strength[:, None])
    return np.sum(parts, axis=0)
