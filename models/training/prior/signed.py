"""Series that go below zero: temperatures, balances, changes, sales with returns."""

from __future__ import annotations

import numpy as np
from models.training.prior.demand import discrete
from models.training.prior.sampling import Floats, Rng, log_uniform

KINDS = (0.75, 0.15, 0.1)  # shares of lowered series, of changes, and of sales with returns; chosen by judgement
ALL_INTERMITTENT = (0.0, 0.0, 1.0)


def below_zero(rng: Rng, y: Floats) -> Floats:
    """Turn every row of ``y`` [n, t] into a series with negative values."""
    kind = rng.choice(len(KINDS), len(y), p=KINDS)
    lowered, changes, returns = (np.flatnonzero(kind == k) for k in range(len(KINDS)))
    y[lowered] = _lowered(y[lowered])
    y[changes] = np.diff(y[changes], axis=1, prepend=y[changes, :1])
    y[returns] = _with_returns(rng, y[returns])
    return y


def _lowered(y: Floats) -> Floats:
    """Below zero throughout: where a series can be negative, the graph makes no difference between levels."""
    highest = y.max(axis=1, keepdims=True)
    return y - highest - 0.01 * (highest - y.min(axis=1, keepdims=True)) - 1e-3


def _with_returns(rng: Rng, y: Floats) -> Floats:
    """Rare sales, some of which come back."""
    sold = discrete(rng, np.abs(y) + 0.01, ALL_INTERMITTENT)
    return np.where(rng.random(y.shape) < log_uniform(rng, 0.02, 0.5, len(y))[:, None], -sold, sold)
