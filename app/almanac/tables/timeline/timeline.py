"""When each row happened: from one column, a date and a time, or a year beside a month, quarter and day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.tables.columns.profile import column_facts
from almanac.tables.timeline.counted_periods import (
    compact_clocks,
    counted_times,
    running_months,
    year_quarters,
    year_weeks,
)
from almanac.tables.timeline.dates_without_year import running_days
from almanac.tables.timeline.parts_of_year import THIRTEEN, numbered, part_starts, parts_of_year
from almanac.tables.timeline.serial_dates import Serial, code_months, serial_dates
from almanac.tables.timeline.source import DateSource
from almanac.tables.timeline.year_headings import months_below_years
from almanac.tables.values.calendar_names import month_number
from almanac.tables.values.cells import Column, Table, as_cells
from almanac.tables.values.date_patterns import Grain
from almanac.tables.values.dates import Dates, read_clock, read_dates

NAT = np.datetime64("NaT")
THIRTEEN_WORDS = "year and one of thirteen periods"


@dataclass(frozen=True, eq=False)
class Timeline:
    """When each of N rows happened, in both readings: datetime64[s] [N], NaT where it is not told. See ``Dates``.

    ``coarser``: bool [N], rows of whole years or quarters among those of months, whose dates are NaT.
    ``local``: no cell tells its zone.
    """

    day_first: Timestamps
    month_first: Timestamps
    grain: Grain
    separator: str
    words: str
    coarser: Flags | None = None
    local: bool = True

    @property
    def two_ways(self) -> bool:
        return self.day_first is not self.month_first


def read_timeline(table: Table, source: DateSource) -> Timeline:
    """When each row happened."""
    if source.parts in ("excel days", "unix seconds", "unix milliseconds"):
        return _from_serials(table.columns[source.columns[0]], source.parts)  # type: ignore[arg-type]
    if source.parts == "day alone":
        when = running_days(table.columns[source.columns[0]])
        assert when is not None
        return Timeline(when, when, Grain.DAY, "", "day without a year")
    if source.parts == "quarter of year":
        return _from_year_quarters(as_cells(table.columns[source.columns[0]]))
    if source.parts == "week of year":
        return _from_year_weeks(as_cells(table.columns[source.columns[0]]))
    if source.parts == "month below year":
        return _below_years(table.columns[source.columns[0]])
    if source.parts == "month alone":
        return _without_year(as_cells(table.columns[source.columns[0]]))
    if source.parts == "year number":
        return _from_codes(table.columns[source.columns[0]])
    first = as_cells(table.columns[source.columns[0]])
    dates = read_dates(first.cells)
    if source.parts in ("date", "year"):
        grain = Grain(int(np.median(dates.grains[dates.understood]))) if dates.understood.any() else Grain.DAY
        if (dates.grains == Grain.TIME).any():
            grain = Grain.TIME
        coarser = _coarser(dates)
        if coarser is not None:
            return _without(_spread(dates, first, Grain(int(dates.grains.max()))), coarser[first.codes])
        return _spread(dates, first, grain)
    if source.parts in ("date time", "date clock"):
        clock = as_cells(table.columns[source.columns[1]])
        seconds = compact_clocks(clock) if source.parts == "date clock" else _clocks(clock)
        assert seconds is not None
        seconds = seconds[clock.codes]
        line = _spread(dates, first, Grain.TIME)
        both = [np.where(seconds >= 0, when + seconds.astype("timedelta64[s]"), NAT) for when in _readings(line)]
        return Timeline(both[0], both[-1], Grain.TIME, line.separator, line.words, local=line.local)
    if source.parts in ("date hour", "date half-hour"):
        parts = 24 if source.parts == "date hour" else 48
        return _with_counted(table.columns[source.columns[1]], _spread(dates, first, Grain.TIME), parts)
    return _from_parts(table, source, dates, first)


def _clocks(column: Column) -> Integers:
    """Seconds after midnight of each different cell: int64 [n], -1 where there is no time."""
    return np.array([-1 if (s := read_clock(cell)) is None else s for cell in column.cells], dtype=np.int64)


def _from_serials(column: Column, kind: Serial) -> Timeline:
    """Days or seconds counted from a certain day on."""
    when = serial_dates(column, kind)
    if column.floats is None:
        when = when[column.codes]
    times = bool((when[~np.isnat(when)].astype(np.int64) % 86_400).any())
    return Timeline(when, when, Grain.TIME if times else Grain.DAY, "", kind, local=kind == "excel days")


def _from_codes(column: Column) -> Timeline:
    """1-01, 1-02: months of the first year, and so on."""
    months = [code_months(str(cell)) for cell in column.cells]
    whens = np.array([np.datetime64("NaT", "M") if m is None else np.datetime64(m - 1970 * 12, "M") for m in months])
    when = whens.astype("datetime64[s]")[column.codes]
    return Timeline(when, when, Grain.MONTH, "", "number of the year and month")


def _with_counted(column: Column, line: Timeline, parts: int) -> Timeline:
    """Dates, with the hour or half-hour of the day beside them."""
    cells = as_cells(column)
    numbers = np.array([_part(c, False, 50) or (0 if str(c) in ("0", "0.0", "00") else -1) for c in cells.cells])
    both = [counted_times(when, numbers[cells.codes], parts) for when in _readings(line)]
    return Timeline(both[0], both[-1], Grain.TIME, line.separator, line.words)


def _without_year(column: Column) -> Timeline:
    """Months that run on; the first year is called 1."""
    numbers = running_months(column)
    assert numbers is not None
    months = np.where(numbers >= 0, np.datetime64("0001-01", "M") + numbers, np.datetime64("NaT", "M"))
    when = months.astype("datetime64[s]")
    return Timeline(when, when, Grain.MONTH, "", "month without a year")


def _below_years(column: Column) -> Timeline:
    """Months or quarters below the year they belong to."""
    found = months_below_years(column)
    assert found is not None
    when, grain, coarser = found
    return Timeline(when, when, grain, "", "month below its year", coarser)


def _coarser(dates: Dates) -> Flags | None:
    """Which cells are whole years or quarters where others are quarters or months of the same years: bool [n]."""
    found = np.unique(dates.grains[dates.understood])
    if len(found) < 2 or found.max() > Grain.MONTH:
        return None
    finest = dates.grains == found.max()
    years = dates.day_first.astype("datetime64[Y]")
    if finest.sum() < 8 or not np.isin(years[dates.understood & ~finest], years[finest]).mean() >= 0.5:
        return None
    coarser: Flags = dates.understood & ~finest
    return coarser


def _without(line: Timeline, rows: Flags) -> Timeline:
    when = np.where(rows, NAT, line.day_first)
    return Timeline(when, when, line.grain, line.separator, line.words, rows)


def _readings(line: Timeline) -> tuple[Timestamps, ...]:
    return (line.day_first, line.month_first) if line.two_ways else (line.day_first,)


def _spread(dates: Dates, column: Column, grain: Grain) -> Timeline:
    day_first = dates.day_first[column.codes]
    month_first = dates.month_first[column.codes] if dates.two_ways else day_first
    return Timeline(day_first, month_first, grain, dates.separator, dates.words, local=not dates.zoned)


def _from_parts(table: Table, source: DateSource, years: Dates, first: Column) -> Timeline:
    """A year carried down over blank cells, with the month or quarter (and day) beside it."""
    year = _carried(years.day_first.astype("datetime64[Y]"), first.codes)
    column = as_cells(table.columns[source.columns[1]])
    if source.parts == "year week":
        return _from_weeks(year, column)
    if source.parts == "year part":
        parts = parts_of_year(column_facts(table.names[source.columns[1]], column), column, first)
        assert parts is not None
        when, grain = part_starts(year, column, parts)
        return Timeline(when, when, grain, "", THIRTEEN_WORDS if parts == THIRTEEN else "year and period")
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


def _from_weeks(year: Timestamps, column: Column) -> Timeline:
    """ISO weeks, each named by its Monday."""
    weeks = numbered(column)
    assert weeks is not None
    return _weeks(year, weeks.numbers[column.codes])


def _from_year_quarters(column: Column) -> Timeline:
    months = year_quarters(column)
    assert months is not None
    when = months.astype("datetime64[M]").astype("datetime64[s]")
    return Timeline(when, when, Grain.QUARTER, "", "year and quarter")


def _from_year_weeks(column: Column) -> Timeline:
    parts = year_weeks(column)
    assert parts is not None
    year = np.where(parts[0] > 0, np.datetime64("0000", "Y") + parts[0], np.datetime64("NaT", "Y"))
    return _weeks(year, parts[1])


def _weeks(year: Timestamps, week: Integers) -> Timeline:
    fourth = year.astype("datetime64[D]") + 3  # 4 January always lies in week 1
    monday = fourth - (fourth.astype(np.int64) + 3) % 7
    when = np.where((week > 0) & (week <= 53), (monday + (week - 1) * 7).astype("datetime64[s]"), NAT)
    return Timeline(when, when, Grain.WEEK, "", "year and week")


def _carried(cells: Timestamps, codes: NDArray[np.int32]) -> Timestamps:
    rows = cells[codes]
    known = np.maximum.accumulate(np.where(np.isnat(rows), -1, np.arange(len(rows))))
    return np.where(known >= 0, rows[np.maximum(known, 0)], np.datetime64("NaT", "Y"))


def _part(cell: object, quarter: bool, most: int = 12) -> int:
    """The month, quarter or day in a cell; 0 when there is none."""
    text = str(cell).strip().removesuffix(".0")
    number = month_number(text)
    if number is not None and not quarter:
        return number
    digits = "".join(c for c in text if c.isdecimal()) if quarter else text
    most = 4 if quarter else most
    return int(digits) if digits.isdecimal() and 1 <= int(digits) <= most else 0
