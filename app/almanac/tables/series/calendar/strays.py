"""Strays: a few rows that do not fit the frequency of all others, such as Saturdays among business days."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps, pick, pieces
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.problems import Finding
from almanac.tables.columns.counting import distinct_moments
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.grid.resampling import Resampling
from almanac.tables.series.rows import Rows
from almanac.tables.timeline.frequency import MAX_OFF_STEP
from almanac.tables.values.dates.read_dates import SECONDS_PER_HOUR, weekdays

_DAY = np.timedelta64(1, "D")
_EVEN = (Unit.WEEK, Unit.HOUR, Unit.MINUTE)
_MAX_SINGLE = 0.2  # share of the dates, above which they are uneven as a whole; chosen by judgement


@dataclass(frozen=True, eq=False)
class Treated:
    """The plan and rows with strays moved or left out, and what was found."""

    plan: ReadingPlan
    rows: Rows
    findings: tuple[Finding, ...] = ()


def treat_strays(plan: ReadingPlan, rows: Rows, resampling: Resampling) -> Treated:
    """Rows on weekends among business days, and at odd times among even ones, as the person chose."""
    frequency, native = resampling.frequency, resampling.native.frequency
    if (
        plan.dates.source is None
        or frequency is not native
        or not resampling.native.regular
        or resampling.native.retail
    ):
        return Treated(plan, rows)
    if frequency.unit is Unit.BUSINESS_DAY:
        return _treat_weekends(plan, rows, "previous" if resampling.adds else "leave_out")
    if frequency.unit in _EVEN and not plan.roles.transactions:
        return _treat_odd_times(plan, rows, frequency)
    return Treated(plan, rows)


def _treat_weekends(plan: ReadingPlan, rows: Rows, proposed: str) -> Treated:
    moments = plan.dates.moments
    weekday = weekdays(moments.astype("datetime64[D]"))
    stray = weekday >= 5
    on_weekend = pick(stray, plan.dates.index) & rows.keep
    if not on_weekend.any():
        return Treated(plan, rows)
    used = plan.options.repair(findings.weekend_rows.code) or proposed
    finding = findings.weekend_rows(plan.table.lines[on_weekend], used, proposed)
    ahead = np.where(stray, 7 - weekday if used == "next" else 4 - weekday, 0)
    if used == "leave_out":
        return Treated(plan, rows.without(on_weekend), (finding,))
    return _moved(plan, rows, on_weekend, moments + ahead * _DAY, finding)


def _treat_odd_times(plan: ReadingPlan, rows: Rows, frequency: Frequency) -> Treated:
    moments = plan.dates.moments
    whole_days = frequency.unit is Unit.WEEK
    stray = np.zeros(len(moments), dtype=bool)
    furthest = 0
    for part in pieces(len(moments)):
        off = _off(nearest_labels(frequency, moments[part]), moments[part], whole_days)
        stray[part] = off > 0
        furthest = max(furthest, int(off.max()))
    if not furthest:
        return Treated(plan, rows)
    odd = pick(stray, plan.dates.index) & rows.keep
    if not odd.any():
        return Treated(plan, rows)
    nearest = nearest_labels(frequency, moments)
    if stray.mean() <= _MAX_SINGLE:
        used = findings.odd_times.treatment(plan.options)
        example = str(moments[stray][0].astype("datetime64[D]" if whole_days else "datetime64[s]")).replace("T", " ")
        finding = findings.odd_times(frequency, example, plan.table.lines[odd], used)
        if used == "leave_out":
            return Treated(plan, rows.without(odd), (finding,))
        return _moved(plan, rows, odd, nearest, finding)
    if whole_days or furthest > MAX_OFF_STEP * _seconds(frequency):
        return Treated(plan, rows)  # several series, each at its own time
    return _moved(plan, rows, odd, nearest, findings.uneven_times(plan.date_name, frequency, furthest))


def _off(nearest: Timestamps, moments: Timestamps, whole_days: bool) -> Integers:
    """How far each moment is from the nearest label, in seconds: int64 [n]."""
    return np.abs((nearest - (moments.astype("datetime64[D]") if whole_days else moments)).astype(np.int64))


def _seconds(frequency: Frequency) -> int:
    """How long a period of hours or minutes is."""
    return frequency.multiple * (SECONDS_PER_HOUR if frequency.unit is Unit.HOUR else 60)


def nearest_labels(frequency: Frequency, moments: Timestamps) -> Timestamps:
    """The moment nearest to each of those that label a period of the frequency: datetime64[s] [n]."""
    numbers = frequency.numbers(moments)
    before, after = frequency.even_dates(numbers), frequency.even_dates(numbers + 1)
    return np.where(moments - before <= after - moments, before, after)


def _moved(plan: ReadingPlan, rows: Rows, stray: Flags, moved: Timestamps, finding: Finding) -> Treated:
    """The stray rows (bool [N]) moved; ``moved``: where the distinct dates of the plan go."""
    moments, index = distinct_moments(pick(moved, plan.dates.index))
    dates = replace(plan.dates, moments=moments, index=index)
    return Treated(replace(plan, dates=dates), replace(rows, moved=stray), (finding,))
