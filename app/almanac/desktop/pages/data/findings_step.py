"""The findings: each with how it is treated, the other ways to treat it, and the rows of the file it is about."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from almanac.core.problems import MAX_ROWS_LISTED, Choice, Finding
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.finding_card import FindingCard
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label
from almanac.desktop.widgets.preview_table import PreviewTable
from almanac.wording.reading import DAY_OR_MONTH, GAPS, SERIOUS

if TYPE_CHECKING:
    from almanac.tables import Preview, ReadFile, ReadingOptions


class FindingsStep(Step):
    """A list of cards, and below it the rows of one of them when the person wants to see them."""

    name = "Findings"
    question = "We noticed a few things in your file"
    shows_preview = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[FindingCard] = []
        self._with_rows: FindingCard | None = None
        self.hint = label("", "quiet")
        self.box.addWidget(self.hint)
        self.box.addWidget(self._make_list(), 3)
        self.box.addWidget(self._make_rows(), 2)

    def _make_list(self) -> QScrollArea:
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACE[1])
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its cards take the focus, and it scrolls to them
        area.setAccessibleName("Findings")
        return area

    def _make_rows(self) -> QWidget:
        self.rows = QWidget()
        box = QVBoxLayout(self.rows)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[0])
        self.rows_caption = label("", "caption", wrap=True)
        self.table = PreviewTable()
        self.table.setAccessibleName("Rows of your file")
        box.addWidget(self.rows_caption)
        box.addWidget(self.table, 1)
        self.rows.hide()
        return self.rows

    def applies_to(self, file: ReadFile) -> bool:
        """Whether there are findings."""
        return bool(_listed(file))

    def asks(self, file: ReadFile, options: ReadingOptions) -> bool:  # noqa: ARG002
        """Whether there is a finding to choose about, or one that a person should see."""
        return any(finding.choices or finding.code in SERIOUS for finding in _listed(file))

    def fill(self) -> None:
        """Make a card for each finding, those with choices first."""
        clear(self._list)
        self.cards = []
        self._show_rows_of(None)
        sheets = {None, *(sheet.name for sheet in self.file.sheets)}
        for finding in sorted(_listed(self.file), key=lambda finding: not finding.choices):
            sheet = finding.sheet or self.file.reading.sheet
            card = FindingCard(finding, with_rows=bool(finding.rows) and sheet in sheets)
            card.treatment_chosen.connect(partial(self._on_treatment, card))
            card.rows_toggled.connect(partial(self._on_rows_toggled, card))
            self.cards.append(card)
            self._list.addWidget(card)
        self._list.addStretch(1)
        choosable = any(card.finding.choices for card in self.cards)
        self.hint.setText("Change how they are treated if you like." if choosable else "There is nothing to choose.")
        self._mark_treatments()

    def show_rows(self, rows: Preview) -> None:
        """Show the rows of the finding whose card asked for them."""
        if self._with_rows is None:
            return
        same_columns = rows.columns == self.file.preview.columns
        self.table.show_preview(replace(rows, roles=self.file.preview.roles) if same_columns else rows)
        self.rows_caption.setText(_rows_caption(self._with_rows.finding, len(rows.lines)))
        self.rows.show()

    @property
    def chosen_options(self) -> ReadingOptions:
        """The options with the treatments chosen here."""
        options = self.options
        for name, value in self._staged.values():
            options = options.with_values(**{name: value})
        return options

    def _on_treatment(self, card: FindingCard, position: int) -> None:
        choice = card.finding.choices[position]
        if position == card.finding.chosen:
            self.unstage(_decision(choice))
        else:
            self.stage(**{_decision(choice): choice.sets[0]})
        self._mark_treatments()

    def _on_rows_toggled(self, card: FindingCard, shown: bool) -> None:
        self._show_rows_of(card if shown else None)
        if shown:
            sheet = card.finding.sheet or self.file.reading.sheet
            self.lookup_requested.emit("excerpt", (sheet, card.finding.rows))

    def _show_rows_of(self, card: FindingCard | None) -> None:
        """Make room for the rows of this card; none: hide the rows."""
        self._with_rows = card
        for other in self.cards:
            other.mark_rows(other is card)
        if card is None:
            self.rows.hide()

    def _mark_treatments(self) -> None:
        """Mark the treatment in use or chosen on every card: one option may decide for several of them."""
        for card in self.cards:
            marked = card.finding.chosen
            for position, choice in enumerate(card.finding.choices):
                if self._staged.get(_decision(choice)) == choice.sets[0]:
                    marked = position
            card.mark_treatment(marked)


def _listed(file: ReadFile) -> list[Finding]:
    """The findings that are treated here; day or month has its own page."""
    return [finding for finding in file.findings if finding.code != DAY_OR_MONTH]


def _decision(choice: Choice) -> str:
    """What the choice decides: an option, or the treatment of one finding."""
    ((name, value),) = choice.sets
    return f"{name} {value[0][0]}" if name == "repairs" else name


def _rows_caption(finding: Finding, shown: int) -> str:
    if finding.code == GAPS:
        return f"{numbers.plural(shown, 'row')} of your file with a gap after {'it' if shown == 1 else 'them'}"
    if finding.count > shown and len(finding.rows) == MAX_ROWS_LISTED:
        return f"The first {numbers.plural(shown, 'row')} of your file that this is about"
    return f"{numbers.plural(shown, 'row')} of your file that this is about"
