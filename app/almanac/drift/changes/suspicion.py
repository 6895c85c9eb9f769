"""What one question found in each series, before it is compared with what the workbook was promised."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.alerts import AlertKind
from almanac.core.arrays import Flags, Floats, Integers


@dataclass(frozen=True)
class Suspicion:
    """One question's answer for N series.

    ``kinds``: what it would be; ``probability`` float64 [N]: of as much by chance; ``since`` int64 [N]: the step in
    which it began; ``size`` float64 [N]: see ``Alert``; ``amount`` float64 [N]: likewise, None where there is none.
    """

    kinds: tuple[AlertKind, ...]
    probability: Floats
    since: Integers
    size: Floats
    amount: Floats | None = None

    def significant(self, probability: float) -> Flags:
        """The series that stand out, when any may do so with this ``probability`` in an unchanged workbook: bool [N].

        Benjamini and Hochberg (1995); it holds for series that rise and fall together (Benjamini and Yekutieli, 2001).
        """
        order = np.argsort(self.probability)
        count = len(order)
        passed = np.flatnonzero(self.probability[order] <= probability * np.arange(1, count + 1) / count)
        chosen = np.zeros(count, dtype=bool)
        chosen[order[: passed[-1] + 1 if len(passed) else 0]] = True
        return chosen
