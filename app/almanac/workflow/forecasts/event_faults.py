"""Events of a list that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from almanac.core.entered.events import Event
from almanac.core.entered.lists import ListFaults, RowFault
from almanac.core.problems import ProblemError
from almanac.core.series import SeriesSet
from almanac.core.text import did_you_mean
from almanac.wording import entered_lists as wording

EVENTS = "event"
ENTERED = ListFaults("Your list", ())  # of events that are from no file


def faults_of_events(series: SeriesSet, events: Sequence[Event], unread: ListFaults) -> ListFaults:
    """The rows of a list of events that are ``unread``, or for series that the file does not have."""
    known = parts_of(series)
    unknown = [(event, name) for event in events for name in event.series if name not in known]
    return unread.with_rows(tuple(_unknown(event, name, known) for event, name in unknown))


def _unknown(event: Event, name: str, known: Iterable[str]) -> RowFault:
    hint = did_you_mean(name, sorted(known), "")
    why = f"“{event.name}” is for “{name}”, which is not in the file"
    return RowFault(min(event.rows, default=0), f"{why}. {hint}" if hint else why, name)


def parts_of(series: SeriesSet) -> set[str]:
    """What events may be for: series, and values of the columns that split them."""
    return {*series.names, *(part for key in series.keys for part in key)}


def event_code(unread: ListFaults) -> str:
    """The code of a Problem, by whether rows that cannot be read are among its rows."""
    return "events_not_understood" if unread.rows else "event_of_unknown_series"


def require_usable_events(series: SeriesSet, events: Sequence[Event], unread: ListFaults | None) -> None:
    """Raises ``ProblemError`` naming every event that is for no series, and every row that is ``unread``."""
    unread = unread or ENTERED
    faults = faults_of_events(series, events, unread)
    if faults.rows:
        raise ProblemError(wording.bad_rows([(EVENTS, faults)], event_code(unread)))
