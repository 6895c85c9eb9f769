"""How far back the same time last year is."""

from __future__ import annotations

from almanac.core.calendar.frequency import Frequency, Unit

WEEKS_IN_YEAR, DAYS_IN_WEEKS = 52, 364  # a year of whole weeks: the same weekdays are compared
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_SECONDS = {Unit.DAY: 86_400, Unit.HOUR: 3600, Unit.MINUTE: 60}


def year_in_periods(frequency: Frequency) -> int | None:
    """How many periods a year has, of days and finer 52 weeks of them; None if that is not a whole number."""
    if not frequency.dated:
        return None
    if frequency.unit in _MONTHS:
        whole, part = 12, _MONTHS[frequency.unit]
    elif frequency.unit is Unit.WEEK:
        whole, part = WEEKS_IN_YEAR, 1
    elif frequency.unit is Unit.BUSINESS_DAY:
        whole, part = WEEKS_IN_YEAR * 5, 1
    else:
        whole, part = DAYS_IN_WEEKS * _SECONDS[Unit.DAY], _SECONDS[frequency.unit]
    periods, rest = divmod(whole, part * frequency.multiple)
    if frequency.unit is Unit.YEAR and frequency.multiple > 1:
        return None
    return None if rest else periods
