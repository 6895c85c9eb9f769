"""What every page of "check my data" shares: a question, and choices that are applied only when the person goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE

if TYPE_CHECKING:
    from almanac.tables import ReadFile, ReadingOptions
    from almanac.tables.reading import Role


class Step(QWidget):
    """One page.

    ``choices_changed``: a choice was made or taken back. ``lookup_requested`` asks for a job that shows a part of the
    file: its name, and its arguments after the path.
    """

    choices_changed = Signal()
    lookup_requested = Signal(str, tuple)
    name = ""
    question = ""
    shows_preview = True  # the first lines of the file are shown below it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.name)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(SPACE[2])
        self.file: ReadFile
        self.options: ReadingOptions
        self._staged: dict[str, Any] = {}

    def applies_to(self, file: ReadFile) -> bool:  # noqa: ARG002
        """Whether there is anything to choose here for this file."""
        return True

    def open_answers(self, file: ReadFile, options: ReadingOptions) -> int:  # noqa: ARG002
        """How much the file leaves open here that only the person knows."""
        return 0

    def show_file(self, file: ReadFile, options: ReadingOptions) -> None:
        """Show how ``file`` was read with ``options``; choices that were not applied are forgotten."""
        self.file, self.options, self._staged = file, options, {}
        self.fill()

    def fill(self) -> None:
        """Set every part to how the file was read."""

    @property
    def initial_focus(self) -> QWidget | None:
        """The part that takes the focus; None for the button that goes on."""
        return None

    @property
    def roles(self) -> tuple[Role, ...]:
        """The role of each column with the choices made here."""
        return self.file.preview.roles

    @property
    def chosen_options(self) -> ReadingOptions:
        """The options with the choices made here."""
        return self.options.with_values(**self._staged)

    def stage(self, **changes: Any) -> None:
        """Remember choices, to be applied when the person goes on."""
        self._staged |= changes
        self.choices_changed.emit()

    def unstage(self, *names: str) -> None:
        """Forget choices."""
        for name in names:
            self._staged.pop(name, None)
        self.choices_changed.emit()
