"""The button that opens the dialog for adjustments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from almanac.desktop.widgets.basic import Button

if TYPE_CHECKING:
    from almanac.desktop.pages.adjust.dialog import AdjustDialog
    from almanac.desktop.pages.adjust.subject import Subject
    from almanac.desktop.session import Session


class AdjustButton(Button):
    """Opens the dialog about what is shown; the dialog is made ahead of time, or at its first use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ad&just…", "small", parent=parent)
        self.setAccessibleDescription("Set, multiply or add to the forecast that is shown, or to the selected steps")
        self.dialog: AdjustDialog | None = None

    def attach(self, session: Session) -> None:
        """Let the session adjust its forecast."""
        self._session = session

    def preload(self) -> AdjustDialog:
        """Make the dialog, which takes a moment."""
        if self.dialog is None:
            from almanac.desktop.pages.adjust.dialog import AdjustDialog

            self.dialog = AdjustDialog(self.window())
            self.dialog.chosen.connect(self._session.adjust)
        return self.dialog

    def open_dialog(self, subject: Subject, span: tuple[int, int] | None) -> None:
        """Ask for an adjustment of what is shown."""
        result = self._session.result
        if result is not None and self.isEnabled():
            dialog = self.preload()
            dialog.begin(result, subject, span)
            dialog.open()
