"""The frequency of dates: found from the gaps between them, never from how they are written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps, number_type, pieces, relabel
from almanac.core.calendar.frequency import BUSINESS_DAILY, DAILY, HOURLY, MONTHLY, QUARTERLY, YEARLY, Frequency, Unit
from almanac.tables.columns.counting import distinct_pairs
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY, SECONDS_PER_HOUR, weekdays

# Shares of all gaps, or of all distinct dates. All numbers here are chosen by judgement and checked on the kinds of
# files in tests/tables/kinds.
MIN_REGULAR = 0.9  # gaps that must fit for dates to be regular
_MIN_MONTH_GAPS = 0.98  # gaps that must fit for months to be quarters or years
_MIN_USUAL_CLOCK = 0.3  # gaps of the commonest size, below which times of day may be mere scatter
_MIN_DAILY = 0.25  # gaps of one day, from which on records are daily with days missing
_SAME_DAY, _NEARLY_ALL, _MAX_NOT_LAST = 0.9, 0.95, 0.1  # dates on one day of the month, or not on its last
_MONTHS_USED_ONCE = 0.97  # distinct months, per distinct date
_MIN_BOUNDARY, _BOUNDARY_DAYS, _MIN_BOUNDARY_DATES = 0.4, 4, 6  # dates at a month's beginning or end but for weekends
_MIN_SHORT_GAPS, _MIN_BUSINESS_SPAN = 0.8, 13
_MAX_WEEKEND, _MAX_WEEKENDS_USED = 0.04, 0.15  # days on weekends, and weekend days in use, of business days
MAX_OFF_STEP, _MIN_NEAR, _MIN_ONE_TO_ONE = 0.1, 0.95, 0.97  # how uneven the steps of an even frequency may be
_MIN_SAME_WEEKDAY = 0.8  # dates on the main weekday of weeks
_MIN_SAME_WEEKS, _MIN_SAME_WEEKDAYS = 4, 0.8  # weeks, and the share of them that has each weekday in use
_RETAIL_WEEKS, _MIN_RETAIL, _MIN_FIVE_WEEKS, _MAX_FIVE_WEEKS = {28, 35}, 6, 0.2, 0.5
_MAX_COUNTED = 1 << 20  # seconds, days or months, of which a table takes little memory
_SCATTER_HOURS = 8  # middle gap above which scattered times belong to daily or rarer records
_NATURAL_STEPS = (60, 300, 600, 900, 1800, 3600)  # seconds
_GAPS_KEPT = 5


@dataclass(frozen=True, eq=False)
class Gaps:
    """The distinct gaps between dates, ascending, and how often each occurs: int64 [n] each."""

    sizes: Integers
    counts: Integers
    unit: str

    @property
    def total(self) -> int:
        """How many gaps there are."""
        return int(self.counts.sum())

    @property
    def usual(self) -> int:
        """The commonest gap."""
        return int(self.sizes[self.counts.argmax()])

    @property
    def usual_share(self) -> float:
        """The share of the commonest gap, from 0 to 1."""
        return float(self.counts.max() / self.total)

    @property
    def middle(self) -> int:
        """The median gap."""
        return int(self.sizes[np.searchsorted(np.cumsum(self.counts), self.total // 2, side="right")])

    def share(self, which: Flags) -> float:
        """The share of some gaps, from 0 to 1; ``which``: bool [n]."""
        return float(self.counts[which].sum() / self.total)

    def multiples(self, length: int) -> float:
        """The share of gaps that are whole multiples of a length."""
        return self.share(self.sizes % length == 0)

    def commonest(self) -> tuple[tuple[int, int], ...]:
        """The commonest gaps and how often each occurs, most frequent first."""
        order = np.argsort(-self.counts, kind="stable")[:_GAPS_KEPT]
        return tuple((int(self.sizes[n]), int(self.counts[n])) for n in order)


@dataclass(frozen=True)
class FrequencyFit:
    """``regularity``: the share of gaps that are whole multiples of the frequency, from 0 to 1.

    ``retail``: months of four or five weeks each (4-4-5), so that two may begin in one month of the calendar. ``rule``
    says what decided; ``gaps``: the commonest gaps and how often each occurs, in ``gap_unit``.
    """

    frequency: Frequency
    regularity: float
    retail: bool = False
    rule: str = field(default="", compare=False)
    gaps: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    gap_unit: str = field(default="", compare=False)

    @property
    def regular(self) -> bool:
        """Whether the dates follow the frequency."""
        return self.regularity >= MIN_REGULAR


def _fit(frequency: Frequency, regularity: float, rule: str, gaps: Gaps, retail: bool = False) -> FrequencyFit:
    return FrequencyFit(frequency, regularity, retail, rule, gaps.commonest(), gaps.unit)


@dataclass(frozen=True, eq=False)
class Moments:
    """N rows in time: ``when`` the distinct dates, ascending, datetime64[s]; ``index`` int64 [N], each row's;
    ``groups`` int64 [N], the series each row belongs to.
    """

    when: Timestamps
    index: Integers
    groups: Integers

    def gaps(self, marks: Integers, unit: str) -> Gaps:
        """The gaps between neighbouring distinct marks within each group.

        ``marks``: int64, one for each of ``when``, such as its day or month, counted in ``unit``: never decreasing.
        """
        if not self.groups.any():  # one series: each mark follows the one before
            return Gaps(*_counted(np.diff(marks)), unit)
        distinct, place = np.unique(marks, return_inverse=True)
        places = relabel(place.astype(number_type(len(distinct))), self.index)
        parts = distinct_pairs(self.groups, places, len(distinct))
        found = [_steps_of_one(pairs, distinct) for pairs in parts]
        steps, counts = (np.concatenate(every) for every in zip(*found, strict=True))
        sizes, which = np.unique(steps, return_inverse=True)
        return Gaps(sizes, np.bincount(which, counts, minlength=len(sizes)).astype(np.int64), unit)


def _steps_of_one(pairs: Integers, marks: Integers) -> tuple[Integers, Integers]:
    """The different steps from each mark to the next of the same group, and how many there are of each.

    ``pairs``: ascending, the group times how many ``marks`` there are, and the place of the mark.
    """
    group = pairs // len(marks)
    inside = group[1:] == group[:-1]
    return np.unique(np.diff(marks[pairs - group * len(marks)])[inside], return_counts=True)


def _counted(steps: Integers) -> tuple[Integers, Integers]:
    """The different steps above 0, ascending, and how many there are of each; without sorting where they are small."""
    if int(steps.max(initial=0)) > _MAX_COUNTED:
        return np.unique(steps[steps > 0], return_counts=True)
    counts = np.bincount(np.maximum(steps, 0, out=steps))
    counts[:1] = 0
    sizes = np.flatnonzero(counts)
    return sizes, counts[sizes]


def find_frequency(moments: Moments, grain: Grain) -> FrequencyFit:
    """The frequency that the gaps within each group show."""
    if grain in _COARSE_GRAINS:
        return _months(moments, _COARSE_GRAINS[grain])
    if _at_several_times(moments.when):
        clock = _clock(moments)
        if clock is not None:
            return clock
    days = moments.gaps(moments.when.astype("datetime64[D]").astype(np.int64), "days")
    return _retail(days) or _by_month(moments) or _days(moments, days)


def _at_several_times(when: Timestamps) -> bool:
    """Whether the dates have different times of day."""
    seconds = when.view(np.int64)
    first = seconds[:1] % SECONDS_PER_DAY
    return any((seconds[part] % SECONDS_PER_DAY != first).any() for part in pieces(len(seconds)))


def _retail(gaps: Gaps) -> FrequencyFit | None:
    """Months of four and five weeks, as shops count them."""
    if not set(gaps.sizes.tolist()) <= _RETAIL_WEEKS or len(gaps.sizes) < 2 or gaps.total < _MIN_RETAIL:
        return None
    if not _MIN_FIVE_WEEKS <= gaps.share(gaps.sizes == 35) <= _MAX_FIVE_WEEKS:
        return None
    return _fit(MONTHLY, 1.0, "all gaps are four or five weeks", gaps, retail=True)


def _by_month(moments: Moments) -> FrequencyFit | None:
    """Monthly, quarterly or yearly dates: always the same day of the month, or always the last."""
    days = np.unique(moments.when.astype("datetime64[D]"))
    if len(days) < 2 or len(np.unique(days.astype("datetime64[M]"))) < len(days) * _MONTHS_USED_ONCE:
        return None
    day = _day_of_month(days)
    return None if day is None else _months(moments, replace(MONTHLY, day=day))


def _day_of_month(days: Timestamps) -> int | None:
    """The day of the month that all dates have, 31 for the last day of each month; None when there is none.

    ``days``: the distinct dates, datetime64[D].
    """
    number = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    last = (days + 1).astype("datetime64[M]") > days.astype("datetime64[M]")
    values, counts = np.unique(number, return_counts=True)
    if last.mean() >= _NEARLY_ALL:
        return 31
    if counts.max() >= _SAME_DAY * len(days):
        return int(values[counts.argmax()])
    if last[number < 31].any() and (number[~last] >= 29).all() and (~last).mean() <= _MAX_NOT_LAST:
        return 31
    if (((number == 30) | last) & (number >= 28)).mean() >= _NEARLY_ALL:
        return 30
    return _first_or_last_business_day(days, number, last)


def _first_or_last_business_day(days: Timestamps, number: Integers, last: Flags) -> int | None:
    """31 or 1 when all dates are the last or the first days of their months that are no weekend or holiday."""
    left = ((days.astype("datetime64[M]") + 1).astype("datetime64[D]") - days).astype(np.int64) - 1
    if len(days) < _MIN_BOUNDARY_DATES:
        return None
    if (left <= _BOUNDARY_DAYS).all() and last.mean() >= _MIN_BOUNDARY:
        return 31
    return 1 if (number <= _BOUNDARY_DAYS + 1).all() and (number == 1).mean() >= _MIN_BOUNDARY else None


def _months(moments: Moments, finest: Frequency) -> FrequencyFit:
    """The month-based frequency that the gaps show: ``finest`` or a multiple of it."""
    months = moments.when.astype("datetime64[M]").astype(np.int64)
    length = {Unit.YEAR: 12, Unit.QUARTER: 3, Unit.MONTH: 1}[finest.unit]
    gaps = moments.gaps(months, "months")
    if gaps.total == 0:
        anchor = int(months[0] % length) if len(months) else 0
        return _fit(replace(finest, anchor=anchor), 1.0, "there are no gaps, so the dates decide", gaps)
    longer = (n for n in (12, 6, 4, 3, 2) if n > length and gaps.multiples(n) >= _MIN_MONTH_GAPS)
    length = next(longer, length)
    anchor = int(np.bincount(months % length).argmax())
    rule = f"the gaps are multiples of {length} month{'s' if length > 1 else ''}"
    if length == 12:
        frequency = Frequency(Unit.YEAR, 1, anchor, finest.day)
    elif length == 3:
        frequency = Frequency(Unit.QUARTER, 1, anchor, finest.day)
    else:
        frequency = Frequency(Unit.MONTH, length, anchor if length > 1 else 0, finest.day)
    return _fit(frequency, gaps.multiples(length), rule, gaps)


def _clock(moments: Moments) -> FrequencyFit | None:
    """Hours and minutes; None when the times of day are mere scatter around daily or rarer records."""
    seconds: Integers = moments.when.view(np.int64)
    gaps = moments.gaps(seconds, "seconds")
    if gaps.total == 0:
        return _fit(HOURLY, 1.0, "there are no gaps", gaps)
    usual = gaps.usual
    if gaps.usual_share < _MIN_USUAL_CLOCK or usual >= SECONDS_PER_DAY:
        if gaps.middle > _SCATTER_HOURS * SECONDS_PER_HOUR or gaps.usual_share >= _MIN_USUAL_CLOCK:
            return None
        usual = next((step for step in _NATURAL_STEPS if gaps.middle <= step * 1.2), SECONDS_PER_HOUR)
    length = max(round(usual / 60) * 60, 60)
    if gaps.multiples(length) < MIN_REGULAR and SECONDS_PER_DAY % length:
        # Events that happen to be 61 minutes apart have no such frequency.
        length = next((step for step in reversed(_NATURAL_STEPS) if step <= length), SECONDS_PER_HOUR)
    hours = length % SECONDS_PER_HOUR == 0
    unit, multiple = (Unit.HOUR, length // SECONDS_PER_HOUR) if hours else (Unit.MINUTE, length // 60)
    counts = np.zeros(length, dtype=np.int64)
    for part in pieces(len(seconds)):
        counts += np.bincount(seconds[part] % length, minlength=length)
    anchor = int(counts.argmax()) if counts.max() > 0.5 * len(seconds) else 0
    frequency, regularity = Frequency(unit, multiple, anchor), gaps.multiples(length)
    if regularity < MIN_REGULAR and _is_uneven(seconds, length, anchor):
        return _fit(frequency, 1.0, "all times of day are near even ones", gaps)
    return _fit(frequency, regularity, "the commonest gap between times of day", gaps)


def _is_uneven(seconds: Integers, length: int, anchor: int) -> bool:
    """Whether moments are ``length`` seconds apart but for a little, one for each step."""
    offset, period = _nearest(seconds, length, anchor)
    near = (np.abs(offset) <= MAX_OFF_STEP * length).mean() >= _MIN_NEAR
    return bool(near and len(np.unique(period)) >= _MIN_ONE_TO_ONE * len(seconds))


def _days(moments: Moments, gaps: Gaps) -> FrequencyFit:
    """Days, business days and weeks, or the nearest natural period."""
    when = moments.when.astype("datetime64[D]")
    if gaps.total == 0:
        return _fit(DAILY, 1.0, "there are no gaps", gaps)
    if gaps.usual == 1 or gaps.share(gaps.sizes == 1) >= _MIN_DAILY:
        return _daily(np.unique(when), gaps)
    if _same_weekdays(np.unique(when)):
        return _fit(DAILY, 1.0, "the same few weekdays each week", gaps)
    return _several_days(when.astype(np.int64), gaps)


def _daily(when: Timestamps, gaps: Gaps) -> FrequencyFit:
    """Days or business days; ``when``: the distinct days, ascending."""
    on_weekends = weekdays(when) >= 5
    span = int((when[-1] - when[0]).astype(np.int64))
    few = on_weekends.mean() <= _MAX_WEEKEND and on_weekends.sum() <= _MAX_WEEKENDS_USED * span * 2 / 7
    if span >= _MIN_BUSINESS_SPAN and few and gaps.share(gaps.sizes <= 4) >= _MIN_SHORT_GAPS:
        return _fit(BUSINESS_DAILY, 1.0, "gaps of one day, and (nearly) none on weekends", gaps)
    return _fit(DAILY, 1.0, "gaps of one day", gaps)


def _several_days(days: Integers, gaps: Gaps) -> FrequencyFit:
    """Weeks, several weeks or days, or the nearest natural period."""
    for length in (28, 14, 7):
        phase = int(np.bincount(days % length).argmax())
        near = gaps.usual == length and _near_weeks(days, length, phase)
        if near and gaps.multiples(length) < MIN_REGULAR:
            return _fit(Frequency(Unit.WEEK, length // 7, phase), 1.0, "nearly all on the same weekday", gaps)
        if gaps.usual >= length and gaps.multiples(length) >= MIN_REGULAR:
            rule = f"the gaps are multiples of {length} days"
            return _fit(Frequency(Unit.WEEK, length // 7, phase), gaps.multiples(length), rule, gaps)
    if 1 < gaps.usual < 28 and gaps.multiples(gaps.usual) >= MIN_REGULAR and gaps.usual != 7:
        frequency = Frequency(Unit.DAY, gaps.usual, int(days[0] % gaps.usual))
        return _fit(frequency, 1.0, f"the gaps are multiples of {gaps.usual} days", gaps)
    frequency, regularity = _nearest_period(days, gaps)
    return _fit(frequency, regularity, "the natural period nearest to the middle gap", gaps)


def _same_weekdays(when: Timestamps) -> bool:
    """Whether the days are the same two to four weekdays in nearly every week; ``when``: distinct, ascending."""
    week, weekday = np.divmod(when.astype(np.int64) + 3, 7)
    counts = np.bincount(weekday, minlength=7)
    weeks = int(week[-1] - week[0]) + 1
    if weeks < _MIN_SAME_WEEKS or not 2 <= (counts > 0).sum() <= 4:
        return False
    return bool((counts[counts > 0] >= _MIN_SAME_WEEKDAYS * weeks).all())


def _near_weeks(days: Integers, length: int, phase: int) -> bool:
    """Whether nearly all days fall on one day of every ``length`` days, and each of the others near one."""
    offset, period = _nearest(days, length, phase)
    alone = len(np.unique(period)) >= _MIN_ONE_TO_ONE * len(days)
    return bool((offset == 0).mean() >= _MIN_SAME_WEEKDAY and alone)


def _nearest(moments: Integers, length: int, anchor: int) -> tuple[Integers, Integers]:
    """How far each moment is from the nearest of those ``length`` apart, and the number of that one: int64 [n] each."""
    period = (moments - anchor + length // 2) // length
    return moments - anchor - period * length, period


def _nearest_period(days: Integers, gaps: Gaps) -> tuple[Frequency, float]:
    """The natural period nearest to the middle gap of irregular records, and the share of gaps that fit it.

    The limits are between the lengths of neighbouring periods.
    """
    middle = gaps.middle
    if middle <= 4:
        return DAILY, gaps.share(gaps.sizes == 1) if middle > 1 else 1.0
    if middle <= 10:
        return Frequency(Unit.WEEK, 1, int(np.bincount(days % 7).argmax())), gaps.usual_share
    if middle <= 45:
        return MONTHLY, gaps.share((gaps.sizes >= 27) & (gaps.sizes <= 32))
    if middle <= 135:
        return QUARTERLY, gaps.share((gaps.sizes >= 88) & (gaps.sizes <= 93))
    return YEARLY, gaps.share((gaps.sizes >= 364) & (gaps.sizes <= 367))


_COARSE_GRAINS = {Grain.YEAR: YEARLY, Grain.QUARTER: QUARTERLY, Grain.MONTH: MONTHLY}
