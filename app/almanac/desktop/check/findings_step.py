"""Findings: each with its count, how it is treated, the other ways, and the rows of the file it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from almanac.desktop import words
from almanac.desktop.check.finding_card import FindingCard
from almanac.desktop.check.repairs import REPAIRS, SERIOUS
from almanac.desktop.check.step import Step
from almanac.desktop.preview_table import PreviewTable
from almanac.desktop.tokens import SPACE
from almanac.desktop.widgets import clear, label
from almanac.problems import Problem

if TYPE_CHECKING:
    from almanac.tables import Preview, ReadFile, ReadingOptions


class FindingsStep(Step):
    name = "Findings"
    question = "Is it right to treat these like this?"
    shows_table = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[FindingCard] = []
        self._shown: FindingCard | None = None
        self.noticed = label("", "quiet")
        self.box.addWidget(self.noticed)
        self.box.addWidget(self._make_list(), 1)
        self.box.addWidget(self._make_rows(), 1)

    def _make_list(self) -> QScrollArea:
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACE[1])
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its cards take it, and it follows them
        area.setAccessibleName("What was noticed")
        return area

    def _make_rows(self) -> QWidget:
        self.rows = QWidget()
        box = QVBoxLayout(self.rows)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[0])
        self.rows_words = label("", "caption", wrap=True)
        self.table = PreviewTable()
        self.table.setAccessibleName("Rows of your file")
        box.addWidget(self.rows_words)
        box.addWidget(self.table, 1)
        self.rows.hide()
        return self.rows

    def fits(self, file: ReadFile) -> bool:
        return bool(file.findings)

    def asks(self, file: ReadFile, options: ReadingOptions) -> bool:  # noqa: ARG002
        return any(finding.code in REPAIRS or finding.code in SERIOUS for finding in file.findings)

    def fill(self) -> None:
        clear(self._list)
        self.cards = []
        self._show(None)
        reading = self.file.reading
        can_look = reading.sheet is None or reading.sheet in {sheet.name for sheet in self.file.sheets}
        for finding in sorted(self.file.findings, key=lambda f: f.code not in REPAIRS):  # what can be chosen, first
            card = FindingCard(finding, REPAIRS.get(finding.code), with_rows=can_look and bool(finding.rows))
            card.picked.connect(lambda value, card=card: self._on_pick(card, value))
            card.rows_wanted.connect(lambda wanted, card=card: self._on_rows(card, wanted))
            self.cards.append(card)
            self._list.addWidget(card)
        self._list.addStretch(1)
        self.noticed.setText(words.plural(len(self.cards), "thing was", "things were") + " noticed in your file.")
        self._mark()

    def show_rows(self, rows: Preview) -> None:
        """The rows that were asked for have come."""
        if self._shown is None:
            return
        named = rows.columns == self.file.preview.columns
        self.table.show_preview(replace(rows, roles=self.file.preview.roles) if named else rows)
        self.rows_words.setText(_rows_words(self._shown.finding, len(rows.lines)))
        self.rows.show()

    def _on_pick(self, card: FindingCard, value: Any) -> None:
        assert card.repair is not None
        if value == card.repair.in_use(self.file, self.options):
            self.unstage(card.repair.option)
        else:
            self.stage(**{card.repair.option: value})
        self._mark()

    def _on_rows(self, card: FindingCard, wanted: bool) -> None:
        self._show(card if wanted else None)
        if wanted:
            self.looked.emit("excerpt", (self.file.reading.sheet, card.finding.rows))

    def _show(self, card: FindingCard | None) -> None:
        self._shown = card
        for other in self.cards:
            other.rows_are_shown(other is card)
        if card is None:
            self.rows.hide()

    def _mark(self) -> None:
        changes = self.changes
        for card in self.cards:
            if card.repair is None:
                continue
            option = card.repair.option
            value = changes[option] if option in changes else card.repair.in_use(self.file, self.options)
            card.show_treatment(value, applied=value == card.repair.in_use(self.file, self.options))


def _rows_words(finding: Problem, shown: int) -> str:
    if finding.count > shown:
        return f"The first {words.count(shown)} of {words.plural(finding.count, 'row')}, as they are in your file"
    return f"{words.plural(shown, 'row')}, as {'it is' if shown == 1 else 'they are'} in your file"
