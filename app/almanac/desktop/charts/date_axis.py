"""The axes: ticks of time at the beginning of hours, days, weeks, months or years; amounts in the person's locale."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pyqtgraph as pg

from almanac.core.arrays import Timestamps
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.desktop.formatting import numbers
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import CAPTION
from almanac.wording.phrases import MAX_DECIMALS

TICK_WIDTH = 84  # pixels that a label and the space around it need
ROUNDING = 1e-9
MAX_PERIODS = 50_000  # beyond, looking at every date would be slow
# The distance between two ticks, from fine to coarse: a unit of numpy's dates, and how many of it.
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
    """Number the stretches of ``multiple`` units that dates belong to: int64, same shape. Weeks begin on Monday."""
    if unit == "W":
        days = dates.astype("datetime64[D]").astype(np.int64) + 3  # 1970-01-01 was a Thursday
        return days // (7 * multiple)
    count = dates.astype(f"datetime64[{unit}]").astype(np.int64)
    if unit == "Y":
        count = count + 1970
    return np.asarray(count // multiple)


def begins(dates: Timestamps, unit: str, multiple: int) -> np.ndarray:
    """Return the positions (int64) in ascending dates at which a new stretch begins; never the first date."""
    number = buckets(dates, unit, multiple)
    return np.flatnonzero(np.diff(number)) + 1


def tick_label(moment: datetime, unit: str) -> str:
    """Return the label of a tick: the year where a year begins, otherwise the month, the day or the hour."""
    if unit == "Y":
        return str(moment.year)
    if unit == "M":
        return numbers.date(moment, "MMM\nyyyy" if moment.month == 1 else "MMM")
    if unit in ("W", "D") or (moment.hour == 0 and moment.minute == 0):
        return numbers.date(moment, numbers.day_format(year=False))
    return f"{moment:%H:%M}"


class ValueAxis(pg.AxisItem):
    """An axis of amounts, written as the person writes numbers."""

    def __init__(self) -> None:
        super().__init__("left")
        self.enableAutoSIPrefix(False)  # else large amounts are divided by a power of ten that no one reads

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002
        """Label ticks with as many decimals as tell them apart."""
        decimals = int(np.clip(np.ceil(-np.log10(spacing) - ROUNDING), 0, MAX_DECIMALS))
        return [numbers.number(value, decimals) for value in values]


class PeriodAxis(pg.AxisItem):
    """An axis of period numbers (see ``core.calendar.frequency``), labelled with dates."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.enableAutoSIPrefix(False)
        self.frequency: Frequency | None = None
        self.setStyle(tickFont=style.font(CAPTION), tickLength=-4)
        self.setHeight(40)
        self.shown: tuple[int, int] | None = None  # the first and last period that there is anything to see of
        self._unit = "Y"

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        """Place as many ticks as there is room for, at the beginning of calendar stretches."""
        max_ticks = max(int(size / TICK_WIDTH), 2)
        low, high = int(np.ceil(minimum)), int(np.floor(maximum))
        if self.shown is not None:  # no date where there is neither a past value nor a forecast
            low, high = max(low, self.shown[0]), min(high, self.shown[1])
        if self.frequency is None or high <= low:
            return []
        if not self.frequency.dated or high - low > MAX_PERIODS:
            ticks = super().tickValues(minimum, maximum, size)
            return [(spacing, [at for at in values if low <= at <= high]) for spacing, values in ticks]
        # One period more on the left, so that a stretch that begins at the left edge is found.
        periods = np.arange(low - 1, high + 1, dtype=np.int64)
        dates = self.frequency.dates(periods)
        for unit, multiple in STEPS:
            positions = begins(dates, unit, multiple)
            if len(positions) <= max_ticks:
                break
        if unit == "M" and self.frequency.unit is Unit.YEAR:
            unit = "Y"
        self._unit = unit
        return [(float(multiple), [float(periods[k]) for k in positions])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002
        """Label ticks with their dates."""
        if self.frequency is None:
            return []
        periods = np.array([round(v) for v in values], dtype=np.int64)
        if not self.frequency.dated:
            return [numbers.period(self.frequency, int(n)) for n in periods]
        moments = self.frequency.dates(periods).astype("datetime64[s]").tolist()
        return [tick_label(moment, self._unit) for moment in moments]
