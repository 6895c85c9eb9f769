"""Sentences about numbers: the words that the command line, the window and the workbook share."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.frequency import Frequency
from almanac.core.levels import LIKELY, range_levels
from almanac.core.series import Forecast


class RangeSupport(StrEnum):
    """What stands behind a range: enough checks of the past (or none were asked for), too few, or nothing to check."""

    CHECKED = "checked"
    TOO_FEW_CHECKS = "too little history"
    CONSTANT = "it did not change"


def decimals_for(values: Floats) -> int:
    """How many decimals suit these values: none for 1,240, two for 3.14, enough to tell tiny values apart."""
    known = np.abs(values[np.isfinite(values)])
    size = float(np.median(known[known > 0])) if (known > 0).any() else 1.0
    if size >= 100:
        return 0
    return int(np.clip(2 - np.floor(np.log10(size)), 0, 9)) if size < 10 else 1


class Formatter(Protocol):
    """Writes numbers and periods for a reader. The window has one for the person's locale."""

    def number(self, value: float, decimals: int) -> str:
        """Write a number with a fixed count of decimals."""

    def period(self, frequency: Frequency, number: int) -> str:
        """Name one period."""


class PlainFormatter:
    """Writes for files and the command line: "1,234.50", "2025-07-02"."""

    def number(self, value: float, decimals: int) -> str:
        """Write 1234.5 as "1,234" or "1,234.50", without a minus sign on zero."""
        return f"{round(value, decimals) + 0.0:,.{decimals}f}"

    def period(self, frequency: Frequency, number: int) -> str:
        """Write the period as files do: "2025-07", "2025-Q3"."""
        return frequency.label(number)


PLAIN = PlainFormatter()


def sentence_start(text: str) -> str:
    """The text with a capital first letter, to begin a sentence or a table cell with."""
    return text[:1].upper() + text[1:]


def chance(level: float) -> str:
    """0.8 as "8 in 10", 0.95 as "95 in 100"."""
    tenths = round(level * 10, 6)
    return f"{tenths:.0f} in 10" if tenths == round(tenths) else f"{level * 100:.0f} in 100"


def percent(level: float) -> str:
    """0.8 as "80%", 0.975 as "97.5%"."""
    return f"{round(level * 100, 6):g}%"


def next_step(forecast: Forecast, i: int, formatter: Formatter = PLAIN) -> str:
    """What comes next for series ``i``: "Bread, 2025-07-02: about 45." """
    decimals = decimals_for(forecast.quantiles[i])
    period = formatter.period(forecast.frequency, int(forecast.first[i]))
    return f"{forecast.names[i]}, {period}: about {formatter.number(float(forecast.median[i, 0]), decimals)}."


def how_sure(
    forecast: Forecast,
    i: int,
    level: float = LIKELY,
    standing: RangeSupport = RangeSupport.CHECKED,
    formatter: Formatter = PLAIN,
) -> str:
    """How sure that is: "80% likely to be between 38 and 53."; where the range could not be checked, that and why."""
    decimals = decimals_for(forecast.quantiles[i])
    low, high = (formatter.number(float(forecast.quantile(q)[i, 0]), decimals) for q in range_levels(level))
    if standing is RangeSupport.CHECKED:
        return f"{percent(level)} likely to be between {low} and {high}."
    return f"Likely between {low} and {high} ({percent(level)}), not checked: {standing}."
