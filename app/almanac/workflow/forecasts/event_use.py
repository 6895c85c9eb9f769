"""Events in a forecast: which there are, what is learned of them, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.entered.events import Event, EventEffect
from almanac.core.entered.lists import ListFaults
from almanac.core.jobs import Job
from almanac.core.problems import stop_with
from almanac.core.series import SeriesSet
from almanac.workflow.forecasts.event_faults import parts_of, require_usable_events
from almanac.workflow.forecasts.open_days import closures_of

if TYPE_CHECKING:
    from almanac.evaluation import Forecaster
    from almanac.evaluation.backtest.cutoffs import Windows
    from almanac.events import EventModel
    from almanac.tables import ReadFile

# What practice forecasts around events may cost, in points that a model reads: as much as the backtest of a forecast.
MAX_COST, COST_OF_STEP, MIN_WINDOWS = 780_000, 8, 20
LEVELS = tuple(round(0.1 * k, 1) for k in range(1, 10))  # of practice forecasts, whose mean is needed


@dataclass(frozen=True)
class EventChoice:
    """Which events count: ``events``, entered or from a file, and the public holidays of ``country`` (``DE-BY``).

    ``weekdays``: those (0 for Monday) on which it is open from now on, None for those of the file. ``faults``: the
    rows that cannot be read of the list that the events are from, None where they are from no list.
    """

    events: tuple[Event, ...] = ()
    country: str | None = None
    weekdays: tuple[int, ...] | None = None
    faults: ListFaults | None = field(default=None, compare=False)


NO_EVENTS = EventChoice()


def read_events(path: Path, country: str | None = None) -> EventChoice:
    """The events in a spreadsheet or JSON file, and the public holidays of a country.

    Raises ``ProblemError`` when the file is not a list of events. Rows that cannot be used are said once the series are
    known, all at once.
    """
    from almanac import tables

    found = tables.read_events(path)
    return EventChoice(found.entries, country, faults=found.faults)


def remember_events(path: Path, choice: EventChoice) -> Job[None]:
    """Keep the events of a file for files of the same shape; none: forget those kept before."""
    from almanac import events, tables

    yield from ()
    events.keep_events(tables.shape_of(path), events.KeptEvents(choice.events, choice.country, choice.weekdays))


def remembered_events(path: Path) -> Job[EventChoice]:
    """The events kept for files of this shape."""
    from almanac import events, tables

    yield from ()
    if not events.keeps_any():  # what shape a file has takes time to find out
        return NO_EVENTS
    kept = events.kept_events(tables.shape_of(path))
    return EventChoice(kept.events, kept.country, kept.weekdays)


def usable_events(choice: EventChoice, series: SeriesSet) -> EventChoice:
    """What of kept events can be used: files of one shape may have other series, or no dates as they are read."""
    if not series.frequency.dated:
        return NO_EVENTS
    known = parts_of(series)
    here = [replace(event, series=tuple(name for name in event.series if name in known)) for event in choice.events]
    fit = (one for one, kept in zip(here, choice.events, strict=True) if one.series or not kept.series)
    return EventChoice(tuple(fit), choice.country, choice.weekdays)


def learn_events(
    file: ReadFile, choice: EventChoice, horizon: int, model: Callable[[SeriesSet], Forecaster]
) -> Job[EventModel | None]:
    """What is known of the events of a file; None when there are none.

    ``model``: makes a forecaster that may learn from the series it gets. Raises ``ProblemError`` for events that fit no
    series, and for a file without dates.
    """
    from almanac import evaluation, events

    dated = list(choice.events) + list(_holidays(file.series, choice.country, horizon))
    dated += closures_of(file.series, choice.weekdays, horizon)
    if file.series.frequency.dated:
        require_usable_events(file.series, choice.events, choice.faults)
    if not dated and not file.event_columns:
        return None
    _require_dates(file.series)

    def backtest(series: SeriesSet, owners: Integers, points: Integers, steps: int) -> Job[evaluation.BacktestRuns]:
        windows = evaluation.Windows(owners, points)
        return (yield from evaluation.run_backtest(series, steps, model(series), LEVELS, windows))

    def most(points: int, steps: int) -> int:
        return max(MAX_COST // (points + COST_OF_STEP * steps), MIN_WINDOWS)

    budget = events.PracticeBudget(most)
    return (yield from events.learn(file.series, (dated, file.event_columns), horizon, backtest, budget))


def _holidays(series: SeriesSet, country: str | None, horizon: int) -> tuple[Event, ...]:
    from almanac import events

    if country is None or not series.frequency.dated:
        return ()
    ends = series.frequency.dates(np.array([series.first.min(), series.last.max() + horizon]))
    first, last = (int(year) + 1970 for year in ends.astype("datetime64[Y]").astype(np.int64))
    return events.public_holidays(country, range(first, last + 1))


def _require_dates(series: SeriesSet) -> None:
    if not series.frequency.dated:
        raise stop_with(
            "events_need_dates",
            "Events cannot be used for this file.",
            "It has no dates, only an order of rows.",
            "Choose a column of dates, or forecast without events.",
        )


def by_name(series: SeriesSet) -> Callable[[SeriesSet], Integers]:
    """Finds the positions of series by their names."""
    return lambda some: series.positions(some.names)


def by_window(windows: Windows) -> Callable[[SeriesSet], Integers]:
    """Finds the positions of the copies that a backtest makes, each named by its window's number."""
    return lambda copies: windows.series[np.array([int(name) for name in copies.names], np.int64)]


def carrying(model: EventModel | None, base: Forecaster, rows_of: Callable[[SeriesSet], Integers]) -> Forecaster:
    """The forecaster with the effects of events, if there are any."""
    return base if model is None else model.forecaster(base, rows_of)


def effects_of(model: EventModel | None) -> tuple[EventEffect, ...]:
    """What is known of each event, the surest first."""
    if model is None:
        return ()
    return tuple(sorted(model.found, key=lambda one: (-one.left_out, -one.certainty, -abs(one.size))))
