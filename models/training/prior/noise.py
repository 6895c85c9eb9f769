"""The part that cannot be predicted: noise with tails, memory, changing spread, outliers, jumps and slow swings."""

from __future__ import annotations

import numpy as np
from models.training.prior.sampling import Floats, Rng, autoregressive, heavy_tailed, log_uniform


def noise(rng: Rng, n: int, t: int, m: int, persistent: float) -> Floats:
    """Draw noise [n, t] for series of season length ``m``. ``persistent``: share of series whose noise is mostly a slow
    autoregression, with a memory of a quarter of a season to a dozen seasons."""
    memory = np.where(rng.random(n) < 0.3, rng.uniform(-0.5, 0.7, n), 0)
    out = autoregressive(heavy_tailed(rng, n, t, 0.3), memory)
    rows = np.flatnonzero(rng.random(n) < persistent)
    if len(rows):
        slow = autoregressive(
            heavy_tailed(rng, len(rows), t, 0.5), 1 - 1 / (min(max(m, 6), 48) * log_uniform(rng, 0.25, 12, len(rows)))
        )
        share = rng.uniform(0.5, 1.0, len(rows))[:, None]
        out[rows] = np.sqrt(share) * slow + np.sqrt(1 - share) * out[rows] * 0.7
    jumping = (rng.random(n) < 0.1 + 0.2 * persistent) * log_uniform(rng, 0.3, 4, n) / t
    jumps = (rng.random((n, t)) < jumping[:, None]) * rng.normal(0, 1.5, (n, t))
    out += np.cumsum(jumps, axis=1)
    fanning = (rng.random(n) < 0.2) * rng.normal(0, 0.7, n)
    out *= np.exp(np.linspace(-1, 1, t) * fanning[:, None])
    outliers = (rng.random(n) < 0.12) * rng.uniform(0.003, 0.03, n)
    return out + (rng.random((n, t)) < outliers[:, None]) * rng.normal(0, 6, (n, t))
