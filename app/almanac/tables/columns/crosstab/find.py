"""Tables in which time runs across: one column for each date, or years down and months across."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

import numpy as np

from almanac.tables.columns.crosstab.fiscal_across import NamedYears
from almanac.tables.columns.crosstab.intervals import bare_intervals
from almanac.tables.columns.crosstab.one_year_across import OneYear, days_of_one_year, months_of_one_year
from almanac.tables.columns.crosstab.years_across import (
    date_in_name,
    holds_fiscal_years,
    named_alike,
    parts_of_year,
    year_in_name,
)
from almanac.tables.columns.profile import ColumnProfile, unnamed
from almanac.tables.columns.totals import is_total
from almanac.tables.values.cells import Table
from almanac.tables.values.dates.calendar_names import (
    AVERAGE,
    is_fiscal_year,
    is_year,
    means_average,
    month_number,
    quarter_number,
)
from almanac.tables.values.dates.date_text import day_and_month
from almanac.tables.values.dates.fiscal_dates import names_fiscal_part, names_fiscal_year
from almanac.tables.values.dates.read_dates import is_compact_date, looks_like_date, read_clock
from almanac.tables.values.dates.week_patterns import may_name_week, names_week
from almanac.tables.values.footnote_marks import without_sign
from almanac.tables.values.hours import hour_number
from almanac.tables.values.numbers import whole_number

_WEEK = re.compile(r"([^\W\d_]{1,14})[\s._-]{0,2}(\d{1,2})")

# All chosen by judgement, so that tables with a few dated columns are not taken for crosstabs.
_MIN_WEEKS = 12
_MOST_OF_OTHERS = 13  # periods of a year that the letters of weeks may count too
_MIN_CLOCKS = 12
_MIN_DATES = 3
_MIN_DATED_SHARE = 0.5  # columns named after dates, of all columns of numbers
_MIN_MEASURED_SHARE = 0.8  # columns named after a date and a measure, of all columns of numbers, and of all such pairs
_MIN_PARTS = 7  # months across that need not be complete; otherwise all parts of a year
DISTINCT = 0.9  # share of rows with a distinct cell from which on a column names the rows


class CrosstabKind(StrEnum):
    """What the columns of a crosstab are called after."""

    DATES = "dates"
    PARTS_OF_YEAR = "parts of a year"  # months, quarters or weeks, next to a column of years
    YEARS = "years"  # next to a column of months, quarters, weeks, or days without their year
    DAYS = "days of the month"  # next to a column of months
    CLOCKS = "times of the day"  # next to a column of days


@dataclass(frozen=True)
class Crosstab:
    """``across``: the columns that are dates, with what each adds to the date of its row; ``keys``: the columns that
    name the rows; ``down``: the column that holds the rest of the date, if any; ``measures``: what each column across
    measures, where their names say more than the date, otherwise empty. ``years``: how the years across are called,
    or the one year of all rows. ``without_year``: no year is known.
    """

    kind: CrosstabKind
    across: tuple[tuple[int, str], ...]
    keys: tuple[int, ...]
    down: int | None = None
    measures: tuple[str, ...] = ()
    years: NamedYears | None = None
    without_year: bool = False

    @property
    def measure(self) -> str:
        """What all columns across measure; empty where their names do not say, or say different things."""
        return self.measures[0] if len(set(self.measures)) == 1 else ""

    @property
    def columns(self) -> frozenset[int]:
        """The columns that are dates."""
        return frozenset(i for i, _ in self.across)


@dataclass(frozen=True, eq=False)
class _Candidates:
    """A table, the profiles of its columns, and those that may hold values."""

    table: Table
    profiles: tuple[ColumnProfile, ...]
    values: list[int]

    def crosstab(self, kind: CrosstabKind, across: dict[int, str], down: int | None = None) -> Crosstab:
        """The crosstab with these columns across; its keys are found here."""
        taken = frozenset(across) if down is None else frozenset({*across, down})
        return Crosstab(kind, tuple(across.items()), self._keys(taken), down)

    def dated_apart_from(self, across: dict[int, int]) -> int | None:
        """The first column of dates that is not one of those across."""
        return next((i for i, p in enumerate(self.profiles) if p.dated and i not in across), None)

    def _keys(self, taken: frozenset[int]) -> tuple[int, ...]:
        """The columns that name the rows: the first text that does so alone, all texts, or a code before the dates."""
        profiles, first = self.profiles, min(taken)
        free = [i for i, p in enumerate(profiles) if i not in taken and p.filled and not is_total(p.name)]
        free = [i for i in free if i < first or not unnamed(profiles[i].name)]  # after a date: marks of its figures
        words = [i for i in free if profiles[i].worded]
        filled = self._filled(words, taken)
        rows = max(filled.values(), default=0)
        complete = [i for i in words if filled[i] >= DISTINCT * rows]
        partly = [i for i in complete if self._leaves_rows_to(words, i, taken)]
        complete = words if partly else complete
        alone = [i for i in complete if _names_rows(profiles[i]) and i not in partly]
        numbered = [i for i in free if i < first and profiles[i].whole and _names_rows(profiles[i])]
        return tuple(alone[:1] or complete or words or numbered[:1])

    def _filled(self, words: list[int], taken: frozenset[int]) -> dict[int, int]:
        """How many cells of each column are filled, in rows with figures where some have: notes are in one column."""
        figures = ~self.table.empty_in(taken)
        if figures.all() or not figures.any():
            return {i: self.profiles[i].filled for i in words}
        return {i: int((figures & ~self.table.columns[i].empty).sum()) for i in words}

    def _leaves_rows_to(self, words: list[int], i: int, taken: frozenset[int]) -> bool:
        """Whether other columns of words name many rows that a column does not, such as products below their region."""
        others = [k for k in words if k != i]
        if not others:
            return False
        figures = ~self.table.empty_in(taken)
        named = figures & self.table.columns[i].empty & ~self.table.empty_in(others)
        return bool(named.sum() > (1 - DISTINCT) * figures.sum())


def _names_rows(profile: ColumnProfile) -> bool:
    return profile.distinct >= DISTINCT * profile.filled


def find_crosstab(table: Table, profiles: tuple[ColumnProfile, ...]) -> Crosstab | None:
    """How time runs across this table, or None when it does not."""
    # Below a column named after a date, notes at the end of the table may outnumber the figures.
    values = [
        i
        for i, p in enumerate(profiles)
        if p.numeric or p.filled == 0 or (p.number_share and is_date_name(p.name, compact=False))
    ]
    averages = [i for i in values if AVERAGE.search(table.names[i])]
    if averages and means_average(table.names):
        values = [i for i in values if i not in averages]
    candidates = _Candidates(table, profiles, values)
    return next((found for detect in _DETECTORS if (found := detect(candidates)) is not None), None)


def _clocks_across(candidates: _Candidates) -> Crosstab | None:
    """Columns called 00:00, 00:30, 01:00 … next to a column of days."""
    names = candidates.table.names
    times = {i: seconds for i in candidates.values if (seconds := read_clock(names[i])) is not None}
    steps = set(np.diff(list(times.values())).tolist())
    down = candidates.dated_apart_from(times)
    if len(times) < _MIN_CLOCKS or len(steps) != 1 or min(steps) <= 0 or down is None:
        return None
    across = {i: f" {seconds // 3600:02d}:{seconds // 60 % 60:02d}" for i, seconds in times.items()}
    return candidates.crosstab(CrosstabKind.CLOCKS, across, down)


def _hours_across(candidates: _Candidates) -> Crosstab | None:
    """Columns called 0 to 23, or 1 to 24 for the end of each hour, also H1, 7h or 07 - 08, next to a column of days."""
    names = candidates.table.names
    hours = {i: hour for i in candidates.values if (hour := hour_number(names[i])) is not None}
    numbers = list(hours.values())
    if numbers not in (list(range(24)), list(range(1, 25))):
        return None
    down = candidates.dated_apart_from(hours)
    if down is None:
        return None
    across = {i: f" {hour - numbers[0]:02d}:00" for i, hour in hours.items()}
    return candidates.crosstab(CrosstabKind.CLOCKS, across, down)


def _intervals_across(candidates: _Candidates) -> Crosstab | None:
    """As many columns without a name as a day has hours, half-hours …, right of a column of days."""
    found = bare_intervals(candidates.profiles)
    if found is None:
        return None
    down, across = found
    after = frozenset(range(max(across) + 1, len(candidates.profiles)))  # marks of the quality of readings
    crosstab = candidates.crosstab(CrosstabKind.CLOCKS, across, down)
    return replace(crosstab, keys=tuple(i for i in crosstab.keys if i not in after))


def _days_across(candidates: _Candidates) -> Crosstab | None:
    """Columns called 1 to 28, 29, 30 or 31 next to a column of months."""
    days = {i: n for i in candidates.values if (n := whole_number(candidates.table.names[i])) is not None and n <= 31}
    if len(days) < 28 or list(days.values()) != list(range(1, len(days) + 1)):
        return None
    down = candidates.dated_apart_from(days)
    if down is None:
        return None
    return candidates.crosstab(CrosstabKind.DAYS, {i: f"-{day:02d}" for i, day in days.items()}, down)


def _parts_of_year_across(candidates: _Candidates) -> Crosstab | None:
    """Columns called after weeks, months (by name or 1 to 12) or quarters, next to a column of years."""
    year = _year_column(candidates)
    if year is None:
        return None
    names = {i: candidates.table.names[i] for i in candidates.values if i != year}
    numbered = {i: m for i, name in names.items() if (m := _WEEK.fullmatch(name)) is not None}
    many = len(numbered) > _MOST_OF_OTHERS
    weeks = {i: f"-W{int(m[2]):02d}" for i, m in numbered.items() if names_week(m[1]) or (many and may_name_week(m[1]))}
    if len(set(weeks.values())) == len(weeks) >= _MIN_WEEKS:
        return candidates.crosstab(CrosstabKind.PARTS_OF_YEAR, weeks, year)
    parts = {i: part for i, name in names.items() if (part := _part_of_year(name)) is not None}
    counted = {i: f"-{n:02d}" for i, name in names.items() if (n := whole_number(name)) is not None}
    if list(counted.values()) == [f"-{n:02d}" for n in range(1, 13)]:
        parts = counted
    all_parts = len(set(parts.values())) == len(parts) and len(parts) in (4, 6, 12)
    if not all_parts and len(parts) < _MIN_PARTS:
        return None
    return candidates.crosstab(CrosstabKind.PARTS_OF_YEAR, parts, year)


def _year_column(candidates: _Candidates) -> int | None:
    """The column of years: the one with that name, the first of all columns of numbers, or one of fiscal years."""
    profiles, values = candidates.profiles, candidates.values
    years = [i for i in values if profiles[i].holds_years and (profiles[i].distinct > 1 or profiles[i].named("year"))]
    first = years[0] if years and years[0] == values[0] else None
    year = next((i for i in years if profiles[i].named("year")), first)
    if year is not None:
        return year
    taken = set(values)
    texts = [i for i, p in enumerate(profiles) if p.filled and i not in taken]
    return next((i for i in texts if holds_fiscal_years(candidates.table.columns[i])), None)


def _years_across(candidates: _Candidates) -> Crosstab | None:
    """Columns with a year in their names, next to a column of months, quarters, weeks, or days without their year."""
    table, profiles = candidates.table, candidates.profiles
    if any(p.holds_years and p.named("year") for p in profiles):
        return None
    with_year = {i: named for i in candidates.values if (named := year_in_name(table.names[i])) is not None}
    dated = [i for i, p in enumerate(profiles) if p.dated and i not in with_year]  # "Nov 20" also looks like a month
    for down in dated or range(len(profiles) if with_year else 0):
        parts = parts_of_year(profiles[down].name, table.columns[down])
        if down in with_year or parts is None:
            continue
        beside = [i for i in candidates.values if i != down and profiles[i].filled]
        found = {i: with_year[i] for i in beside if i in with_year}
        one_year = len({named.year for named in found.values()}) == 1 and len(found) < len(beside)
        if not found or one_year or len(set(found.values())) < len(found):
            return None  # the year of a single column, or one of two that are called the same, may belong to a title
        if dated not in ([], [down]):
            return None
        quarters = any(part.startswith("Q") for part in parts)
        across = {i: f"{n.text} " if n.fiscal and quarters else str(n.year) for i, n in found.items()}
        measures = tuple(named.measure for named in found.values())
        return replace(
            candidates.crosstab(CrosstabKind.YEARS, across, down),
            measures=measures if any(measures) else (),
            years=named_alike(list(found.values())),
        )
    return None


def _dates_across(candidates: _Candidates) -> Crosstab | None:
    """Columns called after dates or years."""
    names, profiles = candidates.table.names, candidates.profiles
    compact = sum(is_compact_date(names[i]) for i in candidates.values) >= _MIN_DATES
    filled = [i for i in candidates.values if profiles[i].filled]
    named = _where(candidates.values, lambda i: is_date_name(names[i], compact) or None, _MIN_DATED_SHARE * len(filled))
    dated = list(named)
    if len(dated) < _MIN_DATES or len(dated) < _MIN_DATED_SHARE * len(filled):
        return None
    if any(p.dated for i, p in enumerate(profiles) if i not in dated):
        return None
    return candidates.crosstab(CrosstabKind.DATES, {i: names[i] for i in dated})


def _measured_dates_across(candidates: _Candidates) -> Crosstab | None:
    """Columns called after a date and what is measured, each thing on the same dates: Jan 2024 Budget, Jan 2024 Actual.

    A few columns of totals may have other names.
    """
    names, profiles = candidates.table.names, candidates.profiles
    filled = [i for i in candidates.values if profiles[i].filled]
    found = _where(candidates.values, lambda i: date_in_name(names[i]), _MIN_MEASURED_SHARE * len(filled))
    named = list(found.values())
    dates, things = (list(dict.fromkeys(name[k] for name in named)) for k in (1, 0))
    everywhere = len(named) >= _MIN_MEASURED_SHARE * len(dates) * len(things) or _begin_together(named, dates)
    if not everywhere or len(set(named)) < len(named) or len(dates) < _MIN_DATES:
        return None
    if len(found) < _MIN_MEASURED_SHARE * len(filled):
        return None
    if any(p.dated for i, p in enumerate(profiles) if i not in found):
        return None
    crosstab = candidates.crosstab(CrosstabKind.DATES, {i: date for i, (_, date) in found.items()})
    return replace(crosstab, measures=tuple(measure for measure, _ in found.values()))


_Found = TypeVar("_Found")


def _where(columns: Sequence[int], find: Callable[[int], _Found | None], needed: float) -> dict[int, _Found]:
    """What is found of each column, where something is; it stops once ``needed`` of them cannot be found."""
    found: dict[int, _Found] = {}
    for n, i in enumerate(columns):
        if len(found) + len(columns) - n < needed:
            break
        if (one := find(i)) is not None:
            found[i] = one
    return found


def _days_of_one_year_across(candidates: _Candidates) -> Crosstab | None:
    """Columns called after days that follow one another, without a year."""
    return _one_year_across(candidates, lambda name: day_and_month(name) is not None, days_of_one_year)


def _begin_together(named: Sequence[tuple[str, str]], dates: Sequence[str]) -> bool:
    """Whether each thing is measured on the first dates, and one on all: what really came, up to now, next to a plan.

    ``named``: things and their dates.
    """
    of_things: dict[str, list[str]] = {}
    for thing, when in named:
        of_things.setdefault(thing, []).append(when)
    runs = of_things.values()
    return all(run == dates[: len(run)] for run in runs) and any(len(run) == len(dates) for run in runs)


def _months_of_one_year_across(candidates: _Candidates) -> Crosstab | None:
    """Columns called after months that follow one another, without a year."""
    return _one_year_across(candidates, lambda name: month_number(name) is not None, months_of_one_year)


def _one_year_across(
    candidates: _Candidates,
    is_part: Callable[[str], bool],
    find: Callable[[Sequence[str], Sequence[str]], OneYear | None],
) -> Crosstab | None:
    """Columns called after parts of a year that follow one another."""
    table, profiles, values = candidates.table, candidates.profiles, candidates.values
    filled = [i for i in values if profiles[i].filled]
    named = list(_where(values, lambda i: is_part(table.names[i]) or None, _MIN_DATED_SHARE * len(filled)))
    if not named or len(named) < _MIN_DATED_SHARE * len(filled):
        return None
    if any((p.dated or (p.holds_years and p.distinct > 1)) and i not in named for i, p in enumerate(profiles)):
        return None
    others = [table.title, *(name for i, name in enumerate(table.names) if i not in named)]
    found = find([table.names[i] for i in named], others)
    if found is None:
        return None
    kind = CrosstabKind.DATES if found.years is None else CrosstabKind.PARTS_OF_YEAR
    crosstab = candidates.crosstab(kind, dict(zip(named, found.parts, strict=True)))
    return replace(crosstab, years=found.years, without_year=found.without_year)


# Tried in this order: times and numbers from 1 to 31 next to dates mean only one thing, while names such as "2024" or
# "Jan" may also be dates by themselves.
_DETECTORS: tuple[Callable[[_Candidates], Crosstab | None], ...] = (
    _clocks_across,
    _hours_across,
    _intervals_across,
    _days_across,
    _parts_of_year_across,
    _years_across,
    _days_of_one_year_across,  # before dates: "Dec 18" next to "Dec 19" is no December 2018
    _dates_across,
    _measured_dates_across,
    _months_of_one_year_across,
)


def is_date_name(name: str, compact: bool = True) -> bool:
    """Whether a column is called after a date; ``compact``: digits alone may be one.

    Names have no marks of footnotes any more: a number in brackets is that of a second column of the same name.
    """
    if (looks_like_date(name) and without_sign(name) == name) or is_year(name) or is_fiscal_year(name):
        return True
    if (name[:1].isdecimal() and names_fiscal_year(name)) or names_fiscal_part(name):  # 2022/23, FY22 P01
        return True
    return compact and is_compact_date(name)


def _part_of_year(name: str) -> str | None:
    """ "-03" for a month, "Q3" for a quarter, None for anything else."""
    month = month_number(name)
    if month is not None:
        return f"-{month:02d}"
    quarter = quarter_number(name)
    return None if quarter is None else f"Q{quarter}"
