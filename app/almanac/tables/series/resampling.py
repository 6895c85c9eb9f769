"""The rhythm to use, and how several values of one period are put together."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.core.frequency import BY_NAME, DAILY, ROWS, Frequency, Unit
from almanac.core.problems import Finding, stop_with
from almanac.tables import findings as words
from almanac.tables.plan import Plan
from almanac.tables.reading import ReadingOptions, Repeated
from almanac.tables.timeline.frequency import Moments, Rhythm, find_rhythm
from almanac.tables.values.calendar_names import plain

_ORDER = (Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.BUSINESS_DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
_HALF_MONTH = 15
EVEN = 0.9  # share of steps that must fit before dates count as irregular


@dataclass(frozen=True)
class Pace:
    """``rhythm``: the one found in the file, ``frequency``: the one to use, ``how``: several values become one;
    ``shift``: days to add to a date before its period is looked up.
    """

    rhythm: Rhythm
    frequency: Frequency
    how: Repeated
    shift: int = 0

    @property
    def even(self) -> bool:
        return self.rhythm.regular >= EVEN


def find_pace(plan: Plan, options: ReadingOptions, groups: Integers, keep: Flags, found: list[Finding]) -> Pace:
    """The rhythm of the rows in use; adds to ``found``. Raises ProblemError when the one asked for cannot be had."""
    if plan.source is None:
        found.append(words.no_dates_row_order())
        return Pace(Rhythm(ROWS, 1.0), ROWS, options.repeated or "sum")
    index = plan.index
    if not keep.all():
        groups, index = groups[keep], index[keep]
    # Single events keep no rhythm within a group that says little; the days of the whole file do.
    together = np.zeros_like(groups) if plan.transactions else groups
    used, place = (plan.moments, index) if keep.all() else _used(plan, index)
    rhythm = find_rhythm(Moments(used, place, together), plan.grain)
    clock = rhythm.frequency.unit in (Unit.HOUR, Unit.MINUTE)
    even = rhythm.regular >= EVEN
    shift = 0
    if rhythm.retail:
        shift = -_HALF_MONTH if _ends(plan, used) else _HALF_MONTH
        found.append(words.retail_months(plan.date_words, shift < 0))
    elif clock and rhythm.regular < EVEN and plan.lists_events and options.frequency is None:
        found.append(words.events_by_day(plan.date_words))
        return Pace(Rhythm(DAILY, 1.0), DAILY, options.repeated or "sum")
    how: Repeated = options.repeated or ("sum" if (even and not clock) or plan.transactions else "mean")
    if options.frequency is None:
        if not even and not plan.transactions:
            found.append(words.irregular_dates(plan.date_words, rhythm.frequency, rhythm.regular, how))
        return Pace(rhythm, rhythm.frequency, how, shift)
    asked = BY_NAME[options.frequency]
    if (asked.unit, rhythm.frequency.unit) == (Unit.DAY, Unit.BUSINESS_DAY):
        return Pace(rhythm, asked, how)  # weekends then count as days without a row
    if asked.unit is rhythm.frequency.unit and rhythm.frequency.multiple == 1:
        return Pace(rhythm, rhythm.frequency, how, shift)
    if _length(asked) < _length(rhythm.frequency) and even:
        raise stop_with(
            "rhythm_too_fine",
            f"The file is {rhythm.frequency.name}; it cannot be read {asked.name}.",
            f"There is one row for each {rhythm.frequency.unit.value}, and nothing says what happened in between.",
            f"Choose {rhythm.frequency.name} or a slower rhythm.",
        )
    how = options.repeated or "sum"
    found.append(words.put_together(rhythm.frequency, asked, how))
    return Pace(rhythm, asked, how, shift)


def _ends(plan: Plan, dates: Timestamps) -> bool:
    """Whether the dates of retail months are their last days: the name says so, or they are Fridays or Saturdays."""
    name = plain(plan.date_words)
    if re.search(r"\b(?:end|ending|ends|ende|fin|fine|bis|einde|through|close|closing)\b", name):
        return True
    if re.search(r"\b(?:start|starting|begin|beginning|beginn|von|from|debut|inicio|inizio)\b", name):
        return False
    weekday = (int(dates[0].astype("datetime64[D]").astype(np.int64)) + 3) % 7
    return weekday in (4, 5)


def _used(plan: Plan, index: Integers) -> tuple[Timestamps, Integers]:
    """Only the dates that rows in use have, and each row's place among them."""
    different, place = np.unique(index, return_inverse=True)
    return plan.moments[different], place


def _length(frequency: Frequency) -> float:
    """About how many days one period lasts."""
    days = dict(zip(_ORDER, (1 / 1440, 1 / 24, 1, 1.01, 7, 30.4, 91.3, 365.2), strict=True))
    return days[frequency.unit] * frequency.multiple


def in_periods(plan: Plan, frequency: Frequency, shift: int = 0) -> Integers:
    """The period number of every row: int64 [N]."""
    if not frequency.dated:
        return plan.when.astype(np.int64)
    return frequency.numbers(plan.moments + np.timedelta64(shift, "D"))[plan.index]
