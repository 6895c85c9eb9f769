"""Counts with noise from OpenDP: differential privacy for a summary that leaves the house.

A list of visits, orders or tickets is counted by period and series, and noise from the discrete Laplace distribution
is added to each count (Dwork, McSherry, Nissim and Smith 2006, "Calibrating noise to sensitivity"). The sampler is
that of OpenDP: one made of floating-point numbers would give the counts away (Mironov 2012). Each row is in one
count, so that a person with at most K rows changes the counts by K in all, and noise of scale K / epsilon makes the
summary epsilon-differentially private. Names of series, and which periods there are, are not protected.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.problems import stop_with

if TYPE_CHECKING:
    from almanac.core.series import SeriesSet

ROWS_PER_PERSON = 1  # unless the person says otherwise
MISSED = 0.05  # share of counts that may be further off than ``PrivateCounts.within``
MAX_COUNTS = 1_000_000  # series times periods: half a minute of noise


@dataclass(frozen=True)
class Protection:
    """How much noise: ``epsilon`` of one summary; ``name`` as a person chooses it."""

    name: str
    epsilon: float


# Chosen by judgement: most that can be learned about one person, as ``certainty`` says: 62, 73 and 88 of 100.
PROTECTIONS = (Protection("strong", 0.5), Protection("medium", 1.0), Protection("light", 2.0))
MEDIUM = PROTECTIONS[1]


@dataclass(frozen=True, eq=False)
class PrivateCounts:
    """Noisy counts of N series: int64 [points], end to end like the series; ``epsilon``: what they cost in all.

    ``within``: how far a count is from the true one at most, except for a share of ``MISSED``.
    """

    counts: Integers
    epsilon: float
    within: int


def certainty(epsilon: float) -> float:
    """How certain anyone can be at most that a person is in the list, when both were equally likely before: 0.5 to 1.

    ``exp(epsilon) / (1 + exp(epsilon))``: Bayes' rule with the largest likelihood ratio that epsilon allows.
    """
    return 1 / (1 + exp(-epsilon))


def add_noise(series: SeriesSet, epsilon: float, rows_per_person: int) -> PrivateCounts:
    """The counts of a series set with noise. ``epsilon``: above 0; ``rows_per_person``: at least 1.

    Raises ``ProblemError`` when OpenDP is not installed or there are too many counts.
    """
    if len(series.values) > MAX_COUNTS:
        raise stop_with(
            "too_many_counts",
            f"The summary would have {len(series.values):,} numbers.",
            f"At most {MAX_COUNTS:,} can be protected.",
            "Count longer periods (--frequency monthly), or fewer series.",
        )
    true = np.nan_to_num(series.values, nan=0.0).astype(np.int64)
    try:
        from almanac.workflow.sharing.noise import with_discrete_laplace

        return PrivateCounts(*with_discrete_laplace(true, rows_per_person / epsilon, rows_per_person, MISSED))
    except ImportError as reason:
        raise stop_with(
            "no_privacy_library",
            "Nothing was shared: the noise that protects people cannot be made.",
            "It comes from OpenDP, a library that is not part of Almanac because of its size (265 MB).",
            "Install Almanac with it, as a Python package: pip install 'almanac[share]'.",
        ) from reason
