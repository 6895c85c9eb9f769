"""How many independent checks dependent ones are worth, and how many a range needs: one rule for the whole program."""

from __future__ import annotations

from math import ceil

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.core.distribution.levels import LIKELY

MAX_CHECKS_PER_CLUSTER = 2  # independent ones of one series in one block: its steps err together (docs/decisions/0008)
# Independent checks before anything is called good. Chosen by judgement: an 80% range is then known to 18 points either
# way, and of ranges that truly hold only half as often 2 in 100 pass; with nine checks, 27 in 100 would.
MIN_CHECKS_FOR_PRAISE = 20
ROUNDING = 1e-9  # numbers of checks are computed: 3.9999999999 are 4


def effective_sample_size(variance: Floats, levels: Floats) -> Floats:
    """How many independent checks would give the share at each level p this variance: p (1 - p) / variance, [Q].


    At least 1. The number of checks divided by the design effect: Kish (1965), *Survey Sampling*, section 8.2.
    ``variance`` float64 [Q] of the share of actual values below the quantiles at ``levels`` [Q].
    """
    return np.maximum(levels * (1 - levels) / variance, 1.0)


def max_independent_checks(checks: int, clusters: int) -> int:
    """The most independent checks that so many checks can be worth, in so many clusters (one series in one block)."""
    return min(checks, MAX_CHECKS_PER_CLUSTER * clusters)


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


def enough_for_praise(independent: float) -> bool:
    """Whether so many independent checks are enough to call ranges honest or a method better."""
    return independent >= MIN_CHECKS_FOR_PRAISE - ROUNDING


def enough_checks(independent: Floats | float, coverage: float) -> Flags:
    """Whether so many independent checks are enough for a range that promises ``coverage``: bool, same shape."""
    return np.asarray(independent >= checks_needed(coverage) - ROUNDING)
