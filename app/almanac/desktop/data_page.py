"""Data: how the file was understood, what was noticed, and the choices a person can change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from almanac.desktop import words
from almanac.desktop.column_choice import ColumnChoice
from almanac.desktop.icons import IconLabel
from almanac.desktop.page import Page
from almanac.desktop.preview_table import PreviewTable
from almanac.desktop.problem_card import Action, ProblemCard
from almanac.desktop.tokens import SPACE
from almanac.desktop.widgets import button, caption, card, clear, label
from almanac.periods import BY_NAME
from almanac.problems import Problem

if TYPE_CHECKING:
    from almanac.tables import Question, ReadFile, ReadingOptions

ROW_ORDER = "The order of the rows"
SIDE_WIDTH = 352
MOST_COLUMNS = 200  # a list longer than this helps no one choose
# What a person can have done about a finding: its code, the option it sets, and the answers as buttons.
REPAIRS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "repeated_dates": ("repeated", (("Add Together", "sum"), ("Average", "mean"), ("Keep Last", "last"))),
    "duplicate_rows": ("repeated", (("Add Together", "sum"),)),
    "gaps": ("gaps", (("Count as Zero", "zero"), ("Fill In Between", "interpolate"))),
}


class DataPage(Page):
    """``changed`` carries new ReadingOptions to read the file with; ``accepted`` says: use this data."""

    changed = Signal(object)
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Is this what your file says?", parent, fill=True)
        self.file: ReadFile | None = None
        self._options: ReadingOptions | None = None
        self._earlier: list[ReadingOptions] = []
        self.summary = label("", "section", wrap=True)
        self.box.addWidget(self.summary)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(SPACE[1])
        self.box.addLayout(self._questions)
        self.box.addLayout(self._make_choices())
        middle = QHBoxLayout()
        middle.setSpacing(SPACE[3])
        self.table = PreviewTable()
        middle.addWidget(self.table, 1)
        middle.addWidget(self._make_side())
        self.box.addLayout(middle, 1)
        row = QHBoxLayout()
        row.addWidget(label("These are the first lines. Nothing is changed in your file.", "caption"))
        row.addStretch(1)
        self.undo = button("U&ndo Last Choice")
        self.undo.clicked.connect(self._undo)
        self.undo.hide()
        row.addWidget(self.undo)
        self.use = button("&Use This Data", "primary")
        self.use.clicked.connect(self.accepted)
        row.addWidget(self.use)
        self.box.addLayout(row)
        self.first = self.use
        self.workers = [self.use, self.undo]

    def _make_choices(self) -> QHBoxLayout:
        self.when, self.rhythm, self.sheet = QComboBox(), QComboBox(), QComboBox()
        self.what, self.by = ColumnChoice("Nothing chosen"), ColumnChoice("Not split")
        for box, name in ((self.when, "date"), (self.rhythm, "frequency"), (self.sheet, "sheet")):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda index, box=box, name=name: self._choose(name, box.itemText(index), index))
        self.what.changed.connect(lambda columns: self._answer({"values": columns}))
        self.by.changed.connect(lambda columns: self._answer({"series": columns}))
        choices = QHBoxLayout()
        choices.setSpacing(SPACE[2])
        self._fields: dict[str, QWidget] = {}
        fields: tuple[tuple[str, QWidget], ...] = (
            ("&Sheet?", self.sheet),
            ("&When?", self.when),
            ("What to &forecast?", self.what),
            ("Split &by?", self.by),
            ("&Rhythm?", self.rhythm),
        )
        for text, widget in fields:
            field = QWidget()
            column = QVBoxLayout(field)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(SPACE[0])
            column.addWidget(caption(text, widget))
            column.addWidget(widget)
            choices.addWidget(field, 1)
            self._fields[text.replace("&", "")] = field
        self._fields["Sheet?"].hide()
        return choices

    def _make_side(self) -> QWidget:
        """What was noticed, beside the table."""
        self.side = QWidget()
        self.side.setFixedWidth(SIDE_WIDTH)
        box = QVBoxLayout(self.side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[1])
        self.noticed = label("", "strong")
        box.addWidget(self.noticed)
        inner = QWidget()
        self._found = QVBoxLayout(inner)
        self._found.setContentsMargins(0, 0, 0, 0)
        self._found.setSpacing(SPACE[1])
        self.findings = QScrollArea()
        self.findings.setWidgetResizable(True)
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.findings.setWidget(inner)
        self.findings.setAccessibleName("What was noticed")
        box.addWidget(self.findings, 1)
        return self.side

    def show_file(self, file: ReadFile, options: ReadingOptions) -> None:
        """Show how ``file`` was read with ``options``."""
        self._keep_earlier(file, options)
        self.file, self._options = file, options
        self.tell()
        self.summary.setText(summary(file))
        self._ask(file.reading.questions)
        self.show_choices()
        self.table.show_preview(file.preview)
        self._note(file.findings)

    def _keep_earlier(self, file: ReadFile, options: ReadingOptions) -> None:
        """Every choice can be undone, one by one, back to how the file was read at first."""
        same = self.file is not None and self.file.reading.sha256 == file.reading.sha256
        if not same or self._options is None:
            self._earlier = []
        elif self._earlier and self._earlier[-1] == options:
            self._earlier.pop()
        elif self._options != options:
            self._earlier.append(self._options)
        self.undo.setVisible(bool(self._earlier))

    def _undo(self) -> None:
        self.changed.emit(self._earlier[-1])

    def show_choices(self) -> None:
        """Set the selectors to how the file at hand was read."""
        assert self.file is not None
        reading = self.file.reading
        columns = reading.columns[:MOST_COLUMNS]
        _fill(self.when, reading.date_column or ROW_ORDER, columns)
        self.what.fill(_with(columns, reading.value_columns), reading.value_columns)
        self.by.fill(_with(columns, reading.series_columns), reading.series_columns)
        _fill(self.rhythm, reading.frequency.name, tuple(BY_NAME))
        sheets = tuple(sheet.name for sheet in self.file.sheets)
        _fill(self.sheet, reading.sheet or "", sheets)
        self._fields["Sheet?"].setVisible(self.sheet.count() > 1)  # one is no choice

    def _note(self, findings: tuple[Problem, ...]) -> None:
        clear(self._found)
        for finding in findings:
            self._found.addWidget(ProblemCard(finding, self._repairs(finding), quiet=True))
        self._found.addStretch(1)
        self.noticed.setText(words.plural(len(findings), "thing") + " to know")
        self.side.setVisible(bool(findings))

    def _repairs(self, finding: Problem) -> tuple[Action, ...]:
        if finding.code not in REPAIRS:
            return ()
        name, answers = REPAIRS[finding.code]
        return tuple(
            (text, lambda value=value: self._answer({name: value}))
            for text, value in answers
            if getattr(self._options, name) != value
        )

    def _ask(self, questions: tuple[Question, ...]) -> None:
        clear(self._questions)
        for question in questions:
            frame = card("problem")
            row = QHBoxLayout(frame)
            row.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
            row.setSpacing(SPACE[2])
            row.addWidget(IconLabel("info", "look"))
            row.addWidget(label(question.words, "strong", wrap=True), 1)
            for choice in question.choices:
                answer = button(choice.words, "small")
                answer.clicked.connect(lambda _=False, sets=choice.sets: self._answer(dict(sets)))
                row.addWidget(answer)
            self._questions.addWidget(frame)

    def _answer(self, sets: dict[str, Any]) -> None:
        assert self._options is not None
        self.changed.emit(replace(self._options, **sets))

    def _choose(self, name: str, text: str, index: int) -> None:
        """Read again with what the person chose; index 0 is how it was read."""
        if index and self._options is not None:
            # Another sheet has other columns: what was chosen for this one says nothing about them.
            blank = {"date": None, "values": (), "series": (), "frequency": None} if name == "sheet" else {}
            self._answer(blank | {name: text})


def summary(file: ReadFile) -> str:
    """What was understood, in one sentence."""
    reading, series = file.reading, file.series
    values = reading.value_columns
    what = values[0] if len(values) == 1 else words.plural(len(values), "column") + " of numbers"
    first, last = (words.period(series.frequency, int(n)) for n in (series.first.min(), series.last.max()))
    text = f"{what}, {series.frequency.name}, from {first} to {last}"
    if reading.series_columns and len(series) > 1:
        text += f": {words.count(len(series))} series, one for each {' and '.join(reading.series_columns)}"
    return text + "."


def _with(columns: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    return columns + tuple(name for name in chosen if name not in set(columns))


def _fill(box: QComboBox, current: str, choices: tuple[str, ...]) -> None:
    """The current choice first, then the others."""
    box.blockSignals(True)
    box.clear()
    box.addItems([current, *(c for c in choices if c != current)])
    box.setCurrentIndex(0)
    box.blockSignals(False)
