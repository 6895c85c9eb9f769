"""Demand from now on, added up step by step along each sample path."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.orders.widths import Widths


def cumulated_demand(paths: Floats, expected: Floats, widths: Widths, lowest: float, whole: bool) -> Floats:
    """Demand up to and with each step: float64 [P, H].

    ``paths`` float64 [P, H]: possible futures; ``expected`` float64 [H]: the expected value of each step, which the
    sums are centred on; ``widths`` [H]: how wide they must be; ``lowest``: 0 where
    nothing was ever sent back, -inf elsewhere; ``whole``: whether only whole numbers are sold.
    """
    sums = np.cumsum(paths, axis=1)
    sums = np.cumsum(expected) + widths.widened(sums - sums.mean(axis=0), sums.std(axis=0))
    demand: Floats = np.maximum(np.rint(sums) if whole else sums, lowest)
    return demand
