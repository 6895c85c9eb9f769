"""An adjusted forecast, next to the statistical one that it was made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.entered.adjustments import Adjustment
from almanac.core.problems import Problem
from almanac.core.series import Forecast
from almanac.wording.adjustments import SAID_WITH_FIGURES
from almanac.workflow.adjusting.span import AdjustedSpan


@dataclass(frozen=True)
class AppliedAdjustment:
    """An adjustment and what it did.

    ``name``: of the series or the group; ``rows``: its series by their positions in the forecast; ``span``: when;
    ``before``, ``after``: the total of these series in this time, or their average where ``averaged``; ``unit``: what
    they are measured in.
    """

    adjustment: Adjustment
    name: str
    rows: Integers
    span: AdjustedSpan
    before: float
    after: float
    averaged: bool = False
    unit: str = ""


@dataclass(frozen=True)
class UnusedAdjustment:
    """An adjustment that does not fit a forecast, and why; ``expired``: because its time has begun or is ``over``."""

    adjustment: Adjustment
    why: str
    expired: bool
    over: bool


@dataclass(frozen=True)
class Adjusted:
    """``forecast``: as adjusted; ``changed`` bool [N, H]: the steps that are; ``applied``: by what, in this order.

    ``not_used``: those that do not fit this forecast; ``notes``: what a person should know. The quantiles of changed
    steps have moved with them: no practice run checked them.
    """

    forecast: Forecast
    changed: Flags
    applied: tuple[AppliedAdjustment, ...]
    not_used: tuple[UnusedAdjustment, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """Those that count."""
        return tuple(one.adjustment for one in self.applied)

    @property
    def unused(self) -> tuple[Adjustment, ...]:
        """Those that do not fit."""
        return tuple(one.adjustment for one in self.not_used)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a person should know of how their adjustments were taken."""
        return tuple(note for note in self.notes if note.code in SAID_WITH_FIGURES)

    def touches(self, rows: Integers) -> bool:
        """Whether a step of one of these series of the forecast is changed."""
        return bool(self.changed[rows].any())

    def notes_of(self, i: int) -> dict[int, str]:
        """The person's notes for each changed step of series ``i``, from 0."""
        found: dict[int, list[str]] = {}
        for one in self.applied:
            if one.adjustment.note and i in one.rows:
                begin = int(self.forecast.first[i])
                for step in np.flatnonzero(self.changed[i]).tolist():
                    if one.span.first <= begin + step <= one.span.last:
                        found.setdefault(step, []).append(one.adjustment.note)
        return {step: "; ".join(dict.fromkeys(notes)) for step, notes in found.items()}
