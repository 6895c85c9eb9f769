"""Dates: day or month first, where both fit; and the rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.frequency import BY_NAME
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.choices import Choices
from almanac.desktop.pages.data.columns_step import field, plain_box
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import card, clear, label

if TYPE_CHECKING:
    from almanac.tables import Question, ReadFile, ReadingOptions

RHYTHM_WIDTH = 240
DAY_OR_MONTH = "day_or_month"


class DatesStep(Step):
    name = "Dates"
    question = "Are these your dates?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "section", wrap=True)
        self.box.addWidget(self.words)
        self._frame = card()
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        self._answers = QVBoxLayout()
        inner.addLayout(self._answers)
        self.box.addWidget(self._frame)
        self.rhythm = plain_box()
        self.rhythm.setFixedWidth(RHYTHM_WIDTH)
        self.rhythm.activated.connect(self._on_rhythm)
        self.effect = label("", "quiet", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addLayout(field("&Rhythm?", self.rhythm))
        self.effect.setContentsMargins(0, 0, 0, SPACE[1])  # on one line with what the selector says
        row.addWidget(self.effect, 1, Qt.AlignmentFlag.AlignBottom)
        self.box.addLayout(row)
        self.answers: Choices | None = None
        # A question that was answered is no longer asked by the reading; here it can still be answered otherwise.
        self._asked: tuple[tuple[str, str | None, str], Question] | None = None

    def fits(self, file: ReadFile) -> bool:
        return file.reading.frequency.dated

    def asks(self, file: ReadFile, options: ReadingOptions) -> bool:  # noqa: ARG002
        return any(question.code == DAY_OR_MONTH for question in file.reading.questions)

    def fill(self) -> None:
        reading, series = self.file.reading, self.file.series
        clear(self._answers)
        self.answers = None
        question = self._question()
        self._frame.setVisible(question is not None)
        if question is not None:
            self.words.setText(question.text)
            self.answers = Choices(question.text, [(c.label, c.sets) for c in question.choices], upright=True)
            self.answers.choose(self._answered(question))
            self.answers.picked.connect(self._on_answer)
            self._answers.addWidget(self.answers)
        else:
            first, last = (numbers.period(series.frequency, int(n)) for n in (series.first.min(), series.last.max()))
            self.words.setText(f"“{reading.date_column}” runs from {first} to {last}.")
        self.rhythm.clear()
        self.rhythm.addItems([reading.frequency.name, *(name for name in BY_NAME if name != reading.frequency.name)])
        self.effect.setText("This is how often a value comes.")

    @property
    def first(self) -> QWidget | None:
        if self.answers is None or not self.asks(self.file, self.options):
            return None
        return next((answer for answer in self.answers.buttons if answer.isChecked()), None)

    def _question(self) -> Question | None:
        reading = self.file.reading
        about = (reading.sha256, reading.sheet, reading.date_column)
        for question in reading.questions:
            if question.code == DAY_OR_MONTH:
                self._asked = (about, question)
        if self._asked is not None and self._asked[0] == about:
            return self._asked[1]
        return None

    def _answered(self, question: Question) -> Any:
        for choice in question.choices:
            if all(getattr(self.options, name) == value for name, value in choice.sets):
                return choice.sets
        return question.choices[0].sets

    def _on_answer(self, sets: tuple[tuple[str, Any], ...]) -> None:
        self.stage(**dict(sets))

    def _on_rhythm(self, index: int) -> None:
        name = self.rhythm.itemText(index)
        if index == 0:
            self.unstage("frequency")
            self.effect.setText("This is how often a value comes.")
        else:
            self.stage(frequency=name)
            self.effect.setText(f"The values of your file will be put together to {name} ones when you press Next.")
