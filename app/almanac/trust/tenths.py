"""Where values fell in what was foreseen: ten equal tenths, each promised to hold one value in ten.

The histogram of the probability integral transform (``metrics.pit``). Two departures from an even one are looked for:
values that lie too high or too low, and values that lie too far out or too near the middle (the first two components of
the smooth test: Neyman 1937), each judged with the dependence of the checks allowed for (``evidence.clustered``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from almanac.series import Floats
from almanac.trust.backtest import PracticeRuns
from almanac.trust.evidence import WORTH, clustered, summed
from almanac.trust.metrics import TENTHS, pit, pit_below
from almanac.trust.verdicts import SURE, tells

FEWEST = 9  # independent checks before a tenth can be looked at: as many as a range of 90% needs
EVEN = 0.1
# Of values spread evenly from 0 to 1: how their mean and their squared distance from the middle vary.
SHIFT_VARIES, SPREAD, SPREAD_VARIES = 1 / 12, 1 / 12, 1 / 180
NOTICEABLE_SHIFT, NOTICEABLE_SPREAD = 0.02, 0.1  # of the whole range; of the spread: less is not worth a word


class Fall(StrEnum):
    """What pattern the tenths show beyond chance."""

    EVEN = "even"
    HIGH = "too many high"
    LOW = "too many low"
    ENDS = "too many at the ends"
    MIDDLE = "too many in the middle"
    UNKNOWN = "too few checks"


WORDS = {
    Fall.EVEN: "Values fell about evenly: each tenth got its share, as far as chance lets one tell.",
    Fall.HIGH: "Too many values fell high: the forecasts were too low.",
    Fall.LOW: "Too many values fell low: the forecasts were too high.",
    Fall.ENDS: "Too many values fell at both ends: the ranges were too narrow.",
    Fall.MIDDLE: "Too many values fell in the middle: the ranges were too wide.",
    Fall.UNKNOWN: "There are too few checks to tell where values fall.",
}


@dataclass(frozen=True)
class Tenths:
    """``shares``: of the values that fell in each tenth, from the lowest up, together 1; ``low`` and ``high``: between
    what the shares of honest forecasts lie, all ten of them in 95 of 100 cases. Empty when too little can be told.

    ``checks``: how many values there were; ``fall``: the pattern they show.
    """

    shares: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    checks: int
    fall: Fall

    @property
    def words(self) -> str:
        """The pattern in a sentence."""
        return WORDS[self.fall]


def tenths(runs: PracticeRuns) -> Tenths:
    """Where the values of these practice runs fell. That a series which never changes did not change tells nothing."""
    window, step = np.nonzero(tells(runs))
    count = len(window)
    if count < FEWEST:
        return Tenths((), (), (), count, Fall.UNKNOWN)
    low, high = pit(runs.quantiles[window, step], runs.actuals[window, step], runs.levels)
    block = runs.periods[window, step] // runs.horizon
    means, variances = _means(_looks(low, high), runs.series[window], block)
    stretches = len(np.unique(block))
    shares, sd = means[:-2], np.sqrt(variances)
    reach = _reach((1 - SURE) / len(shares), stretches - 1)
    if SHIFT_VARIES / variances[-2] < FEWEST - 1e-9 or np.isinf(reach):
        return Tenths((), (), (), count, Fall.UNKNOWN)
    return Tenths(
        shares=tuple(map(float, shares)),
        low=tuple(map(float, np.maximum(EVEN - reach * sd[:-2], 0.0))),
        high=tuple(map(float, np.minimum(EVEN + reach * sd[:-2], 1.0))),
        checks=count,
        fall=_fall(means[-2:] / sd[-2:], means[-2:], _reach((1 - SURE) / 2, stretches - 1)),
    )


def _looks(low: Floats, high: Floats) -> list[tuple[Floats, float]]:
    """What is looked at in each check [C], beside its variance where forecasts are honest: whether it fell in each
    tenth, how far from the middle with its sign, and how far squared (0 is expected of both)."""
    below = [pit_below(low, high, edge) for edge in TENTHS]
    inside = [(above - under, EVEN * (1 - EVEN)) for under, above in pairwise(below)]
    off = (low + high) / 2 - 0.5
    return [*inside, (off, SHIFT_VARIES), (off**2 + (high - low) ** 2 / 12 - SPREAD, SPREAD_VARIES)]


def _means(looks: list[tuple[Floats, float]], series: np.ndarray, block: np.ndarray) -> tuple[Floats, Floats]:
    """The mean of each look and its variance: never below that of ``WORTH`` independent checks for each series and
    stretch of time, never above that of one check."""
    count, width = len(series), int(np.ptp(block)) + 2
    pairs, of_pair, times = np.unique(
        series * width + (block - block.min()), return_inverse=True, return_counts=True
    )  # all that ``clustered`` tells apart: far fewer than checks
    means = np.array([float(look.mean()) for look, _ in looks])
    sums = np.concatenate([summed(look[:, None], of_pair, len(pairs)) for look, _ in looks], axis=1)
    found, apart = clustered((sums - means * times[:, None]) / count, pairs // width, pairs % width)
    one = np.array([varies for _, varies in looks])
    fewest = one / min(count, WORTH * apart)
    return means, np.where(np.isfinite(found), np.clip(found, fewest, one), one)


def _fall(clear: Floats, off: Floats, reach: float) -> Fall:
    """The clearer of the two departures ``off``, where it exceeds chance and is worth a word; ``clear``: in standard
    deviations."""
    worth = np.abs(off) >= np.array([NOTICEABLE_SHIFT, NOTICEABLE_SPREAD * SPREAD])
    size = np.where(worth, np.abs(clear), 0.0)
    most = int(size.argmax())
    if size[most] < reach:
        return Fall.EVEN
    if most == 0:
        return Fall.HIGH if off[0] > 0 else Fall.LOW
    return Fall.ENDS if off[1] > 0 else Fall.MIDDLE


def _reach(chance: float, freedom: int) -> float:
    """How many standard deviations a mean is off with this chance, to either side, where ``freedom`` + 1 stretches of
    time tell of its deviation: Student's distribution (Abramowitz and Stegun 1964, 26.7.8, solved for t), infinite
    where the stretches are too few for so small a chance."""
    z = NormalDist().inv_cdf(1 - chance / 2)
    left = (1 - 1 / (4 * freedom)) ** 2 - z**2 / (2 * freedom) if freedom > 0 else 0.0
    return z / float(np.sqrt(left)) if left > 0 else float("inf")
