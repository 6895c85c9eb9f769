"""Where values fell in what was foreseen: ten equal tenths, each promised to hold one value in ten.

The histogram of the probability integral transform (``metrics.pit``). Two departures from an even one are looked for:
values that lie too high or too low, and values that lie too far out or too near the middle (the first two components of
the smooth test: Neyman 1937), each judged with the dependence of the checks allowed for (``clustered_variance``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.dependence.clustering import MAX_CHECKS_PER_CLUSTER, clustered_variance, sum_by_group
from almanac.evaluation.dependence.sample_size import ROUNDING, checks_needed
from almanac.evaluation.metrics import TENTHS, pit, pit_below
from almanac.evaluation.report.verdicts import SURE, informative_cells

MIN_CHECKS = checks_needed(0.9)  # independent ones, before a tenth can be looked at
FEWEST_STRETCHES = 4  # of time: fewer cannot tell how much they differ
EVEN = 0.1
# Of values spread evenly from 0 to 1: how their mean and their squared distance from the middle vary.
SHIFT_VARIES, SPREAD, SPREAD_VARIES = 1 / 12, 1 / 12, 1 / 180
NOTICEABLE_SHIFT, NOTICEABLE_SPREAD = 0.02, 0.1  # of the whole range; of the spread: less is not worth a word


class PitPattern(StrEnum):
    """What pattern the tenths show beyond chance."""

    EVEN = "even"
    HIGH = "too many high"
    LOW = "too many low"
    ENDS = "too many at the ends"
    MIDDLE = "too many in the middle"
    UNKNOWN = "too few checks"


WORDS = {
    PitPattern.EVEN: "Values fell about evenly: each tenth got its share, as far as chance lets one tell.",
    PitPattern.HIGH: "Too many values fell high: the forecasts were too low.",
    PitPattern.LOW: "Too many values fell low: the forecasts were too high.",
    PitPattern.ENDS: "Too many values fell at both ends: the ranges were too narrow.",
    PitPattern.MIDDLE: "Too many values fell in the middle: the ranges were too wide.",
    PitPattern.UNKNOWN: "There are too few checks to tell where values fall.",
}


@dataclass(frozen=True)
class PitHistogram:
    """``shares``: of the values that fell in each tenth, from the lowest up, together 1; empty when too little can be
    told. ``low`` and ``high``: what those of honest forecasts lie between, all ten of them in 95 of 100 cases, or NaN.
    ``checks``: how many values there were; ``pattern``: the pattern they show.
    """

    shares: tuple[float, ...]
    low: float
    high: float
    checks: int
    pattern: PitPattern

    @property
    def sentence(self) -> str:
        """The pattern in a sentence or two."""
        if (
            self.pattern in (PitPattern.EVEN, PitPattern.UNKNOWN)
            or min(self.shares) < self.low
            or max(self.shares) > self.high
        ):
            return WORDS[self.pattern]
        return f"{WORDS[self.pattern]} No tenth alone shows it, but all of them together do."


def make_pit_histogram(runs: BacktestRuns) -> PitHistogram:
    """Where the values of these practice runs fell. That a series which never changes did not change tells nothing."""
    window, step = np.nonzero(informative_cells(runs))
    count = len(window)
    if count < MIN_CHECKS:
        return PitHistogram((), np.nan, np.nan, count, PitPattern.UNKNOWN)
    low, high = pit(runs.quantiles[window, step], runs.actuals[window, step], runs.levels)
    block = runs.periods[window, step] // runs.horizon
    looks = _looks(low, high)
    sure = _Sure(looks, runs.series[window], block)
    if sure.independent < MIN_CHECKS - ROUNDING or sure.stretches < FEWEST_STRETCHES:
        return PitHistogram((), np.nan, np.nan, count, PitPattern.UNKNOWN)
    shares = sure.means[:-2]
    reach = float(sure.reach((1 - SURE) / len(shares))[0])
    return PitHistogram(
        shares=tuple(map(float, shares)),
        low=max(EVEN - reach, 0.0),
        high=min(EVEN + reach, 1.0),
        checks=count,
        pattern=_fall(sure.means[-2:], sure.reach((1 - SURE) / 2)[-2:]),
    )


def _looks(low: Floats, high: Floats) -> list[tuple[Floats, float]]:
    """What is looked at in each check [C], beside its variance where forecasts are honest: whether it fell in each
    tenth, how far from the middle with its sign, and how far squared (0 is expected of both)."""
    below = [pit_below(low, high, edge) for edge in TENTHS]
    inside = [(above - under, EVEN * (1 - EVEN)) for under, above in pairwise(below)]
    off = (low + high) / 2 - 0.5
    return [*inside, (off, SHIFT_VARIES), (off**2 + (high - low) ** 2 / 12 - SPREAD, SPREAD_VARIES)]


class _Sure:
    """How far the ``means`` [L] of several looks at C checks may be off by chance."""

    def __init__(self, looks: list[tuple[Floats, float]], series: Integers, block: Integers) -> None:
        count, width = len(series), int(np.ptp(block)) + 2
        cells = series * width + (
            block - block.min()
        )  # all that ``clustered_variance`` tells apart: far fewer than checks
        pairs, of_pair, times = np.unique(cells, return_inverse=True, return_counts=True)
        self.means = np.array([float(look.mean()) for look, _ in looks])
        sums = np.concatenate([sum_by_group(look[:, None], of_pair, len(pairs)) for look, _ in looks], axis=1)
        rest = (sums - self.means * times[:, None]) / count
        self._found, apart = clustered_variance(rest, pairs // width, pairs % width)
        self._found[:-2] = self._found[:-2].mean()  # ten estimates from few stretches; one of all is steadier
        self._one = np.array([varies for _, varies in looks])
        self._most = min(count, MAX_CHECKS_PER_CLUSTER * apart)
        self.stretches = len(np.unique(block))

    @property
    def independent(self) -> float:
        """How many independent checks say as much about the mean place of values; see ``coverage_gap``."""
        one = self._one[-2]
        return float(one / np.clip(np.nan_to_num(self._found[-2], nan=np.inf), one / self._most, one))

    def reach(self, chance: float) -> Floats:
        """How far each mean is off with this chance, to either side: [L].

        By the variance found, which the stretches of time are few to tell (Student's distribution), and at least as far
        as ``MAX_CHECKS_PER_CLUSTER`` independent checks for each series and stretch would be.
        """
        found = _student(chance, self.stretches - 1) * np.sqrt(self._found)
        return np.maximum(found, NormalDist().inv_cdf(1 - chance / 2) * np.sqrt(self._one / self._most))


def _fall(off: Floats, reach: Floats) -> PitPattern:
    """The clearer of the two departures ``off``, where it exceeds chance and is worth a word."""
    worth = np.array([NOTICEABLE_SHIFT, NOTICEABLE_SPREAD * SPREAD])
    clear = np.abs(off) / np.maximum(reach, worth)
    most = int(clear.argmax())
    if clear[most] <= 1:
        return PitPattern.EVEN
    if most == 0:
        return PitPattern.HIGH if off[0] > 0 else PitPattern.LOW
    return PitPattern.ENDS if off[1] > 0 else PitPattern.MIDDLE


def _student(chance: float, freedom: int) -> float:
    """How many standard deviations a mean is off with this chance, to either side, where ``freedom`` + 1 values tell of
    its deviation: good to 5% from three degrees of freedom up (Wallace 1959, "Bounds on normal approximations to
    Student's and the chi-square distributions", solved for t)."""
    z = NormalDist().inv_cdf(1 - chance / 2)
    wide = z**2 * (freedom - 5 / 6) / (freedom - 2 / 3 + 0.1 / freedom) ** 2
    return float(np.sqrt(freedom * np.expm1(wide)))
