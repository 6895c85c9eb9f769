"""The noise of OpenDP, in a separate module because both are left out of the frozen program."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers


def with_discrete_laplace(
    counts: Integers, scale: float, sensitivity: int, missed: float
) -> tuple[Integers, float, int]:
    """Counts with noise, what epsilon they cost, and how far one is from the true count except for a share ``missed``.

    ``counts``: int64 [C]; ``sensitivity``: how much one person changes them in all.
    """
    import opendp.prelude as dp

    dp.enable_features("contrib")  # OpenDP asks for it while its own review of a mechanism is not finished
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    noisy = space >> dp.m.then_laplace(scale=scale)
    within = int(np.ceil(dp.discrete_laplacian_scale_to_accuracy(scale=scale, alpha=missed))) - 1
    return np.array(noisy(counts.tolist()), dtype=np.int64), float(noisy.map(sensitivity)), within
