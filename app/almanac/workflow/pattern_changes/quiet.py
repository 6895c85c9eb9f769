"""Times at which a change is no change of pattern: it was as large at the same time last year, or comes every year."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.series import SeriesSet

YEAR = {Unit.DAY: 365, Unit.BUSINESS_DAY: 260, Unit.WEEK: 52}
YEAR_END = ((12, 23), (1, 2))  # month and day, both included: closed, or busier, in most places
NEAR = {Unit.DAY: 10, Unit.BUSINESS_DAY: 8, Unit.WEEK: 2}  # periods by which a holiday moves from year to year
AROUND = {Unit.DAY: 28, Unit.BUSINESS_DAY: 20, Unit.WEEK: 6}  # periods on either side that show what is usual
FAR = 3.5  # robust standard deviations, from which last year's value was unusual too; chosen by judgement


def quiet_periods(past: SeriesSet, new: Floats, numbers: Integers) -> Flags:
    """The new values that fall into such times: bool [N, K]. ``numbers`` int64 [N, K]: their periods."""
    unit = past.frequency.unit
    if unit not in YEAR or past.frequency.multiple > 1:
        return np.zeros(new.shape, dtype=bool)
    return year_end(past.frequency, numbers) | _unusual_last_year(past, new)


def year_end(frequency: Frequency, numbers: Integers) -> Flags:
    """Which of these periods are at the turn of the year: bool of the same shape; none where a month hides it."""
    if frequency.unit not in YEAR or frequency.multiple > 1:
        return np.zeros(numbers.shape, dtype=bool)
    days = frequency.dates(numbers).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    month, day = months.astype(np.int64) % 12 + 1, (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    begin = YEAR_END[0][1] - (6 if frequency.unit is Unit.WEEK else 0)  # a week that touches the days
    return np.asarray(((month == 12) & (day >= begin)) | ((month == 1) & (day <= YEAR_END[1][1])), dtype=bool)


def _unusual_last_year(past: SeriesSet, new: Floats) -> Flags:
    """Whether a value near the same time of last year was as far from those around it, in the same direction."""
    unit = past.frequency.unit
    year, near, around = YEAR[unit], NEAR[unit], AROUND[unit]
    season = past.frequency.season_length if unit is not Unit.WEEK else 1
    count = new.shape[1]
    values = past.latest(np.arange(len(past)), year + near + around)
    last_year = np.concatenate([values, new], axis=1)
    off, usual = _off(last_year, season, around)
    quiet = np.zeros(new.shape, dtype=bool)
    here = off[:, -count:]
    for by in range(-near, near + 1):
        at = last_year.shape[1] - count - year + by
        then = off[:, at : at + count]
        then = np.pad(then, ((0, 0), (0, count - then.shape[1])))
        quiet |= (np.abs(then) > FAR * usual) & (np.abs(here) > FAR * usual) & (then * here > 0)
    return quiet


def _off(values: Floats, season: int, around: int) -> tuple[Floats, Floats]:
    """How far values are from the median of those before and after at the same place of the season: [N, T]; and how
    far they usually are: [N, 1].
    """
    reach = max(around // season, 2)
    shifted = []
    padded = np.pad(values, ((0, 0), (reach * season, reach * season)), constant_values=np.nan)
    for k in range(-reach, reach + 1):
        begin = reach * season + k * season
        shifted.append(padded[:, begin : begin + values.shape[1]])
    ordered = np.sort(np.stack(shifted), axis=0)
    known = np.isfinite(ordered).sum(axis=0)
    middle = np.take_along_axis(ordered, np.maximum((known - 1) // 2, 0)[None], axis=0)[0]
    off = np.nan_to_num(values - middle)
    usual = 1.4826 * np.median(np.abs(off), axis=1, keepdims=True) + 1e-12
    return off, usual
