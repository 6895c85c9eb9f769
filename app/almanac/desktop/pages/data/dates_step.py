"""The dates: day or month first, where both fit, and the rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.calendar.frequency import BY_NAME
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.choice_buttons import ChoiceButtons
from almanac.desktop.pages.data.columns_step import field, narrow_selector
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import card, clear, label
from almanac.wording.reading import DAY_OR_MONTH

if TYPE_CHECKING:
    from almanac.tables import Question, ReadFile, ReadingOptions

FREQUENCY_WIDTH = 240
CURRENT = "Your file has a value this often."


class DatesStep(Step):
    """The question whether day or month comes first, if the file leaves it open, and a selector for the rhythm."""

    name = "Dates"
    question = "Are these dates right?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = label("", "section", wrap=True)
        self.box.addWidget(self.sentence)
        self._frame = card()
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        self._answers = QVBoxLayout()
        inner.addLayout(self._answers)
        self.box.addWidget(self._frame)
        self.frequency = narrow_selector()
        self.frequency.setFixedWidth(FREQUENCY_WIDTH)
        self.frequency.activated.connect(self._on_frequency)
        self.effect = label("", "quiet", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addLayout(field("&Rhythm?", self.frequency))
        self.effect.setContentsMargins(0, 0, 0, SPACE[1])  # on one line with the selector's text
        row.addWidget(self.effect, 1, Qt.AlignmentFlag.AlignBottom)
        self.box.addLayout(row)
        self.answers: ChoiceButtons | None = None
        # A question that was answered is no longer asked by the reading; here the answer can still be changed.
        self._asked: tuple[tuple[str, str | None, str], Question] | None = None

    def applies_to(self, file: ReadFile) -> bool:
        """Whether the file has dates."""
        return file.reading.frequency.dated

    def open_answers(self, file: ReadFile, options: ReadingOptions) -> int:  # noqa: ARG002
        """One when the dates can be read in two ways."""
        return int(any(question.code == DAY_OR_MONTH for question in file.reading.questions))

    def fill(self) -> None:
        """Show the first and last date, or the question, and the rhythm."""
        reading, series = self.file.reading, self.file.series
        clear(self._answers)
        self.answers = None
        question = self._question()
        self._frame.setVisible(question is not None)
        if question is not None:
            self.sentence.setText(self._sentence(question))
            self.answers = ChoiceButtons(question.text, [(c.label, c.sets) for c in question.choices], vertical=True)
            self.answers.mark(self._answer(question))
            self.answers.chosen.connect(self._on_answer)
            self._answers.addWidget(self.answers)
        else:
            first, last = (numbers.period(series.frequency, int(n)) for n in (series.first.min(), series.last.max()))
            self.sentence.setText(f"“{reading.date_column}” runs from {first} to {last}.")
        current = reading.frequency.name
        self.frequency.clear()
        self.frequency.addItems([current, *(name for name in BY_NAME if name != current)])
        self.effect.setText(CURRENT)

    @property
    def initial_focus(self) -> QWidget | None:
        """The answer that is marked, while the question is open."""
        if self.answers is None or not self.open_answers(self.file, self.options):
            return None
        return next((button for button in self.answers.buttons if button.isChecked()), None)

    def _question(self) -> Question | None:
        """The question about this file and date column, also when it was answered."""
        reading = self.file.reading
        about = (reading.sha256, reading.sheet, reading.date_column)
        for question in reading.questions:
            if question.code == DAY_OR_MONTH:
                self._asked = (about, question)
        if self._asked is not None and self._asked[0] == about:
            return self._asked[1]
        return None

    def _sentence(self, question: Question) -> str:
        """The question while it is open; after that what the person answered."""
        if self.open_answers(self.file, self.options):
            return question.text
        answer = next(choice.label for choice in question.choices if choice.sets == self._answer(question))
        return f"You chose to read {question.cell} as {answer}."

    def _answer(self, question: Question) -> Any:
        """What the answer in use sets."""
        for choice in question.choices:
            if all(getattr(self.options, name) == value for name, value in choice.sets):
                return choice.sets
        return question.choices[0].sets

    def _on_answer(self, sets: tuple[tuple[str, Any], ...]) -> None:
        self.stage(**dict(sets))

    def _on_frequency(self, index: int) -> None:
        name = self.frequency.itemText(index)
        if index == 0:
            self.unstage("frequency")
            self.effect.setText(CURRENT)
        else:
            self.stage(frequency=name)
            self.effect.setText(f"When you press Next, your values will be combined into {name} values.")
