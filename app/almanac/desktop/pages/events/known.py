"""The list of the events that are known: those entered, the public holidays, and those of columns of the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Signal

from almanac.core.entered.events import Event, EventEffect, EventKind, Span
from almanac.core.text import some
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.events.countries import country_name
from almanac.desktop.widgets.basic import label
from almanac.desktop.widgets.entry_dialog import EnteredList
from almanac.wording.events import KINDS, effect_sentence

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

MAX_NAMED = 4  # dates, or series, of one event
NEW = "Counts from the next forecast."
OUTSIDE = "Neither in the history nor in the forecast, so it changes nothing."
NO_EVENTS = "None yet."
FROM_COLUMN = "from a column of the file"


def date_words(span: Span) -> str:
    """The days of a span in the person's locale."""
    first = _day(span.first)
    if span.last is None:
        return f"from {first}"
    return first if span.last == span.first else f"{first} to {_day(span.last)}"


def _day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


class EventList(EnteredList):
    """A line or two for each event; ``remove_wanted`` carries the Event to take out."""

    remove_wanted = Signal(object)

    def show_events(self, entered: Sequence[Event], result: ForecastResult) -> None:
        """List what was ``entered``, with what the forecast says of it, and the other events that it knows of."""
        self.clear()
        used, effects = result.event_choice, result.events
        for event in entered:
            mine = [one for one in effects if (one.name, one.kind) == (event.name, event.kind)]
            said = _sentences(mine) or OUTSIDE
            self._add(event.name, _about(event), said if event in used.events else NEW, event)
        listed = {(event.name, event.kind) for event in used.events}
        listed |= {
            (one.name, one.kind) for one in effects if one.kind is EventKind.CLOSURE and used.weekdays is not None
        }
        columns = {column.name for column in result.file.event_columns}
        others = [one for one in effects if (one.name, one.kind) not in listed]
        for name, kind in dict.fromkeys((one.name, one.kind) for one in others):
            mine = [one for one in others if (one.name, one.kind) == (name, kind)]
            source = FROM_COLUMN if name in columns else country_name(used.country or "")
            self._add(name, f"{KINDS[kind]}, {source}", _sentences(mine), None)
        self.note_empty(NO_EVENTS)

    def _add(self, name: str, about: str, said: str, removable: Event | None) -> None:
        lines = label(about, "caption", wrap=True), label(said, wrap=True)
        remove = self.add_entry(name, lines, "" if removable is None else f"Remove {name}")
        if remove is not None:
            remove.clicked.connect(lambda: self.remove_wanted.emit(removable))


def _about(event: Event) -> str:
    dates = some([date_words(span) for span in event.spans], MAX_NAMED)
    yearly = ", every year" if event.yearly else ""
    concerned = f", for {some(event.series, MAX_NAMED)}" if event.series else ""
    return f"{KINDS[event.kind]}, {dates}{yearly}{concerned}"


def _sentences(effects: Sequence[EventEffect]) -> str:
    return " ".join(effect_sentence(one, numbers.LOCALE) for one in effects)
