"""Findings: each with its count, how it is treated, the other ways, and the rows of the file it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from almanac.core.problems import MAX_ROWS_LISTED, Choice, Finding
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.dates_step import DAY_OR_MONTH
from almanac.desktop.pages.data.finding_card import FindingCard
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label
from almanac.desktop.widgets.preview_table import PreviewTable

if TYPE_CHECKING:
    from almanac.tables import Preview, ReadFile, ReadingOptions

# Some of the file does not count, and nothing can be chosen here: a person should have seen it.
SERIOUS = frozenset({"dates_not_understood", "text_among_numbers"})


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
        return bool(_own(file))

    def asks(self, file: ReadFile, options: ReadingOptions) -> bool:  # noqa: ARG002
        return any(finding.choices or finding.code in SERIOUS for finding in _own(file))

    def fill(self) -> None:
        clear(self._list)
        self.cards = []
        self._show(None)
        sheets = {None, *(sheet.name for sheet in self.file.sheets)}
        for finding in sorted(_own(self.file), key=lambda found: not found.choices):  # what can be chosen, first
            here = finding.sheet or self.file.reading.sheet
            card = FindingCard(finding, with_rows=bool(finding.rows) and here in sheets)
            card.picked.connect(lambda place, card=card: self._on_pick(card, place))
            card.rows_wanted.connect(lambda wanted, card=card: self._on_rows(card, wanted))
            self.cards.append(card)
            self._list.addWidget(card)
        self._list.addStretch(1)
        self.noticed.setText(numbers.plural(len(self.cards), "thing was", "things were") + " noticed in your file.")
        self._mark()

    def show_rows(self, rows: Preview) -> None:
        """The rows that were asked for have come."""
        if self._shown is None:
            return
        named = rows.columns == self.file.preview.columns
        self.table.show_preview(replace(rows, roles=self.file.preview.roles) if named else rows)
        self.rows_words.setText(_rows_words(self._shown.finding, len(rows.lines)))
        self.rows.show()

    @property
    def wanted(self) -> ReadingOptions:
        options = self.options
        for name, value in self._staged.values():
            options = options.with_values(**{name: value})
        return options

    def _on_pick(self, card: FindingCard, place: int) -> None:
        way = card.finding.choices[place]
        if place == card.finding.chosen:
            self.unstage(_key(way))
        else:
            self.stage(**{_key(way): way.sets[0]})
        self._mark()

    def _on_rows(self, card: FindingCard, wanted: bool) -> None:
        self._show(card if wanted else None)
        if wanted:
            self.looked.emit("excerpt", (card.finding.sheet or self.file.reading.sheet, card.finding.rows))

    def _show(self, card: FindingCard | None) -> None:
        self._shown = card
        for other in self.cards:
            other.rows_are_shown(other is card)
        if card is None:
            self.rows.hide()

    def _mark(self) -> None:
        """Every card shows its way in use, or the one chosen; one option may decide for several of them."""
        for card in self.cards:
            ways, place = card.finding.choices, card.finding.chosen
            for k, way in enumerate(ways):
                if self._staged.get(_key(way)) == way.sets[0]:
                    place = k
            card.show_way(place)


def _own(file: ReadFile) -> list[Finding]:
    """What is treated here; day or month has a page of its own."""
    return [finding for finding in file.findings if finding.code != DAY_OR_MONTH]


def _key(way: Choice) -> str:
    """What the way decides: an option, or the treatment of one kind of finding."""
    ((name, value),) = way.sets
    return f"{name} {value[0][0]}" if name == "repairs" else name


def _rows_words(finding: Finding, shown: int) -> str:
    if finding.code == "gaps":
        return f"{numbers.plural(shown, 'row')} of your file with a gap after {'it' if shown == 1 else 'them'}"
    if finding.count > shown and len(finding.rows) == MAX_ROWS_LISTED:
        return f"The first {numbers.plural(shown, 'row')} of your file that this is about"
    return f"{numbers.plural(shown, 'row')} of your file that this is about"
