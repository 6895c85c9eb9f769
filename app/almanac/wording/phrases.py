"""Sentences about numbers: the words that the command line, the window and the workbook share."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from almanac.core.arrays import Floats
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


def number(value: float, decimals: int) -> str:
    """1234.5 as "1,234" or "1,234.50", without a minus sign on zero."""
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"


def sentence_start(text: str) -> str:
    """The text with a capital first letter, to begin a sentence or a table cell with."""
    return text[:1].upper() + text[1:]


def chance(level: float) -> str:
    """0.8 as "8 in 10", 0.95 as "95 in 100"."""
    tenths = round(level * 10, 6)
    return f"{tenths:.0f} in 10" if tenths == round(tenths) else f"{level * 100:.0f} in 100"


def next_step(forecast: Forecast, i: int) -> str:
    """What comes next for series ``i``: "Bread, 2025-07-02: about 45." """
    decimals = decimals_for(forecast.quantiles[i])
    when = forecast.frequency.label(int(forecast.first[i]))
    return f"{forecast.names[i]}, {when}: about {number(float(forecast.median[i, 0]), decimals)}."


def how_sure(forecast: Forecast, i: int, level: float = LIKELY, standing: RangeSupport = RangeSupport.CHECKED) -> str:
    """How sure that is: "In 8 cases of 10 we expect between 38 and 53." """
    decimals = decimals_for(forecast.quantiles[i])
    low, high = (float(forecast.quantile(q)[i, 0]) for q in range_levels(level))
    return expected(number(low, decimals), number(high, decimals), level, standing)


def expected(low: str, high: str, level: float, standing: RangeSupport) -> str:
    """A range in a sentence; where it could not be checked, that and why."""
    if standing is RangeSupport.CHECKED:
        cases, of = chance(level).split(" in ")
        return f"In {cases} cases of {of} we expect between {low} and {high}."
    return f"Likely between {low} and {high} ({chance(level)}), not checked: {standing}."
