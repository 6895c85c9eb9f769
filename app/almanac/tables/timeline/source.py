"""Which columns hold the dates: one of dates, a date and a time, or a year next to a month, quarter, week or period."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from almanac.tables.columns.column_words import is_birth_name, is_due_name
from almanac.tables.columns.profile import ColumnProfile, unnamed
from almanac.tables.timeline.counted_periods import (
    MONTHS_OF_YEAR,
    compact_quarters,
    compact_weeks,
    consecutive_months,
)
from almanac.tables.timeline.date_kinds import KINDS_OF_DAYS, DateKind, DateSource
from almanac.tables.timeline.fiscal import fiscal_part, holds_fiscal_parts, holds_fiscal_years
from almanac.tables.timeline.serial_dates import counts_months, serial_kind
from almanac.tables.timeline.split.numbered_days import numbered_days
from almanac.tables.timeline.split.parts_of_year import numbered_parts, parts_per_year
from almanac.tables.timeline.split.time_of_day import find_time_of_day
from almanac.tables.timeline.split.year_headings import months_below_years
from almanac.tables.timeline.timeline import read_timeline
from almanac.tables.values.cells import Column, Table, as_cells
from almanac.tables.values.date_patterns import Grain
from almanac.tables.values.date_text import month_and_day
from almanac.tables.values.dates import read_dates
from almanac.tables.values.days_without_year import consecutive_days
from almanac.tables.values.fiscal_dates import Part

# All chosen by judgement.
_FIRST_COLUMNS = 2  # in which dates without a year, and codes, are looked for
_MIN_FILL = 0.5  # filled cells of a column of dates, of those in the one that has most
_MIN_DAYS_AND_MONTHS = 0.9  # share of days and months in a column that stands next to the years
_MIN_COMPACT = 0.95  # share of numbers such as 202401 in a column of compact dates
_LARGEST_COMPACT_QUARTER = 20994
_MIN_WEEKS = 5
_MAX_NIGHTS, _MIN_NIGHTS = 5000, 0.97  # rows looked at; share of rows alone on their day, and of days in a row
_SAMPLE = 50  # cells looked at to see whether dates have times


@dataclass(frozen=True, eq=False)
class _Columns:
    """A table and the profiles of its columns."""

    table: Table
    profiles: tuple[ColumnProfile, ...]

    def cells(self, i: int) -> Column:
        """A column with cells, also where it was read as plain numbers."""
        return as_cells(self.table.columns[i])

    @cached_property
    def years(self) -> list[int]:
        """The columns that hold bare years."""
        return [i for i, p in enumerate(self.profiles) if p.holds_years]

    @cached_property
    def named_years(self) -> list[int]:
        """The columns that hold bare years and are called so."""
        return [i for i in self.years if self.profiles[i].named("year")]

    def other_than(self, year: int) -> Iterator[tuple[int, ColumnProfile]]:
        """The filled columns that may hold the rest of the date next to a column of years."""
        return ((i, p) for i, p in enumerate(self.profiles) if i != year and p.filled)

    def first_or_named(self) -> Iterator[tuple[int, ColumnProfile]]:
        """The columns of numbers that may hold dates: the first one, and those named like a date."""
        return ((i, p) for i, p in enumerate(self.profiles) if p.numeric and (i == 0 or p.named_like_date))

    def first_texts(self) -> Iterator[int]:
        """Those of the first columns that do not hold numbers."""
        first = self.profiles[:_FIRST_COLUMNS]
        return (i for i, p in enumerate(first) if p.filled and not p.numeric)


def find_date_source(table: Table, profiles: tuple[ColumnProfile, ...], asked: int | None) -> DateSource | None:
    """The columns that hold the dates, or None when there are none; ``asked``: the column that the person chose."""
    columns = _Columns(table, profiles)
    if asked is not None:
        return replace(_with_rest_of_date(columns, asked), rule="the column that was chosen")
    for n, (rule, detect) in enumerate(_DETECTORS):
        source = detect(columns)
        if source is not None:
            tried = tuple(earlier for earlier, _ in _DETECTORS[:n])
            return replace(source, rule=source.rule or rule, tried=tried)
    return None


def _dates_beside_years(columns: _Columns) -> DateSource | None:
    """Days and months with their year in another column."""
    for year in columns.named_years:
        source = _year_and_date(columns, year)
        if source is not None:
            return _with_time(columns, source)
    return None


def _consecutive_days(columns: _Columns) -> DateSource | None:
    """Days without a year that follow one another."""
    for i in columns.first_texts():
        if consecutive_days(columns.table.columns[i]) is not None:
            return DateSource(DateKind.DAY_WITHOUT_YEAR, (i,))
    return None


def _dates(columns: _Columns) -> DateSource | None:
    """A column of dates."""
    profiles = columns.profiles
    dated = [i for i, p in enumerate(profiles) if p.dated]
    if not dated:
        return None
    most = max(profiles[i].filled for i in dated)
    full = [i for i in dated if profiles[i].filled >= _MIN_FILL * most]
    best = max(
        full,
        key=lambda i: (
            profiles[i].distinct > 1,
            not (is_due_name(profiles[i].name) or is_birth_name(profiles[i].name)),
            profiles[i].named_like_date,
            -i,
        ),
    )
    if len(full) > 1 and len(columns.table) <= _MAX_NIGHTS and _has_times(columns, best):
        best = (
            next((i for i in full if _one_row_a_day(columns, i)), best) if not _one_row_a_day(columns, best) else best
        )
    return _with_rest_of_date(columns, best)


def _has_times(columns: _Columns, i: int) -> bool:
    cells = columns.cells(i).cells[:_SAMPLE]
    return bool((read_dates(cells).grains == Grain.TIME).any())


def _one_row_a_day(columns: _Columns, i: int) -> bool:
    """Whether each day has one row, as for the times at which a person gets up, but not those of going to bed."""
    column = columns.cells(i)
    days = read_dates(column.cells).day_first[column.codes].astype("datetime64[D]")
    days = np.unique(days[~np.isnat(days)])
    if len(days) < _MIN_WEEKS or not _has_times(columns, i):
        return False
    rows = len(column) - int(column.empty.sum())
    return len(days) >= _MIN_NIGHTS * rows and bool((np.diff(days).astype(np.int64) == 1).mean() >= _MIN_NIGHTS)


def _months_below_years(columns: _Columns) -> DateSource | None:
    """Months or quarters below the year they belong to."""
    for i in columns.first_texts():
        if months_below_years(columns.table.columns[i]) is not None:
            return DateSource(DateKind.MONTH_BELOW_YEAR, (i,))
    return None


def _years_and_parts(columns: _Columns) -> DateSource | None:
    """A column of years next to one of months, quarters, weeks or periods."""
    for year in columns.named_years or columns.years[:_FIRST_COLUMNS]:
        source = _next_to_year(columns, year)
        if source is not None:
            return source
    return None


def _compact_dates(columns: _Columns) -> DateSource | None:
    """Months or days as plain numbers: 202401, 20240131."""
    for i, profile in columns.first_or_named():
        if profile.compact_share >= _MIN_COMPACT * profile.number_share:
            return _with_time(columns, DateSource(DateKind.DATE, (i,)))
    return None


def _compact_quarters(columns: _Columns) -> DateSource | None:
    """Quarters as plain numbers: 20241 to 20244."""
    for i, profile in columns.first_or_named():
        possible = profile.whole and profile.highest <= _LARGEST_COMPACT_QUARTER
        if possible and compact_quarters(columns.cells(i)) is not None:
            return DateSource(DateKind.COMPACT_QUARTER, (i,))
    return None


def _serial_numbers(columns: _Columns) -> DateSource | None:
    """Serial numbers of days or seconds."""
    for i, profile in enumerate(columns.profiles):
        kind = serial_kind(profile, columns.table.columns[i])
        if kind is not None:
            return _with_time(columns, DateSource(kind, (i,)))
    return None


def _consecutive_months(columns: _Columns) -> DateSource | None:
    """Months without a year that follow one another."""
    if columns.years:
        return None
    for i, profile in enumerate(columns.profiles):
        months = profile.holds_month_names or (profile.numeric and profile.holds_months)
        if months and consecutive_months(columns.cells(i)) is not None:
            return DateSource(DateKind.MONTH_WITHOUT_YEAR, (i,))
    return None


def _year_numbers(columns: _Columns) -> DateSource | None:
    """Codes of a year's number and a month: 1-01, 1-02."""
    for i, column in enumerate(columns.table.columns[:_FIRST_COLUMNS]):
        if counts_months(column):
            return DateSource(DateKind.YEAR_NUMBER_AND_MONTH, (i,))
    return None


def _compact_weeks(columns: _Columns) -> DateSource | None:
    """Weeks as plain numbers: 202401 to 202453."""
    for i, profile in enumerate(columns.profiles):
        if profile.filled and (i == 0 or profile.named_like_date):
            weeks = compact_weeks(columns.cells(i))
            if weeks is not None and weeks[1].max(initial=0) > MONTHS_OF_YEAR:
                return DateSource(DateKind.COMPACT_WEEK, (i,))
    return None


def _named_weeks(columns: _Columns) -> DateSource | None:
    """Years with a number, 2024-05 or 5/2024, in a column called week."""
    for i, profile in enumerate(columns.profiles):
        if profile.named("week") and profile.distinct > 1 and compact_weeks(columns.cells(i)) is not None:
            return DateSource(DateKind.COMPACT_WEEK, (i,))
    return None


def _years(columns: _Columns) -> DateSource | None:
    """A column of years."""
    first = next((i for i, p in enumerate(columns.profiles) if p.filled), None)
    for year in columns.named_years or [i for i in columns.years if i == first]:
        if columns.profiles[year].distinct > 1:
            return DateSource(DateKind.YEAR, (year,))
    return None


def _fiscal_periods(columns: _Columns) -> DateSource | None:
    """Quarters and months of fiscal years: 2022/23 Q4, or a fiscal year next to its quarter, period or month."""
    for i in columns.first_texts():
        part = fiscal_part(columns.table.columns[i])
        if part is not None and part is not Part.YEAR:
            return DateSource(DateKind.FISCAL, (i,))
    if any(p.dated and p.named_like_date and p.distinct > 1 for p in columns.profiles):
        return None
    names = columns.table.names
    years = [
        i for i, p in enumerate(columns.profiles) if p.filled and holds_fiscal_years(names[i], p, columns.cells(i))
    ]
    for year in years[:1]:
        for i, p in columns.other_than(year):
            if holds_fiscal_parts(p, columns.cells(i)):
                return DateSource(DateKind.FISCAL, (year, i))
    return None


def _fiscal_years(columns: _Columns) -> DateSource | None:
    """Fiscal years alone: 2022/23, FY23."""
    for i in columns.first_texts():
        if fiscal_part(columns.table.columns[i]) is Part.YEAR and columns.profiles[i].distinct > 1:
            return DateSource(DateKind.FISCAL, (i,))
    return None


_DETECTORS: tuple[tuple[str, Callable[[_Columns], DateSource | None]], ...] = (
    # What can mean only one thing comes first, and what could also be an ordinary number last.
    ("quarters and months of fiscal years", _fiscal_periods),  # before dates: 2022/23 Q4 is not in October 2022
    ("days and months next to their year", _dates_beside_years),
    ("days without a year that follow one another", _consecutive_days),  # before dates: "Nov 20" is no November 2020
    ("years with the numbers of weeks", _named_weeks),  # before dates: below "Week", 2024-05 is a week
    ("a column of dates", _dates),
    ("months below the year they belong to", _months_below_years),  # before years, which are only headings there
    ("a column of years next to one of their parts", _years_and_parts),  # before the numbers: years are small numbers
    ("months or days as plain numbers", _compact_dates),
    ("quarters as plain numbers", _compact_quarters),
    ("serial numbers of days or seconds", _serial_numbers),
    ("months without a year that follow one another", _consecutive_months),
    ("codes of a year's number and a month", _year_numbers),
    ("fiscal years", _fiscal_years),
    # After compact dates and fiscal years: 202401 to 202412 could be months, 2008-09 to 2012-13 are years.
    ("weeks as plain numbers", _compact_weeks),
    ("a column of years", _years),  # last: a year may describe the rows instead of dating them
)


def _with_rest_of_date(columns: _Columns, day: int) -> DateSource:
    """The dates of a column, with a column of times, hours or parts of a year where there is one."""
    source = _next_to_year(columns, day) if columns.profiles[day].holds_years else None
    return source or _with_time(columns, DateSource(DateKind.DATE, (day,)))


def _with_time(columns: _Columns, source: DateSource) -> DateSource:
    """Days with the time of day, where other columns hold it."""
    if source.kind not in KINDS_OF_DAYS or not _whole_days(columns, source):
        return source
    table, profiles = columns.table, columns.profiles
    time = find_time_of_day(
        table, profiles, source.date_columns, lambda: read_timeline(table, replace(source, time=None)).day_first
    )
    return source if time is None else replace(source, time=time, rule=time.rule)


def _whole_days(columns: _Columns, source: DateSource) -> bool:
    """Whether the dates are days, not months or years, and have no times themselves."""
    column, first = columns.cells(source.date_columns[0]), source.date_columns[0]
    if source.kind is DateKind.EXCEL_DAYS:
        return columns.profiles[first].whole
    if source.kind is not DateKind.DATE:
        return True
    dates = read_dates(column.cells[:_SAMPLE])
    return bool((dates.grains[dates.understood] == Grain.DAY).all())


def _next_to_year(columns: _Columns, year: int) -> DateSource | None:
    """The date of a column of years and the columns that hold the rest of it."""
    for rule, detect in _YEAR_DETECTORS:
        source = detect(columns, year)
        if source is not None:
            return _with_time(columns, replace(source, rule=rule))
    return None


def _year_and_month(columns: _Columns, year: int) -> DateSource | None:
    """A column of years and one of months, perhaps with one of days."""
    month = next((i for i, p in columns.other_than(year) if p.holds_months), None)
    if month is None:
        return None
    for i, p in columns.other_than(year):
        if p.named("day") and p.numeric and 1 <= p.lowest <= p.highest <= 31 and i != month:
            return DateSource(DateKind.YEAR_MONTH_DAY, (year, month, i))
    return DateSource(DateKind.YEAR_AND_MONTH, (year, month))


def _year_and_quarter(columns: _Columns, year: int) -> DateSource | None:
    """A column of years and one of quarters."""
    for i, p in columns.other_than(year):
        numbered = p.numeric and 1 <= p.lowest <= p.highest <= 4
        if p.named("quarter") and (numbered or (not p.numeric and (p.date_share or p.distinct <= 4))):
            return DateSource(DateKind.YEAR_AND_QUARTER, (year, i))
    return None


def _year_and_unnamed_month(columns: _Columns, year: int) -> DateSource | None:
    """A column of years and, right of it, one without a name that holds 1 to 12."""
    if year + 1 >= len(columns.profiles):
        return None
    right = columns.profiles[year + 1]
    one_to_twelve = right.whole and (right.lowest, right.highest, right.distinct) == (1, 12, 12)
    return DateSource(DateKind.YEAR_AND_MONTH, (year, year + 1)) if unnamed(right.name) and one_to_twelve else None


def _year_and_week(columns: _Columns, year: int) -> DateSource | None:
    """A column of years and one of weeks."""
    for i, p in columns.other_than(year):
        if p.named("week") and p.distinct >= _MIN_WEEKS:
            weeks = numbered_parts(columns.cells(i))
            if weeks is not None and weeks.most <= 53:
                return DateSource(DateKind.YEAR_AND_WEEK, (year, i))
    return None


def _year_and_part(columns: _Columns, year: int) -> DateSource | None:
    """A column of years and one of numbered periods or terms."""
    for i, p in columns.other_than(year):
        if parts_per_year(p, columns.cells(i), columns.cells(year)) is not None:
            return DateSource(DateKind.YEAR_AND_PART, (year, i))
    return None


def _year_and_day(columns: _Columns, year: int) -> DateSource | None:
    """A column of years and one of the days of the year."""
    for i, p in columns.other_than(year):
        counted = p.numeric and p.whole and 1 <= p.lowest <= p.highest <= 366
        if counted and (p.named("day of year") or (p.named("day") and p.highest > 31)):
            return DateSource(DateKind.YEAR_AND_DAY, (year, i))
    return None


def _year_and_date(columns: _Columns, year: int) -> DateSource | None:
    """A column of years and one of days and months: 31 Jan, 31.01."""
    for i, p in columns.other_than(year):
        cells = columns.cells(i).cells[:_SAMPLE] if not p.numeric else ()
        if cells and sum(month_and_day(cell) is not None for cell in cells) >= _MIN_DAYS_AND_MONTHS * len(cells):
            return DateSource(DateKind.YEAR_AND_DATE, (year, i))
    return None


def _year_and_numbers(columns: _Columns, year: int) -> DateSource | None:
    """Years, months and days in columns side by side whose names do not tell."""
    found = numbered_days(columns.table, columns.profiles)
    return DateSource(DateKind.YEAR_MONTH_DAY, found) if found is not None and found[0] == year else None


_YEAR_DETECTORS: tuple[tuple[str, Callable[[_Columns, int], DateSource | None]], ...] = (
    # From names that mean one thing to those that mean many: "period" may be a month, a term or anything else.
    ("a column of years and one of days and months", _year_and_date),
    ("a column of years and one of the days of the year", _year_and_day),
    ("years, months and days in columns side by side", _year_and_numbers),
    ("a column of years and one of months", _year_and_month),
    ("a column of years and one of quarters", _year_and_quarter),
    ("a column of years and, right of it, one without a name that holds 1 to 12", _year_and_unnamed_month),
    ("a column of years and one of weeks", _year_and_week),
    ("a column of years and one of numbered periods", _year_and_part),
)
