"""Lead times in days, weeks or months as whole periods of the data."""

from __future__ import annotations

from typing import Final

import numpy as np

from almanac.core.calendar.frequency import Frequency, Unit

_DAYS_PER_MONTH: Final = 365.25 / 12
_DAYS: Final = {"hour": 1 / 24, "day": 1.0, "business day": 7 / 5, "week": 7.0, "month": _DAYS_PER_MONTH}
_DAYS_PER_PERIOD: Final = {
    Unit.YEAR: 12 * _DAYS_PER_MONTH,
    Unit.QUARTER: 3 * _DAYS_PER_MONTH,
    Unit.MONTH: _DAYS_PER_MONTH,
    Unit.WEEK: 7.0,
    Unit.DAY: 1.0,
    Unit.BUSINESS_DAY: 7 / 5,
    Unit.HOUR: 1 / 24,
    Unit.MINUTE: 1 / (24 * 60),
}
_TOLERANCE = 0.02  # of a period, so that 31 days are a month


def whole_periods(count: float, unit: str, frequency: Frequency) -> int | None:
    """So many days, weeks or months as whole periods, rounded up; None when the list does not say what they count.

    Without a unit they are days where the data is daily, and rows where it has no dates. Nothing is assumed of other
    data: ten may be ten days or ten weeks.
    """
    length = _periods(count, unit, frequency)
    return None if length is None else int(np.ceil(length - _TOLERANCE))


def is_rounded(count: float, unit: str, frequency: Frequency) -> bool:
    """Whether they are not whole periods already."""
    length = _periods(count, unit, frequency)
    return length is not None and abs(length - round(length)) > _TOLERANCE


def _periods(count: float, unit: str, frequency: Frequency) -> float | None:
    if not frequency.dated:
        return None if unit else count
    if not unit and frequency.unit is not Unit.DAY:
        return None
    return count * _DAYS[unit or "day"] / (_DAYS_PER_PERIOD[frequency.unit] * frequency.multiple)
