"""Which columns hold the dates: one of dates, a date and a time, or a year next to a month, quarter, week or period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from almanac.tables.columns.column_words import is_birth_name, is_due_name
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.timeline.date_columns import FIRST_COLUMNS, DateColumns
from almanac.tables.timeline.date_kinds import KINDS_OF_DAYS, DateKind, DateSource
from almanac.tables.timeline.periods.counted_periods import (
    compact_quarters,
    compact_weeks,
)
from almanac.tables.timeline.periods.fiscal import fiscal_part, holds_fiscal_parts, holds_fiscal_years
from almanac.tables.timeline.periods.months_of_things import keys_of_months
from almanac.tables.timeline.serial_dates import counts_months, serial_kind
from almanac.tables.timeline.split.beside_years import YEAR_DETECTORS, year_and_date
from almanac.tables.timeline.split.time_of_day import find_time_of_day
from almanac.tables.timeline.split.year_headings import months_below_years
from almanac.tables.timeline.timeline import read_timeline
from almanac.tables.values.cells import Table
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.days_without_year import consecutive_days
from almanac.tables.values.dates.fiscal_dates import Part
from almanac.tables.values.dates.months_without_year import MONTHS_OF_YEAR
from almanac.tables.values.dates.read_dates import read_dates

# All chosen by judgement.
_MIN_FILL = 0.5  # filled cells of a column of dates, of those in the one that has most
_MIN_COMPACT = 0.95  # share of numbers such as 202401 in a column of compact dates
_LARGEST_COMPACT_QUARTER = 20994
_MIN_WEEKS = 5
_MAX_NIGHTS, _MIN_NIGHTS = 5000, 0.97  # rows looked at; share of rows alone on their day, and of days in a row
_SAMPLE = 50  # cells looked at to see whether dates have times


def find_date_source(table: Table, profiles: tuple[ColumnProfile, ...], asked: int | None) -> DateSource | None:
    """The columns that hold the dates, or None when there are none; ``asked``: the column that the person chose."""
    columns = DateColumns(table, profiles)
    if asked is not None:
        return replace(_with_rest_of_date(columns, asked), rule="the column that was chosen")
    never_changes = None
    for n, (rule, detect) in enumerate(_DETECTORS):
        source = detect(columns)
        if source is None:
            continue
        tried = tuple(earlier for earlier, _ in _DETECTORS[:n])
        source = replace(source, rule=source.rule or rule, tried=tried)
        if never_changes is None and _never_changes(columns, source):
            never_changes = source  # when the file was made, perhaps: another column may say when each row happened
        elif never_changes is None or _is_called_a_date(columns, source):
            return source
    return never_changes


def _never_changes(columns: DateColumns, source: DateSource) -> bool:
    """Whether all rows have the same date, in a table of several rows."""
    used = [columns.profiles[i] for i in source.columns]
    return len(columns.table) > 1 and all(profile.distinct <= 1 for profile in used)


def _is_called_a_date(columns: DateColumns, source: DateSource) -> bool:
    """Whether every column of the dates is called after dates."""
    return all(columns.profiles[i].named_like_date for i in source.columns)


def _dates_beside_years(columns: DateColumns) -> DateSource | None:
    """Days and months with their year in another column."""
    for year in columns.named_years:
        source = year_and_date(columns, year)
        if source is not None:
            return _with_time(columns, source)
    return None


def _consecutive_days(columns: DateColumns) -> DateSource | None:
    """Days without a year that follow one another."""
    for i in columns.first_texts():
        if consecutive_days(columns.table.columns[i]) is not None:
            return DateSource(DateKind.DAY_WITHOUT_YEAR, (i,))
    return None


def _dates(columns: DateColumns) -> DateSource | None:
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
            not profiles[i].in_digits,
            -i,
        ),
    )
    if len(full) > 1 and len(columns.table) <= _MAX_NIGHTS and _has_times(columns, best):
        best = (
            next((i for i in full if _one_row_a_day(columns, i)), best) if not _one_row_a_day(columns, best) else best
        )
    return _with_rest_of_date(columns, best)


def _has_times(columns: DateColumns, i: int) -> bool:
    cells = columns.cells(i).cells[:_SAMPLE]
    return bool((read_dates(cells).grains == Grain.TIME).any())


def _one_row_a_day(columns: DateColumns, i: int) -> bool:
    """Whether each day has one row, as for the times at which a person gets up, but not those of going to bed."""
    column = columns.cells(i)
    days = read_dates(column.cells).day_first[column.codes].astype("datetime64[D]")
    days = np.unique(days[~np.isnat(days)])
    if len(days) < _MIN_WEEKS or not _has_times(columns, i):
        return False
    rows = len(column) - int(column.empty.sum())
    return len(days) >= _MIN_NIGHTS * rows and bool((np.diff(days).astype(np.int64) == 1).mean() >= _MIN_NIGHTS)


def _months_below_years(columns: DateColumns) -> DateSource | None:
    """Months or quarters below the year they belong to."""
    for i in columns.first_texts():
        if months_below_years(columns.table.columns[i]) is not None:
            return DateSource(DateKind.MONTH_BELOW_YEAR, (i,))
    return None


def _years_and_parts(columns: DateColumns) -> DateSource | None:
    """A column of years next to one of months, quarters, weeks or periods."""
    for year in columns.named_years or columns.years[:FIRST_COLUMNS]:
        source = _next_to_year(columns, year)
        if source is not None:
            return source
    return None


def _compact_dates(columns: DateColumns) -> DateSource | None:
    """Months or days as plain numbers: 202401, 20240131."""
    for i, profile in columns.first_or_named():
        if profile.compact_share >= _MIN_COMPACT * profile.number_share:
            return _with_time(columns, DateSource(DateKind.DATE, (i,)))
    return None


def _compact_quarters(columns: DateColumns) -> DateSource | None:
    """Quarters as plain numbers: 20241 to 20244."""
    for i, profile in columns.first_or_named():
        possible = profile.whole and profile.highest <= _LARGEST_COMPACT_QUARTER
        if possible and compact_quarters(columns.cells(i)) is not None:
            return DateSource(DateKind.COMPACT_QUARTER, (i,))
    return None


def _serial_numbers(columns: DateColumns) -> DateSource | None:
    """Serial numbers of days or seconds."""
    for i, profile in enumerate(columns.profiles):
        kind = serial_kind(profile, columns.table.columns[i])
        if kind is not None:
            return _with_time(columns, DateSource(kind, (i,)))
    return None


def _consecutive_months(columns: DateColumns) -> DateSource | None:
    """Months without a year that follow one another."""
    if columns.years:
        return None
    for i, profile in enumerate(columns.profiles):
        if not (profile.holds_month_names or (profile.numeric and profile.holds_months)):
            continue
        keys = keys_of_months(columns.table, columns.profiles, i)
        if keys is not None:
            return DateSource(DateKind.MONTH_WITHOUT_YEAR, (i,), keys=keys)
    return None


def _year_numbers(columns: DateColumns) -> DateSource | None:
    """Codes of a year's number and a month: 1-01, 1-02."""
    for i, column in enumerate(columns.table.columns[:FIRST_COLUMNS]):
        if counts_months(column):
            return DateSource(DateKind.YEAR_NUMBER_AND_MONTH, (i,))
    return None


def _compact_weeks(columns: DateColumns) -> DateSource | None:
    """Weeks as plain numbers: 202401 to 202453."""
    for i, profile in enumerate(columns.profiles):
        if profile.filled and (i == 0 or profile.named_like_date):
            weeks = compact_weeks(columns.cells(i))
            if weeks is not None and weeks[1].max(initial=0) > MONTHS_OF_YEAR:
                return DateSource(DateKind.COMPACT_WEEK, (i,))
    return None


def _named_weeks(columns: DateColumns) -> DateSource | None:
    """Years with a number, 2024-05 or 5/2024, in a column called week."""
    for i, profile in enumerate(columns.profiles):
        if profile.named("week") and profile.distinct > 1 and compact_weeks(columns.cells(i)) is not None:
            return DateSource(DateKind.COMPACT_WEEK, (i,))
    return None


def _years(columns: DateColumns) -> DateSource | None:
    """A column of years."""
    first = next((i for i, p in enumerate(columns.profiles) if p.filled), None)
    called = [i for i in columns.years if columns.profiles[i].named_like_date]  # such as "period"
    for year in columns.named_years or [*called, *(i for i in columns.years if i == first)]:
        if columns.profiles[year].distinct > 1:
            return DateSource(DateKind.YEAR, (year,))
    return None


def _fiscal_periods(columns: DateColumns) -> DateSource | None:
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


def _fiscal_years(columns: DateColumns) -> DateSource | None:
    """Fiscal years alone: 2022/23, FY23."""
    for i in columns.first_texts():
        if fiscal_part(columns.table.columns[i]) is Part.YEAR and columns.profiles[i].distinct > 1:
            return DateSource(DateKind.FISCAL, (i,))
    return None


_DETECTORS: tuple[tuple[str, Callable[[DateColumns], DateSource | None]], ...] = (
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


def _with_rest_of_date(columns: DateColumns, day: int) -> DateSource:
    """The dates of a column, with a column of times, hours or parts of a year where there is one."""
    source = _next_to_year(columns, day) if columns.profiles[day].holds_years else None
    return source or _with_time(columns, DateSource(DateKind.DATE, (day,)))


def _with_time(columns: DateColumns, source: DateSource) -> DateSource:
    """Days with the time of day, where other columns hold it."""
    if source.kind not in KINDS_OF_DAYS or not _whole_days(columns, source):
        return source
    table, profiles = columns.table, columns.profiles
    time = find_time_of_day(
        table, profiles, source.date_columns, lambda: read_timeline(table, replace(source, time=None)).day_first
    )
    return source if time is None else replace(source, time=time, rule=time.rule)


def _whole_days(columns: DateColumns, source: DateSource) -> bool:
    """Whether the dates are days, not months or years, and have no times themselves."""
    column, first = columns.cells(source.date_columns[0]), source.date_columns[0]
    if source.kind is DateKind.EXCEL_DAYS:
        return columns.profiles[first].whole
    if source.kind is not DateKind.DATE:
        return True
    dates = read_dates(column.cells[:_SAMPLE])
    return bool((dates.grains[dates.understood] == Grain.DAY).all())


def _next_to_year(columns: DateColumns, year: int) -> DateSource | None:
    """The date of a column of years and the columns that hold the rest of it."""
    for rule, detect in YEAR_DETECTORS:
        source = detect(columns, year)
        if source is not None:
            return _with_time(columns, replace(source, rule=rule))
    return None
