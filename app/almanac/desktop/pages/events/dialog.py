"""The dialog in which a person enters events, and sees which are known and what they do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.events import Event
from almanac.desktop.pages.events.countries import CountryChoice
from almanac.desktop.pages.events.entry import EventEntry
from almanac.desktop.pages.events.known import EventList
from almanac.desktop.pages.events.weekdays import Weekdays
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, label, whole

if TYPE_CHECKING:
    from almanac.core.series import SeriesSet
    from almanac.workflow import EventChoice
    from almanac.workflow.results import ForecastResult

SIZE = (760, 700)  # pixels, where the screen has them
EXPLANATION = "Closed, out of stock, one-off and exceptional: these days are left out of what is learned. Sales, price \
changes and holidays: what they did before is measured, and the forecast carries it."


class _Content(QWidget):
    """What is as high as its lines are at the width that it has."""

    def minimumSizeHint(self) -> QSize:
        """Ask for a width; the height follows from it."""
        return QSize(super().minimumSizeHint().width(), 0)


class EventsDialog(QDialog):
    """Nothing counts before Forecast Again: ``chosen`` carries the EventChoice then."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Events")
        self.setModal(True)
        self._events: tuple[Event, ...] = ()
        self._before: list[tuple[Event, ...]] = []
        self._result: ForecastResult | None = None
        self.entry, self.country, self.known = EventEntry(), CountryChoice(), EventList()
        self.weekdays = Weekdays()
        self.undo, self.cancel = button("&Undo"), button("Cancel")
        self.again = button("&Forecast Again", "primary")
        self._lay_out()
        self.entry.added.connect(self.add)
        self.known.remove_wanted.connect(self.remove)
        self.country.changed.connect(self._refresh)
        self.weekdays.changed.connect(self._refresh)
        self.undo.clicked.connect(self.take_back)
        self.cancel.clicked.connect(self.reject)
        self.again.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        content, box, ways_on = _Content(), QVBoxLayout(self), QHBoxLayout()
        parts = QVBoxLayout(content)
        parts.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        parts.setSpacing(SPACE[2])
        parts.addWidget(label("What happened, or will happen?", "title", wrap=True))
        parts.addWidget(label(EXPLANATION, "quiet", wrap=True))
        parts.addWidget(self.entry)
        parts.addWidget(self.country)
        parts.addWidget(self.weekdays)
        parts.addWidget(label("Known events", "section"))
        parts.addWidget(self.known)
        parts.addStretch(1)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(whole(content), 1)
        ways_on.setContentsMargins(SPACE[4], 0, SPACE[4], SPACE[3])
        ways_on.addWidget(self.undo)
        ways_on.addStretch(1)
        ways_on.addWidget(self.cancel)
        ways_on.addWidget(self.again)
        box.addLayout(ways_on)
        for one in self.findChildren(Button):
            one.setAutoDefault(False)  # Enter in a field is not for one of them

    def begin(self, result: ForecastResult, choice: EventChoice, in_file: SeriesSet | None = None) -> None:
        """Show the events of ``choice``, and what those of the forecast do.

        ``in_file``: the series as they were read, where their weekdays are not those of the forecast.
        """
        from almanac.workflow.open_days import open_weekdays

        series = result.file.series
        parts = [part for key in series.keys for part in key] if len(series.key_columns) > 1 else []
        self._result = result
        self._events, self._before = choice.events, []
        self.entry.begin(tuple(dict.fromkeys([*parts, *series.names])), first_date(result))
        self.country.show_place(choice.country)
        self.weekdays.begin(open_weekdays(in_file or series), choice.weekdays)
        self._refresh()
        self.entry.name.setFocus(Qt.FocusReason.OtherFocusReason)
        screen = self.screen().availableSize()
        self.resize(min(SIZE[0], screen.width()), min(SIZE[1], screen.height()))

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
            self.again.setEnabled(self.choice != self._result.event_choice)


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
