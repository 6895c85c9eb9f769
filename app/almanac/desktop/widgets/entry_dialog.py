"""What dialogs share in which a person enters something next to a list of what was entered before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, OneLine, WrappedContent, button, clear, label, whole


class EntryDialog(QDialog):
    """A question, an explanation, parts below one another, and the buttons Undo, Cancel and ``use``."""

    def __init__(self, title: str, use: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.undo, self.cancel, self.use = button("&Undo"), button("Cancel"), button(use, "primary")
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)

    def lay_out(self, question: str, explanation: str, parts: Sequence[QWidget]) -> None:
        """Put everything in its place."""
        content, box, ways_on = WrappedContent(), QVBoxLayout(self), QHBoxLayout()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        lines.setSpacing(SPACE[2])
        for part in (label(question, "title", wrap=True), label(explanation, "quiet", wrap=True), *parts):
            lines.addWidget(part)
        lines.addStretch(1)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(whole(content), 1)
        ways_on.setContentsMargins(SPACE[4], 0, SPACE[4], SPACE[3])
        ways_on.addWidget(self.undo)
        ways_on.addStretch(1)
        ways_on.addWidget(self.cancel)
        ways_on.addWidget(self.use)
        box.addLayout(ways_on)
        for one in self.findChildren(Button):
            one.setAutoDefault(False)  # Enter in a field is not for one of them

    def fit(self, width: int, height: int) -> None:
        """Take this size, where the screen has it."""
        screen = self.screen().availableSize()
        self.resize(min(width, screen.width()), min(height, screen.height()))


class EnteredList(QFrame):
    """A card with a few lines for each thing that was entered, and a button to take it out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        self._box.setSpacing(SPACE[2])

    def clear(self) -> None:
        """List nothing."""
        clear(self._box)

    def add_entry(self, name: str, lines: Sequence[QWidget], removal: str = "") -> Button | None:
        """List something; the button that takes it out, where there is a ``removal``: what it is called in full."""
        row, texts = QWidget(), QVBoxLayout()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        for part in (OneLine(name, "strong"), *lines):
            texts.addWidget(part)
        across.addLayout(texts, 1)
        remove = button("Remove", "small") if removal else None
        if remove is not None:
            remove.setAccessibleName(removal)
            across.addWidget(remove)
        self._box.addWidget(row)
        return remove

    def note_empty(self, text: str) -> None:
        """Say that nothing is listed, if so."""
        if self._box.isEmpty():
            self._box.addWidget(label(text, "quiet"))
