"""The dialog in which a person enters events, and sees which are known and what they do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from almanac.core.entered.events import Event
from almanac.desktop.pages.events.countries import CountryChoice
from almanac.desktop.pages.events.entry import EventEntry
from almanac.desktop.pages.events.known import EventList
from almanac.desktop.pages.events.weekdays import Weekdays
from almanac.desktop.widgets.basic import label
from almanac.desktop.widgets.entry_dialog import EntryDialog

if TYPE_CHECKING:
    from almanac.core.series import SeriesSet
    from almanac.workflow import EventChoice
    from almanac.workflow.results import ForecastResult

SIZE = (760, 700)  # pixels, where the screen has them
QUESTION = "What happened, or will happen?"
EXPLANATION = "Closed, out of stock, one-off and exceptional: these days are left out of what is learned. Sales, price \
changes and holidays: what they did before is measured, and the forecast carries it."


class EventsDialog(EntryDialog):
    """Nothing counts before Forecast Again: ``chosen`` carries the EventChoice then."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Events", "&Forecast Again", parent)
        self._events: tuple[Event, ...] = ()
        self._before: list[tuple[Event, ...]] = []
        self._result: ForecastResult | None = None
        self.entry, self.country, self.known = EventEntry(), CountryChoice(), EventList()
        self.weekdays = Weekdays()
        known = label("Known events", "section"), self.known
        self.lay_out(QUESTION, EXPLANATION, (self.entry, self.country, self.weekdays, *known))
        self.entry.added.connect(self.add)
        self.entry.name.textChanged.connect(self._allow)
        self.known.remove_wanted.connect(self.remove)
        self.country.changed.connect(self._refresh)
        self.weekdays.changed.connect(self._refresh)
        self.undo.clicked.connect(self.take_back)

    def begin(self, result: ForecastResult, choice: EventChoice, in_file: SeriesSet | None = None) -> None:
        """Show the events of ``choice``, and what those of the forecast do.

        ``in_file``: the series as they were read, where their weekdays are not those of the forecast.
        """
        from almanac.workflow.forecasts.open_days import open_weekdays

        series = result.file.series
        parts = [part for key in series.keys for part in key] if len(series.key_columns) > 1 else []
        self._result = result
        self._events, self._before = choice.events, []
        self.entry.begin(tuple(dict.fromkeys([*parts, *series.names])), first_date(result))
        self.country.show_place(choice.country)
        self.weekdays.begin(open_weekdays(in_file or series), choice.weekdays)
        self._refresh()
        self.entry.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit(*SIZE)

    def propose(self, event: Event) -> None:
        """Fill in the fields with an event; it counts, as it is then, with Forecast Again."""
        self.entry.propose(event)

    @property
    def choice(self) -> EventChoice:
        """What is entered and chosen now."""
        from almanac.workflow import EventChoice

        return EventChoice(self._events, self.country.place, self.weekdays.chosen)

    def add(self, event: Event) -> None:
        """Add an event; one that has the same name and is for the same gets another date."""
        self._change(with_event(self._events, event))

    def remove(self, event: Event) -> None:
        """Take an event out."""
        self._change(tuple(one for one in self._events if one != event))

    def take_back(self) -> None:
        """Undo the last addition or removal."""
        if self._before:
            self._events = self._before.pop()
            self._refresh()

    def accept(self) -> None:
        """Forecast with these events."""
        if self.entry.has_name:  # typed, but not added
            self.entry.add_event()
        super().accept()
        self.chosen.emit(self.choice)

    def _change(self, events: tuple[Event, ...]) -> None:
        if events != self._events:
            self._before.append(self._events)
            self._events = events
            self._refresh()

    def _refresh(self) -> None:
        if self._result is not None:
            self.known.show_events(self._events, self._result)
            self.undo.setVisible(bool(self._before))
            self._allow()

    def _allow(self) -> None:
        """Let the person forecast again where something is new, also if it is typed and not added yet."""
        if self._result is not None:
            self.use.setEnabled(self.entry.has_name or self.choice != self._result.event_choice)


def with_event(events: tuple[Event, ...], new: Event) -> tuple[Event, ...]:
    """The events and a new one; another date of one that the list has becomes one of its dates."""
    for k, one in enumerate(events):
        if replace(one, spans=new.spans) == new:
            spans = one.spans if new.spans[0] in one.spans else (*one.spans, *new.spans)
            return (*events[:k], replace(one, spans=spans), *events[k + 1 :])
    return (*events, new)


def first_date(result: ForecastResult) -> date:
    """The day on which the forecast begins."""
    forecast = result.forecast
    day: date = forecast.frequency.dates(np.array([forecast.first[0]]))[0].astype("datetime64[D]").item()
    return day
