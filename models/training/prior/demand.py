"""Whole numbers, counts, and intermittent sales (see Syntetos, Boylan and Croston 2005 for the demand patterns)."""

from __future__ import annotations

import numpy as np
from models.training.prior.sampling import Floats, Rng, log_uniform


def discrete(rng: Rng, y: Floats, shares: tuple[float, float, float]) -> Floats:
    """Turn a share of the rows of ``y`` (positive, around 1) into whole numbers, counts and intermittent sales."""
    kind = rng.choice(4, len(y), p=(1 - sum(shares), *shares))
    rounded, counts, intermittent = (np.flatnonzero(kind == k) for k in (1, 2, 3))
    y[rounded] = np.round(y[rounded] * log_uniform(rng, 20, 300, len(rounded))[:, None])
    y[counts] = _counts(rng, np.clip(y[counts], 0.01, 50))
    y[intermittent] = _intermittent(rng, np.clip(y[intermittent], 0.01, 50))
    return y


def _counts(rng: Rng, level: Floats) -> Floats:
    """Negative binomial around the mean ``level``; some are out of stock for a while."""
    n, t = level.shape
    rate = level * log_uniform(rng, 0.2, 20, n)[:, None]
    shape = log_uniform(rng, 0.6, 30, n)[:, None]
    out = rng.poisson(rate * rng.gamma(shape, 1 / shape, rate.shape)).astype(float)
    start, width = rng.integers(0, t, (n, 1)), np.maximum(log_uniform(rng, 0.01, 0.08, n)[:, None] * t, 1)
    gone = (np.arange(t) >= start) & (np.arange(t) < start + width) & (rng.random((n, 1)) < 0.1)
    return np.where(gone, 0.0, out)


def _intermittent(rng: Rng, level: Floats) -> Floats:
    """Mostly zeros. Whether anything sells follows ``level`` and comes in clusters; how much is drawn separately."""
    n, t = level.shape
    base = log_uniform(rng, 0.04, 0.7, n)[:, None]
    chance = np.clip(base * level ** rng.uniform(0, 1, (n, 1)), 0.01, 0.95)
    sticky = np.where(rng.random((n, 1)) < 0.3, rng.uniform(0, 0.6, (n, 1)), 0.0)
    sells = np.zeros((n, t), bool)
    before = np.zeros(n)
    draws = rng.random((n, t))
    for i in range(t):
        sells[:, i] = draws[:, i] < chance[:, i] * (1 - sticky[:, 0]) + sticky[:, 0] * before
        before = sells[:, i].astype(float)
    mean = log_uniform(rng, 0.3, 20, n)[:, None]
    kind = rng.choice(4, (n, 1), p=(0.3, 0.35, 0.25, 0.1))
    lumps = np.ceil(np.exp(rng.normal(0, rng.uniform(0.3, 1.2, (n, 1)), (n, t))) * mean)
    size = np.choose(
        kind,
        [
            np.ones((n, t)),
            1.0 + rng.poisson(np.broadcast_to(mean, (n, t))),
            lumps,
            np.broadcast_to(np.ceil(mean), (n, t)),
        ],
    )
    ending = np.where(rng.random((n, 1)) < 0.12, rng.uniform(0.5, 1.1, (n, 1)), 2.0)  # a product that is discontinued
    return sells * size * (np.arange(t) < ending * t)


def closed(rng: Rng, y: Floats, m: int, share: float) -> Floats:
    """Set one run of phases to zero in some series: closed on Sundays, no sun at night."""
    rows = np.flatnonzero(rng.random(len(y)) < share)
    start, width = rng.integers(0, m, (len(rows), 1)), rng.integers(1, max(m // 2, 1) + 1, (len(rows), 1))
    phase = (np.arange(y.shape[1]) - start) % m
    y[rows] *= phase >= width
    return y
