"""Student's distribution without scipy, whose loading would take longer than all that it is needed for."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np


def two_sided_quantile(chance: float, freedom: int) -> float:
    """How many standard errors a mean is off, to either side, with this chance; ``freedom``: degrees of freedom.

    Good to 5% from three degrees of freedom up: Wallace (1959), "Bounds on normal approximations to Student's and the
    chi-square distributions", solved for t.
    """
    z = NormalDist().inv_cdf(1 - chance / 2)
    squared = z**2 * (freedom - 5 / 6) / (freedom - 2 / 3 + 0.1 / freedom) ** 2
    return float(np.sqrt(freedom * np.expm1(squared)))


def cdf(t: float, freedom: int) -> float:
    """The chance of at most ``t``: Abramowitz and Stegun (1964), 26.7.8.

    Good to 0.01 from five degrees of freedom up, and further from 0 and 1 than it should be below.
    """
    return NormalDist().cdf(t * (1 - 1 / (4 * freedom)) / np.sqrt(1 + t * t / (2 * freedom)))
