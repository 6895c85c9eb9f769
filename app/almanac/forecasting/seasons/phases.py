"""What is left of series when the mean of each phase of a period is taken away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers


@dataclass(frozen=True)
class PhaseMeans:
    """Of n series: ``rest`` float64 [n, T], the values without the mean of their phase, 0 where unknown.

    ``within`` float64 [n]: the sum of squares of the rest; ``unseen`` [n]: the same when each value is forecast by the
    mean of the others of its phase, or by 0 where there is no other; ``phases`` int64 [n]: those with any value.
    """

    rest: Floats
    within: Floats
    unseen: Floats
    phases: Integers


def phase_means(values: Floats, known: Flags, period: int) -> PhaseMeans:
    """Take the phase means of ``period`` from ``values`` [n, T], which are 0 where not ``known``."""
    n, length = values.shape
    before = -length % period
    by_phase = np.pad(values, ((0, 0), (before, 0))).reshape(n, -1, period)
    inside = np.pad(known, ((0, 0), (before, 0))).reshape(n, -1, period)
    count, total = inside.sum(axis=1), by_phase.sum(axis=1)
    rest = np.where(inside, by_phase - (total / np.maximum(count, 1))[:, None], 0.0)
    squares = (rest**2).sum(axis=1)
    # A value is count / (count - 1) times as far from the mean of the others as from the mean of all.
    apart = np.where(count > 1, count / np.maximum(count - 1, 1), 0.0) ** 2
    alone = np.where(count == 1, total**2, 0.0).sum(axis=1)
    return PhaseMeans(
        rest=rest.reshape(n, -1)[:, before:],
        within=squares.sum(axis=1),
        unseen=(apart * squares).sum(axis=1) + alone,
        phases=(count > 0).sum(axis=1),
    )
