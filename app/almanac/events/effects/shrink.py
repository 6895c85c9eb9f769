"""Drawing uncertain estimates towards none, or towards what similar ones have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats


@dataclass(frozen=True)
class Estimate:
    """``size`` of an effect, its standard ``error``, and the degrees of ``freedom`` of that."""

    size: float
    error: float
    freedom: float = np.inf


@dataclass(frozen=True)
class Posterior:
    """An effect after shrinkage: its ``mean`` and ``sd``, and ``certainty``, the probability that there is one."""

    mean: float
    sd: float
    certainty: float


def spike_and_slabs(estimate: Estimate, prior: float, widths: Sequence[float], around: float = 0.0) -> Posterior:
    """An estimate, when the truth is ``around`` exactly with probability 1 - ``prior``.

    Otherwise it is drawn from one of several normal distributions about ``around``, equally likely, with standard
    deviations ``widths``: small effects are common and large ones do occur (George and McCulloch 1993). Weak evidence
    leaves nearly nothing of an effect, strong evidence nearly all of it.
    """
    error = estimate.error
    if not np.isfinite(error) or error <= 0:
        return Posterior(around, 0.0, 0.0)
    width = np.array([0.0, *widths])
    total, distance = error**2 + width**2, estimate.size - around
    weight = np.array([1 - prior, *[prior / len(widths)] * len(widths)])
    seen = error**2 * _caution(distance / error, estimate.freedom) + width**2
    evidence = np.log(weight) - 0.5 * np.log(seen) - 0.5 * distance**2 / seen
    likely = np.exp(evidence - evidence.max())
    likely /= likely.sum()
    kept = width**2 / total
    means = kept * distance
    mean = float(likely @ means)
    spread = float(likely @ (kept * error**2 + means**2)) - mean**2
    return Posterior(around + mean, float(np.sqrt(max(spread, 0.0))), float(1 - likely[0]))


def _caution(t: float, freedom: float) -> float:
    """How much larger the variance is that gives a normal variable the tail probability of ``t`` under Student's t.

    Wallace (1959), "Bounds on normal approximations to Student's and the chi-square distributions".
    """
    if not np.isfinite(freedom) or t == 0:
        return 1.0
    normal = np.sqrt(freedom * np.log1p(t**2 / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    return float(max(t**2 / normal**2, 1.0))


def towards_common(own: Floats, error: Floats, common: float) -> tuple[Floats, Floats]:
    """Estimates [N] with standard errors [N], each drawn towards ``common``, and the spread that is left of each.

    How far they really differ is estimated by the method of moments, less two standard errors of that estimate, so that
    chance differences among a few are not taken for real ones.
    """
    known = np.isfinite(own) & np.isfinite(error) & (error > 0)
    if known.sum() < 3:
        return np.full(len(own), common), np.zeros(len(own))
    noise = error[known] ** 2
    excess = float(np.mean((own[known] - common) ** 2 / noise)) - 1
    excess -= 2 * np.sqrt(2 / known.sum())
    between = max(excess, 0.0) * float(np.median(noise))
    kept = np.where(known, between / (between + np.where(known, error, 1.0) ** 2), 0.0)
    drawn = common + kept * np.where(known, own - common, 0.0)
    return drawn, np.sqrt(between * (1 - kept))
