"""When the stock runs out if nothing more is ordered."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats


def run_out_chances(demand: Floats, on_hand: float, on_order: float, lead: int) -> Floats:
    """The chance that the stock has run out by the end of each step: float64 [H], never falling.

    ``demand`` float64 [P, H]: cumulated along each path. It has run out in the first step in which demand so far is
    more than the stock. What is on order counts after ``lead`` steps, when the last of it has come at the latest.
    """
    stock = on_hand + np.where(np.arange(demand.shape[1]) >= lead, on_order, 0.0)
    over = np.logical_or.accumulate(demand > stock, axis=1)
    chances: Floats = over.mean(axis=0)
    return chances
