"""A column of bare years, and the columns that hold the rest of the date: months, quarters, weeks, days or periods."""

from __future__ import annotations

from collections.abc import Callable

from almanac.tables.columns.profile import ColumnProfile, unnamed
from almanac.tables.timeline.date_columns import DateColumns
from almanac.tables.timeline.date_kinds import DateKind, DateSource
from almanac.tables.timeline.split.lettered_parts import parts_by_letter, run_on
from almanac.tables.timeline.split.numbered_days import numbered_days
from almanac.tables.timeline.split.parts_of_year import THIRTEEN, NumberedParts, numbered_parts, parts_per_year
from almanac.tables.timeline.split.whole_years import names_longer_period
from almanac.tables.values.dates.date_text import month_and_day
from almanac.tables.values.dates.week_patterns import may_name_week, names_week

# All chosen by judgement.
_MIN_DAYS_AND_MONTHS = 0.9  # share of days and months in a column that stands next to the years
_MIN_WEEKS, _MAX_WEEK = 5, 53
_SAMPLE = 50  # cells looked at


def _year_and_month(columns: DateColumns, year: int) -> DateSource | None:
    """A column of years and one of months, perhaps with one of days."""
    month = next((i for i, p in columns.other_than(year) if p.holds_months or _months_and_a_year(p)), None)
    if month is None:
        return None
    for i, p in columns.other_than(year):
        if p.named("day") and p.numeric and 1 <= p.lowest <= p.highest <= 31 and i != month:
            return DateSource(DateKind.YEAR_MONTH_DAY, (year, month, i))
    return DateSource(DateKind.YEAR_AND_MONTH, (year, month))


def _months_and_a_year(profile: ColumnProfile) -> bool:
    """Whether numbers are months and, as the 13th, the whole year."""
    in_span = profile.numeric and profile.whole and profile.lowest == 1 and profile.highest == THIRTEEN
    return in_span and profile.named("month") and not profile.named("period")


def _year_and_quarter(columns: DateColumns, year: int) -> DateSource | None:
    """A column of years and one of quarters."""
    for i, p in columns.other_than(year):
        numbered = p.numeric and 1 <= p.lowest <= p.highest <= 4
        if p.named("quarter") and (numbered or (not p.numeric and (p.date_share or _quarters(columns, i) <= 4))):
            return DateSource(DateKind.YEAR_AND_QUARTER, (year, i))
    return _year_and_lettered_part(columns, year, 4, DateKind.YEAR_AND_QUARTER)


def _quarters(columns: DateColumns, i: int) -> int:
    """How many different cells are not about a whole year or half of it."""
    cells = columns.cells(i).cells
    return len([cell for cell in cells[:_SAMPLE] if cell != "" and not names_longer_period(cell)]) if cells else 0


def _year_and_lettered_part(columns: DateColumns, year: int, parts: int, kind: DateKind) -> DateSource | None:
    """A column of years and one of this many parts that is called by a letter, as they are: T1 to T4 below "T"."""
    for i, p in columns.other_than(year):
        if parts_by_letter(p.name) != parts:
            continue
        found = numbered_parts(columns.cells(i))
        lettered = found is not None and found.complete and parts_by_letter(p.name, found.word) == found.most
        if found is not None and lettered and run_on(columns, year, i, found.numbers):
            return DateSource(kind, (year, i))
    return None


def _year_and_unnamed_month(columns: DateColumns, year: int) -> DateSource | None:
    """A column of years and, right of it, one without a name that holds 1 to 12."""
    if year + 1 >= len(columns.profiles):
        return None
    right = columns.profiles[year + 1]
    one_to_twelve = right.whole and (right.lowest, right.highest, right.distinct) == (1, 12, 12)
    return DateSource(DateKind.YEAR_AND_MONTH, (year, year + 1)) if unnamed(right.name) and one_to_twelve else None


def _year_and_week(columns: DateColumns, year: int) -> DateSource | None:
    """A column of years and one of weeks, which its name, the words in its cells or its numbers show."""
    for i, p in columns.other_than(year):
        if p.distinct < _MIN_WEEKS or not p.filled:
            continue
        weeks = numbered_parts(columns.cells(i))
        if weeks is None or weeks.most > _MAX_WEEK:
            continue
        named = p.named("week") or names_week(weeks.word)
        if named or (_may_be_weeks(p, weeks) and weeks.fill_years(columns.cells(i), columns.cells(year))):
            return DateSource(DateKind.YEAR_AND_WEEK, (year, i))
    return None


def _may_be_weeks(profile: ColumnProfile, weeks: NumberedParts) -> bool:
    """Whether the name or the cells have a letter or a word that may be about weeks: S, Sem., Period."""
    letters = may_name_week(profile.name) or may_name_week(weeks.word) or names_week(profile.name)
    return weeks.most > THIRTEEN and (letters or profile.named("period"))


def _year_and_part(columns: DateColumns, year: int) -> DateSource | None:
    """A column of years and one of numbered periods or terms."""
    for i, p in columns.other_than(year):
        if p.named("period") and parts_per_year(p, columns.cells(i), columns.cells(year)) is not None:
            return DateSource(DateKind.YEAR_AND_PART, (year, i))
    return _year_and_lettered_part(columns, year, 2, DateKind.YEAR_AND_PART)


def _year_and_day(columns: DateColumns, year: int) -> DateSource | None:
    """A column of years and one of the days of the year."""
    for i, p in columns.other_than(year):
        counted = p.numeric and p.whole and 1 <= p.lowest <= p.highest <= 366
        if counted and (p.named("day of year") or (p.named("day") and p.highest > 31)):
            return DateSource(DateKind.YEAR_AND_DAY, (year, i))
    return None


def year_and_date(columns: DateColumns, year: int) -> DateSource | None:
    """A column of years and one of days and months: 31 Jan, 31.01."""
    for i, p in columns.other_than(year):
        cells = columns.cells(i).cells[:_SAMPLE] if not p.numeric else ()
        if cells and sum(month_and_day(cell) is not None for cell in cells) >= _MIN_DAYS_AND_MONTHS * len(cells):
            return DateSource(DateKind.YEAR_AND_DATE, (year, i))
    return None


def _year_and_numbers(columns: DateColumns, year: int) -> DateSource | None:
    """Years, months and days in columns side by side whose names do not tell."""
    found = numbered_days(columns.table, columns.profiles)
    return DateSource(DateKind.YEAR_MONTH_DAY, found) if found is not None and found[0] == year else None


YEAR_DETECTORS: tuple[tuple[str, Callable[[DateColumns, int], DateSource | None]], ...] = (
    # From names that mean one thing to those that mean many: "period" may be a month, a term or anything else.
    ("a column of years and one of days and months", year_and_date),
    ("a column of years and one of the days of the year", _year_and_day),
    ("years, months and days in columns side by side", _year_and_numbers),
    ("a column of years and one of months", _year_and_month),
    ("a column of years and one of quarters", _year_and_quarter),
    ("a column of years and, right of it, one without a name that holds 1 to 12", _year_and_unnamed_month),
    ("a column of years and one of weeks", _year_and_week),
    ("a column of years and one of numbered periods", _year_and_part),
)
