"""Which range of a forecast a chart shows, and what is next to it."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import LIKELY
from almanac.wording.phrases import RangeSupport


@dataclass(frozen=True)
class ShownRange:
    """The range that a chart shows: what it promises, and what that rests on; ``unadjusted`` float64
    [H]: the forecast before the person adjusted it, a second line; None where they did not. ``happened`` float64 [H]:
    what happened since, in place of the other; None for a forecast of what is still to come.
    """

    level: float = LIKELY
    support: RangeSupport = RangeSupport.CHECKED
    unadjusted: Floats | None = None
    happened: Floats | None = None


LIKELY_RANGE = ShownRange()
