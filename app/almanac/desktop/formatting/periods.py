"""Periods as the person writes dates: "March 2025", "3/14/25", "14.03.25 13:00"."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from almanac.core.calendar.frequency import Frequency, Unit

_PREPOSITIONS = {
    Unit.WEEK: "in the week of",
    Unit.DAY: "on",
    Unit.BUSINESS_DAY: "on",
    Unit.HOUR: "at",
    Unit.MINUTE: "at",
}


def preposition(frequency: Frequency) -> str:
    """What stands before a period in a sentence: "in" Jul 2026, "on" Fri 3 Jul 2026, "at" 13:00."""
    return "in" if frequency.fiscal is not None else _PREPOSITIONS.get(frequency.unit, "in")


def when(frequency: Frequency, number: int) -> str:
    """One period in the person's locale; years, quarters and rows read the same everywhere."""
    if frequency.fiscal is not None or frequency.unit in (Unit.YEAR, Unit.QUARTER, Unit.ROW):
        return frequency.label(number)
    seconds = int(frequency.dates(np.array([number], dtype=np.int64)).astype(np.int64)[0])
    days, rest = divmod(seconds, 86_400)
    date, locale = QDate(1970, 1, 1).addDays(days), QLocale()
    if frequency.unit is Unit.MONTH:
        return locale.toString(date, "MMM yyyy")
    if frequency.unit in (Unit.HOUR, Unit.MINUTE):
        return locale.toString(QDateTime(date, QTime(rest // 3600, rest % 3600 // 60)), QLocale.FormatType.ShortFormat)
    return locale.toString(date, "ddd d MMM yyyy")
