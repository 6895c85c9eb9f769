"""New data before it is accepted: old and new side by side, the corrected values, and what has to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.text import some
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import WrappedContent, button, clear, framed, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.phrases import decimals_for
from almanac.wording.watching.updates import renaming_question

if TYPE_CHECKING:
    from almanac.tables import ReadFile
    from almanac.updates import Correction, Renaming, Update
    from almanac.workflow.updates.new_data import Proposal

MAX_CORRECTIONS, MAX_NAMED, MAX_QUESTIONS = 200, 6, 50
SIDES = ("Before", "New")


class ProposalView(WrappedContent):
    """Shows a Proposal. ``accepted`` carries the renamings that the person agrees with; ``left`` nothing."""

    accepted = Signal(tuple)
    left = Signal()
    separate_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.questions: list[QCheckBox] = []
        self._renamings: tuple[Renaming, ...] = ()
        self.heading = label("", "section", wrap=True)
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(SPACE[0])
        self.sides = FiguresTable("Old and new side by side", most=8)
        self.corrections = FiguresTable("Corrected values, the largest first")
        self._asked = QVBoxLayout()
        self.accept, self.separate = button("&Add and Forecast Again", "primary"), button("&Open as Separate Work")
        self.leave = button("&Leave It Out")
        self.accept.clicked.connect(self._accept)
        self.separate.clicked.connect(self.separate_wanted)
        self.leave.clicked.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        self.corrected_card = framed("Corrected values, the largest first", self.corrections)
        self.asked_card = framed("Is this right?", self._asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE[1])
        for one in (self.accept, self.leave, self.separate):
            buttons.addWidget(one)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[2])
        box.addWidget(self.heading)
        box.addLayout(self._sentences)
        box.addLayout(buttons)
        box.addWidget(self.asked_card)
        box.addWidget(framed("Old and new side by side", self.sides))
        box.addWidget(self.corrected_card)
        box.addStretch(1)

    def show_proposal(self, found: Proposal) -> None:
        """Show what new data would change."""
        comparison, update = found.comparison, found.comparison.update
        self.heading.setText(f"New data for “{found.title}”")
        clear(self._sentences)
        for sentence in comparison.sentences_in(LOCALE, asks=False):
            self._sentences.addWidget(label(sentence, wrap=True))
        self.sides.show_figures(("", *SIDES), side_by_side(comparison.before, comparison.read, update))
        self.corrected_card.setVisible(bool(update.corrections))
        heads = ("Series", "When", "Before", "Now", "Change")
        self.corrections.show_figures(heads, [_corrected(one, update) for one in update.corrections[:MAX_CORRECTIONS]])
        self._ask(update)
        self.accept.setFocus()

    def _ask(self, update: Update) -> None:
        clear(self._asked)
        self._renamings = update.renamings[:MAX_QUESTIONS]
        self.questions = [QCheckBox(_renamed(one)) for one in self._renamings]
        for box in self.questions:
            box.setChecked(True)
            self._asked.addWidget(box)
        for names, verb in ((update.new, "new"), (update.vanished, "no longer in the file")):
            if names:
                self._asked.addWidget(label(f"{_which(names)} {verb}: {some(names, MAX_NAMED)}.", wrap=True))
        self.asked_card.setVisible(bool(self._renamings or update.new or update.vanished))

    def _accept(self) -> None:
        asked = zip(self._renamings, self.questions, strict=True)
        self.accepted.emit(tuple((one.before, one.after) for one, box in asked if box.isChecked()))


def side_by_side(before: ReadFile, after: ReadFile, update: Update) -> list[list[str]]:
    """The rows of the table: what each of the two files has."""
    corrected, appended = int(update.corrected.sum()), int(update.appended.sum() + update.filled.sum())
    both = before, after
    return [
        ["File", *(file.reading.file for file in both)],
        ["Series", *(numbers.count(len(file.series.names)) for file in both)],
        ["First", *(LOCALE.period(update.frequency, int(file.series.first.min())) for file in both)],
        ["Last", *(LOCALE.period(update.frequency, int(file.series.last.max())) for file in both)],
        ["Values", *(numbers.count(len(file.series.values)) for file in both)],
        ["Added values", "", numbers.count(appended)],
        ["Corrected values", "", numbers.count(corrected)],
        ["Unchanged values", "", numbers.count(int(update.unchanged.sum()))],
    ]


def _corrected(one: Correction, update: Update) -> tuple[str, ...]:
    decimals = decimals_for(np.array([one.before, one.after]))
    before, after = numbers.number(one.before, decimals), numbers.number(one.after, decimals)
    when = LOCALE.period(update.frequency, one.period)
    return one.series, when, before, after, numbers.signed(one.after - one.before, decimals)


def _renamed(one: Renaming) -> str:
    return renaming_question(one, LOCALE).replace("&", "&&")


def _which(names: tuple[str, ...]) -> str:
    return f"{numbers.count(len(names))} series {'is' if len(names) == 1 else 'are'}"
