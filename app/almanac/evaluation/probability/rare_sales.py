"""Series that are 0 most of the time: how often something happens, how much then, and what that adds up to.

The quantiles of single steps say little about such a series: nearly all are 0. So the number of steps in which
something happens follows a binomial distribution whose rate is known only from as many periods as there were, which
makes it a beta-binomial one (Gelman et al., *Bayesian Data Analysis*, 3rd ed., section 2.4), and each event has the
size of a past one, drawn at random, as for spare parts (Willemain, Smart and Schwarz 2004, "A new approach to
forecasting intermittent demand for service parts inventories"). Its mean is that of the forecast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import HorizonSums
from almanac.evaluation.probability.sample_paths import NUM_PATHS, SEED

PATHS_FOR_SUMS = 2_000  # the ends of a likely range then hardly change any more
MAX_SIZES = 400  # the latest events, which are the likeliest sizes of the next ones; chosen by judgement
MAX_RATE = 0.99  # of steps in which something happens


@dataclass(frozen=True)
class RareSales:
    """``expected`` float64 [H]: the mean of each step; ``sizes`` float64 [S]: amounts of past events, all above 0;
    ``periods``: from how many periods their rate is known.
    """

    expected: Floats
    sizes: Floats
    periods: int

    @property
    def chance_of_none(self) -> float:
        """How likely nothing happens in any step."""
        return float(self._cumulative()[0])

    def sums(self, count: int = PATHS_FOR_SUMS) -> Floats:
        """Equally likely sums over all steps: float64 [count], ascending in the number of events."""
        events = self._events(count)
        path = np.repeat(np.arange(count), events)
        return np.bincount(path, self._amounts(events), count).astype(np.float64)

    def paths(self, count: int = NUM_PATHS) -> Floats:
        """Sample paths: float64 [count, H], the same every time."""
        events, steps = self._events(count), len(self.expected)
        rng = np.random.default_rng(SEED)
        total = float(self.expected.sum())
        if total <= 0:
            return np.zeros((count, steps))
        at = rng.choice(steps, int(events.sum()), p=self.expected / total)
        path = np.repeat(np.arange(count), events)
        flat = np.bincount(path * steps + at, self._amounts(events), count * steps).astype(np.float64)
        return flat.reshape(count, steps)

    def _amounts(self, events: Integers) -> Floats:
        return np.random.default_rng(SEED).choice(self.sizes, int(events.sum()))

    def _events(self, count: int) -> Integers:
        """The number of events in each of ``count`` equally likely cases: int64 [count], ascending."""
        places = (np.arange(count) + 0.5) / count
        return np.searchsorted(self._cumulative(), places)

    def _cumulative(self) -> Floats:
        """The probability of at most 0, 1, 2 … events.

        Beta-binomial of n open steps with a + b = ``periods`` and a / (a + b) = the mean rate: p(0) is the product of
        (b + j) / (a + b + j) over j < n, and p(k + 1) / p(k) = (n - k) / (k + 1) * (a + k) / (b + n - k - 1).
        """
        n = int((self.expected > 0).sum())
        if n == 0:
            return np.ones(1)
        rate = min(float(self.expected.sum()) / float(self.sizes.mean()) / n, MAX_RATE)
        a, b = rate * self.periods, (1 - rate) * self.periods
        j, k = np.arange(n), np.arange(n)
        none = float(np.log((b + j) / (a + b + j)).sum())
        ratios = np.log((n - k) / (k + 1) * (a + k) / (b + n - k - 1))
        cumulative = np.cumsum(np.exp(none + np.append(0.0, np.cumsum(ratios))))
        shares: Floats = cumulative / cumulative[-1]
        return shares


def rare_sales(expected: Floats, past: Floats) -> RareSales:
    """From the mean of each step, float64 [H], and the values of the series so far, float64 [points]."""
    return RareSales(np.maximum(expected, 0.0), past[past > 0][-MAX_SIZES:], int(np.isfinite(past).sum()))


def horizon_sums(rows: Integers, expected: Floats, pasts: list[Floats]) -> HorizonSums:
    """What the steps of the series at ``rows`` add up to, in arrays of all N series.

    ``expected`` float64 [N, H]: the mean of each step; ``pasts``: the values of each series at ``rows``.
    """
    found = np.full((4, len(expected)), np.nan)
    for i, past in zip(rows.tolist(), pasts, strict=True):
        rare = rare_sales(expected[i], past)
        low, high = np.quantile(rare.sums(), (LIKELY_LOW, LIKELY_HIGH), method="inverted_cdf")
        found[:, i] = expected[i].sum(), low, high, rare.chance_of_none
    return HorizonSums(*found)
