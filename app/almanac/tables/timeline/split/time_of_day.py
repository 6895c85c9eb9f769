"""Times of day in separate columns: 14:30, 1430, the hours 0 to 23 or 1 to 24 with minutes, half-hours 1 to 48."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.columns.profile import ColumnProfile, unnamed
from almanac.tables.timeline.date_kinds import TimeKind, TimeOfDay
from almanac.tables.values.cells import Column, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import Part, names_clock, plain
from almanac.tables.values.dates.read_dates import NAT, SECONDS_PER_DAY, SECONDS_PER_HOUR, SUNDAY, read_clock, weekdays
from almanac.tables.values.hours import hour_number, hour_span
from almanac.tables.values.numbers import whole_number

_COUNTED = re.compile(
    r"(?:(?:settlement|trading|delivery) ?)?(?:period|interval|slot)(?: ?(?:no|number|id))?|sp|hh|"
    r"(?:half|quarter)[ -]?hour(?:ly)?(?: ?period)?|viertelstunde|halbstunde"
)
_HOUR_ENDING = re.compile(r"he|hour ?ending|ending ?hour|hour ?end")

_HOUR_SPANS: tuple[tuple[int, int], ...] = ((0, 23), (1, 24), (1, 25))  # 25: the day on which clocks go back
_MOST_COUNTED = ((46, 50, 48), (92, 100, 96))  # the highest number of a day with or without a change of the clocks

# All chosen by judgement.
_MIN_CLOCK_SHARE = 0.9  # times in a column of times of day
_MIN_HOURS = 20  # distinct hours in a column that counts them, where rows are in no order
_MIN_CLOCKS = 4  # distinct times in a column of times without a colon
_MIN_A_DAY = 2  # distinct times a day, on average, in a column of some hours of the day
_MIN_IN_ORDER = 0.95  # steps within a day that do not go back
_MIN_NEXT = 0.9  # equal steps: of one hour where no name tells it, of minutes ("Min" may also be the lowest value)
_MAX_RHYTHM = 100  # distinct times of day of what is measured every quarter of an hour
_NOON, _MAX_HALVES = 12, 8  # hour, and different cells of a column of AM and PM
_MAX_HALF_HOURS, _MAX_QUARTER_HOURS = 50, 100  # of the day on which the clocks go back


@dataclass(frozen=True, eq=False)
class _Candidates:
    """A table, the profiles of its columns, those ``taken`` by the days, and how to read the days of all rows."""

    table: Table
    profiles: tuple[ColumnProfile, ...]
    taken: tuple[int, ...]
    read_days: Callable[[], Timestamps]

    @cached_property
    def days(self) -> Timestamps:
        """The day of each row: datetime64[s] [N]."""
        return self.read_days()

    def cells(self, i: int) -> Column:
        """A column with cells, also where it was read as plain numbers."""
        return as_cells(self.table.columns[i])

    def others(self) -> Iterator[tuple[int, ColumnProfile]]:
        """The filled columns next to those of the days."""
        return ((i, p) for i, p in enumerate(self.profiles) if i not in self.taken and p.filled)

    def of_days(self) -> Iterator[tuple[int, ColumnProfile]]:
        """The columns next to those of the days that may hold their times: other days before one have their own."""
        of_another = seen = False
        for i, profile in enumerate(self.profiles):
            if i in self.taken:
                of_another, seen = False, True
            elif profile.filled:
                if not of_another:
                    yield i, profile
                if seen and profile.dated:
                    of_another = self._is_of_days(i)

    def _is_of_days(self, i: int) -> bool:
        """Whether a column of dates has no times itself."""
        return ":" not in cell_text(next((cell for cell in self.cells(i).cells if cell != ""), ""))

    def in_order(self, numbers: Integers) -> Integers | None:
        """The steps of numbers (int64 [N], -1 where there are none) from row to row within a day.

        None when they go back and forth, or hardly any day has several.
        """
        days = self.days
        known = ~np.isnat(days) & (numbers >= 0)
        day, number = days[known].astype(np.int64), numbers[known]
        if not len(day) or len(np.unique(day + number)) < _MIN_A_DAY * len(np.unique(day)):
            return None
        steps: Integers = np.diff(number)[day[1:] == day[:-1]]
        if not len(steps) or max((steps >= 0).mean(), (steps <= 0).mean()) < _MIN_IN_ORDER:
            return None
        return np.abs(steps)


def find_time_of_day(
    table: Table, profiles: tuple[ColumnProfile, ...], taken: tuple[int, ...], read_days: Callable[[], Timestamps]
) -> TimeOfDay | None:
    """The columns with the time of day next to columns of days, or None when there are none."""
    candidates = _Candidates(table, profiles, taken, read_days)
    return next((found for detect in _DETECTORS if (found := detect(candidates)) is not None), None)


def _half_days(candidates: _Candidates) -> TimeOfDay | None:
    """A column of times or hours up to 12, and one that says AM or PM."""
    halves = [i for i, p in candidates.others() if p.worded and _half_of_day(candidates.cells(i)) is not None]
    if not halves:
        return None
    for i, p in candidates.of_days():
        hours = p.whole and p.named("hour") and 1 <= p.lowest <= p.highest <= _NOON
        if p.clock_share >= _MIN_CLOCK_SHARE or hours:
            return TimeOfDay(TimeKind.HALF_DAYS, (i, halves[0]), "a column of days, one of times, and one of AM and PM")
    return None


def _half_of_day(column: Column) -> list[bool | None] | None:
    """Whether each distinct cell says PM, None for a blank one; None when the column does not say AM and PM."""
    if column.has_numbers or not 1 < len(column.cells) <= _MAX_HALVES:
        return None
    words = [plain(cell_text(cell)).replace(".", "").replace(" ", "") for cell in column.cells]
    if not {"am", "pm"} <= set(words) <= {"am", "pm", ""}:
        return None
    return [word == "pm" if word else None for word in words]


def _clock(candidates: _Candidates) -> TimeOfDay | None:
    """A column of times of day."""
    for i, p in candidates.of_days():
        if p.clock_share >= _MIN_CLOCK_SHARE and p.distinct > 1:
            return TimeOfDay(TimeKind.CLOCK, (i,), "a column of days and one of times")
    return None


def _compact_clock(candidates: _Candidates) -> TimeOfDay | None:
    """A column of times without a colon: 0, 30, 100 … 2330, or 0000, 0030 … whatever it is called."""
    for i, p in candidates.others():
        in_day = p.lowest >= 0 and 100 < p.highest <= 2400
        if not _whole(p) or p.distinct < _MIN_CLOCKS or not in_day:
            continue
        column = candidates.cells(i)
        seconds = _compact_clocks(column)
        four_digits = all(isinstance(cell, str) and len(cell) in (0, 4) for cell in column.cells)
        if seconds is None or not (names_clock(p.name) or (four_digits and p.lowest < 1000)):
            continue
        if names_clock(p.name) or candidates.in_order(seconds[column.codes]) is not None:
            return TimeOfDay(TimeKind.COMPACT_CLOCK, (i,), "a column of days and one of times without a colon")
    return None


def _counted(candidates: _Candidates) -> TimeOfDay | None:
    """A column that counts the half-hours or quarter-hours of a day."""
    for i, p in candidates.others():
        counted = _whole(p) and p.lowest == 1 and p.distinct == p.highest and _parts(p.highest) is not None
        if counted and _COUNTED.fullmatch(plain(p.name).strip().replace("_", " ")):
            return TimeOfDay(TimeKind.COUNTED, (i,), "a column of days and one that counts parts of the day")
    return None


def _hour(candidates: _Candidates) -> TimeOfDay | None:
    """A column of hours, perhaps with minutes and seconds in the next columns."""
    beside = max(candidates.taken) + 1
    for i, p in candidates.others():
        named = p.named("hour") or names_clock(p.name)
        possible = named or (i == beside and unnamed(p.name)) or _holds_spans(p, candidates.table.columns[i])
        if possible and _holds_hours(candidates, i, named):
            finer = tuple(_finer(candidates, i))
            return TimeOfDay(TimeKind.HOUR, (i, *finer), "a column of days and one that counts the hours")
    return None


def _holds_hours(candidates: _Candidates, i: int, named: bool) -> bool:
    """Whether the column holds hours of the day: all of them, or some that follow one another."""
    p = candidates.profiles[i]
    column = candidates.cells(i)
    distinct = _hours(column)
    known = distinct[distinct >= 0]
    blank = sum(cell == "" for cell in column.cells)
    if len(known) < max(2, len(distinct) - blank):
        return False
    span = (int(known.min()), int(known.max()))
    if span[1] > 25:
        return False
    if named and len(known) >= _MIN_HOURS and span in _HOUR_SPANS and not p.clock_share:
        return True
    steps = candidates.in_order(distinct[column.codes])
    return steps is not None and (named or bool((steps == 1).mean() >= _MIN_NEXT))


def _finer(candidates: _Candidates, hour: int) -> Iterator[int]:
    """The columns of minutes and seconds of an hour."""
    column = candidates.cells(hour)
    numbers = _hours(column)[column.codes] * SECONDS_PER_HOUR
    before = hour
    units: tuple[tuple[Part, int], ...] = (("minute", 60), ("second", 1))
    for part, seconds in units:
        found: int | None = None
        for i, p in candidates.others():
            fits = i != hour and _whole(p) and 0 <= p.lowest <= p.highest < 60
            if fits and (p.named(part) or (i == before + 1 and unnamed(p.name))):
                cells = candidates.cells(i)
                with_part = numbers + np.maximum(_whole_numbers(cells)[cells.codes], 0) * seconds
                steps = candidates.in_order(with_part)
                if steps is not None and np.unique(steps, return_counts=True)[1].max() >= _MIN_NEXT * len(steps):
                    found, numbers = i, with_part
                    break
        if found is None:
            return
        yield found
        before = found


_DETECTORS: tuple[Callable[[_Candidates], TimeOfDay | None], ...] = (
    _half_days,
    _clock,
    _compact_clock,
    _counted,
    _hour,
)


def _whole(profile: ColumnProfile) -> bool:
    return profile.whole and profile.numeric


def _parts(highest: float) -> int | None:
    """48 or 96 when a day may have parts up to this number; None for other numbers."""
    return next((parts for low, high, parts in _MOST_COUNTED if low <= highest <= high), None)


def _compact_clocks(column: Column) -> Integers | None:
    """Seconds after midnight of cells such as 0630 or 1830: int64 [n], -1 for others; None when some are not times."""
    numbers = _whole_numbers(column)
    known = numbers >= 0
    if (numbers[known] % 100 >= 60).any() or (numbers > 2400).any():
        return None
    return np.where(known, numbers // 100 * 3600 + numbers % 100 * 60, -1)


def _whole_numbers(column: Column) -> Integers:
    """The whole number of each distinct cell: int64 [n], -1 where there is none."""
    numbers = (whole_number(cell_text(cell).removesuffix(".0")) for cell in column.cells)
    return np.array([-1 if n is None else n for n in numbers], dtype=np.int64)


def _hours(column: Column) -> Integers:
    """The hour of each distinct cell, such as 7, 07, H07, 7h or 07 - 08: int64 [n], -1 where there is none."""
    hours = (hour_number(cell_text(cell)) for cell in column.cells)
    return np.array([-1 if hour is None else hour for hour in hours], dtype=np.int64)


def _holds_spans(profile: ColumnProfile, column: Column) -> bool:
    """Whether the column holds spans of an hour, such as 07 - 08, whatever it is called."""
    if profile.numeric or column.has_numbers or not 1 < profile.distinct <= SECONDS_PER_DAY // SECONDS_PER_HOUR:
        return False
    return all(hour_span(cell_text(cell)) is not None for cell in column.cells if cell != "")


def add_time(table: Table, time: TimeOfDay, days: Timestamps) -> Timestamps:
    """The days with their time: datetime64[s] [N], NaT where a day or a time is missing."""
    column = as_cells(table.columns[time.columns[0]])
    if time.kind in (TimeKind.CLOCK, TimeKind.COMPACT_CLOCK):
        seconds = _compact_clocks(column) if time.kind is TimeKind.COMPACT_CLOCK else _clocks(column)
        assert seconds is not None
        if len(np.unique(seconds)) > _MAX_RHYTHM:  # single events: one without a time still has its day
            seconds = np.where([cell == "" for cell in column.cells], 0, seconds)
        return _later(days, seconds[column.codes])
    if time.kind is TimeKind.HALF_DAYS:
        return _later(days, _with_halves(column, as_cells(table.columns[time.columns[1]])))
    if time.kind is TimeKind.COUNTED:
        numbers = _whole_numbers(column)
        parts = _parts(float(numbers.max(initial=0)))
        assert parts is not None
        return counted_times(days, numbers[column.codes], parts, begin=1)
    hours = _hours(column)
    ending = _HOUR_ENDING.fullmatch(plain(table.names[time.columns[0]]).strip().replace("_", " ")) is not None
    begin = 1 if ending or (not (hours == 0).any() and hours.max(initial=0) >= 24) else 0
    when = counted_times(days, hours[column.codes], 24, begin)
    for i, unit in zip(time.columns[1:], (60, 1), strict=False):
        finer = as_cells(table.columns[i])
        when = _later(when, np.where(finer.empty, -1, _whole_numbers(finer)[finer.codes]), unit)
    return when


def _clocks(column: Column) -> Integers:
    return np.array([-1 if (s := read_clock(cell)) is None else s for cell in column.cells], dtype=np.int64)


def _with_halves(times: Column, halves: Column) -> Integers:
    """The seconds since midnight of each row, int64 [N], -1 where the time or its half is missing."""
    later = _half_of_day(halves)
    assert later is not None
    seconds = _clocks(times)
    hours = _whole_numbers(times)
    seconds = np.where(seconds < 0, np.where(hours >= 0, hours * SECONDS_PER_HOUR, -1), seconds)[times.codes]
    half = np.array([-1 if pm is None else int(pm) for pm in later], dtype=np.int64)[halves.codes]
    noon = _NOON * SECONDS_PER_HOUR
    known = (seconds >= 0) & (half >= 0) & (seconds < noon + SECONDS_PER_HOUR)
    return np.where(known, seconds % noon + half * noon, -1)


def _later(days: Timestamps, seconds: Integers, unit: int = 1) -> Timestamps:
    later: Timestamps = np.where(seconds >= 0, days + (seconds * unit).astype("timedelta64[s]"), NAT)
    return later


def counted_times(days: Timestamps, numbers: Integers, parts: int, begin: int) -> Timestamps:
    """When each row begins: datetime64[s] [N], NaT where a day or number (-1) is missing.

    ``parts``: of a day; ``begin``: the number of the first one. Numbers that begin with 1 count what has passed since
    midnight, so on a Sunday with an hour more or less the clocks change. All times are those of a clock that never
    changes, so that none is missing or occurs twice.
    """
    known = ~np.isnat(days) & (numbers >= 0)
    step = SECONDS_PER_DAY // parts
    times = days + ((numbers - begin) * step).astype("timedelta64[s]")
    if begin and known.any():
        distinct, place = np.unique(days[known], return_inverse=True)
        most = np.zeros(len(distinct), dtype=np.int64)
        np.maximum.at(most, place, numbers[known])
        hour = parts // 24
        changed = (weekdays(distinct) == SUNDAY) & (np.abs(most - parts) == hour)
        changed[-1] = False  # the last day may only be unfinished, and no day follows it
        moved = np.cumsum(np.where(changed, most - parts, 0) * step)
        times[known] += np.concatenate([[0], moved[:-1]])[place].astype("timedelta64[s]")
    result: Timestamps = np.where(known, times, NAT)
    return result
