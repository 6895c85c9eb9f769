"""Methods compared on the same past, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.methods.names import SEASONAL_NAIVE, method_label, method_title
from almanac.wording.trust.verdicts import difference

if TYPE_CHECKING:
    from almanac.evaluation import Comparison


def comparison_line(one: Comparison, formatter: Formatter = PLAIN) -> str:
    """How one method did: "careful@2.1.1: misses 12% smaller than repeating the last season; likely range held 81%"."""
    if not np.isfinite(one.error):
        return f"{method_title(one.method)}: too little history to tell"
    like = f"misses {difference(1 - one.error, formatter)}"
    naive = "" if one.method == SEASONAL_NAIVE else f" compared with {method_label(SEASONAL_NAIVE)}"
    best = " (best, or not clearly worse)" if one.like_best else ""
    return f"{method_title(one.method)}: {like}{naive}; the likely range held {formatter.percent(one.coverage)}{best}"
