"""When each row happened: one function for each kind of date columns reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps, pieces
from almanac.core.calendar.fiscal import FiscalYear
from almanac.tables.columns.fill_down import last_known
from almanac.tables.columns.profile import profile_column
from almanac.tables.timeline.date_kinds import SIX_DIGITS, DateKind, DateSource
from almanac.tables.timeline.periods.counted_periods import (
    compact_quarters,
    compact_weeks,
    consecutive_months,
)
from almanac.tables.timeline.periods.fiscal import holds_fiscal_years, read_fiscal_rows
from almanac.tables.timeline.periods.months_of_things import months_of_things
from almanac.tables.timeline.periods.numbered_weeks import week_starts
from almanac.tables.timeline.serial_dates import code_months, serial_dates
from almanac.tables.timeline.split.parts_of_year import THIRTEEN, numbered_parts, part_starts, parts_per_year
from almanac.tables.timeline.split.time_of_day import add_time
from almanac.tables.timeline.split.whole_years import longer_periods, names_year_or_half
from almanac.tables.timeline.split.year_headings import months_below_years
from almanac.tables.values.cells import Cell, Column, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import month_number, roman_quarter
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.date_text import month_and_day
from almanac.tables.values.dates.days_without_year import consecutive_days, weekdays_beside
from almanac.tables.values.dates.read_dates import NAT, SECONDS_PER_DAY, Dates, read_dates
from almanac.tables.values.numbers import whole_number

_YEARS_OFFERED = 5  # in which months without a year may begin
THREE_MONTHS_EACH = "three months that begin with each month"
_MIN_ROLLING, _MIN_ROLLING_SHARE = 3, 0.8  # periods, and their share, that begin a month after another (judgement)
COUNTED_WEEKS = "year and week, counted from year to year"
THIRTEEN_PERIODS = "year and one of thirteen periods"
_MAX_OTHERS = 0.4  # share of cells without a date among which whole years and halves are looked for (judgement)
_MIN_FINE, _MIN_SAME_YEARS = 8, 0.5  # rows of the finest grain, and share of coarser rows in their years (judgement)


@dataclass(frozen=True, eq=False)
class Timeline:
    """When each of N rows happened, with the day and with the month first. See ``Dates``.

    ``day_first``, ``month_first``: datetime64[s] [N], NaT where there is no date. ``pattern``: how the dates are
    written. ``coarser``: bool [N], rows of whole years or quarters among those of months, whose dates are NaT.
    ``offsets``: int64 [N], seconds ahead of UTC as in ``Dates``, None when no cell has a time zone; ``local``: nothing
    says that these are not local times. ``grains``: int64 [N], the grain of each row, -1 without a date; None where all
    are alike, or finer than months. ``fiscal``: how the periods of fiscal years are called; ``fiscal_starts``: where
    these years may begin, the assumed one first. ``first_years``: the years that dates without one may begin in, the
    one in use first.
    """

    day_first: Timestamps
    month_first: Timestamps
    grain: Grain
    separator: str
    pattern: str
    coarser: Flags | None = None
    local: bool = True
    offsets: Integers | None = None
    grains: Integers | None = None
    fiscal: FiscalYear | None = None
    fiscal_starts: tuple[int, ...] = ()
    first_years: tuple[int, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether some dates can be read with the day and with the month first."""
        return self.day_first is not self.month_first

    @property
    def without_rows(self) -> Timeline:
        """How the dates are written, without those of each row: they are as large as the file, and decided by then."""
        nothing: Timestamps = np.zeros(0, dtype="datetime64[s]")
        return replace(self, day_first=nothing, month_first=nothing)

    def spread(self, column: Column) -> Timeline:
        """For every row of a column, where this one is of its distinct cells."""
        day_first = column.spread(self.day_first)
        month_first = column.spread(self.month_first) if self.ambiguous else day_first
        return replace(self, day_first=day_first, month_first=month_first)


def read_timeline(table: Table, source: DateSource) -> Timeline:
    """When each row happened."""
    days = READERS[source.kind](table, source)
    time = source.time
    if time is None:
        return days
    day_first = add_time(table, time, days.day_first)
    month_first = add_time(table, time, days.month_first) if days.ambiguous else day_first
    return replace(days, day_first=day_first, month_first=month_first, grain=Grain.TIME)


def read_distinct(column: Column, source: DateSource) -> Timeline:
    """When each of the distinct cells of the only date column is, which may be far fewer than its rows."""
    numbers = np.arange(len(column.cells))
    return read_timeline(Table(("Date",), (Column(numbers, column.cells),), numbers, 0), source)


def _in_one_order(when: Timestamps, grain: Grain, pattern: str) -> Timeline:
    """The timeline of dates that can be read in one way only."""
    return Timeline(when, when, grain, "", pattern)


def _cells(table: Table, source: DateSource, place: int = 0) -> Column:
    return as_cells(table.columns[source.date_columns[place]])


def _dates(table: Table, source: DateSource) -> Timeline:
    column = _cells(table, source)
    dates = read_dates(column.cells)
    coarser = _coarser(dates, column.cells)
    if coarser is not None:
        line = _of_rows(dates, column, Grain(int(dates.grains.max())))
        when = np.where(coarser[column.codes], NAT, line.day_first)
        grains = dates.grains[column.codes].astype(np.int64)
        return Timeline(when, when, line.grain, line.separator, line.pattern, coarser[column.codes], grains=grains)
    grain = Grain(int(np.median(dates.grains[dates.understood]))) if dates.understood.any() else Grain.DAY
    if grain is Grain.QUARTER and rolls_on(dates.day_first[dates.understood]):
        line = _of_rows(dates, column, Grain.MONTH)
        return replace(line, pattern=THREE_MONTHS_EACH)
    return _of_rows(dates, column, Grain.TIME if (dates.grains == Grain.TIME).any() else grain)


def rolls_on(starts: Timestamps) -> bool:
    """Whether three months follow one another month by month: Jan-Mar, Feb-Apr, Mar-May."""
    steps = np.diff(np.unique(starts.astype("datetime64[M]")).astype(np.int64))
    return len(steps) >= _MIN_ROLLING and bool((steps == 1).mean() > _MIN_ROLLING_SHARE)


def _coarser(dates: Dates, cells: Sequence[Cell]) -> Flags | None:
    """Which cells are whole years or quarters where others are quarters or months of the same years: bool [n]."""
    found = np.unique(dates.grains[dates.understood])
    if len(found) == 0 or found.max() > Grain.DAY or (found == Grain.WEEK).any():
        return None
    finest = dates.grains == found.max()
    # Months among days are their sums when the same months have days; months written in several ways do not.
    around = dates.day_first.astype("datetime64[M]" if found.max() == Grain.DAY else "datetime64[Y]")
    coarser: Flags = dates.understood & ~finest
    if coarser.any() and not np.isin(around[coarser], around[finest]).mean() >= _MIN_SAME_YEARS:
        return None
    others = np.flatnonzero(~dates.understood)
    if found.max() < Grain.DAY and len(others) <= _MAX_OTHERS * len(cells):
        coarser[others] = [names_year_or_half(cells[i]) for i in others.tolist()]
    return coarser if finest.sum() >= _MIN_FINE and coarser.any() else None


def _of_rows(dates: Dates, column: Column, grain: Grain) -> Timeline:
    """The dates of distinct cells, for every row."""
    day_first = column.spread(dates.day_first)
    month_first = column.spread(dates.month_first) if dates.ambiguous else day_first
    offsets = None if dates.offsets is None else column.spread(dates.offsets)
    return Timeline(
        day_first, month_first, grain, dates.separator, dates.pattern, local=offsets is None, offsets=offsets
    )


def _serials(table: Table, source: DateSource) -> Timeline:
    """Days or seconds counted from a certain day on."""
    column = table.columns[source.date_columns[0]]
    when = serial_dates(column, source.kind)
    if not column.has_numbers:
        when = column.spread(when)
    times = any(
        (when[part][~np.isnat(when[part])].astype(np.int64) % SECONDS_PER_DAY).any() for part in pieces(len(when))
    )
    local = source.kind in (DateKind.EXCEL_DAYS, *SIX_DIGITS)
    return Timeline(when, when, Grain.TIME if times else Grain.DAY, "", source.kind.value, local=local)


def _days_without_year(table: Table, source: DateSource) -> Timeline:
    days = consecutive_days(table.columns[source.date_columns[0]], source.first_year, weekdays_beside(table.columns))
    assert days is not None
    return replace(_in_one_order(days.when, Grain.DAY, "day without a year"), first_years=days.first_years)


def _numbered_years(table: Table, source: DateSource) -> Timeline:
    column = _cells(table, source)
    texts = [cell_text(cell) for cell in column.cells]
    grain = Grain.MONTH if all(len(text) == len("0001-01") for text in texts) else Grain.DAY
    return _in_one_order(np.array(texts, dtype="datetime64[s]")[column.codes], grain, "date without a year")


def _months_without_year(table: Table, source: DateSource) -> Timeline:
    """Months that follow one another; the first year is called 1, or as the person chose."""
    column = _cells(table, source)
    numbers = months_of_things(table, source.keys, column) if source.keys else consecutive_months(column)
    assert numbers is not None
    today = date.today()
    latest = (today.year * 12 + today.month - 1 - int(numbers.max())) // 12  # the last month is none to come
    years = [1, *range(latest, latest - _YEARS_OFFERED, -1)]
    if source.first_year is not None:
        years = [source.first_year, *(year for year in years if year != source.first_year)]
    first = np.datetime64(f"{years[0]:04d}-01", "M")
    months = np.where(numbers >= 0, first + numbers, np.datetime64("NaT", "M"))
    line = _in_one_order(months.astype("datetime64[s]"), Grain.MONTH, "month without a year")
    return replace(line, first_years=tuple(years))


def _months_below_years(table: Table, source: DateSource) -> Timeline:
    found = months_below_years(table.columns[source.date_columns[0]])
    assert found is not None
    when, grain, coarser = found
    return Timeline(when, when, grain, "", "month below its year", coarser)


def _year_numbers(table: Table, source: DateSource) -> Timeline:
    """1-01, 1-02: months of the first year, and so on."""
    column = table.columns[source.date_columns[0]]
    months = [code_months(str(cell)) for cell in column.cells]
    whens = np.array([np.datetime64("NaT", "M") if m is None else np.datetime64(m - 1970 * 12, "M") for m in months])
    when = whens.astype("datetime64[s]")[column.codes]
    return _in_one_order(when, Grain.MONTH, "number of the year and month")


def _compact_quarters(table: Table, source: DateSource) -> Timeline:
    months = compact_quarters(_cells(table, source))
    assert months is not None
    return _in_one_order(months.astype("datetime64[M]").astype("datetime64[s]"), Grain.QUARTER, "year and quarter")


def _compact_weeks(table: Table, source: DateSource) -> Timeline:
    parts = compact_weeks(_cells(table, source))
    assert parts is not None
    year = np.where(parts[0] > 0, np.datetime64("0000", "Y") + parts[0], np.datetime64("NaT", "Y"))
    return _weeks(year, parts[1])


def _years_and_weeks(table: Table, source: DateSource) -> Timeline:
    column = _cells(table, source, 1)
    weeks = numbered_parts(column)
    assert weeks is not None
    years, name = _cells(table, source), table.names[source.date_columns[0]]
    fiscal = holds_fiscal_years(name, profile_column(name, years), years)
    return _weeks(_years_filled_down(table, source), weeks.numbers[column.codes], fiscal)


def _weeks(year: Timestamps, week: Integers, fiscal: bool = False) -> Timeline:
    """Weeks, each named by its Monday; ``year``: datetime64[Y] [N], ``week``: int64 [N], 0 where there is none."""
    when, counted = week_starts(year, week, fiscal)
    return _in_one_order(when, Grain.WEEK, COUNTED_WEEKS if counted else "year and week")


def _years_and_parts(table: Table, source: DateSource) -> Timeline:
    column = _cells(table, source, 1)
    profile = profile_column(table.names[source.date_columns[1]], column)
    parts = parts_per_year(profile, column, _cells(table, source))
    assert parts is not None
    when, grain = part_starts(_years_filled_down(table, source), column, parts)
    return _in_one_order(when, grain, THIRTEEN_PERIODS if parts == THIRTEEN else "year and period")


def _years_and_months(table: Table, source: DateSource) -> Timeline:
    """Years with the month or quarter, and perhaps the day, in other columns."""
    quarters = source.kind is DateKind.YEAR_AND_QUARTER
    column = _cells(table, source, 1)
    whole = np.array([not quarters and _text(cell) == "13" for cell in column.cells], dtype=bool)
    longer = (longer_periods(column.cells) | whole)[column.codes]  # H1 is no quarter
    numbers = np.where(longer, 0, _numbers(column, _quarter if quarters else _month))
    months = _years_filled_down(table, source).astype("datetime64[M]") + (numbers - 1) * (3 if quarters else 1)
    when = months.astype("datetime64[D]")
    good = numbers > 0
    if source.kind is DateKind.YEAR_MONTH_DAY:
        days = _numbers(_cells(table, source, 2), _day)
        when = when + (days - 1)
        good &= (days > 0) & (when.astype("datetime64[M]") == months)
    grain = {DateKind.YEAR_AND_MONTH: Grain.MONTH, DateKind.YEAR_AND_QUARTER: Grain.QUARTER}.get(source.kind, Grain.DAY)
    result = np.where(good, when.astype("datetime64[s]"), NAT)
    line = _in_one_order(result, grain, source.kind.value.replace(" ", " and "))
    return replace(line, coarser=longer) if longer.any() else line


def _years_and_days(table: Table, source: DateSource) -> Timeline:
    """Years, with the day of the year in another column."""
    years = _years_filled_down(table, source)
    numbers = _numbers(_cells(table, source, 1), _day_of_year)
    when = years.astype("datetime64[D]") + (numbers - 1)
    good = (numbers > 0) & (when.astype("datetime64[Y]") == years)
    return _in_one_order(np.where(good, when.astype("datetime64[s]"), NAT), Grain.DAY, "year and day of the year")


def _years_and_dates(table: Table, source: DateSource) -> Timeline:
    """Years, with the day and the month in another column."""
    years = _years_filled_down(table, source)
    column = _cells(table, source, 1)
    found = [month_and_day(cell) or (0, 0) for cell in column.cells]
    month, day = np.array(found, dtype=np.int64).reshape(-1, 2)[column.codes].T
    months = years.astype("datetime64[M]") + (month - 1)
    when = months.astype("datetime64[D]") + (day - 1)
    good = (month > 0) & (when.astype("datetime64[M]") == months)
    return _in_one_order(np.where(good, when.astype("datetime64[s]"), NAT), Grain.DAY, "year, and day and month")


def _fiscal_years(table: Table, source: DateSource) -> Timeline:
    rows = read_fiscal_rows(table, source.date_columns, source.fiscal_start)
    sums = rows.sums if rows.sums.any() else None
    return Timeline(
        rows.when, rows.when, rows.grain, "", "fiscal year", sums, fiscal=rows.year, fiscal_starts=rows.starts
    )


def _years_filled_down(table: Table, source: DateSource) -> Timestamps:
    """The year of each row, datetime64[Y] [N]; a blank one is that of the rows above."""
    column = _cells(table, source)
    rows = read_dates(column.cells).day_first.astype("datetime64[Y]")[column.codes]
    known = last_known(~np.isnat(rows))
    return np.where(known >= 0, rows[np.maximum(known, 0)], np.datetime64("NaT", "Y"))


def _numbers(column: Column, read: Callable[[Cell], int | None]) -> Integers:
    """What ``read`` finds in each row: int64 [N], 0 where it finds nothing."""
    return np.array([read(cell) or 0 for cell in column.cells], dtype=np.int64)[column.codes]


def _month(cell: Cell) -> int | None:
    """1 to 12, by name or number."""
    return month_number(_text(cell)) or _number(cell, 12)


def _quarter(cell: Cell) -> int | None:
    """1 to 4, from the digits of the cell or a Roman number: Q3, 3. quarter, III."""
    text = _text(cell)
    return _number("".join(c for c in text if c.isdecimal()), 4) or roman_quarter(text)


def _day(cell: Cell) -> int | None:
    return _number(cell, 31)


def _day_of_year(cell: Cell) -> int | None:
    return _number(cell, 366)


def _number(cell: Cell, most: int) -> int | None:
    """The whole number in a cell, from 1 to ``most``."""
    text = _text(cell)
    return number if (number := whole_number(text)) is not None and 1 <= number <= most else None


def _text(cell: Cell) -> str:
    return cell_text(cell).removesuffix(".0")


Reader = Callable[[Table, DateSource], Timeline]

READERS: dict[DateKind, Reader] = {
    DateKind.DATE: _dates,
    DateKind.YEAR: _dates,
    DateKind.YEAR_AND_MONTH: _years_and_months,
    DateKind.YEAR_MONTH_DAY: _years_and_months,
    DateKind.YEAR_AND_DAY: _years_and_days,
    DateKind.YEAR_AND_DATE: _years_and_dates,
    DateKind.YEAR_AND_QUARTER: _years_and_months,
    DateKind.YEAR_AND_WEEK: _years_and_weeks,
    DateKind.FISCAL: _fiscal_years,
    DateKind.YEAR_AND_PART: _years_and_parts,
    DateKind.COMPACT_WEEK: _compact_weeks,
    DateKind.COMPACT_QUARTER: _compact_quarters,
    DateKind.MONTH_BELOW_YEAR: _months_below_years,
    DateKind.MONTH_WITHOUT_YEAR: _months_without_year,
    DateKind.DAY_WITHOUT_YEAR: _days_without_year,
    DateKind.NUMBERED_YEAR: _numbered_years,
    DateKind.YEAR_NUMBER_AND_MONTH: _year_numbers,
    DateKind.EXCEL_DAYS: _serials,
    **dict.fromkeys(SIX_DIGITS, _serials),
    DateKind.UNIX_SECONDS: _serials,
    DateKind.UNIX_MILLISECONDS: _serials,
}
