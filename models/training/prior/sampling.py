"""Random draws that every part of the prior uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rng = np.random.Generator


def log_uniform(rng: Rng, low: float, high: float, n: int) -> Floats:
    """``n`` values whose logarithm is uniform between those of ``low`` and ``high``."""
    return np.exp(rng.uniform(np.log(low), np.log(high), n))


def standardised(x: Floats) -> Floats:
    """Scale each row to mean 0 and standard deviation 1."""
    return (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-6)


def heavy_tailed(rng: Rng, n: int, t: int, share: float) -> Floats:
    """Standard noise [n, t], with heavy tails in a share of the series."""
    noise = rng.standard_normal((n, t))
    rows = rng.random(n) < share
    noise[rows] = rng.standard_t(3.5, (int(rows.sum()), t)) / 1.5
    return noise


def autoregressive(noise: Floats, memory: Floats) -> Floats:
    """Turn ``noise`` [n, t] in place into first-order autoregressions with unit variance; ``memory`` [n], their
    coefficients."""
    fresh = np.sqrt(1 - memory**2)
    for i in range(1, noise.shape[1]):
        noise[:, i] = memory * noise[:, i - 1] + fresh * noise[:, i]
    return noise
