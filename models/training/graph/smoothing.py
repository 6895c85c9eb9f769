"""Exponential smoothing as fixed filters.

Subtracting a start value makes every linear smoother (simple, damped trend, Holt) a filter of what came before:
level and slope after time t are sums of past deviations times a kernel of the lag. So a whole grid of smoothing
parameters is one matrix product (Hyndman et al. 2008, *Forecasting with Exponential Smoothing*, ch. 2, in
error-correction form).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
DAMPINGS = (0.8, 0.92, 1.0)
# Of a value: below the rounding of float32, so leaving it out changes nothing. Kernels that go on to 1e-38 and less end
# in numbers that processors multiply a hundred times slower.
NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Grid:
    """G smoothers: ``level`` and ``slope`` float32 [G, lags]; ``damping`` float32 [G]; the sizes of its groups."""

    level: Floats
    slope: Floats
    damping: Floats
    groups: tuple[int, ...]

    def shares(self) -> Floats:
        """Return which damping each smoother has: one-hot float32 [G, len(DAMPINGS)], zero for those without a
        slope."""
        same: Floats = np.isclose(self.damping[:, None], DAMPINGS).astype(np.float32)
        return same


def grid(lags: int) -> Grid:
    """Return simple smoothing, damped trend and Holt over coarse parameter grids, with kernels of ``lags`` lags."""
    simple = [(a, 0.0, 0.0) for a in (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)]
    damped = [(0.15, 0.2, 0.8), (0.4, 0.2, 0.8), (0.8, 0.2, 0.8)]
    damped += [(0.15, 0.1, 0.92), (0.15, 0.3, 0.92), (0.4, 0.2, 0.92), (0.8, 0.1, 0.92), (0.8, 0.3, 0.92)]
    holt = [(a, b, 1.0) for a in (0.1, 0.3, 0.6, 0.9) for b in (0.05, 0.3)]
    members = [*simple, *damped, *holt]
    level, slope = np.zeros((2, len(members), lags))
    for g, (alpha, beta, phi) in enumerate(members):
        at, trend = alpha, alpha * beta  # the response to one unit deviation
        for lag in range(lags):
            level[g, lag], slope[g, lag] = at, trend
            error = -(at + phi * trend)
            at, trend = at + phi * trend + alpha * error, phi * trend + alpha * beta * error
    damping = np.array([phi for *_, phi in members])
    return Grid(
        without_tails(level),
        without_tails(slope),
        damping.astype(np.float32),
        (len(simple), len(damped), len(holt)),
    )


def without_tails(kernel: NDArray[np.floating]) -> Floats:
    """The kernel as float32, with zeros where its weights are negligible."""
    return np.where(np.abs(kernel) < NEGLIGIBLE, 0.0, kernel).astype(np.float32)
