"""What is known of a short series' season before its own values are seen: the mean of the donors, and how they differ.

Empirical Bayes (Efron and Morris 1975, "Data analysis using Stein's estimator and its generalizations"): the indices of
the donors are a sample from one distribution. Its mean is shrunk to 0 by how alike they are; its covariance is a few
ways in which they differ, and an equal variance in all other directions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats
from almanac.forecasting.pooling.donors import Donors

MIN_DONORS = 3  # fewer cannot show how alike they are; chosen by judgement
MAX_DIRECTIONS = 3  # in which donors differ more than in all others; chosen by judgement
STANDARD_ERRORS = 2.0  # by which the mean must be larger than that of unrelated series would be; a convention
# Of the t distribution of seasons: some series of most files have nothing to do with the others (Lange, Little and
# Taylor 1989, "Robust statistical modeling using the t distribution").
DEGREES = 3.0
ITERATIONS = 10
MAX_NOISE_DEGREES = 30.0
_TINY = 1e-12


@dataclass(frozen=True)
class Prior:
    """``mean`` float64 [m] and ``covariance`` [m, m] of the season; ``noise`` and ``drift``: variances of noise and of
    steps of the level, NaN where donors do not show them.

    ``degrees``: how many values of a series say as much about its noise as the donors do; ``alike``: what share of the
    mean is no chance, 0 when the donors have nothing in common. ``additive``: as in ``DonorPool``.
    """

    mean: Floats
    covariance: Floats
    noise: float
    drift: float
    degrees: float
    alike: float
    additive: bool


def make_prior(donors: Donors, additive: bool) -> Prior | None:
    """The prior that these donors make; None when they are too few."""
    k, m = donors.index.shape
    if k < MIN_DONORS:
        return None
    mean, weights = _robust_mean(donors)
    apart = donors.index - mean
    count = 1 / float((weights**2).sum())  # as many donors of equal weight know as much
    covariance = (apart * weights[:, None]).T @ apart / max(1 - 1 / count, 1 / k)
    by_chance = float(np.trace(covariance)) / count
    ratio = float(mean @ mean) / max(by_chance, _TINY)
    alike = 1 - 1 / ratio if ratio > 1 + STANDARD_ERRORS * np.sqrt(2 / (m - 1)) else 0.0
    true = _without_sampling_error(covariance, count, float(weights @ donors.variance))
    return Prior(alike * mean, true + covariance / count, *_noise(donors), alike, additive)


def _robust_mean(donors: Donors) -> tuple[Floats, Floats]:
    """The mean of a multivariate t distribution, and the weights of the donors in it, which sum to 1."""
    index, within = donors.index, np.maximum(donors.variance, _TINY)
    free = index.shape[1] - 1
    mean = np.median(index, axis=0)
    mean = mean - mean.mean()
    between = max(float(np.median(((index - mean) ** 2).sum(axis=1))) / free, _TINY)
    for _ in range(ITERATIONS):
        away = ((index - mean) ** 2).sum(axis=1)
        weights = (DEGREES + free) / (DEGREES + away / (between + within)) / (between + within)
        weights /= weights.sum()
        mean = weights @ index
        between = max(float(weights @ away) / free, _TINY)
    return mean, weights


def _without_sampling_error(covariance: Floats, count: float, within: float) -> Floats:
    """The covariance of true indices: directions that stand out from chance, and an equal variance in the others."""
    m = len(covariance)
    values, vectors = np.linalg.eigh(covariance)
    values, vectors = values[::-1], vectors[:, ::-1]
    largest_by_chance = (1 + np.sqrt((m - 1) / count)) ** 2  # of equal variances (Marchenko and Pastur 1967)
    used = 0
    while used < min(MAX_DIRECTIONS, m - 2) and values[used] > values[used:].sum() / (m - 1 - used) * largest_by_chance:
        used += 1
    rest = float(values[used:].sum()) / (m - 1 - used)
    standing_out = np.maximum(values[:used] - max(rest, within), 0.0)
    true: Floats = (vectors[:, :used] * standing_out) @ vectors[:, :used].T
    return true + max(rest - within, 0.0) * (np.eye(m) - 1 / m)


def _noise(donors: Donors) -> tuple[float, float, float]:
    """Medians of the variances of noise and level steps, and how many degrees of freedom their agreement is worth."""
    known = np.isfinite(donors.noise) & (donors.noise > 0)
    if known.sum() < MIN_DONORS:
        return float("nan"), float("nan"), 1.0
    noise, drift = donors.noise[known], donors.drift[known]
    spread = float(np.var(np.log(noise + drift)))  # of a variance with d degrees of freedom: about 2 / d
    degrees = float(np.clip(2 / max(spread, _TINY), 1.0, MAX_NOISE_DEGREES))
    return float(np.median(noise)), float(np.median(drift)), degrees
