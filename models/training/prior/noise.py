"""What no one can foresee: noise with tails, memory, changing spread, outliers, jumps, weather that lasts."""

from __future__ import annotations

import numpy as np
from models.training.prior.chance import Floats, Rng, heavy, log_uniform, remembered


def noise(rng: Rng, n: int, t: int, m: int, lasting: float) -> Floats:
    """``lasting``: share of series whose noise is mostly an autoregression that forgets slowly, over a quarter of a
    season to a dozen of them."""
    memory = np.where(rng.random(n) < 0.3, rng.uniform(-0.5, 0.7, n), 0)
    out = remembered(heavy(rng, n, t, 0.3), memory)
    rows = np.flatnonzero(rng.random(n) < lasting)
    if len(rows):
        slow = remembered(
            heavy(rng, len(rows), t, 0.5), 1 - 1 / (min(max(m, 6), 48) * log_uniform(rng, 0.25, 12, len(rows)))
        )
        share = rng.uniform(0.5, 1.0, len(rows))[:, None]
        out[rows] = np.sqrt(share) * slow + np.sqrt(1 - share) * out[rows] * 0.7
    jumping = (rng.random(n) < 0.1 + 0.2 * lasting) * log_uniform(rng, 0.3, 4, n) / t
    jumps = (rng.random((n, t)) < jumping[:, None]) * rng.normal(0, 1.5, (n, t))
    out += np.cumsum(jumps, axis=1)
    fanning = (rng.random(n) < 0.2) * rng.normal(0, 0.7, n)
    out *= np.exp(np.linspace(-1, 1, t) * fanning[:, None])
    outliers = (rng.random(n) < 0.12) * rng.uniform(0.003, 0.03, n)
    return out + (rng.random((n, t)) < outliers[:, None]) * rng.normal(0, 6, (n, t))
