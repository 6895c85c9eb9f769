"""Whole numbers, counts, and sales that come only now and then (Syntetos, Boylan and Croston 2005 on their kinds)."""

from __future__ import annotations

import numpy as np
from models.training.prior.chance import Floats, Rng, log_uniform


def discrete(rng: Rng, y: Floats, shares: tuple[float, float, float]) -> Floats:
    """Turns a share of the rows of ``y`` (a positive course around 1) into whole numbers, counts and rare sales."""
    kind = rng.choice(4, len(y), p=(1 - sum(shares), *shares))
    rounded, counts, rare = (np.flatnonzero(kind == k) for k in (1, 2, 3))
    y[rounded] = np.round(y[rounded] * log_uniform(rng, 20, 300, len(rounded))[:, None])
    y[counts] = _counts(rng, np.clip(y[counts], 0.01, 50))
    y[rare] = _rare(rng, np.clip(y[rare], 0.01, 50))
    return y


def _counts(rng: Rng, course: Floats) -> Floats:
    """Negative binomial around the course; some are out of stock for a while."""
    n, t = course.shape
    rate = course * log_uniform(rng, 0.2, 20, n)[:, None]
    shape = log_uniform(rng, 0.6, 30, n)[:, None]
    out = rng.poisson(rate * rng.gamma(shape, 1 / shape, rate.shape)).astype(float)
    start, width = rng.integers(0, t, (n, 1)), np.maximum(log_uniform(rng, 0.01, 0.08, n)[:, None] * t, 1)
    gone = (np.arange(t) >= start) & (np.arange(t) < start + width) & (rng.random((n, 1)) < 0.1)
    return np.where(gone, 0.0, out)


def _rare(rng: Rng, course: Floats) -> Floats:
    """Mostly zeros: whether anything sells follows the course and comes in clusters; how much is another matter."""
    n, t = course.shape
    base = log_uniform(rng, 0.04, 0.7, n)[:, None]
    chance = np.clip(base * course ** rng.uniform(0, 1, (n, 1)), 0.01, 0.95)
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
    ending = np.where(rng.random((n, 1)) < 0.12, rng.uniform(0.5, 1.1, (n, 1)), 2.0)  # a product that is given up
    return sells * size * (np.arange(t) < ending * t)


def closed(rng: Rng, y: Floats, m: int, share: float) -> Floats:
    """Zero at one run of phases in some series: shut on Sundays, no sun at night."""
    rows = np.flatnonzero(rng.random(len(y)) < share)
    start, width = rng.integers(0, m, (len(rows), 1)), rng.integers(1, max(m // 2, 1) + 1, (len(rows), 1))
    phase = (np.arange(y.shape[1]) - start) % m
    y[rows] *= phase >= width
    return y
