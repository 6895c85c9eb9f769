"""The time axis: ticks where a person's calendar has them, whatever the rhythm."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pyqtgraph as pg

from almanac.core.arrays import Timestamps
from almanac.core.frequency import Frequency, Unit
from almanac.desktop.formatting import numbers as words
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import CAPTION

TICK_WIDTH = 84  # pixels a label and the air around it need
MOST_PERIODS = 50_000
# From fine to coarse: what a tick stands for, and how many of them lie between two ticks.
STEPS = (
    ("m", 1),
    ("m", 15),
    ("h", 1),
    ("h", 3),
    ("h", 6),
    ("h", 12),
    ("D", 1),
    ("D", 2),
    ("W", 1),
    ("W", 2),
    ("M", 1),
    ("M", 3),
    ("M", 6),
    ("Y", 1),
    ("Y", 2),
    ("Y", 5),
    ("Y", 10),
    ("Y", 20),
    ("Y", 50),
    ("Y", 100),
)


def buckets(dates: Timestamps, unit: str, multiple: int) -> np.ndarray:
    """The number of the calendar stretch each date lies in, int64 of the same shape; weeks begin on Monday."""
    if unit == "W":
        days = dates.astype("datetime64[D]").astype(np.int64) + 3  # 1970-01-01 was a Thursday
        return days // (7 * multiple)
    numbers = dates.astype(f"datetime64[{unit}]").astype(np.int64)
    if unit == "Y":
        numbers = numbers + 1970
    return np.asarray(numbers // multiple)


def begins(dates: Timestamps, unit: str, multiple: int) -> np.ndarray:
    """Where a new stretch begins among ascending dates: positions, int64. The first date counts if it begins one."""
    number = buckets(dates, unit, multiple)
    return np.flatnonzero(np.diff(number)) + 1


def tick_words(moment: datetime, unit: str) -> str:
    """A tick's label: the year where a year begins, otherwise the month, the day or the hour."""
    if unit == "Y":
        return str(moment.year)
    if unit == "M":
        return words.date(moment, "MMM\nyyyy" if moment.month == 1 else "MMM")
    if unit in ("W", "D") or (moment.hour == 0 and moment.minute == 0):
        return words.date(moment, words.day_format(year=False))
    return f"{moment:%H:%M}"


class PeriodAxis(pg.AxisItem):  # type: ignore[misc]
    """Counts in period numbers, and speaks in dates."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.frequency: Frequency | None = None
        self.setStyle(tickFont=style.font(CAPTION), tickLength=-4)
        self.setHeight(40)
        self._unit = "Y"

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        most = max(int(size / TICK_WIDTH), 2)
        low, high = int(np.ceil(minimum)), int(np.floor(maximum))
        if self.frequency is None or high <= low:
            return []
        if not self.frequency.dated or high - low > MOST_PERIODS:
            return super().tickValues(minimum, maximum, size)  # type: ignore[no-any-return]
        # One period before the first, so that a stretch that begins at the left edge is seen to begin.
        numbers = np.arange(low - 1, high + 1, dtype=np.int64)
        dates = self.frequency.dates(numbers)
        for unit, multiple in STEPS:
            at = begins(dates, unit, multiple)
            if len(at) <= most:
                break
        if unit == "M" and self.frequency.unit is Unit.YEAR:
            unit = "Y"
        self._unit = unit
        return [(float(multiple), [float(numbers[k]) for k in at])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002
        if self.frequency is None:
            return []
        numbers = np.array([round(v) for v in values], dtype=np.int64)
        if not self.frequency.dated:
            return [words.period(self.frequency, int(n)) for n in numbers]
        moments = self.frequency.dates(numbers).astype("datetime64[s]").tolist()
        return [tick_words(moment, self._unit) for moment in moments]
