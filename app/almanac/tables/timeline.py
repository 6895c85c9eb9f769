"""When each row happened: from one column, a date and a time, or a year beside a month, quarter and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from almanac.tables.cells import Column, Table
from almanac.tables.dates import Dates, Grain, Instants, read_clock, read_dates
from almanac.tables.facts import Facts
from almanac.tables.months import month_number

NAT = np.datetime64("NaT")


@dataclass(frozen=True)
class DateSource:
    """Which columns tell when. ``parts``: "date", "date time", "year", "year month (day)" or "year quarter"."""

    parts: str
    columns: tuple[int, ...]

    def words(self, names: Sequence[str]) -> str:
        return " + ".join(names[i] for i in self.columns)


@dataclass(frozen=True, eq=False)
class Timeline:
    """When each of N rows happened, in both readings: datetime64[s] [N], NaT where it is not told. See ``Dates``."""

    day_first: Instants
    month_first: Instants
    grain: Grain
    separator: str
    words: str

    @property
    def two_ways(self) -> bool:
        return self.day_first is not self.month_first


def find_date_source(table: Table, facts: tuple[Facts, ...], asked: int | None) -> DateSource | None:
    """The columns that tell when, or None when there are none."""
    if asked is not None:
        return _with_time(table, facts, asked)
    dated = [i for i, f in enumerate(facts) if f.dated]
    if dated:
        most = max(facts[i].filled for i in dated)
        full = [i for i in dated if facts[i].filled >= 0.5 * most]
        best = max(full, key=lambda i: (facts[i].different > 1, facts[i].named_like_date, -i))
        return _with_time(table, facts, best)
    years = [i for i, f in enumerate(facts) if f.years >= 0.8]
    named = [i for i in years if facts[i].named("year")]
    for year in named or years[:1]:
        parts = _beside_year(facts, year)
        if parts is not None:
            return parts
    compact = [i for i, f in enumerate(facts) if f.months_of_year >= 0.95 and (i == 0 or f.named_like_date)]
    if compact:
        return DateSource("date", (compact[0],))
    for year in named or [i for i in years if i == min(j for j, f in enumerate(facts) if f.filled)]:
        if facts[year].different > 1:
            return DateSource("year", (year,))
    return None


def _with_time(table: Table, facts: tuple[Facts, ...], day: int) -> DateSource:
    clocks = [i for i, f in enumerate(facts) if f.clocks >= 0.9 and f.different > 1 and i != day]
    column = table.columns[day]
    if clocks and column.floats is None and not (read_dates(column.cells[:50]).grains == Grain.TIME).any():
        return DateSource("date time", (day, clocks[0]))
    if facts[day].years >= 0.8:
        return _beside_year(facts, day) or DateSource("year", (day,))
    return DateSource("date", (day,))


def _beside_year(facts: tuple[Facts, ...], year: int) -> DateSource | None:
    for i, f in enumerate(facts):
        if i != year and f.filled and (f.months >= 0.8 or (f.named("month") and 1 <= f.low <= f.high <= 12)):
            days = [j for j, d in enumerate(facts) if d.named("day") and d.numeric and 1 <= d.low <= d.high <= 31]
            if days:
                return DateSource("year month day", (year, i, days[0]))
            return DateSource("year month", (year, i))
    for i, f in enumerate(facts):
        if i != year and f.filled and f.named("quarter") and (f.dates or f.numbers or f.different <= 4):
            return DateSource("year quarter", (year, i))
    return None


def read_timeline(table: Table, source: DateSource) -> Timeline:
    """When each row happened."""
    first = as_cells(table.columns[source.columns[0]])
    dates = read_dates(first.cells)
    if source.parts in ("date", "year"):
        grain = Grain(int(np.median(dates.grains[dates.understood]))) if dates.understood.any() else Grain.DAY
        if (dates.grains == Grain.TIME).any():
            grain = Grain.TIME
        return _spread(dates, first, grain)
    if source.parts == "date time":
        clock = table.columns[source.columns[1]]
        seconds = np.array([-1 if (s := read_clock(c)) is None else s for c in clock.cells], dtype=np.int64)[
            clock.codes
        ]
        line = _spread(dates, first, Grain.TIME)
        both = [np.where(seconds >= 0, when + seconds.astype("timedelta64[s]"), NAT) for when in _readings(line)]
        return Timeline(both[0], both[-1], Grain.TIME, line.separator, line.words)
    return _from_parts(table, source, dates, first)


def _readings(line: Timeline) -> tuple[Instants, ...]:
    return (line.day_first, line.month_first) if line.two_ways else (line.day_first,)


def _spread(dates: Dates, column: Column, grain: Grain) -> Timeline:
    day_first = dates.day_first[column.codes]
    month_first = dates.month_first[column.codes] if dates.two_ways else day_first
    return Timeline(day_first, month_first, grain, dates.separator, dates.words)


def _from_parts(table: Table, source: DateSource, years: Dates, first: Column) -> Timeline:
    """A year carried down over blank cells, with the month or quarter (and day) beside it."""
    year = _carried(years.day_first.astype("datetime64[Y]"), first.codes)
    column = as_cells(table.columns[source.columns[1]])
    quarters = source.parts == "year quarter"
    numbers = np.array([_part(c, quarters) for c in column.cells], dtype=np.int64)[column.codes]
    months = (numbers - 1) * 3 if quarters else numbers - 1
    when = (year.astype("datetime64[M]") + months).astype("datetime64[D]")
    good = numbers > 0
    if source.parts == "year month day":
        days = as_cells(table.columns[source.columns[2]])
        day = np.array([_part(c, False, 31) for c in days.cells], dtype=np.int64)[days.codes]
        good &= day > 0
        moved = when + (day - 1)
        good &= moved.astype("datetime64[M]") == when.astype("datetime64[M]")
        when = moved
    result = np.where(good, when.astype("datetime64[s]"), NAT)
    grain = {"year month": Grain.MONTH, "year quarter": Grain.QUARTER}.get(source.parts, Grain.DAY)
    return Timeline(result, result, grain, "", source.parts.replace(" ", " and "))


def _carried(cells: NDArray[np.datetime64], codes: NDArray[np.int32]) -> NDArray[np.datetime64]:
    rows = cells[codes]
    known = np.maximum.accumulate(np.where(np.isnat(rows), -1, np.arange(len(rows))))
    return np.where(known >= 0, rows[np.maximum(known, 0)], np.datetime64("NaT", "Y"))


def _part(cell: object, quarter: bool, most: int = 12) -> int:
    """The month, quarter or day in a cell; 0 when there is none."""
    text = str(cell).strip().removesuffix(".0")
    number = month_number(text)
    if number is not None and not quarter:
        return number
    digits = "".join(c for c in text if c.isdigit()) if quarter else text
    most = 4 if quarter else most
    return int(digits) if digits.isdecimal() and 1 <= int(digits) <= most else 0


def as_cells(column: Column) -> Column:
    """A column that was read as plain numbers, as cells again."""
    if column.floats is None:
        return column
    cells, codes = np.unique(column.floats, return_inverse=True)
    return Column(codes.astype(np.int32), ["" if np.isnan(c) else float(c) for c in cells])
