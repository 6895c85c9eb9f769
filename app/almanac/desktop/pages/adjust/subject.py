"""What an adjustment in the dialog is about: a series or a group, with its forecast as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.entered.adjustments import Adjustment, AdjustmentKind, period_text
from almanac.core.series import Forecast
from almanac.desktop.pages.forecast.target import Target

ONE = 1


@dataclass(frozen=True)
class Subject:
    """``name`` and ``by``: as in an Adjustment; ``target``: the forecast as adjusted so far; ``averaged``: whether
    its values are averaged; ``lowest``: that no value may be below.
    """

    name: str
    by: tuple[str, ...]
    target: Target
    averaged: bool
    lowest: float

    @property
    def forecast(self) -> Forecast:
        """Its forecast."""
        return self.target.forecast

    @property
    def has_share(self) -> bool:
        """Whether a change can be said in percent."""
        return bool(self.target.series.has_share[self.target.position])

    @property
    def periods(self) -> Integers:
        """The periods that can be adjusted: those that are open."""
        i = self.target.i
        steps = self.forecast.open_steps(i)
        return int(self.forecast.first[i]) + steps[self.forecast.has_value(i)[steps]]

    def amount(self, first: int, last: int) -> float:
        """What is expected of these periods together; of a single one, the figure that is shown; NaN for none."""
        i = self.target.i
        periods = self.periods
        steps = periods[(periods >= first) & (periods <= last)] - int(self.forecast.first[i])
        if len(steps) == 0:
            return nan
        values = (self.forecast.point if len(steps) == ONE else self.forecast.mean)[i, steps]
        return float(values.mean() if self.averaged else values.sum())

    def after(self, first: int, last: int, kind: AdjustmentKind, amount: float) -> float:
        """The same after an adjustment."""
        before = self.amount(first, last)
        return {
            AdjustmentKind.SET: amount,
            AdjustmentKind.SCALE: before * amount,
            AdjustmentKind.ADD: before + amount,
        }[kind]

    def adjustment(self, first: int, last: int, kind: AdjustmentKind, amount: float, note: str) -> Adjustment:
        """The adjustment to keep."""
        begin, end = (period_text(self.forecast.frequency, number) for number in (first, last))
        return Adjustment(self.name, begin, end, kind, amount, note, self.by)


def subject_of(target: Target, name: str, by: tuple[str, ...]) -> Subject:
    """What is shown in detail; ``by``: the columns of a group."""
    position = target.position
    lowest = float(target.series.lower_bound[position])
    averaged = target.series.measure(position).kind == "level"
    return Subject(name, by, target, averaged, lowest if np.isfinite(lowest) else -np.inf)
