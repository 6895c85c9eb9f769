"""The button that opens the dialog for events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from almanac.desktop.widgets.basic import Button

if TYPE_CHECKING:
    from almanac.desktop.pages.events.dialog import EventsDialog
    from almanac.desktop.session import Session


class EventsButton(Button):
    """Opens the dialog about the session's forecast; the dialog is made ahead of time, or at its first use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("&Events…", "small", parent=parent)
        self.setAccessibleDescription("Closed days, sales, holidays and whatever else the forecast should know of")
        self.dialog: EventsDialog | None = None

    def attach(self, session: Session) -> None:
        """Let the session forecast with what is entered."""
        self._session = session
        self.clicked.connect(self.open_dialog)

    def preload(self) -> EventsDialog:
        """Make the dialog, which takes a moment."""
        if self.dialog is None:
            from almanac.desktop.pages.events.dialog import EventsDialog

            self.dialog = EventsDialog(self.window())
            self.dialog.chosen.connect(self._session.use_events)
        return self.dialog

    def open_dialog(self) -> None:
        """Show the events of the forecast."""
        result = self._session.result
        if result is not None:
            dialog = self.preload()
            file = self._session.file
            series = None if file is None else file.series
            dialog.begin(result, self._session.events or result.event_choice, series)
            dialog.open()
