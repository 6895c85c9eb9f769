"""The answer for the whole, at the top of the page: the total of everything, and which series stand out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.text import agree
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.spans import span_words
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import LinkButton, label
from almanac.wording.phrases import sentence_start, two_digits
from almanac.wording.totals import signed_amount, signed_percent, total_sentence

if TYPE_CHECKING:
    from almanac.workflow.totalling.headline import HeadlineFigures
    from almanac.workflow.totalling.make_totals import Totals

MAX_LINES = 2  # of a file with amounts of several kinds; the others are in the list
ADDING_UP = "Adding up everything …"


class Headline(QWidget):
    """The total of everything; ``series_wanted`` carries the position in the forecast of a series that was pressed."""

    series_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[0])
        self.sentence, self.note = label("", "section", wrap=True), label("", "caption", wrap=True)
        self.standouts = [LinkButton() for _ in range(3)]
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        for link in self.standouts:
            row.addWidget(link, 1)
        box.addWidget(self.sentence)
        box.addWidget(self.note)
        box.addLayout(row)
        self._positions = [-1] * len(self.standouts)
        for k, link in enumerate(self.standouts):
            link.clicked.connect(partial(self._press, k))
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that everything is being added up: the answer takes a moment longer than the forecast."""
        self.sentence.setText(ADDING_UP)
        self.sentence.show()
        self.note.hide()
        for link in self.standouts:
            link.hide()

    def show_headline(self, figures: HeadlineFigures, names: tuple[str, ...]) -> None:
        """Show the total of everything; ``names``: of the series of the forecast."""
        self.sentence.setText(whole_sentence(figures.whole))
        # The total of a single step is an average to expect, the step below a median: two numbers for one month.
        self.sentence.setHidden(figures.whole.horizon == 1 and len(names) == 1)
        notes = [note.what for note in figures.whole.notes]
        groups = len(figures.whole.groups)
        if groups > MAX_LINES:
            more = groups - MAX_LINES
            words = f"There {agree(more, 'is', 'are')} {numbers.count(more)} more {agree(more, 'total', 'totals')}"
            notes.append(f"{words}, at the top of the list.")
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))
        found = (figures.most_growth, figures.most_fall, figures.least_sure)
        for k, (link, words, i) in enumerate(zip(self.standouts, _standouts(figures), found, strict=True)):
            self._positions[k] = i
            link.setVisible(i >= 0)
            if i >= 0:
                link.show_text(f"{words}, {names[i]}")

    def _press(self, k: int) -> None:
        self.series_wanted.emit(self._positions[k])


def whole_sentence(whole: Totals) -> str:
    """The total of everything over the horizon, a line for each kind of amounts."""
    lines = []
    for g, group in enumerate(whole.groups[:MAX_LINES]):
        named = f"{group.kind}, {span_words(whole, 0).lower()}" if group.kind else span_words(whole, 0)
        averaged = ", on average" if group.averaged and len(group.members) > 1 else ""
        lines.append(f"{named}{averaged}: {total_sentence(whole.figures(g, 0), group.support, numbers.LOCALE)}")
    return "\n".join(map(sentence_start, lines))


def _standouts(figures: HeadlineFigures) -> tuple[str, str, str]:
    """What each of the series that stand out does, "" for none: the figure before the name, which may be long."""

    def growth(words: str, i: int) -> str:
        if i < 0:
            return ""
        if figures.has_share[i]:
            return f"{words}: {signed_percent(float(figures.growth[i]), numbers.LOCALE)}"
        change = float(figures.change[i])
        return f"{words}: {signed_amount(change, two_digits(abs(change)), numbers.LOCALE)}"

    return (
        growth("Biggest growth" if figures.has_share.any() else "Biggest rise", figures.most_growth),
        growth("Biggest fall", figures.most_fall),
        _least_sure(figures, figures.least_sure),
    )


def _least_sure(figures: HeadlineFigures, i: int) -> str:
    if i < 0:
        return ""
    if figures.has_share[i]:
        return f"Least sure: ±{numbers.percent(float(figures.doubt[i]) / 2)} in total"
    half = float(figures.width[i]) / 2
    return f"Least sure: ±{numbers.number(half, two_digits(half))}"
