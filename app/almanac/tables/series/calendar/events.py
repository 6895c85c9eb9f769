"""Lists of single events, such as orders: a period without a row had nothing. Measurements never are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from almanac.core.arrays import Flags, Floats, pick
from almanac.core.calendar.frequency import Unit
from almanac.core.series import SeriesSet
from almanac.tables.columns.column_words import (
    FLOWS,
    Meaning,
    is_event_number_name,
    is_money_name,
    meaning_of,
)
from almanac.tables.columns.counting import how_often
from almanac.tables.columns.money.words import is_ledger_side
from almanac.tables.columns.roles import has_reference_numbers
from almanac.tables.columns.targets import first_numbers
from almanac.tables.quality.segments import in_parts
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.measuring.column_measures import column_measure, says_flow
from almanac.tables.series.measuring.series_measures import series_measures
from almanac.tables.series.rows import Rows
from almanac.tables.timeline.frequency import FrequencyFit
from almanac.tables.values.batches import batches
from almanac.tables.values.cells import Cell, Column
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY

# All chosen by judgement and checked on the files in tests/tables/calendars.
_MAX_SAME_COUNT = 0.8  # days that have equally many rows, above which the rows are readings at set times
_MIN_UNIQUE = 0.98  # rows whose number no other row has
_MIN_TEXTS = 0.1  # distinct texts for each row, in a column that describes events
_MAX_EMPTY, _MIN_WITH_LETTERS, _CELLS_LOOKED_AT = 0.1, 0.9, 200  # cells of such a column
_MAX_USUAL_GAP = 0.7  # gaps of the commonest size, above which dates have a rhythm
_MIN_SWING, _LOW, _HIGH = 3.0, 0.1, 0.9  # amounts differ by such a factor, between these quantiles; readings less
_MIN_ABSENT, _MIN_COVERED = 0.3, 0.9  # periods without a row of each series, and those with a row of any
_MIN_OPEN = 0.1  # share of the dates of a time of the week that have a row, below which it is closed
_MIN_EVENTLESS, _MIN_GAPS, _MAX_GAP_LENGTH = 0.25, 8, 6  # open periods without a row: share, gaps, mean length of one
_MIN_ONES, _MAX_PERIODS = 0.1, 200_000  # share of ones among small counts; periods looked at, from the first one on
_ROWS_LOOKED_AT = 20_000  # of a column of quantities next to the one that is forecast
_FLOWS = FLOWS | {Meaning.WEIGHT}
_CLOCK = (Unit.HOUR, Unit.MINUTE)


def events_reason(plan: ReadingPlan, rows: Rows, fit: FrequencyFit, values: Collection[Floats]) -> str:
    """Why each row is an event, as part of a sentence; empty when the rows are not, or nothing says so.

    ``values``: float64 [N], of each value column.
    """
    if plan.crosstab is not None or plan.dates.source is None or _all_levels(plan):
        return ""
    regular = fit.frequency.unit in _CLOCK and fit.regular
    if regular and not (plan.roles.transactions or plan.roles.booked):
        return _of_eventful_periods(plan, fit, values)
    if plan.roles.money is not None or all(is_ledger_side(plan.table.names[i]) for i in plan.roles.values):
        return "each row is money in or out"
    if plan.roles.movements is not None:
        return "each row says what came in or went out"
    return _by_rows(plan, rows, fit, values)


def _by_rows(plan: ReadingPlan, rows: Rows, fit: FrequencyFit, values: Collection[Floats]) -> str:
    """Why each row is an event, by its number, by how many there are on one date, or by the days that have one."""
    number = _event_number(plan)
    if number is not None:
        return f"each row has its own number in “{plan.table.names[number]}”"
    names = [plan.table.names[i] for i in plan.roles.values]
    flow = any(meaning_of(name) in _FLOWS or is_money_name(name) for name in names) or _swing(values)
    if flow and plan.roles.transactions and _counts_vary(plan, rows):
        return "there are several rows on one date, not always as many"
    alone = flow and not plan.roles.transactions and _without_rhythm(fit) and _describes(plan)
    return (
        "the dates have no rhythm, and each row says what it was" if alone else _of_eventful_periods(plan, fit, values)
    )


def flows_reason(plan: ReadingPlan, columns: Iterable[int]) -> str:
    """Why periods without a row had nothing, where dates have no rhythm: every column but levels is called a flow."""
    measured = [i for i in columns if column_measure(plan, i).measure.kind == "flow"]
    if not measured or not all(says_flow(plan, i) for i in measured):
        return ""
    return f"the dates have no rhythm, and “{plan.table.names[measured[0]]}” adds up over time"


def _of_eventful_periods(plan: ReadingPlan, fit: FrequencyFit, values: Collection[Floats]) -> str:
    """Why only periods in which something happened have a row, such as days with rain or half-hours with a patient.

    Empty for measurements: these have few gaps, zeros, or amounts that are much alike. Times of the week at which there
    never is a row are closed.
    """
    unit = fit.frequency.unit
    if unit not in (Unit.DAY, *_CLOCK) or not all(says_flow(plan, i) for i in plan.roles.values):
        return ""
    if not (_swing(values) or _small_counts(values)) or any((column <= 0).any() for column in values):
        return ""
    numbers = np.unique(fit.frequency.numbers(plan.dates.moments))
    span = np.arange(numbers[0], min(numbers[-1] + 1, numbers[0] + _MAX_PERIODS))
    there = np.isin(span, numbers, assume_unique=True)
    seconds = fit.frequency.dates(span).astype("datetime64[s]").astype(np.int64)
    times, of_week = np.unique(seconds % (7 * SECONDS_PER_DAY), return_inverse=True)
    open_times = np.bincount(of_week, there, len(times)) > _MIN_OPEN * np.bincount(of_week)
    absent = ~there & open_times[of_week]
    gaps, missing, all_open = int((absent[1:] & ~absent[:-1]).sum()), int(absent.sum()), open_times[of_week].sum()
    if missing < _MIN_EVENTLESS * all_open or gaps < max(_MIN_GAPS, missing / _MAX_GAP_LENGTH):
        return ""
    periods = "days" if unit is Unit.DAY else "open periods"
    share = round(100 * missing / all_open)
    return f"no row of “{plan.table.names[plan.roles.values[0]]}” has 0, and {share}% of the {periods} have no row"


def _small_counts(values: Iterable[Floats]) -> bool:
    """Whether all numbers are counts of which many are 1, so that one less leaves no row, or all the same."""
    return all(
        len(column) > 0
        and (column.min() == column.max() or ((column == np.round(column)).all() and (column == 1).mean() >= _MIN_ONES))
        for column in (numbers[np.isfinite(numbers)] for numbers in values)
    )


def _swing(values: Iterable[Floats]) -> bool:
    """Whether some column has numbers as different as amounts are; readings of one thing differ less."""
    for _, columns in batches(values):
        finite = np.isfinite(columns)
        highest = columns.max(axis=1, initial=-np.inf, where=finite)
        lowest = np.maximum(columns.min(axis=1, initial=np.inf, where=finite), 0.0)
        for i in np.flatnonzero(finite.any(axis=1) & (highest >= _MIN_SWING * lowest)).tolist():
            low, high = np.quantile(columns[i] if finite[i].all() else columns[i][finite[i]], (_LOW, _HIGH))
            if high >= _MIN_SWING * max(low, 0.0):
                return True
    return False


def sparse_reason(plan: ReadingPlan, series: SeriesSet) -> str:
    """Why single series have no row where nothing was sold, though the file has other rows then; empty if unsure."""
    values, absent = series.values, np.isnan(series.values)
    if len(series) < 2 or not plan.roles.series or _all_levels(plan) or absent.mean() < _MIN_ABSENT:
        return ""
    known = values[~absent]
    if not _are_counts(known) and not any(_are_counts(numbers) for numbers in _counted_beside(plan)):
        return ""
    first = int(series.first.min())
    anywhere = np.zeros(int(series.last.max()) - first + 1, dtype=bool)
    for part, some, starts in in_parts(series):
        there = np.flatnonzero(~np.isnan(some))
        shift = np.repeat(series.first[part] - first - starts, series.lengths[part])
        anywhere[there + shift[there]] = True
    return "no number is 0, and the other series have rows then" if anywhere.mean() >= _MIN_COVERED else ""


def _are_counts(known: Floats) -> bool:
    """Whether all numbers are whole ones, and none is 0."""
    return bool(((np.abs(known) >= 1) & (known == np.round(known))).all())


def _counted_beside(plan: ReadingPlan) -> Iterator[Floats]:
    """The first numbers of columns of quantities that may be forecast instead: what they say of their rows is true of
    the amounts in the same rows, too."""
    for candidate in plan.roles.candidates:
        if candidate.meaning is Meaning.QUANTITY and candidate.column not in plan.roles.values:
            numbers = first_numbers(plan.table.columns[candidate.column], _ROWS_LOOKED_AT)
            if not np.isnan(numbers).any():
                yield numbers


def _all_levels(plan: ReadingPlan) -> bool:
    return all(_only_level(plan, i) for i in plan.roles.values)


def _only_level(plan: ReadingPlan, column: int) -> bool:
    own = series_measures(plan, column)
    if own is not None:
        return all(measure.reason for measure in own.by_text.values())
    return column_measure(plan, column).measure.kind == "level"


def _others(plan: ReadingPlan) -> list[int]:
    """The columns that give neither date nor value nor series."""
    dates = plan.dates.source.columns if plan.dates.source else ()
    used = {*dates, *plan.roles.values, *plan.roles.series}
    return [i for i in range(len(plan.table.names)) if i not in used]


def _event_number(plan: ReadingPlan) -> int | None:
    """The column that numbers events, each of which has one row."""
    for i in _others(plan):
        column = plan.table.columns[i]
        named = is_event_number_name(plan.table.names[i])
        if (named and _unique_share(column) >= _MIN_UNIQUE) or has_reference_numbers(column):
            return i
    return None


def _unique_share(column: Column) -> float:
    if column.has_numbers:
        return len(np.unique(column.floats)) / max(len(column), 1)
    return len(np.unique(column.codes)) / max(len(column), 1)


def _counts_vary(plan: ReadingPlan, rows: Rows) -> bool:
    """Whether dates have differently many rows: readings at set times have equally many on each day."""
    moments = plan.dates.moments
    if plan.dates.grain is Grain.TIME:
        moments = moments.astype("datetime64[D]")
    _, day = np.unique(moments, return_inverse=True)
    pairs = rows.groups * np.int64(int(day.max(initial=0)) + 1)
    pairs += pick(day, plan.dates.index)
    _, counts = np.unique(how_often(pairs if rows.keep.all() else pairs[rows.keep]), return_counts=True)
    return bool(counts.max(initial=0) < _MAX_SAME_COUNT * counts.sum())


def _without_rhythm(fit: FrequencyFit) -> bool:
    """Whether the gaps between dates differ."""
    total = sum(count for _, count in fit.gaps)
    return total > 0 and max(count for _, count in fit.gaps) <= _MAX_USUAL_GAP * total


def _describes(plan: ReadingPlan) -> bool:
    """Whether a column of different texts says what each row is."""
    columns = (plan.table.columns[i] for i in _others(plan))
    return any(
        not column.has_numbers
        and _unique_share(column) >= _MIN_TEXTS
        and column.empty.mean() <= _MAX_EMPTY
        and _are_texts(column.cells[:_CELLS_LOOKED_AT])
        for column in columns
    )


def _are_texts(cells: Sequence[Cell]) -> bool:
    return (
        float(np.mean([isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in cells])) >= _MIN_WITH_LETTERS
    )


def flow_points(series: SeriesSet) -> Flags:
    """Which points are of series that measure flows: bool [points]."""
    flows = np.array([series.measure(i).kind == "flow" for i in range(len(series))])
    return np.repeat(flows, series.lengths)
