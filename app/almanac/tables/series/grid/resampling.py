"""The frequency to use, and how several values of one period become one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from almanac.core.arrays import Floats, Integers, Timestamps, number_type, pick
from almanac.core.calendar.frequency import BY_NAME, DAILY, ROW_ORDER, ROWS, Frequency, Unit
from almanac.core.problems import Finding, stop_with
from almanac.tables.findings import registry as findings
from almanac.tables.findings.combining import Combined, OwnWays
from almanac.tables.reading import Repeated
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.calendar.events import events_reason, flows_reason
from almanac.tables.series.measuring.column_measures import column_measure, says_flow
from almanac.tables.series.measuring.series_measures import SeriesMeasures, series_measures
from almanac.tables.series.rows import Rows
from almanac.tables.timeline.frequency import FrequencyFit, Moments, find_frequency
from almanac.tables.values.cells import listed
from almanac.tables.values.dates.calendar_names import plain
from almanac.tables.values.dates.date_patterns import Grain

_MAX_REASONS = 3  # of levels that a finding gives
MIN_COUNTED = 0.5  # events a period, nights included, below which those of a day are counted; chosen by judgement
MIN_PERIODS = 3  # of which the last may be left out as unfinished
_DAYS = {  # about how long one period lasts
    Unit.MINUTE: 1 / 1440,
    Unit.HOUR: 1 / 24,
    Unit.DAY: 1.0,
    Unit.BUSINESS_DAY: 1.01,  # a little longer than a day, so that daily counts as finer
    Unit.WEEK: 7.0,
    Unit.MONTH: 30.4,
    Unit.QUARTER: 91.3,
    Unit.YEAR: 365.2,
}
_CLOCK = (Unit.HOUR, Unit.MINUTE)
_UNIT_OF_GRAIN = {Grain.YEAR: Unit.YEAR, Grain.QUARTER: Unit.QUARTER, Grain.MONTH: Unit.MONTH}
_AT_ANY_TIME = "they are at any time of day"
_HALF_MONTH = 15  # days from the end of a month of whole weeks into it
_FRIDAY, _SATURDAY = 4, 5
_ENDS = re.compile(r"\b(?:end|ending|ends|ende|fin|fine|bis|einde|through|close|closing)\b")
_STARTS = re.compile(r"\b(?:start|starting|begin|beginning|beginn|von|from|debut|inicio|inizio)\b")


@dataclass(frozen=True)
class Resampling:
    """``native``: the file's own frequency, ``frequency``: the one to use, ``combined``: how several values become one;
    ``shift``: days to add to a date before its period is looked up; ``events``: why each row is an event, such as an
    order, empty when they are not; ``differences``: whether some column is a running total whose difference is used.
    """

    native: FrequencyFit
    frequency: Frequency
    combined: Combined
    shift: int = 0
    events: str = ""
    differences: bool = False

    @property
    def adds(self) -> bool:
        """Whether values of some column are added together, or are what was added since the period before."""
        return "sum" in self.combined.used or self.differences


@dataclass(frozen=True)
class Counters:
    """Columns of running totals: ``differenced``: those of which the difference is used, and whether all their series
    are running totals; ``kept``: those of which the readings are forecast, in all series."""

    differenced: Mapping[int, bool] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.differenced)

    @property
    def columns(self) -> set[int]:
        """All of them."""
        return {*self.differenced, *self.kept}


NO_COUNTERS = Counters()


def find_resampling(
    plan: ReadingPlan, rows: Rows, values: Mapping[int, Floats], counters: Counters = NO_COUNTERS
) -> tuple[Resampling, list[Finding]]:
    """The frequency of the rows in use; ``values``: float64 [N], of each value column by its position.

    Raises ProblemError when the one requested is finer than the file's.
    """
    options = plan.options
    if plan.dates.source is None:
        in_order = Resampling(
            FrequencyFit(ROWS, 1.0), ROWS, _combined(plan, values, "sum", counters), differences=bool(counters)
        )
        return in_order, [findings.no_dates_row_order(options.date == ROW_ORDER)]
    moments, native = _native_frequency(plan, rows)
    events = events_reason(plan, rows, native, values.values())
    regular, clock = native.regular, native.frequency.unit in _CLOCK
    at_any_time = clock and (not regular or plan.roles.booked or _mostly_nothing(plan, rows, moments, native))
    if at_any_time and not native.retail and plan.lists_events and options.frequency is None:
        how = _combined(plan, values, "sum", counters)
        by_day = Resampling(FrequencyFit(DAILY, 1.0), DAILY, how, 0, events or _AT_ANY_TIME, bool(counters))
        return by_day, [] if plan.table.counts_rows else [
            findings.events_by_day(plan.date_name, how, plan.roles.booked)
        ]
    shift = 0
    found = []
    if native.retail:
        at_end = _at_period_end(plan.date_name, moments)
        shift = -_HALF_MONTH if at_end else _HALF_MONTH
        found.append(findings.retail_months(plan.date_name, at_end))
    if not (regular or clock or plan.roles.transactions or events):
        how, events = _irregular(plan, values, counters)
    else:
        combines_amounts = (regular and not clock) or plan.roles.transactions or bool(events)
        how = _combined(plan, values, "sum" if combines_amounts else "mean", counters)
    resampling = Resampling(native, native.frequency, how, shift, events, bool(counters))
    if options.frequency is not None:
        added = _combined(plan, values, "sum", counters)
        resampling, changed = _requested(resampling, BY_NAME[options.frequency], added)
        found += changed
    elif not regular and not plan.roles.transactions:
        found.append(findings.irregular_dates(plan.date_name, native.frequency, native.regularity, how))
    return resampling, found


def _mostly_nothing(plan: ReadingPlan, rows: Rows, moments: Timestamps, native: FrequencyFit) -> bool:
    """Whether the rows are counted and hardly any period has one: booked times are regular, but days are planned."""
    if not plan.table.counts_rows:
        return False
    numbers, groups = native.frequency.numbers(moments), len(np.unique(rows.groups[rows.keep]))
    return int(rows.keep.sum()) < MIN_COUNTED * groups * int(np.ptp(numbers) + 1)


def _irregular(plan: ReadingPlan, columns: Mapping[int, Floats], counters: Counters) -> tuple[Combined, str]:
    """How values at irregular dates become one, and why a period without a row had nothing.

    What the name or unit calls a flow is added together. Others are averaged unless the list is one of events.
    """
    flows = [i for i in columns if i not in counters.columns and says_flow(plan, i)]
    how = _combined(plan, columns, "sum" if plan.lists_events else "mean", counters, flows)
    added = any(how.used[n] == "sum" for n, i in enumerate(columns) if i in flows)
    return how, flows_reason(plan, [i for i in columns if i not in counters.columns]) if added else ""


def _combined(
    plan: ReadingPlan, columns: Iterable[int], flows: Repeated, counters: Counters, added: Sequence[int] = ()
) -> Combined:
    """How several values of one period become one: ``flows`` is for flows, levels are averaged, or the last counts.

    ``added``: columns that are added together in any case.
    Only the last reading of a running total in a period counts.
    """
    chosen, used, usual, reasons = plan.options.repeated, [], [], []
    series_own: list[OwnWays | None] = []
    for i in columns:
        by_series = None if i in counters.columns else series_measures(plan, i)
        ways = None if by_series is None else OwnWays(by_series.position, _own_ways(by_series, flows))
        series_own.append(ways)
        level = column_measure(plan, i)
        own: Repeated = (
            "last"
            if level.last or i in counters.columns
            else "mean"
            if level.reason
            else "sum"
            if i in added
            else flows
        )
        usual.append(own)
        used.append(own if i in counters.differenced else chosen or own)
        reasons += [level.reason] if level.reason and i not in counters.differenced else []
        reasons += [f"“{plan.table.names[i]}” is a running total."] if i in counters.kept and not level.reason else []
    names = tuple(plan.table.names[i] for i in columns)
    partly = frozenset(plan.table.names[i] for i in columns if not counters.differenced.get(i, True))
    why = " ".join(reasons[:_MAX_REASONS])
    return Combined(names, tuple(used), tuple(usual), why, tuple(series_own), chosen is not None, partly)


def _own_ways(measures: SeriesMeasures, flows: Repeated) -> dict[str, Repeated]:
    """How values become one, by what each series measures."""
    return {
        text: "last" if measure.last else "mean" if measure.reason else flows
        for text, measure in measures.by_text.items()
    }


def _native_frequency(plan: ReadingPlan, rows: Rows) -> tuple[Timestamps, FrequencyFit]:
    """The different dates of the rows in use, and the frequency they show."""
    moments, index, groups = plan.dates.moments, plan.dates.index, rows.groups
    if not rows.keep.all():
        groups, index = groups[rows.keep], index[rows.keep]
        different, index = np.unique(index, return_inverse=True)
        moments = moments[different]
    # Single events have no regular frequency within a group that says little; the days of the whole file do.
    groups = np.zeros_like(groups) if plan.roles.transactions else groups
    fit = find_frequency(Moments(moments, index, groups), plan.dates.grain)
    fiscal = plan.dates.timeline.fiscal if plan.dates.timeline else None
    if fiscal is not None and fit.frequency.unit is _UNIT_OF_GRAIN[plan.dates.grain]:
        fit = replace(fit, frequency=replace(fit.frequency, fiscal=fiscal))
    clock = plan.dates.clock
    if clock is None:
        return moments, fit
    if fit.frequency.unit in _CLOCK:
        return moments, replace(fit, frequency=replace(fit.frequency, clock=clock))
    shown = clock.on_the_wall(moments)  # days, weeks and months are those of the people who wrote them
    return shown, find_frequency(Moments(shown, index, groups), plan.dates.grain)


def _requested(found: Resampling, requested: Frequency, how: Combined) -> tuple[Resampling, list[Finding]]:
    """What was found, with the frequency and aggregation that the person chose."""
    native = found.native.frequency
    if (requested.unit, native.unit) == (Unit.DAY, Unit.BUSINESS_DAY):
        return replace(found, frequency=requested, shift=0), []  # weekends then count as days without a row
    if requested.unit is native.unit and native.multiple == 1:
        return found, []
    if _days(requested) < _days(native) and found.native.regular:
        raise stop_with(
            "rhythm_too_fine",
            f"The file is {native.name}; Almanac cannot make it {requested.name}.",
            f"Its values are for one {native.period} each, and nothing says what happened in between.",
            f"Choose {native.name} or a slower rhythm.",
        )
    if requested.unit in _CLOCK:
        requested = replace(requested, clock=native.clock)
    chosen = replace(found, frequency=requested, combined=how)
    return chosen, [findings.put_together(native, requested, how)]


def _at_period_end(date_name: str, dates: Timestamps) -> bool:
    """Whether the dates of months of whole weeks are their last days: by their name, otherwise by their weekday."""
    name = plain(date_name)
    if _ENDS.search(name):
        return True
    if _STARTS.search(name):
        return False
    weekday = (int(dates[0].astype("datetime64[D]").astype(np.int64)) + 3) % 7
    return weekday in (_FRIDAY, _SATURDAY)


def _days(frequency: Frequency) -> float:
    """About how many days one period lasts."""
    return _DAYS[frequency.unit] * frequency.multiple


def period_numbers(plan: ReadingPlan, frequency: Frequency, shift: int = 0) -> Integers:
    """The period number of every row: [N]; ``shift``: days added to each date before."""
    if not frequency.dated:
        return plan.dates.when.astype(np.int64)
    moments = plan.dates.moments if frequency.unit in _CLOCK else plan.dates.on_the_wall
    moved = moments + np.timedelta64(shift, "D") if shift else moments
    numbers = frequency.numbers(moved)
    return pick(_small(numbers), plan.dates.index)


def _small(numbers: Integers) -> Integers:
    """The same numbers as a type of fewer bits, in which the one after the last and differences of two fit."""
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    return numbers.astype(number_type(max(high - low, high + 1, -low) + 1))


def without_unfinished_period(
    plan: ReadingPlan, rows: Rows, periods: Integers, resampling: Resampling
) -> tuple[Rows, list[Finding]]:
    """The rows without the last period, where the file ends in the middle of it and values are added together.

    ``periods``: int64 [N], the period number of every row.
    """
    finer, frequency = resampling.native.frequency, resampling.frequency
    if frequency is finer or not resampling.adds or plan.dates.source is None:
        return rows, []
    in_use = periods[rows.keep]
    if len(np.unique(in_use)) < MIN_PERIODS:
        return rows, []
    last = int(in_use.max())
    moments = plan.dates.moments if finer.unit in _CLOCK else plan.dates.on_the_wall
    number = finer.numbers(moments[plan.dates.index[rows.keep].max(keepdims=True)]) + 1
    next_date = finer.even_dates(number) if frequency.unit in _CLOCK else finer.dates(number)
    if int(frequency.numbers(next_date)[0]) != last:
        return rows, []
    used = findings.partial_last_period.treatment(plan.options)
    in_last = periods == last
    lines = listed(plan.table.lines[rows.keep & in_last])
    finding = findings.partial_last_period(frequency.label(last), frequency, used, lines)
    return rows.without(in_last) if used == "leave_out" else rows, [finding]
