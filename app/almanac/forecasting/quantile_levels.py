"""From the levels a model was trained on to the levels a person asks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.problems import stop_with

ALWAYS = (LIKELY_LOW, 0.5, LIKELY_HIGH)  # what the sentence, the table and the chart are made of


def levels_to_compute(asked: Sequence[float], known: Sequence[float]) -> tuple[float, ...]:
    """The levels to compute, ascending: those asked for and ``ALWAYS``.

    Raises ``ProblemError`` for a level beyond those the model knows.
    """
    levels = sorted({round(level, 6) for level in (*asked, *ALWAYS)})
    if levels[0] < min(known) or levels[-1] > max(known):
        raise stop_with(
            "level_out_of_range",
            f"Ranges can be asked for from {min(known):g} to {max(known):g}.",
            "Further out, the model has learned too little to make an honest promise.",
            "Choose levels within these.",
        )
    return tuple(levels)


@cache
def interpolation_weights(levels: tuple[float, ...], known: tuple[float, ...]) -> Floats:
    """Matrix [known levels, levels] that interpolates quantiles, linearly in the normal deviate of the level."""
    normal = NormalDist()
    deviates = np.array([normal.inv_cdf(level) for level in known])
    out = np.zeros((len(known), len(levels)))
    for k, level in enumerate(levels):
        z = normal.inv_cdf(level)
        right = int(np.clip(np.searchsorted(deviates, z - 1e-9), 1, len(deviates) - 1))
        share = float(np.clip((z - deviates[right - 1]) / (deviates[right] - deviates[right - 1]), 0.0, 1.0))
        out[right - 1, k], out[right, k] = 1 - share, share
    return out
