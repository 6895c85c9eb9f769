"""What is shown in detail: a series with its forecast, or a group that is added up to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import LIKELY, range_levels
from almanac.core.series import Forecast, SeriesSet
from almanac.desktop.pages.events.marks import event_marks
from almanac.wording.phrases import RangeSupport

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.totalling.outlook import Outlook

LEVELS = (0.5, LIKELY, 0.9)  # of the ranges that a chart can show
EXACT = 1e-9


@dataclass(frozen=True)
class Target:
    """Series ``position`` of ``series`` with its forecast, which is forecast ``i``.

    ``support``: what the likely range rests on that is said first; ``members``: the positions in the forecast of the
    series it is; ``levels``: the ranges that are known, each with what it rests on; ``events``: the
    names of those in each period that has any; ``unadjusted`` float64 [H]: each step before the person adjusted it,
    None where they did not.
    """

    series: SeriesSet
    position: int
    forecast: Forecast
    i: int
    support: RangeSupport
    members: tuple[int, ...]
    levels: tuple[tuple[float, RangeSupport], ...]
    events: Mapping[int, str] = field(default_factory=dict)
    unadjusted: Floats | None = None

    @property
    def title(self) -> str:
        """Its name, with the unit that the file gives."""
        unit = self.series.measure(self.position).unit
        return f"{self.name} ({unit})" if unit else self.name

    @property
    def name(self) -> str:
        """Its name."""
        return self.forecast.names[self.i]

    @property
    def checked(self) -> bool:
        """Whether enough checks support its likely range, or are being made."""
        return self.support.is_likely and self.unadjusted is None


def series_target(result: ForecastResult, i: int, position: int) -> Target:
    """Series ``i`` of the forecast, ``position`` of the file."""
    changed = np.zeros(result.forecast.horizon, bool) if result.adjusted is None else result.adjusted.changed[i]
    adjusted, said = bool(changed.any()), bool(changed[result.plan.next_open(i)] or result.plan.is_rare(i))

    def support_of(level: float) -> RangeSupport:
        return RangeSupport.ADJUSTED if adjusted else result.range_support(i, level)

    levels = tuple((level, support_of(level)) for level in _known(result.forecast))
    return Target(
        result.file.series,
        position,
        result.plan,
        i,
        support_of(LIKELY) if said else result.range_support(i, LIKELY),
        (i,),
        levels,
        event_marks(result, i, position),
        result.forecast.select(i).shown[0][0] if adjusted else None,
    )


def group_target(outlook: Outlook) -> Target:
    """A group of series. Of its ranges only the likely one, and what is in it, was checked."""
    wider = RangeSupport.TOO_FEW_CHECKS if outlook.support.is_likely else outlook.support
    levels = tuple((level, outlook.support if level <= LIKELY else wider) for level in _known(outlook.forecast))
    return Target(
        outlook.series,
        0,
        outlook.forecast,
        0,
        outlook.support,
        outlook.members,
        levels,
        unadjusted=outlook.unadjusted,
    )


def _known(forecast: Forecast) -> tuple[float, ...]:
    """The coverages whose both ends are between quantiles of the forecast."""
    low, high = float(forecast.levels[0]), float(forecast.levels[-1])
    ends = {level: range_levels(level) for level in LEVELS}
    return tuple(level for level, (first, last) in ends.items() if low <= first + EXACT and last <= high + EXACT)
