"""What is watched: steps of a forecast that became known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import quantile_at
from almanac.drift.changes.scores import raw_scores

_DAYS = {
    Unit.YEAR: 365.25,
    Unit.QUARTER: 91.3,
    Unit.MONTH: 30.44,
    Unit.WEEK: 7.0,
    Unit.DAY: 1.0,
    Unit.BUSINESS_DAY: 1.4,
    Unit.HOUR: 1 / 24,
    Unit.MINUTE: 1 / 1440,
}


def periods_per_year(frequency: Frequency) -> float:
    """How many periods a year has; rows without dates count as months."""
    return 365.25 / (_DAYS.get(frequency.unit, 30.44) * frequency.multiple)


def middle_and_width(quantiles: Floats, levels: Floats) -> tuple[Floats, Floats]:
    """The median of forecasts with ``quantiles`` [..., Q] at ``levels`` [Q], and the width of their likely range."""
    low, median, high = (quantile_at(quantiles, levels, level) for level in (LIKELY_LOW, 0.5, LIKELY_HIGH))
    return median, high - low


@dataclass(frozen=True)
class Watched:
    """K steps of a forecast of N series, and what happened.

    ``actuals`` float64 [N, K], NaN where there is no value; ``quantiles`` float64 [N, K, Q] at ``levels`` [Q];
    ``first`` int64 [N]: the period number of each first step. Steps from ``new_from`` on are news; those before were
    looked at already and only say how far off the forecast was from the start. ``closed`` bool [N, K]: where a series
    is closed and has no value for that reason. ``given_scores``: in place of those of the forecast.
    """

    names: tuple[str, ...]
    frequency: Frequency
    first: Integers
    actuals: Floats
    quantiles: Floats
    levels: Floats
    new_from: int = 0
    closed: Flags | None = None
    given_scores: Floats | None = None

    @property
    def steps(self) -> int:
        """K."""
        return int(self.actuals.shape[1])

    @property
    def gaps(self) -> Flags:
        """The steps without a value, although the series is open: bool [N, K]."""
        missing = np.isnan(self.actuals)
        return missing if self.closed is None else missing & ~self.closed

    @property
    def years(self) -> float:
        """How long the new steps last."""
        return (self.steps - self.new_from) / periods_per_year(self.frequency)

    @cached_property
    def scores(self) -> Floats:
        """float64 [N, K]; see ``raw_scores``."""
        if self.given_scores is not None:
            return self.given_scores
        return raw_scores(self.actuals, self.quantiles, self.levels)

    @cached_property
    def median(self) -> Floats:
        """float64 [N, K]."""
        return middle_and_width(self.quantiles, self.levels)[0]

    @cached_property
    def width(self) -> Floats:
        """Of the likely range: float64 [N, K]."""
        return middle_and_width(self.quantiles, self.levels)[1]

    def changes(self, start: Integers) -> Floats:
        """How much more (below 0: less) than expected each series was from step ``start`` [N] on, as a share:
        float64 [N]; NaN unless something above 0 was expected.
        """
        expected, actual, _ = self._since(start)
        with np.errstate(invalid="ignore", divide="ignore"):
            change: Floats = np.where(expected > 0, actual / expected - 1, np.nan)
        return change

    def differences(self, start: Integers) -> Floats:
        """How far above what was expected (below 0: under it) a value of each series was in the mean from step
        ``start`` [N] on, in its unit: float64 [N]; NaN without a value.
        """
        expected, actual, count = self._since(start)
        with np.errstate(invalid="ignore", divide="ignore"):
            difference: Floats = np.where(count > 0, (actual - expected) / count, np.nan)
        return difference

    def _since(self, start: Integers) -> tuple[Floats, Floats, Floats]:
        """What was expected, what happened and in how many steps, from step ``start`` [N] on: float64 [N] each."""
        counted = np.isfinite(self.actuals) & (np.arange(self.steps) >= start[:, None])
        expected, actual = (np.where(counted, values, 0.0).sum(axis=1) for values in (self.median, self.actuals))
        return expected, actual, counted.sum(axis=1).astype(np.float64)
