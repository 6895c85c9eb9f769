"""Numbers in words, and what comes next in a sentence: shared by the command line, the window and the workbook."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from math import nan

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import LIKELY
from almanac.core.series import Forecast
from almanac.core.summaries.decimals import MAX_DECIMALS as MANY_DECIMALS
from almanac.wording.formatter import PLAIN, Formatter, rounded_share

MAX_DECIMALS = 15  # a float64 has no more digits
PARTS_DIGITS = 2  # a range has at least 10 to this power parts that are distinguished; chosen by judgement
MIN_CHANCE = 0.01  # smaller chances are not counted in 100
MAX_BETWEEN, HALF_WAY = 10, (0.25, 0.75)  # "2 or 3" is said of fewer, where neither is clearly nearer; by judgement
NONE_LIKELY = 0.5  # from here on the answer is "most likely none"


class RangeSupport(StrEnum):
    """Whether a range was checked, and held: by enough checks (or none were asked for), by too few, or why by none.

    ``TOO_NARROW``, ``TOO_WIDE``: such ranges clearly held less, or more, often than they promise; ``CONSTANT``: it went
    on exactly as before; ``UNDER_WAY``: the checks are being made; ``STOPPED``: the person stopped them; ``ADJUSTED``:
    the person adjusted the forecast, and the range was moved along.
    """

    CHECKED = "checked"
    TOO_NARROW = "too_narrow"
    TOO_WIDE = "too_wide"
    TOO_FEW_CHECKS = "too_few_checks"
    CONSTANT = "constant"
    UNDER_WAY = "under_way"
    STOPPED = "stopped"
    ADJUSTED = "adjusted"

    @property
    def is_likely(self) -> bool:
        """Whether what is in the range is likely, as far as is known: one that is being checked is not marked yet."""
        return self in _LIKELY

    @property
    def doubt(self) -> str:
        """What must be said with the range: "not checked: too little history"; empty where it held or is checked."""
        if self in _WHY_NOT_CHECKED:
            return f"not checked: {_WHY_NOT_CHECKED[self]}"
        return _HELD_OTHERWISE.get(self, "")

    @property
    def short_doubt(self) -> str:
        """The same in a word or two, for a label: "not checked", "too narrow"."""
        if self is RangeSupport.UNDER_WAY:
            return ""  # it is said next to the answer, and changes in a moment
        return self.doubt.partition(":")[0].removesuffix(_ON_YOUR_PAST)

    @property
    def checked_words(self) -> str:
        """Whether it was checked, for a column with that heading: "yes", "no: too little history"."""
        why = _WHY_NOT_CHECKED.get(self)
        return f"no: {why}" if why else ": ".join(filter(None, ("yes", _HELD_OTHERWISE.get(self))))


_ON_YOUR_PAST = " on your past"
_LIKELY = (RangeSupport.CHECKED, RangeSupport.UNDER_WAY, RangeSupport.TOO_WIDE)
_HELD_OTHERWISE = {
    RangeSupport.TOO_NARROW: f"too narrow{_ON_YOUR_PAST}",
    RangeSupport.TOO_WIDE: f"wider than needed{_ON_YOUR_PAST}",
}
_WHY_NOT_CHECKED = {
    RangeSupport.TOO_FEW_CHECKS: "too little history",
    RangeSupport.CONSTANT: "it went on exactly as before",
    RangeSupport.UNDER_WAY: "the check was still under way",
    RangeSupport.STOPPED: "the check was stopped",
    RangeSupport.ADJUSTED: "moved with your adjustment",
}


def decimals_for(values: Floats) -> int:
    """How many decimals suit these values: none for 1,240, two for 3.14, enough to tell tiny values apart."""
    known = np.abs(values[np.isfinite(values)])
    size = float(np.median(known[known > 0])) if (known > 0).any() else 1.0
    if size >= 100:
        return 0
    return int(np.clip(2 - np.floor(np.log10(size)), 0, MAX_DECIMALS)) if size < 10 else 1


def two_digits(value: float) -> int:
    """How many decimals show two significant digits: one for 4.21, two for 0.384, less than none for 1,234 (1,200)."""
    return int(min(1 - np.floor(np.log10(value)), MAX_DECIMALS)) if value > 0 else 0


def carried_decimals(point: Floats, low: Floats, high: Floats) -> int:
    """How many decimals figures carry, by their ranges: a range of 150 billion says nothing of single ones.

    The one rule for what is shown; what is saved keeps every digit. The narrowest range is divided into 100 to 1,000
    parts, and the figures keep two digits: 407,521,478,547, likely 350 to 470 billion, is shown as 408,000,000,000.
    Below 0 where thousands, say, are all that is known.
    """
    width = high - low
    wide, known = width[width > 0], np.abs(point[np.isfinite(point) & (point != 0)])
    if not len(wide):
        return MAX_DECIMALS
    narrowest = min(float(wide.min()), sys.float_info.max)  # the width of a range may be infinite
    parts = PARTS_DIGITS - int(np.floor(np.log10(narrowest)))
    return max(parts, two_digits(float(np.median(known))) if len(known) else parts)


def decimals_like(values: Floats, forecast: Forecast, i: int) -> int:
    """How many decimals suit these values of series ``i``; never more than the series has in the file."""
    suitable = decimals_for(values)
    own = None if forecast.decimals is None else int(forecast.decimals[i])
    return suitable if own is None or own == MANY_DECIMALS else min(suitable, own)


def forecast_decimals(forecast: Forecast, i: int) -> int:
    """How many decimals suit the forecast of series ``i`` and its likely range; below 0 for tens and more."""
    point, low, high = (values[0] for values in forecast.select(i).shown)
    return min(decimals_like(np.concatenate([point, high]), forecast, i), carried_decimals(point, low, high))


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


def counted_in_100(share: float, formatter: Formatter = PLAIN) -> str:
    """0.634 as "63 in 100"; words where a chance is too small or too large to be counted like this."""
    if share < MIN_CHANCE:
        return "less than 1 in 100"
    return "more than 99 in 100" if share > 1 - MIN_CHANCE else f"{formatter.number(rounded_share(share, 0), 0)} in 100"


def from_to(low: str, high: str) -> str:
    """A range of amounts: "1,190 to 1,440"; a single one where both ends read the same."""
    return low if low == high else f"{low} to {high}"


@dataclass(frozen=True)
class Answer:
    """What a person is first shown of a series, as texts: ``about`` and its likely range ``low`` to ``high``.

    All empty where there is no value. ``span``: what it is about, "2025-07-02" or "next 28 days"; ``exact``: whether
    ``about`` says itself how exact it is, as "2 or 3" does; ``none``: the probability that nothing happens in that
    span, NaN where that is not asked.
    """

    span: str
    about: str
    low: str
    high: str
    exact: bool = False
    none: float = nan

    @property
    def number(self) -> str:
        """The forecast within a sentence: "about 45", "2 or 3"."""
        return self.about if self.exact else f"about {self.about}"


def answer(forecast: Forecast, i: int, formatter: Formatter = PLAIN) -> Answer:
    """The answer for series ``i``: its next open step, or the sum of all steps where it is 0 in most of them."""
    if forecast.is_rare(i):
        return _answer_of_sum(forecast, i, formatter)
    decimals, step = forecast_decimals(forecast, i), forecast.next_open(i)
    figures = (float(values[0, step]) for values in forecast.select(i).shown)
    about, low, high = (formatter.number(value, decimals) if np.isfinite(value) else "" for value in figures)
    return Answer(formatter.period(forecast.frequency, int(forecast.first[i]) + step), about, low, high)


def _answer_of_sum(forecast: Forecast, i: int, formatter: Formatter) -> Answer:
    assert forecast.sums is not None
    expected, low, high, none = (
        float(values[i])
        for values in (forecast.sums.expected, forecast.sums.low, forecast.sums.high, forecast.sums.none)
    )
    expected = min(max(expected, low), high)
    carried = carried_decimals(*(np.array([value]) for value in (expected, low, high)))
    decimals = min(decimals_like(np.array([expected, high]), forecast, i), carried)
    about, exact = formatter.number(expected, decimals), False
    if decimals == 0 and expected < MAX_BETWEEN and HALF_WAY[0] < expected % 1 < HALF_WAY[1]:
        fewer = int(expected)
        about, exact = f"{formatter.count(fewer) if fewer else 'none'} or {formatter.count(fewer + 1)}", True
    if none > NONE_LIKELY or expected == 0:
        about, exact = "most likely none", True
    return Answer(
        f"next {forecast.frequency.duration(forecast.horizon)}",
        about,
        formatter.number(low, decimals),
        formatter.number(high, decimals),
        exact,
        none,
    )


def next_step(forecast: Forecast, i: int, formatter: Formatter = PLAIN) -> str:
    """What comes next for series ``i``: "Bread, 2025-07-02: about 45.", "Bolts, next 28 days: 2 or 3, most none." """
    found = answer(forecast, i, formatter)
    mostly = f", most {units(forecast)} none" if found.none < NONE_LIKELY else ""
    return f"{forecast.names[i]}, {found.span}: {found.number if found.about else 'closed'}{mostly}."


def units(forecast: Forecast) -> str:
    """What the steps are called: "days", "periods of 30 minutes"."""
    return forecast.frequency.periods


def how_sure(
    forecast: Forecast, i: int, support: RangeSupport = RangeSupport.CHECKED, formatter: Formatter = PLAIN
) -> str:
    """The likely range of that answer: "80% likely to be between 38 and 53."; if it was not checked, that and why."""
    found = answer(forecast, i, formatter)
    if not found.low:
        return "It is closed throughout, so there is no value to forecast."
    none = f" The chance of none is {counted_in_100(found.none, formatter)}." if found.none >= MIN_CHANCE else ""
    where = found.low if found.low == found.high else f"between {found.low} and {found.high}"
    if support is RangeSupport.CHECKED:
        return f"{percent(LIKELY)} likely to be {where}.{none}"
    if support is RangeSupport.UNDER_WAY:
        return f"Likely {where} ({percent(LIKELY)}), checking on your past …{none}"
    if support is RangeSupport.TOO_NARROW:
        return f"Perhaps {where}: such ranges were {support.doubt}.{none}"
    return f"Likely {where} ({percent(LIKELY)}), {support.doubt}.{none}"
