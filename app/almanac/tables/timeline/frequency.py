"""The rhythm of dates: found from the gaps between them, never from their wording alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.core.frequency import BUSINESS_DAILY, DAILY, HOURLY, MONTHLY, QUARTERLY, YEARLY, Frequency, Unit
from almanac.tables.columns.counting import different_pairs
from almanac.tables.values.date_patterns import Grain

_DAY = 86_400
_MOST = 0.9  # share of gaps that must fit for a rhythm to be called regular


@dataclass(frozen=True)
class Rhythm:
    """``regular``: the share of gaps that are whole multiples of the rhythm, from 0 to 1.

    ``retail``: months of four or five weeks each (4-4-5), so that two may begin in one month of the calendar.
    """

    frequency: Frequency
    regular: float
    retail: bool = False


@dataclass(frozen=True, eq=False)
class Moments:
    """N rows in time: ``when`` the different dates, ascending, datetime64[s]; ``index`` int64 [N], each row's;
    ``groups`` int64 [N], the series each row belongs to.
    """

    when: Timestamps
    index: Integers
    groups: Integers

    def gaps(self, marks: Integers) -> tuple[Integers, Integers]:
        """Different gaps between neighbouring different marks within each group, and how often each occurs.

        ``marks``: int64, one for each of ``when``, such as its day or month.
        """
        different, place = np.unique(marks, return_inverse=True)
        pairs = different_pairs(self.groups, place[self.index], len(different))
        group, at = np.divmod(pairs, len(different))
        inside = group[1:] == group[:-1]
        return np.unique(np.diff(different[at])[inside], return_counts=True)


def find_rhythm(moments: Moments, grain: Grain) -> Rhythm:
    """The rhythm that the gaps within each group show."""
    if grain is Grain.YEAR:
        return _months(moments, YEARLY)
    if grain is Grain.QUARTER:
        return _months(moments, QUARTERLY)
    if grain is Grain.MONTH:
        return _months(moments, MONTHLY)
    seconds = moments.when.astype(np.int64)
    if len(np.unique(seconds % _DAY)) > 1:
        clock = _clock(moments)
        if clock is not None:
            return clock
    return _retail(moments) or _by_month(moments) or _days(moments)


def _retail(moments: Moments) -> Rhythm | None:
    """Months of four and five weeks, as shops count them."""
    gaps, counts = moments.gaps(moments.when.astype("datetime64[D]").astype(np.int64))
    if not set(gaps.tolist()) <= {28, 35} or len(gaps) < 2 or counts.sum() < 6:
        return None
    share = counts[gaps == 35].sum() / counts.sum()
    return Rhythm(MONTHLY, 1.0, retail=True) if 0.2 <= share <= 0.5 else None


def _by_month(moments: Moments) -> Rhythm | None:
    """Monthly, quarterly or yearly dates: always the same day of the month, or always the last."""
    days = np.unique(moments.when.astype("datetime64[D]"))
    months = days.astype("datetime64[M]")
    if len(days) < 2 or len(np.unique(months)) < len(days) * 0.97:
        return None
    number = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    last = (days + 1).astype("datetime64[M]") > months
    values, counts = np.unique(number, return_counts=True)
    if last.mean() >= 0.95:
        day = 31
    elif counts.max() >= 0.9 * len(days):
        day = int(values[counts.argmax()])
    elif last[number < 31].any() and (number[~last] >= 29).all() and (~last).sum() <= 0.1 * len(days):
        day = 31
    elif (((number == 30) | last) & (number >= 28)).mean() >= 0.95:
        day = 30
    elif _near(months, days, last) is not None:
        day = _near(months, days, last) or 1
    else:
        return None
    return _months(moments, replace(MONTHLY, day=day))


def _near(months: Timestamps, days: Timestamps, last: Flags) -> int | None:
    """31 or 1 when all dates are the last or the first days of their months that are no weekend or holiday."""
    left = ((months + 1).astype("datetime64[D]") - days).astype(np.int64) - 1
    gone = (days - months.astype("datetime64[D]")).astype(np.int64)
    if len(days) >= 6 and (left <= 4).all() and last.mean() >= 0.4:
        return 31
    return 1 if len(days) >= 6 and (gone <= 4).all() and (gone == 0).mean() >= 0.4 else None


def _months(moments: Moments, finest: Frequency) -> Rhythm:
    """The month-based rhythm that the gaps show: ``finest`` or a multiple of it."""
    months = moments.when.astype("datetime64[M]").astype(np.int64)
    least = {Unit.YEAR: 12, Unit.QUARTER: 3, Unit.MONTH: 1}[finest.unit]
    gaps, counts = moments.gaps(months)
    if len(gaps) == 0:
        return Rhythm(replace(finest, anchor=int(months[0] % least) if len(months) else 0), 1.0)
    for length in (12, 6, 4, 3, 2):
        fits = counts[gaps % length == 0].sum() >= 0.98 * counts.sum()
        if length > least and fits:
            least = length
            break
    anchor = int(np.bincount(months % least).argmax())
    regular = float(counts[gaps % least == 0].sum() / counts.sum())
    if least == 12:
        return Rhythm(Frequency(Unit.YEAR, 1, anchor, finest.day), regular)
    if least == 3:
        return Rhythm(Frequency(Unit.QUARTER, 1, anchor, finest.day), regular)
    return Rhythm(Frequency(Unit.MONTH, least, anchor if least > 1 else 0, finest.day), regular)


def _clock(moments: Moments) -> Rhythm | None:
    """Hours and minutes; None when the times of day are mere scatter around daily or rarer records."""
    seconds = moments.when.astype(np.int64)
    gaps, counts = moments.gaps(seconds)
    if len(gaps) == 0:
        return Rhythm(HOURLY, 1.0)
    usual = int(gaps[counts.argmax()])
    if counts.max() < 0.3 * counts.sum() or usual >= _DAY:
        middle = int(np.repeat(gaps, counts)[counts.sum() // 2]) if counts.sum() < 5_000_000 else usual
        if middle > 8 * 3600 or counts.max() >= 0.3 * counts.sum():
            return None
        usual = next((s for s in (60, 300, 600, 900, 1800, 3600) if middle <= s * 1.2), 3600)
    length = max(round(usual / 60) * 60, 60)
    fits = float(counts[gaps % length == 0].sum() / counts.sum())
    if fits < _MOST and _DAY % length:  # events that happen to lie 61 minutes apart are no rhythm
        length = next((s for s in (3600, 1800, 900, 600, 300, 60) if s <= length), 3600)
        fits = float(counts[gaps % length == 0].sum() / counts.sum())
    if length % 3600 == 0:
        unit, multiple = Unit.HOUR, length // 3600
    else:
        unit, multiple = Unit.MINUTE, length // 60
    phase = np.unique(seconds % length, return_counts=True)
    anchor = int(phase[0][phase[1].argmax()]) if phase[1].max() > 0.5 * len(seconds) else 0
    return Rhythm(Frequency(unit, multiple, anchor), fits)


def _days(moments: Moments) -> Rhythm:
    days = moments.when.astype("datetime64[D]").astype(np.int64)
    gaps, counts = moments.gaps(days)
    total = counts.sum()
    if total == 0:
        return Rhythm(DAILY, 1.0)
    usual = int(gaps[counts.argmax()])
    if usual == 1 or counts[gaps == 1].sum() >= 0.25 * total:
        weekday = (np.unique(days) + 3) % 7
        span = np.ptp(days)
        if span >= 13 and (weekday >= 5).mean() <= 0.005 and counts[gaps <= 4].sum() >= 0.8 * total:
            return Rhythm(BUSINESS_DAILY, 1.0)
        return Rhythm(DAILY, 1.0)
    for length in (28, 14, 7):
        if usual >= length and counts[gaps % length == 0].sum() >= _MOST * total:
            phases = np.bincount(days % length)
            return Rhythm(
                Frequency(Unit.WEEK, length // 7, int(phases.argmax())),
                float(counts[gaps % length == 0].sum() / total),
            )
    if 1 < usual < 28 and counts[gaps % usual == 0].sum() >= _MOST * total and usual != 7:
        return Rhythm(Frequency(Unit.DAY, usual, int(days[0] % usual)), 1.0)
    return _irregular(days, gaps, counts)


def _irregular(days: Integers, gaps: Integers, counts: Integers) -> Rhythm:
    """The natural period nearest to the middle gap of records that keep no rhythm."""
    middle = int(np.repeat(gaps, counts)[counts.sum() // 2])
    if middle <= 4:
        return Rhythm(DAILY, float(counts[gaps == 1].sum() / counts.sum()) if middle > 1 else 1.0)
    fits = float(counts.max() / counts.sum())
    if middle <= 10:
        return Rhythm(Frequency(Unit.WEEK, 1, int(np.bincount(days % 7).argmax())), fits)
    if middle <= 45:
        return Rhythm(MONTHLY, float(counts[(gaps >= 27) & (gaps <= 32)].sum() / counts.sum()))
    if middle <= 135:
        return Rhythm(QUARTERLY, float(counts[(gaps >= 88) & (gaps <= 93)].sum() / counts.sum()))
    return Rhythm(YEARLY, float(counts[(gaps >= 364) & (gaps <= 367)].sum() / counts.sum()))
