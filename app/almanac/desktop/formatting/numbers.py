"""Numbers and dates as the person's computer writes them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.number_signs import MINUS
from almanac.core.series import Forecast
from almanac.core.text import agree
from almanac.desktop.formatting.periods import when
from almanac.wording import phrases
from almanac.wording.formatter import Formatter, rounded, rounded_share, with_minus
from almanac.wording.phrases import Answer, RangeSupport


def number(value: float, decimals: int) -> str:
    """1234.5 as "1,234.5" or "1.234,5", with -2 decimals "1,200", without a minus sign on zero."""
    return with_minus(QLocale().toString(rounded(float(value), decimals), "f", max(decimals, 0)))


def signed(value: float, decimals: int) -> str:
    """12.3 as "+12", -3 as "−3", what rounds to zero as "0"."""
    size = number(abs(value), decimals)
    if rounded(abs(value), decimals) == 0:
        return size
    return f"{'+' if value > 0 else MINUS}{size}"


def percent(share: float, decimals: int = 0) -> str:
    """0.634 as "63%"."""
    return f"{number(rounded_share(share, decimals), decimals)}%"


def likely(share: float) -> str:
    """0.634 as "63 in 100"; see ``phrases.counted_in_100``."""
    return phrases.counted_in_100(share, LOCALE)


def count(value: int) -> str:
    """1200 as "1,200" or "1.200"."""
    return QLocale().toString(value)


def plural(value: int, one: str, many: str = "") -> str:
    """3 and "row" as "3 rows"."""
    return f"{count(value)} {agree(value, one, many or one + 's')}"


def day_format(*, year: bool = True) -> str:
    """Return Qt's pattern for a day in the person's order, the month by name so that it is not taken for the day."""
    month_first = QLocale().dateFormat(QLocale.FormatType.ShortFormat).lstrip("'").startswith("M")
    if year:
        return "MMM d, yyyy" if month_first else "d MMM yyyy"
    return "MMM d" if month_first else "d MMM"


def date(moment: datetime, pattern: str) -> str:
    """Write a date by one of Qt's patterns."""
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), pattern)


def period(frequency: Frequency, number: int) -> str:
    """One period in a sentence: "Jun 2026", "week of Mon 29 Jun 2026"."""
    name = when(frequency, number)
    return f"week of {name}" if frequency.unit is Unit.WEEK else name


class LocaleFormatter(Formatter):
    """Writes the shared sentences of ``wording`` with the numbers and dates of this module."""

    def number(self, value: float, decimals: int) -> str:
        """See the function ``number``."""
        return number(value, decimals)

    def count(self, value: int) -> str:
        """See the function ``count``."""
        return count(value)

    def percent(self, share: float, decimals: int = 0) -> str:
        """See the function ``percent``."""
        return percent(share, decimals)

    def period(self, frequency: Frequency, number: int) -> str:
        """See the function ``period``."""
        return period(frequency, number)


LOCALE = LocaleFormatter()


def answer(forecast: Forecast, i: int) -> Answer:
    """What is first shown of one series; see ``phrases.answer``."""
    return phrases.answer(forecast, i, LOCALE)


def next_step(forecast: Forecast, i: int) -> str:
    """What comes next for one series: "Bread, Thu 2 Jul 2026: about 45." """
    return phrases.next_step(forecast, i, LOCALE)


def how_sure(forecast: Forecast, i: int, support: RangeSupport = RangeSupport.CHECKED) -> str:
    """How sure that is: "80% likely to be between 38 and 53." """
    return phrases.how_sure(forecast, i, support, LOCALE)
