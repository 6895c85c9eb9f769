"""Numbers in words, and what comes next in a sentence: shared by the command line, the window and the workbook."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.levels import LIKELY
from almanac.core.series import Forecast
from almanac.wording.formatter import PLAIN, Formatter

MAX_DECIMALS = 15  # a float64 has no more digits


class RangeSupport(StrEnum):
    """Whether a range was checked: by enough checks (or none were asked for), by too few, or why by none.

    ``CONSTANT``: it never changed; ``UNDER_WAY``: the checks are being made; ``STOPPED``: the person stopped them.
    """

    CHECKED = "checked"
    TOO_FEW_CHECKS = "too_few_checks"
    CONSTANT = "constant"
    UNDER_WAY = "under_way"
    STOPPED = "stopped"

    @property
    def why_not(self) -> str:
        """Why the range was not checked, after a colon: "too little history"; empty when it was."""
        return _WHY_NOT_CHECKED.get(self, "")


_WHY_NOT_CHECKED = {
    RangeSupport.TOO_FEW_CHECKS: "too little history",
    RangeSupport.CONSTANT: "it did not change",
    RangeSupport.UNDER_WAY: "the check was still under way",
    RangeSupport.STOPPED: "the check was stopped",
}


def decimals_for(values: Floats) -> int:
    """How many decimals suit these values: none for 1,240, two for 3.14, enough to tell tiny values apart."""
    known = np.abs(values[np.isfinite(values)])
    size = float(np.median(known[known > 0])) if (known > 0).any() else 1.0
    if size >= 100:
        return 0
    return int(np.clip(2 - np.floor(np.log10(size)), 0, MAX_DECIMALS)) if size < 10 else 1


def forecast_decimals(forecast: Forecast, i: int) -> int:
    """How many decimals suit the forecast of series ``i`` and its likely range."""
    point, _, high = forecast.select(i).shown
    return decimals_for(np.concatenate([point[0], high[0]]))


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
    """What comes next for series ``i`` when it is open: "Bread, 2025-07-02: about 45." """
    period = formatter.period(forecast.frequency, int(forecast.first[i]) + forecast.next_open(i))
    about, _, _ = next_figures(forecast, i, formatter)
    return f"{forecast.names[i]}, {period}: {f'about {about}' if about else 'closed'}."


def how_sure(
    forecast: Forecast, i: int, support: RangeSupport = RangeSupport.CHECKED, formatter: Formatter = PLAIN
) -> str:
    """The likely range of that step: "80% likely to be between 38 and 53."; if it was not checked, that and why."""
    _, low, high = next_figures(forecast, i, formatter)
    if not low:
        return "It is closed throughout, so there is no value to forecast."
    if support is RangeSupport.CHECKED:
        return f"{percent(LIKELY)} likely to be between {low} and {high}."
    if support is RangeSupport.UNDER_WAY:
        return f"Likely between {low} and {high} ({percent(LIKELY)}), checking on your past …"
    return f"Likely between {low} and {high} ({percent(LIKELY)}), not checked: {support.why_not}."


def next_figures(forecast: Forecast, i: int, formatter: Formatter) -> tuple[str, str, str]:
    """The point forecast and the likely range of the next open step as texts, empty where it has no value."""
    decimals, step = forecast_decimals(forecast, i), forecast.next_open(i)
    figures = (float(values[0, step]) for values in forecast.select(i).shown)
    about, low, high = (formatter.number(value, decimals) if np.isfinite(value) else "" for value in figures)
    return about, low, high
