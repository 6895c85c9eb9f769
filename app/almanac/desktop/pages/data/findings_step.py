"""The findings: each with how it is treated, the other ways to treat it, and the rows of the file it is about."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from almanac.core.problems import MAX_ROWS_LISTED, Choice, Finding
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.finding_card import FindingCard
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label
from almanac.desktop.widgets.preview_table import PreviewTable
from almanac.wording.reading import DAY_OR_MONTH, GAPS, READ_AS_CORRECTED

if TYPE_CHECKING:
    from almanac.tables import Preview, ReadFile, ReadingOptions


NEEDS_ANSWER, DECIDED, INFORMATION = GROUPS = ("Needs your answer", "You decided", "For your information")


class FindingsStep(Step):
    """A list of cards, and below it the rows of one of them when the person wants to see them."""

    name = "Findings"
    question = "We noticed a few things in your file"
    shows_preview = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[FindingCard] = []
        self.headings: list[str] = []
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
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
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

    def open_answers(self, file: ReadFile, options: ReadingOptions) -> int:
        """How many findings only the person can decide about, and has not."""
        return sum(_group(finding, options) == NEEDS_ANSWER for finding in _listed(file))

    def fill(self) -> None:
        """Make a card for each finding, those that need an answer first."""
        clear(self._list)
        self.cards = []
        self._show_rows_of(None)
        sheets = {None, *(sheet.name for sheet in self.file.sheets)}
        groups: dict[str, list[Finding]] = {title: [] for title in GROUPS}
        for finding in _listed(self.file):
            groups[_group(finding, self.options)].append(finding)
        self.headings = []
        for title, found in groups.items():
            if found:
                if self.headings:
                    self._list.addSpacing(SPACE[1])
                self.headings.append(f"{title} ({numbers.count(len(found))})")
                self._list.addWidget(label(self.headings[-1], "section"))
            for finding in sorted(found, key=lambda finding: not finding.choices):
                sheet = finding.sheet or self.file.reading.sheet
                card = FindingCard(
                    finding, with_rows=bool(finding.rows) and sheet in sheets, asks=title == NEEDS_ANSWER
                )
                card.treatment_chosen.connect(partial(self._on_treatment, card))
                card.rows_toggled.connect(partial(self._on_rows_toggled, card))
                self.cards.append(card)
                self._list.addWidget(card)
        self._list.addStretch(1)
        self.hint.setText(_hint(groups))
        self._mark_treatments()

    def scroll_to(self, code: str) -> None:
        """Bring the card of the finding with this code into view, with the focus on its treatments."""
        for card in self.cards:
            if card.finding.code == code:
                QTimer.singleShot(0, card, partial(self._area.ensureWidgetVisible, card))
                card.focus_treatments()

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


def _group(finding: Finding, options: ReadingOptions) -> str:
    """Which of the groups the finding belongs to."""
    if finding.code != READ_AS_CORRECTED and any(_is_chosen(choice, options) for choice in finding.choices):
        return DECIDED
    return NEEDS_ANSWER if finding.asks else INFORMATION


def _is_chosen(choice: Choice, options: ReadingOptions) -> bool:
    """Whether the person chose this treatment, rather than Almanac."""
    ((name, value),) = choice.sets
    if name == "repairs":
        return set(value) <= set(options.repairs)
    return bool(value not in (None, ()) and getattr(options, name) == value)


def _hint(groups: dict[str, list[Finding]]) -> str:
    if groups[NEEDS_ANSWER]:
        return "The marked treatment of each is used until you choose another."
    if any(finding.choices for found in groups.values() for finding in found):
        return "Nothing here needs an answer. Change how things are treated if you like."
    return "Nothing here needs an answer."


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
