"""Draws that every part of the prior uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rng = np.random.Generator


def log_uniform(rng: Rng, low: float, high: float, n: int) -> Floats:
    return np.exp(rng.uniform(np.log(low), np.log(high), n))


def unit(x: Floats) -> Floats:
    """Each row with mean 0 and standard deviation 1."""
    return (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-6)


def heavy(rng: Rng, n: int, t: int, share: float) -> Floats:
    """Standard noise, a share of the series with heavy tails."""
    noise = rng.standard_normal((n, t))
    rows = rng.random(n) < share
    noise[rows] = rng.standard_t(3.5, (int(rows.sum()), t)) / 1.5
    return noise


def remembered(noise: Floats, memory: Floats) -> Floats:
    """Autoregression of order one with unit variance: ``noise`` [n, t] is changed in place, ``memory`` [n]."""
    fresh = np.sqrt(1 - memory**2)
    for i in range(1, noise.shape[1]):
        noise[:, i] = memory * noise[:, i - 1] + fresh * noise[:, i]
    return noise
