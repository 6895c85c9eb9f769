"""The fields in which a person enters an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCalendarWidget,
    QCheckBox,
    QDateEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from almanac.core.entered.events import Event, EventKind, Span
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, caption
from almanac.desktop.widgets.column_choice import ColumnChoice
from almanac.wording.events import KINDS

ENTERED_KINDS = (
    EventKind.CLOSURE,
    EventKind.SALE,
    EventKind.STOCK_OUT,
    EventKind.PRICE_CHANGE,
    EventKind.ONE_OFF,
    EventKind.EXCEPTIONAL,
)
KINDS_IN_A_ROW = 3
CALENDAR_SIZE = (340, 260)  # pixels: names of weekdays are whole
ALL_SERIES = "Everything in the file"


class DateField(QDateEdit):
    """A date, typed or chosen in a calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self._calendar: QCalendarWidget | None = None
        self.setKeyboardTracking(False)  # a half-typed date is not a date
        pattern = self.locale().dateFormat(self.locale().FormatType.ShortFormat)
        self.setDisplayFormat(pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make the calendar, which takes a moment, before it can be opened."""
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setMinimumSize(*CALENDAR_SIZE)
            self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            weekday = self._calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)
            for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red on dark cannot be read
                self._calendar.setWeekdayTextFormat(day, weekday)
            self.setCalendarWidget(self._calendar)
        super().focusInEvent(event)

    @property
    def day(self) -> date:
        """The date that is shown."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())


class EventEntry(QFrame):
    """Which kind of event, its name, when it is, and what it is for; ``added`` carries the Event."""

    added = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.kinds = {kind: QRadioButton(KINDS[kind]) for kind in ENTERED_KINDS}
        self._group = QButtonGroup(self)
        self.name, self.first, self.last = QLineEdit(), DateField(), DateField()
        self.series, self.yearly = ColumnChoice(ALL_SERIES, "choices"), QCheckBox("Every &year")
        self.add: Button = button("&Add Event")
        self._days = 0  # from the first to the last
        self._offered: Sequence[str] = ()
        self._lay_out()
        self.first.dateChanged.connect(self._on_first)
        self.last.dateChanged.connect(self._on_last)
        self.name.returnPressed.connect(self.add_event)
        self.add.clicked.connect(self.add_event)

    def _lay_out(self) -> None:
        box, kinds, fields, last_row = QVBoxLayout(self), QGridLayout(), QGridLayout(), QHBoxLayout()
        box.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        box.setSpacing(SPACE[2])
        for k, choice in enumerate(self.kinds.values()):
            self._group.addButton(choice)
            kinds.addWidget(choice, k // KINDS_IN_A_ROW, k % KINDS_IN_A_ROW)
        self.kinds[EventKind.CLOSURE].setChecked(True)
        self.name.setPlaceholderText("Such as Summer sale")
        self._for = caption("&For", self.series)
        parts = (caption("&Name", self.name), caption("F&rom", self.first), caption("&To", self.last), self._for)
        fields.setHorizontalSpacing(SPACE[2])
        fields.setVerticalSpacing(SPACE[0])
        for k, (title, field) in enumerate(zip(parts, (self.name, self.first, self.last, self.series), strict=True)):
            row, column = (0, k) if k < KINDS_IN_A_ROW else (2, 0)
            fields.addWidget(title, row, column)
            fields.addWidget(field, row + 1, column)
        fields.addLayout(last_row, 3, 1, 1, 2)
        fields.setColumnStretch(0, 1)
        last_row.addWidget(self.yearly)
        last_row.addStretch(1)
        last_row.addWidget(self.add)
        box.addLayout(kinds)
        box.addLayout(fields)

    def begin(self, series: Sequence[str], first: date) -> None:
        """Offer what an event can be for, and a date to begin with."""
        self.kinds[EventKind.CLOSURE].setChecked(True)
        self._days = 0
        self.first.setDate(QDate(first.year, first.month, first.day))
        self.last.setDate(self.first.date())
        self._offered = series
        self.series.fill(series, ())
        for widget in (self.series, self._for):
            widget.setVisible(len(series) > 1)
        self.name.clear()
        self.yearly.setChecked(False)

    def propose(self, event: Event) -> None:
        """Fill in the fields with an event, to be changed and added."""
        span = event.spans[0]
        last = span.last or span.first
        self.kinds[event.kind].setChecked(True)
        self.first.setDate(QDate(span.first.year, span.first.month, span.first.day))
        self.last.setDate(QDate(last.year, last.month, last.day))
        self.series.fill(self._offered, event.series)
        self.name.setText(event.name)

    @property
    def has_name(self) -> bool:
        """Whether a name was typed that was not added."""
        return bool(self.name.text().strip())

    def add_event(self) -> None:
        """Hand over the event, and begin another one."""
        kind = next(kind for kind, choice in self.kinds.items() if choice.isChecked())
        span = Span(self.first.day, self.last.day)
        name = self.name.text().strip() or KINDS[kind]
        self.added.emit(Event(name, kind, (span,), self.series.chosen, self.yearly.isChecked()))
        self.name.clear()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_first(self, day: QDate) -> None:
        """Keep the event as long as it was."""
        days = self._days
        self.last.setMinimumDate(day)
        self.last.setDate(day.addDays(days))

    def _on_last(self, day: QDate) -> None:
        self._days = max(self.first.date().daysTo(day), 0)
