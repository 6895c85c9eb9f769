"""When something is open, in words: "closed on Sundays", "open 07:00 to 16:59", "only April to September".

A temperature is never closed: of levels it says when they are measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.calendar.open_periods import DAYS, MONTHS, OpenPeriods
from almanac.core.series import SeriesSet

CLOSED_PERIODS = "closed_periods"  # code of the finding that something is never open at some times
CLOSED_IN_FORECAST = "closed_in_forecast"  # code of the note on what is forecast then
_MINUTES = 24 * 60
# Not from the calendar module: a window sets the locale, and these sentences are English.
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class _Verbs:
    """What something is, or is only, at some times, and is not at others."""

    open: str
    only: str
    closed: str
    only_months: str


_OF_FLOWS = _Verbs("open", "open only", "closed", "only")
_OF_LEVELS = _Verbs("measured", "measured only", "not measured", "measured only")


def open_words(periods: OpenPeriods, level: bool = False) -> str:
    """When it is open or closed, whatever is shorter; empty when it always is open.

    ``level``: it is a level, such as a temperature, which is measured or not.
    """
    verbs = _OF_LEVELS if level else _OF_FLOWS
    parts = [_months(periods.months, verbs), *_week(periods.week, verbs)]
    return ", ".join(part for part in parts if part)


def closed_on(days: Sequence[int]) -> str:
    """Weekdays (0 for Monday) that are closed from now on: "Closed on Mondays and Tuesdays"."""
    return f"Closed on {_listed(np.isin(np.arange(DAYS), days), _DAY_NAMES, ending='s')}"


def closed_words(series: SeriesSet, i: int) -> str:
    """When series i is open or closed; empty when it always is open."""
    return open_words(series.open_periods[i], series.measure(i).kind == "level") if series.open_periods else ""


def _months(months: Flags, verbs: _Verbs) -> str:
    """The months: "only April to September", "closed in August"."""
    if months.all():
        return ""
    if months.sum() > MONTHS // 2:
        return f"{verbs.closed} in {_listed(~months, _MONTH_NAMES)}"
    return f"{verbs.only_months} {_listed(months, _MONTH_NAMES)}"


def _week(week: Flags, verbs: _Verbs) -> list[str]:
    """The hours that days have in common, with those of other days, and the days that are closed."""
    if week.all():
        return []
    opened = np.any(week, axis=1)
    closed = [] if opened.all() else [_closed_days(np.logical_not(opened), verbs)]
    kinds: dict[bytes, list[int]] = {}
    for day in np.flatnonzero(opened).tolist():
        kinds.setdefault(week[day].tobytes(), []).append(day)
    hours = []
    for days in kinds.values():
        if not week[days[0]].all():
            flags = np.isin(np.arange(DAYS), days)
            which = "" if len(kinds) == 1 else f" on {_listed(flags, _DAY_NAMES, ending='s')}"
            hours.append(f"{verbs.open} {_clock(week[days[0]])}{which}")
    return [*hours, *closed]


def _closed_days(closed: Flags, verbs: _Verbs) -> str:
    if closed.sum() > DAYS // 2:
        return f"{verbs.only} on {_listed(~closed, _DAY_NAMES, ending='s')}"
    return f"{verbs.closed} on {_listed(closed, _DAY_NAMES, ending='s')}"


def _clock(slots: Flags) -> str:
    """The hours: "07:00 to 16:59"; a time through midnight is one."""
    length = _MINUTES // len(slots)
    spans = [f"{_time(first * length)} to {_time((last + 1) * length - 1)}" for first, last in _runs(slots, shortest=1)]
    return _and(spans)


def _time(minutes: int) -> str:
    hour, minute = divmod(minutes % _MINUTES, 60)
    return f"{hour:02d}:{minute:02d}"


def _runs(flags: Flags, shortest: int = 3) -> list[tuple[int, int]]:
    """First and last position of each run of flags; the end of the circle is next to its beginning.

    Runs of fewer than ``shortest`` are given position by position.
    """
    runs = [[n for n, _ in group] for on, group in groupby(enumerate(flags.tolist()), lambda one: one[1]) if on]
    if len(runs) > 1 and flags[0] and flags[-1]:
        runs = [*runs[1:-1], runs[-1] + runs[0]]
    found: list[tuple[int, int]] = []
    for run in runs:
        found += [(run[0], run[-1])] if len(run) >= shortest else [(n, n) for n in run]
    return found


def _listed(flags: Flags, names: Sequence[str], ending: str = "") -> str:
    """The names of what is flagged; three or more in a row as "April to September"; ``ending``: of each."""
    runs = _runs(flags)
    return _and([f"{names[a]}{ending}" if a == b else f"{names[a]}{ending} to {names[b]}{ending}" for a, b in runs])


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
