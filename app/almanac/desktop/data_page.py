"""Data: how the file was understood, what was noticed, and the choices a person can change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from almanac.desktop import style
from almanac.desktop.tokens import SPACE
from almanac.desktop.widgets import Page, ProblemCard, button, clear, label
from almanac.periods import BY_NAME

if TYPE_CHECKING:
    from almanac.tables import Preview, Question, ReadFile, ReadingOptions

Index = QModelIndex | QPersistentModelIndex
REPEATED = {"As proposed": None, "Add together": "sum", "Average": "mean", "Keep the last": "last"}
GAPS = {"As proposed": None, "Leave empty": "leave", "Count as zero": "zero", "Fill in between": "interpolate"}
ROLE_WORDS = {"date": "when", "value": "to forecast", "series": "split by", "ignored": "not used"}


class PreviewModel(QAbstractTableModel):
    """The first lines of the file as they are, each column with its role in words."""

    def __init__(self, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview = preview

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._preview.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._preview.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        kind = self._preview.roles[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            row = self._preview.rows[index.row()]
            return row[index.column()] if index.column() < len(row) else ""
        tokens = style.current()
        if role == Qt.ItemDataRole.BackgroundRole and kind in ("date", "value"):
            return QBrush(QColor(tokens.tint if kind == "value" else tokens.paper))
        if role == Qt.ItemDataRole.ForegroundRole and kind == "ignored":
            return QBrush(QColor(tokens.quiet))
        if role == Qt.ItemDataRole.TextAlignmentRole and kind == "value":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._preview.lines[section])
        return f"{self._preview.columns[section]}\n{ROLE_WORDS[self._preview.roles[section]]}"


class DataPage(Page):
    """``changed`` carries new ReadingOptions to read the file with; ``accepted`` says: use this data."""

    changed = Signal(object)
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Is this what your file says?", parent)
        self.file: ReadFile | None = None
        self._options: ReadingOptions | None = None
        self.summary = label("", "section", wrap=True)
        self.box.addWidget(self.summary)
        self._questions = QVBoxLayout()
        self.box.addLayout(self._questions)

        choices = QGridLayout()
        choices.setHorizontalSpacing(SPACE[2])
        choices.setVerticalSpacing(SPACE[1])
        self.when, self.what, self.by, self.rhythm = (QComboBox() for _ in range(4))
        self.sheet, self.repeated, self.gaps = (QComboBox() for _ in range(3))
        for number, (words, box) in enumerate(
            (
                ("&When?", self.when),
                ("What to &forecast?", self.what),
                ("Split &by?", self.by),
                ("&Rhythm?", self.rhythm),
                ("&Table?", self.sheet),
                ("Rows with the same &date?", self.repeated),
                ("&Missing dates?", self.gaps),
            )
        ):
            column = QVBoxLayout()
            column.setSpacing(SPACE[0])
            caption = label(words, "caption")
            caption.setTextFormat(Qt.TextFormat.AutoText)
            caption.setBuddy(box)
            box.setAccessibleName(words.replace("&", ""))
            box.setMinimumWidth(120)
            box.setMinimumHeight(36)
            box.activated.connect(self._choose)
            column.addWidget(caption)
            column.addWidget(box)
            choices.addLayout(column, number // 4, number % 4)
        self.box.addLayout(choices)

        self.table = QTableView()
        self.table.setAccessibleName("First lines of your file")
        self.table.setTabKeyNavigation(False)
        self.table.setAlternatingRowColors(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.box.addWidget(self.table, 3)

        self._found = QVBoxLayout()
        self._found.setSpacing(SPACE[1])
        inner = QFrame()
        inner.setLayout(self._found)
        self.findings = QScrollArea()
        self.findings.setWidgetResizable(True)
        self.findings.setWidget(inner)
        self.findings.setMinimumHeight(110)
        self.findings.setAccessibleName("What was noticed")
        self.noticed = label("", "strong")
        self.box.addWidget(self.noticed)
        self.box.addWidget(self.findings, 2)

        row = QHBoxLayout()
        row.addStretch(1)
        self.use = button("&Use This Data", "primary")
        self.use.clicked.connect(self.accepted)
        row.addWidget(self.use)
        self.box.addLayout(row)

    def show_file(self, file: ReadFile, options: ReadingOptions) -> None:
        """Show how ``file`` was read with ``options``."""
        self.file, self._options = file, options
        reading, series = file.reading, file.series
        self.tell()
        first, last = int(series.first.min()), int(series.last.max())
        label_of = series.frequency.label
        self.summary.setText(
            f"{len(series):,} series, {series.frequency.name}, from {label_of(first)} to {label_of(last)}."
        )
        self._ask(reading.questions)
        columns = list(reading.columns)
        _fill(self.when, [reading.date_column, *[c for c in columns if c != reading.date_column]], 0)
        values = ", ".join(reading.value_columns)
        _fill(self.what, [values, *[c for c in columns if c != values]], 0)
        keys = ", ".join(reading.series_columns) or "Nothing"
        _fill(self.by, [keys, *[c for c in columns if c != keys]], 0)
        rhythms = [reading.frequency.name, *[n for n in BY_NAME if n != reading.frequency.name]]
        _fill(self.rhythm, rhythms, 0)
        sheet = reading.sheet or "The whole file"
        _fill(self.sheet, [sheet, *[s.name for s in file.sheets if s.name != sheet]], 0)
        self.sheet.setEnabled(len(file.sheets) > 1)
        _fill(self.repeated, list(REPEATED), _at(REPEATED, options.repeated))
        _fill(self.gaps, list(GAPS), _at(GAPS, options.gaps))
        old = self.table.model()
        self.table.setModel(PreviewModel(file.preview, self))
        if old is not None:
            old.deleteLater()
        for column in range(len(file.preview.columns)):
            self.table.setColumnWidth(column, 140)
        clear(self._found)
        for finding in file.findings:
            self._found.addWidget(ProblemCard(finding))
        self._found.addStretch(1)
        count = len(file.findings)
        self.noticed.setText(
            "Nothing unusual was noticed." if not count else f"{count} thing{'s' if count > 1 else ''} to know"
        )
        self.findings.setVisible(count > 0)

    def _ask(self, questions: tuple[Question, ...]) -> None:
        clear(self._questions)
        for question in questions:
            card = QFrame()
            card.setProperty("kind", "problem")
            row = QHBoxLayout(card)
            row.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
            row.addWidget(label(question.words, "strong", wrap=True), 1)
            for choice in question.choices:
                answer = button(choice.words)
                answer.clicked.connect(lambda _=False, sets=choice.sets: self._answer(dict(sets)))
                row.addWidget(answer)
            self._questions.addWidget(card)

    def _answer(self, sets: dict[str, Any]) -> None:
        assert self._options is not None
        self.changed.emit(replace(self._options, **sets))

    def _choose(self) -> None:
        """Read again with what the person chose; index 0 is the proposal."""
        assert self._options is not None
        sets: dict[str, Any] = {}
        if self.when.currentIndex():
            sets["date"] = self.when.currentText()
        if self.what.currentIndex():
            sets["values"] = (self.what.currentText(),)
        if self.by.currentIndex():
            sets["series"] = (self.by.currentText(),)
        if self.rhythm.currentIndex():
            sets["frequency"] = self.rhythm.currentText()
        if self.sheet.currentIndex():
            sets = {"sheet": self.sheet.currentText(), "date": None, "values": (), "series": (), "frequency": None}
        sets |= {"repeated": REPEATED[self.repeated.currentText()], "gaps": GAPS[self.gaps.currentText()]}
        if any(getattr(self._options, name) != value for name, value in sets.items()):
            self._answer(sets)


def _at(choices: dict[str, str | None], value: str | None) -> int:
    return list(choices.values()).index(value)


def _fill(box: QComboBox, choices: list[str], at: int) -> None:
    box.blockSignals(True)
    box.clear()
    box.addItems(choices)
    box.setCurrentIndex(at)
    box.blockSignals(False)
