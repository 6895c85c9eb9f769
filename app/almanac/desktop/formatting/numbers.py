"""Numbers and dates as the person's computer writes them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from almanac.core.frequency import Frequency, Unit
from almanac.core.levels import LIKELY, range_levels
from almanac.core.series import Forecast
from almanac.desktop.formatting.periods import when
from almanac.wording.phrases import RangeSupport, decimals_for, expected

LEAST_LIKELY = 0.01


def number(value: float, decimals: int) -> str:
    """1234.5 as "1,234.5" or "1.234,5", without a minus sign on zero."""
    return QLocale().toString(round(float(value), decimals) + 0.0, "f", decimals)


def signed(value: float, decimals: int) -> str:
    """12.3 as "+12", -3 as "−3", what rounds to nothing as "0"."""
    size = number(abs(value), decimals)
    if float(round(abs(value), decimals)) == 0:
        return size
    return f"{'+' if value > 0 else '−'}{size}"


def percent(share: float) -> str:
    """0.634 as "63%"."""
    return f"{number(share * 100, 0)}%"


def likely(share: float) -> str:
    """0.634 as "63 in 100", with words at the ends, where counting is too coarse."""
    if share < LEAST_LIKELY:
        return "less than 1 in 100"
    return "more than 99 in 100" if share > 1 - LEAST_LIKELY else f"{number(share * 100, 0)} in 100"


def count(value: int) -> str:
    return QLocale().toString(value)


def plural(value: int, one: str, many: str = "") -> str:
    """3 and "row" as "3 rows"."""
    return f"{count(value)} {one if value == 1 else many or one + 's'}"


def day_format(*, year: bool = True) -> str:
    """Day and month in the person's order, the month by name so that no one mistakes it for the day."""
    month_first = QLocale().dateFormat(QLocale.FormatType.ShortFormat).lstrip("'").startswith("M")
    if year:
        return "MMM d, yyyy" if month_first else "d MMM yyyy"
    return "MMM d" if month_first else "d MMM"


def date(moment: datetime, pattern: str) -> str:
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), pattern)


def period(frequency: Frequency, at: int) -> str:
    """One period in a sentence: "Jun 2026", "week of Mon 29 Jun 2026"."""
    return f"week of {when(frequency, at)}" if frequency.unit is Unit.WEEK else when(frequency, at)


def next_step(forecast: Forecast, i: int) -> str:
    """What comes next for one series: "Bread, 2 Jul 2026: about 45." """
    decimals = decimals_for(forecast.quantiles[i])
    when = period(forecast.frequency, int(forecast.first[i]))
    return f"{forecast.names[i]}, {when}: about {number(forecast.median[i, 0], decimals)}."


def how_sure(forecast: Forecast, i: int, standing: RangeSupport = RangeSupport.CHECKED) -> str:
    """How sure that is: "In 8 cases of 10 we expect between 38 and 53." """
    decimals = decimals_for(forecast.quantiles[i])
    low, high = (number(forecast.quantile(q)[i, 0], decimals) for q in range_levels(LIKELY))
    return expected(low, high, LIKELY, standing)
