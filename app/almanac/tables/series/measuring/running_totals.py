"""Running totals, such as meter readings: noticed by their name, their unit, or because they never fall.

A population or an index rises for years, too. So numbers alone are believed only where readings are close in time, and
else the person is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers, Timestamps, all_of
from almanac.tables.columns.column_words import Meaning, meaning_of, words_of
from almanac.tables.columns.totals import is_grand_total_name
from almanac.tables.columns.words.so_far import Span, span_so_far
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.measuring.column_measures import column_measure, unit_of
from almanac.tables.series.rows import Rows
from almanac.tables.values.batches import batches
from almanac.tables.values.dates.calendar_names import plain
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY

# All chosen by judgement and checked on the files in tests/tables/kinds/value_columns.
_GROUPS_LOOKED_AT = 50  # series among which one must be a running total before all are looked at
_ROWS_LOOKED_AT = 100_000  # among them
_MIN_NAMED, _MIN_WITH_UNIT, _MIN_UNNAMED = 6, 12, 48  # readings of a series
_MIN_ONLY_METERED = 18  # of one that is called km, or Pages, and no more
_MIN_DAY, _MAX_DAY = 0.8, 1.2  # days between readings once a day
_MAX_DAYS = 40  # between readings once a month
_MIN_ENOUGH = 200  # readings that never fall, which say it whatever the name and however even the steps
_MIN_RISES = 0.1  # share of steps
_MAX_FALLS, _MAX_FALLS_NAMED, _MAX_RESETS = 0.01, 0.1, 0.25  # share of steps; of falls to nearly nothing
_FEW_RESETS = 2  # that any meter may have
_NEARLY_NOTHING = 0.1  # of the reading before
# Standard deviation of the steps, in means: what grows evenly is no meter; what counts up by one is none with a unit.
_MIN_SPREAD, _MIN_SPREAD_METERED = 0.2, 0.01
_MIN_SPREAD_OF_TIMES = 0.25  # standard deviation of the times between readings, in their mean
# Of what begins again with each month: months, readings in one, and share of months that begin without a fall.
_MIN_MONTHS, _MIN_READINGS_A_MONTH, _MAX_WITHOUT_FALL = 3, 15, 0.1
# Of what begins again with what its name says: beginnings, and share of them that are nearly nothing.
_MIN_BEGINNINGS, _MIN_TO_NOTHING = 2, 0.6
_SUNDAY_FIRST = 4  # days from the one on which a week of stations for the weather begins to 1970
_MIN_SIZE = 3.0  # median reading in median steps, where nothing but the numbers says it
_COUNTER_WORDS = """
wh kwh mwh m3 m³ cbm km mi miles h hours l gal ft3 ccf gj mb gb kms kilometer kilometers kilometre kilometres
kilometros kilometri kilometry kilometrow quilometros chilometri stand
"""
_COUNTER_UNITS = frozenset(_COUNTER_WORDS.split())
_MACHINE_WORDS = """
pages prints printed printouts copies copied sheets scans impressions cycles strokes shots starts revolutions
seiten drucke ausdrucke kopien blatt zyklen hube takte impressions copies tirages cycles paginas copias impresiones
ciclos impressoes pagine copie stampe cicli strony kopie wydruki cykle sidor kopior utskrifter cykler
afdrukken kopieen cycli
"""
_ALL_WORDS = """
total totals lifetime overall all grand gesamt insgesamt totaal totale tot totali totales totaux cumul razem lacznie
ogolem totalt samlet yhteensa celkem osszesen
"""
_KINDS_WORDS = """
mono colour color black white bw b w sw s and farbe farbig couleur noir noire duplex simplex letter large small
engine machine motor vehicle car van truck printer print copy scan fax of
"""
_COUNTED_BY_MACHINES = frozenset(_MACHINE_WORDS.split()) | _COUNTER_UNITS
_IN_ALL, _KINDS = frozenset(_ALL_WORDS.split()), frozenset(_KINDS_WORDS.split())


@dataclass(frozen=True, eq=False)
class RunningTotal:
    """``groups``: bool [G], which series of the column are running totals; ``reason``: why, a sentence.

    ``sure``: so that the difference is used unless the person chose otherwise; else they are asked.
    """

    column: int
    groups: Flags
    reason: str
    sure: bool

    def of_all(self, rows: Rows) -> bool:
        """Whether all series of the column are running totals."""
        return bool(self.groups[np.unique(rows.groups[rows.keep])].all())

    def treatment(self, plan: ReadingPlan) -> str:
        """The treatment in use: the person's choice, otherwise the proposed one."""
        chosen = plan.options.repair(findings.running_total.code, plan.table.names[self.column])
        return chosen or ("difference" if self.sure else "keep")


def find_running_totals(plan: ReadingPlan, rows: Rows, values: Mapping[int, Floats]) -> dict[int, RunningTotal]:
    """The value columns with running totals; ``values``: float64 [N] of each."""
    if plan.crosstab is not None or plan.roles.money is not None or plan.roles.movements or plan.marks:
        return {}
    found = {}
    few = rows.keep & (rows.groups < _GROUPS_LOOKED_AT) & _early(plan)
    falling = _falling(plan, few, values.values()) if len(rows.keys) == 1 else np.zeros(len(values), dtype=bool)
    for (column, numbers), falls in zip(values.items(), falling.tolist(), strict=True):
        if falls:
            continue
        signs = _signs(plan, column)
        if not _fitting(plan, rows.groups, numbers, few, signs).groups.any():
            continue
        every = _fitting(plan, rows.groups, numbers, rows.keep, signs)
        total = _judged(plan, column, every, signs)
        if total is not None:
            found[column] = total
    return found


def _falling(plan: ReadingPlan, which: Flags, values: Collection[Floats]) -> Flags:
    """Which columns, each of one series, are too short or fall too often for any running total: bool [columns].

    It is the same limit as of ``_fitting``, for many columns at once; ``which``: bool [N], the rows looked at.
    """
    at = np.flatnonzero(which)
    at = at[np.argsort(plan.dates.index[at], kind="stable")]
    found = np.zeros(len(values), dtype=bool)
    for first, columns in batches(values):
        value = columns[:, at]
        known = ~np.isnan(value)
        readings = known.sum(axis=1)
        if not known.all():  # each gap as the reading before it, from which nothing falls
            before = np.maximum.accumulate(np.where(known, np.arange(len(at)), 0), axis=1)
            value = np.take_along_axis(value, before, axis=1)
        falls = (value[:, 1:] < value[:, :-1]) & (value[:, 1:] > _NEARLY_NOTHING * value[:, :-1])
        share = falls.sum(axis=1) / np.maximum(readings - 1, 1)
        found[first : first + len(columns)] = (readings < _MIN_NAMED) | (share > _MAX_FALLS_NAMED)
    return found


def _early(plan: ReadingPlan) -> Flags:
    """The rows of the first dates, about so many as are looked at: bool [N]. What falls there is no running total."""
    index = plan.dates.index
    if len(index) < _ROWS_LOOKED_AT:
        return all_of(len(index))
    early: Flags = index <= np.partition(index, _ROWS_LOOKED_AT - 1)[_ROWS_LOOKED_AT - 1]
    return early


@dataclass(frozen=True, eq=False)
class _Fit:
    """``groups``: bool [G], series that never fall but for resets; ``readings``: the fewest of them, ``spacing``: the
    usual seconds between two; ``spread``: how much their steps differ, in their mean; ``large``: whether they are
    large compared with their steps; ``irregular``: whether the times between two differ; ``begins``: with what they
    begin again, as numbers of a month so far do with each month.
    """

    groups: Flags
    readings: int
    spacing: float
    spread: float
    large: bool
    irregular: bool
    begins: Span | None = None


_NONE = _Fit(np.zeros(0, dtype=bool), 0, np.inf, 0.0, False, False)


@dataclass(frozen=True)
class _Signs:
    """``named``: the column is called a running total; ``metered``: it has a name or unit of what meters count, and
    ``only_metered``: nothing else; ``in_all``: a word says that it is all so far, as in "Pages total"; ``span``: with
    what it may begin again, by its name."""

    named: bool
    metered: bool
    only_metered: bool = False
    in_all: bool = False
    span: Span | None = None


def _signs(plan: ReadingPlan, column: int) -> _Signs:
    name = plan.table.names[column]
    meaning = meaning_of(name)
    bare = plain(name).strip(" .")
    words = {bare} if bare in _COUNTER_UNITS else set(words_of(name).split())  # kWh is one word
    all_so_far = bool(words & _IN_ALL)
    counted = words & (_COUNTED_BY_MACHINES if all_so_far else _COUNTER_UNITS)
    only = bool(counted) and words <= _COUNTED_BY_MACHINES | _IN_ALL | _KINDS
    written = {plain(unit_of(plan, column)).strip(" ."), words_of(name), bare}
    # Next to other sales the difference of a till's total would count most of them twice.
    till = is_grand_total_name(name) and len(plan.roles.values) == 1
    metered = only or till or bool(written & _COUNTER_UNITS) or meaning in (Meaning.USE, Meaning.WEIGHT)
    return _Signs(meaning is Meaning.COUNTER, metered, only, all_so_far, span_so_far(words_of(name)))


def _fitting(plan: ReadingPlan, groups: Integers, values: Floats, which: Flags, signs: _Signs) -> _Fit:
    """Which series never fall, among the rows ``which`` (bool [N])."""
    at = np.flatnonzero(which & ~np.isnan(values))
    group, when, value = groups[at], plan.dates.index[at], values[at]
    order = np.lexsort((when, group)) if not _in_order(group, when) else slice(None)
    group, when, value = group[order], when[order], value[order]
    size = int(groups.max(initial=0)) + 1
    within = group[1:] == group[:-1]
    of, step = group[1:][within], np.diff(value)[within]
    to_nothing = (step < 0) & (value[1:][within] <= _NEARLY_NOTHING * value[:-1][within])
    readings, steps = np.bincount(group, minlength=size), np.maximum(np.bincount(of, minlength=size), 1)
    rises, falls, resets = (
        np.bincount(of, weights=kind, minlength=size) / steps
        for kind in (step > 0, (step < 0) & ~to_nothing, to_nothing)
    )
    lowest = np.full(size, np.inf)
    np.minimum.at(lowest, group.astype(np.int64), value)
    named, restarting = signs.named, signs.named or signs.metered
    fits = (readings >= (_MIN_NAMED if named else _MIN_WITH_UNIT)) & (lowest >= 0) & (rises >= _MIN_RISES)
    fits &= falls <= (_MAX_FALLS_NAMED if named else _MAX_FALLS)
    fits &= resets <= np.maximum(_MAX_RESETS if restarting else _MAX_FALLS, _FEW_RESETS / steps)
    months = np.diff(plan.dates.moments.astype("datetime64[M]").astype(np.int64)[when])[within]
    begins = _begin_again(of, step, months, size) & (lowest >= 0)
    if plan.dates.source and begins.any():
        return replace(_NONE, groups=begins, readings=int(readings[begins].min()), begins="month")
    if plan.dates.source and signs.span is not None:
        spans = np.diff(_spans(plan.dates.moments, signs.span)[when])[within] > 0
        begins = _begin_when_called(of, step, value[1:][within], (to_nothing, spans, signs.span), size) & (lowest >= 0)
        if begins.any():
            return replace(_NONE, groups=begins, readings=int(readings[begins].min()), begins=signs.span)
    if not fits.any():
        return replace(_NONE, groups=fits)
    seconds = (
        np.diff(plan.dates.moments.astype(np.int64)[when])[within] if plan.dates.source else np.full(len(of), np.inf)
    )
    chosen = fits[of]
    up = step[chosen & (step >= 0)]
    typical = float(np.median(up[up > 0]))
    return _Fit(
        fits,
        int(readings[fits].min()),
        float(np.median(seconds[chosen])),
        float(up.std() / up.mean()),
        bool(np.median(value[fits[group]]) >= _MIN_SIZE * typical),
        bool(plan.dates.source and seconds[chosen].std() > _MIN_SPREAD_OF_TIMES * seconds[chosen].mean()),
    )


def _begin_again(of: Integers, step: Floats, months: Integers, size: int) -> Flags:
    """Which series fall wherever a month begins, and nowhere else: bool [size].

    ``of``: int64 [S], the series of each step; ``months``: int64 [S], how many months are between its two readings.
    """
    begins, falls = months > 0, step < 0
    count = np.bincount(of, weights=begins, minlength=size)
    elsewhere, without = (np.bincount(of, weights=kind, minlength=size) for kind in (falls & ~begins, begins & ~falls))
    often = np.bincount(of, minlength=size) >= _MIN_READINGS_A_MONTH * count
    found: Flags = often & (count >= _MIN_MONTHS) & (elsewhere == 0) & (without <= _MAX_WITHOUT_FALL * count)
    return found


def _spans(moments: Timestamps, span: Span) -> Integers:
    """The number of the day, week or month that each moment is in: int64."""
    days: Integers = moments.astype("datetime64[D]").astype(np.int64)
    if span == "week":
        return (days + _SUNDAY_FIRST) // 7
    return moments.astype("datetime64[M]").astype(np.int64) if span == "month" else days


def _begin_when_called(of: Integers, step: Floats, after: Floats, known: tuple[Flags, Flags, Span], size: int) -> Flags:
    """Which series that are called so begin again with each day, week or month, or with each event: bool [size].

    ``of``: int64 [S], the series of each step; ``after``: float64 [S], the reading after it; ``known``: the steps that
    fall to nearly nothing, those into the next span, and the span.
    """
    to_nothing, spans, span = known
    falls, before = step < 0, after - step
    spans = falls if span == "event" else spans  # nothing else says when an event is over
    expected = spans & (before > 0)
    counts = [falls, falls & ~spans, expected & ~falls, expected, to_nothing, (step > 0) & ~spans]
    fell, strange, without, begins, low, rises = (np.bincount(of, weights=kind, minlength=size) for kind in counts)
    found: Flags = (fell >= _MIN_BEGINNINGS) & (strange == 0) & (without <= _MAX_WITHOUT_FALL * begins)
    return found & (low >= _MIN_TO_NOTHING * fell) & (rises >= fell)


def _in_order(group: Integers, when: Integers) -> bool:
    """Whether rows are sorted by series and date."""
    return bool(((group[1:] > group[:-1]) | ((group[1:] == group[:-1]) & (when[1:] >= when[:-1]))).all())


def _judged(plan: ReadingPlan, column: int, fit: _Fit, signs: _Signs) -> RunningTotal | None:
    """What the name, the unit and the numbers say together; None when the column is no running total."""
    if not fit.groups.any():
        return None
    if fit.begins or signs.named:
        by_name = "Its name says so, and it hardly ever falls."
        reason = f"It begins again with each {fit.begins}, and never falls between." if fit.begins else by_name
        return RunningTotal(column, fit.groups, reason, True)
    level = column_measure(plan, column)
    least = _MIN_SPREAD_METERED if signs.metered or fit.readings >= _MIN_ENOUGH else _MIN_SPREAD
    if level.reason or fit.spread < least or not fit.large:
        return None
    reason = f"It never falls in {fit.readings:,} readings or more, except where it begins again."
    # A till is closed at about the same time each day.
    close, many = fit.spacing <= _MAX_DAY * SECONDS_PER_DAY, fit.readings >= _MIN_UNNAMED
    if close and many:
        sure = fit.spacing < _MIN_DAY * SECONDS_PER_DAY or signs.metered
        return RunningTotal(column, fit.groups, reason, sure)
    if signs.metered and fit.spacing <= _MAX_DAYS * SECONDS_PER_DAY:
        # At the pump the odometer is read; what is measured once a month is as likely a population, or the length of a
        # network, unless its name has only words for what machines count.
        counted = signs.only_metered and (signs.in_all or fit.readings >= _MIN_ONLY_METERED)
        return RunningTotal(column, fit.groups, reason, fit.irregular or counted)
    return None
