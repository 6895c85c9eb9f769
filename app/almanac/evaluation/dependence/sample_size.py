"""How many independent checks a range needs before Almanac promises or judges it: one rule for the whole program."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Floats
from almanac.core.levels import LIKELY

ROUNDING = 1e-9  # numbers of checks are computed: 3.9999999999 are 4


def finite_sample_checks(levels: Floats) -> Floats:
    """Fewest checks n of which the finite-sample quantile at each level is still one: level / (1 - level), same shape.

    The (n + 1) correction of split-conformal prediction puts that quantile at rank level * (n + 1), which must not
    exceed n: Vovk, Gammerman and Shafer (2005), *Algorithmic Learning in a Random World*, section 2.2.
    """
    return levels / (1 - levels)


def checks_needed(coverage: float) -> int:
    """How many independent checks a range that promises ``coverage`` needs: 4 for 80%, 9 for 90%, 19 for 95%.

    Never fewer than the likely range needs, however little is promised: with fewer, nothing is judged.
    """
    promised = np.array([coverage, LIKELY])
    return ceil(float(finite_sample_checks(promised).max()) - ROUNDING)


def enough_checks(independent: Floats | float, coverage: float) -> NDArray[np.bool_]:
    """Whether so many independent checks are enough for a range that promises ``coverage``: bool, same shape."""
    return np.asarray(independent >= checks_needed(coverage) - ROUNDING)
