"""When actual values arrive: ranges that follow them, series by series."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.series import Floats, Integers
from almanac.trust.calibration import Calibration
from almanac.trust.evidence import below

RATE = 0.1  # predicted spreads that a quantile moves at each value, at most


@dataclass(frozen=True)
class Tracker:
    """Further shifts of the quantiles of N series, learned one value after another: float64 [N, Q], in predicted
    spreads. Start with ``tracker_for``.

    Whatever the series does, the share of values below a quantile nears its level: over T values it is off by at most
    (furthest shift + rate) / (rate × T). Angelopoulos, Candès and Tibshirani (2023), "Conformal PID control for time
    series prediction", section 2.1 (quantile tracking, the P term).
    """

    levels: Floats
    shifts: Floats
    rate: float = RATE

    def updated(self, excess: Floats, series: Integers) -> Tracker:
        """After one more value of each series at these positions [R] (none twice).

        ``excess`` float64 [R, Q]: the actual value minus each quantile as it would be without tracking, in predicted
        spreads; NaN: nothing is known. Each level follows its own quantile, before those that cross are put in order.
        """
        known = np.isfinite(excess).all(axis=1)
        rows, shifts = series[known], self.shifts.copy()
        shifts[rows] += self.rate * (self.levels - below(excess[known] - shifts[rows], self.levels))
        return replace(self, shifts=shifts)


def tracker_for(calibration: Calibration, rate: float = RATE) -> Tracker:
    """Nothing learned yet."""
    return Tracker(calibration.levels, np.zeros((len(calibration.names), len(calibration.levels))), rate)


def followed(calibration: Calibration, tracker: Tracker) -> Calibration:
    """The calibration with what was learned since, a row of shifts for each series."""
    shifts = calibration.shifts[calibration.group] + tracker.shifts[:, None, :]
    return replace(calibration, shifts=shifts, group=np.arange(len(calibration.names)))
