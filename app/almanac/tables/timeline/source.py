"""Which columns tell when: one of dates, a date and a time, or a year beside a month, quarter, week or period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from almanac.tables.columns.profile import Facts, unnamed
from almanac.tables.timeline.counted_periods import (
    compact_clocks,
    parts_of_day,
    running_months,
    tells_clocks,
    year_quarters,
    year_weeks,
)
from almanac.tables.timeline.dates_without_year import running_days
from almanac.tables.timeline.parts_of_year import numbered, parts_of_year
from almanac.tables.timeline.serial_dates import counts_months, serial_kind
from almanac.tables.timeline.year_headings import months_below_years
from almanac.tables.values.cells import Table, as_cells
from almanac.tables.values.date_patterns import Grain
from almanac.tables.values.dates import read_dates


@dataclass(frozen=True)
class DateSource:
    """Which columns tell when.

    ``parts``: "date", "date time", "date clock" (1830), "date hour", "date half-hour", "year", "year month (day)",
    "year quarter", "year week", "year part" (period or term), "week of year" (202453), "quarter of year" (20244),
    "month below year", "month alone" and "day alone" (without a year), "year number" (codes such as 1-01) or a kind of
    serial number.
    """

    parts: str
    columns: tuple[int, ...]

    def words(self, names: Sequence[str]) -> str:
        return " + ".join(names[i] for i in self.columns)


def find_date_source(table: Table, facts: tuple[Facts, ...], asked: int | None) -> DateSource | None:
    """The columns that tell when, or None when there are none."""
    if asked is not None:
        return _with_time(table, facts, asked)
    for i in range(min(2, len(facts))):  # before "Nov 20" is taken for November 2020
        if facts[i].filled and not facts[i].numeric and running_days(table.columns[i]) is not None:
            return DateSource("day alone", (i,))
    dated = [i for i, f in enumerate(facts) if f.dated]
    if dated:
        most = max(facts[i].filled for i in dated)
        full = [i for i in dated if facts[i].filled >= 0.5 * most]
        best = max(full, key=lambda i: (facts[i].different > 1, facts[i].named_like_date, -i))
        return _with_time(table, facts, best)
    for i in range(min(2, len(facts))):
        if facts[i].filled and not facts[i].numeric and months_below_years(table.columns[i]) is not None:
            return DateSource("month below year", (i,))
    years = [i for i, f in enumerate(facts) if f.years >= 0.8]
    named = [i for i in years if facts[i].named("year")]
    for year in named or years[:1]:
        parts = _beside_year(table, facts, year)
        if parts is not None:
            return parts
    compact = [
        i
        for i, f in enumerate(facts)
        if f.numeric and f.months_of_year >= 0.95 * f.numbers and (i == 0 or f.named_like_date)
    ]
    if compact:
        return DateSource("date", (compact[0],))
    for i, f in enumerate(facts):
        first = i == 0 or f.named_like_date
        if first and f.numeric and f.whole and f.high < 20995 and year_quarters(as_cells(table.columns[i])) is not None:
            return DateSource("quarter of year", (i,))
    for i, f in enumerate(facts):
        if (kind := serial_kind(f, table.columns[i])) is not None:
            return DateSource(kind, (i,))
    for i, f in enumerate(facts):
        alone = f.months >= 0.8 or (f.named("month") and f.numeric and 1 <= f.low <= f.high <= 12)
        if alone and not years and running_months(as_cells(table.columns[i])) is not None:
            return DateSource("month alone", (i,))
    counted = [i for i in range(min(2, len(facts))) if counts_months(table.columns[i])]
    if counted:
        return DateSource("year number", (counted[0],))
    for i, f in enumerate(facts):
        if (i == 0 or f.named_like_date or f.named("week")) and f.numeric and year_weeks(as_cells(table.columns[i])):
            return DateSource("week of year", (i,))
    for year in named or [i for i in years if i == min(j for j, f in enumerate(facts) if f.filled)]:
        if facts[year].different > 1:
            return DateSource("year", (year,))
    return None


def _with_time(table: Table, facts: tuple[Facts, ...], day: int) -> DateSource:
    clocks = [i for i, f in enumerate(facts) if f.clocks >= 0.9 and f.different > 1 and i != day]
    column = table.columns[day]
    whole_days = column.floats is None and not (read_dates(column.cells[:50]).grains == Grain.TIME).any()
    if clocks and whole_days:
        return DateSource("date time", (day, clocks[0]))
    compact = [i for i, f in enumerate(facts) if i != day and tells_clocks(f)]
    if compact and whole_days and compact_clocks(as_cells(table.columns[compact[0]])) is not None:
        return DateSource("date clock", (day, compact[0]))
    counted = [(i, parts) for i, f in enumerate(facts) if i != day and (parts := parts_of_day(f)) is not None]
    if counted and whole_days:
        i, parts = counted[0]
        return DateSource("date hour" if parts == 24 else "date half-hour", (day, i))
    if facts[day].years >= 0.8:
        return _beside_year(table, facts, day) or DateSource("year", (day,))
    return DateSource("date", (day,))


def _beside_year(table: Table, facts: tuple[Facts, ...], year: int) -> DateSource | None:
    for i, f in enumerate(facts):
        twelve = f.named("month") and 1 <= f.low <= f.high <= 12
        if i != year and f.filled and (f.months >= 0.8 or twelve):
            days = [j for j, d in enumerate(facts) if d.named("day") and d.numeric and 1 <= d.low <= d.high <= 31]
            if days:
                return DateSource("year month day", (year, i, days[0]))
            return DateSource("year month", (year, i))
    for i, f in enumerate(facts):
        if i != year and f.filled and f.named("quarter") and (f.dates or f.numbers or f.different <= 4):
            return DateSource("year quarter", (year, i))
    beside = facts[year + 1] if year + 1 < len(facts) else None
    if beside and unnamed(beside.name) and beside.whole and (beside.low, beside.high, beside.different) == (1, 12, 12):
        return DateSource("year month", (year, year + 1))
    for i, f in enumerate(facts):
        if i != year and f.filled and f.named("week") and f.different > 4:
            weeks = numbered(as_cells(table.columns[i]))
            if weeks is not None and weeks.most <= 53:
                return DateSource("year week", (year, i))
    for i, f in enumerate(facts):
        years = as_cells(table.columns[year])
        if i != year and parts_of_year(f, as_cells(table.columns[i]), years) is not None:
            return DateSource("year part", (year, i))
    return None
