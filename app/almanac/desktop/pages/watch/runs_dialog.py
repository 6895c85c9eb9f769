"""The earlier forecasts of a piece of work: open one again, or put two next to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import WrappedContent, button, clear, label, whole
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.phrases import decimals_for
from almanac.wording.watching.runs import added_up_words, alone_words, data_words, deleted_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from almanac.history import Run
    from almanac.workflow.history.compare import ForecastChange, RunComparison

WIDTH, HEIGHT = 980, 660
MAX_RUNS, MAX_SERIES = 200, 200  # that are listed, the latest and those with the largest changes
HEADS = ("Made", "Model", "First date", "How far ahead", "Series", "In all")
CHOOSE = "Choose one to open it again as it was, or two (with Ctrl) to compare them."
PRECISION = 1e-9  # a change below this share of the figures is none: ten digits are kept


class RunsDialog(QDialog):
    """``open_wanted`` carries the id of a run; ``comparison_wanted`` those of the earlier and the later one;
    ``deletion_wanted`` a tuple of those to delete; ``undo_wanted``: bring back what was deleted last.
    """

    open_wanted = Signal(str)
    comparison_wanted = Signal(str, str)
    deletion_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Earlier Forecasts")
        self.setModal(True)
        self._runs: Sequence[Run] = ()
        self._deleted: tuple[int, ...] = ()  # how many runs each deletion since the opening took
        self.runs = FiguresTable("Earlier forecasts, the latest first", most=8)
        self.runs.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.hint = label(CHOOSE, "quiet", wrap=True)
        self.open_again, self.compare = button("&Open", "primary"), button("&Compare Two")
        self.delete, self.undo, self.close_it = button("&Delete"), button("&Undo"), button("Close")
        self.open_again.clicked.connect(self._open)
        self.compare.clicked.connect(self._compare)
        self.delete.clicked.connect(self._delete)
        self.undo.clicked.connect(self._undo)
        self.undo.hide()
        self.close_it.clicked.connect(self.reject)
        self.runs.doubleClicked.connect(self._open)
        self._said = QVBoxLayout()
        self.differences = FiguresTable("What differs between the two", most=6)
        self.series = FiguresTable("Each series in both forecasts", most=10)
        self._lay_out()
        screen = self.screen().availableSize()
        self.resize(min(WIDTH, screen.width()), min(HEIGHT, screen.height()))

    def _lay_out(self) -> None:
        content, buttons, box = WrappedContent(), QHBoxLayout(), QVBoxLayout(self)
        lines = QVBoxLayout(content)
        lines.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        lines.setSpacing(SPACE[2])
        for part in (label("What was forecast before?", "title", wrap=True), self.hint, self.runs):
            lines.addWidget(part)
        lines.addLayout(self._said)
        lines.addWidget(self.differences)
        lines.addWidget(self.series)
        lines.addStretch(1)
        buttons.setContentsMargins(SPACE[4], 0, SPACE[4], SPACE[3])
        for one in (self.open_again, self.compare, self.delete, self.undo):
            buttons.addWidget(one)
        buttons.addStretch(1)
        buttons.addWidget(self.close_it)
        for one in (self.open_again, self.compare, self.delete, self.undo, self.close_it):
            one.setAutoDefault(False)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(whole(content), 1)
        box.addLayout(buttons)

    def show_runs(self, runs: Sequence[Run], shown: str) -> None:
        """List these, the latest first; ``shown``: the id of the one that the window shows, which is bold."""
        self._runs = runs[:MAX_RUNS]
        ids = [run.id for run in self._runs]
        strong = ids.index(shown) if shown in ids else -1
        self.runs.show_figures(HEADS, [_row(run) for run in self._runs], strong=strong)
        self.runs.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        if self._runs:
            self.runs.selectRow(max(strong, 0))
        self._forget()
        self._on_selection()

    def show_comparison(self, found: RunComparison) -> None:
        """Show what differs between two of them."""
        self._forget()
        told = (data_words(found.corrected, found.added, LOCALE), *alone_words(found.only_before, found.only_after))
        for sentence in (*told, added_up_words(found.first, found.last)):
            self._said.addWidget(label(sentence, wrap=True))
        self.differences.show_figures(("What differs", "Earlier", "Later"), found.differences)
        self.differences.setVisible(bool(found.differences))
        shown = found.series[:MAX_SERIES]
        self.series.show_figures(("Series", "Earlier", "Later", "Change", ""), [_change(one) for one in shown])
        self.series.setVisible(bool(shown))
        left = len(found.series) - len(shown)
        if left > 0:
            self._said.addWidget(label(f"{numbers.count(left)} more series changed less.", "quiet"))

    def _forget(self) -> None:
        clear(self._said)
        self.differences.hide()
        self.series.hide()

    @property
    def _chosen(self) -> list[Run]:
        """The chosen runs, the latest first."""
        rows = sorted(index.row() for index in self.runs.selectionModel().selectedRows())
        return [self._runs[row] for row in rows]

    def _on_selection(self) -> None:
        self.open_again.setEnabled(len(self._chosen) == 1)
        self.compare.setEnabled(len(self._chosen) == 2)
        self.delete.setEnabled(bool(self._chosen))

    def _open(self) -> None:
        if len(self._chosen) == 1:
            self.open_wanted.emit(self._chosen[0].id)
            self.accept()

    def _delete(self) -> None:
        chosen = tuple(run.id for run in self._chosen)
        self._say_deleted((*self._deleted, len(chosen)))
        self.deletion_wanted.emit(chosen)

    def _undo(self) -> None:
        self._say_deleted(self._deleted[:-1])
        self.undo_wanted.emit()

    def _say_deleted(self, counts: tuple[int, ...]) -> None:
        """Say what was deleted last, and let it be undone."""
        self._deleted = counts
        self.hint.setText(deleted_words(counts[-1], LOCALE) if counts else CHOOSE)
        self.undo.setVisible(bool(counts))

    def done(self, result: int) -> None:
        """Close; what was deleted stays deleted."""
        self._say_deleted(())
        super().done(result)

    def _compare(self) -> None:
        later, earlier = self._chosen
        self.comparison_wanted.emit(earlier.id, later.id)


def _row(run: Run) -> list[str]:
    summary, made = run.summary, run.created_at.astimezone()
    total = float(summary["total"])
    return [
        f"{numbers.date(made, numbers.day_format())}, {made:%H:%M}",
        run.model.replace("@", " "),
        str(summary["first"]),
        str(summary["ahead"]),
        numbers.count(run.series),
        numbers.number(total, decimals_for(np.array([total]))),
    ]


def _change(one: ForecastChange) -> list[str]:
    decimals = decimals_for(np.array([one.before, one.after]))
    share = one.change / abs(one.before) if one.before else np.nan
    same = abs(one.change) <= PRECISION * max(abs(one.before), abs(one.after))
    return [
        one.name,
        numbers.number(one.before, decimals),
        numbers.number(one.after, decimals),
        "" if same else numbers.signed(one.change, decimals),
        "the same" if same else numbers.percent(share) if np.isfinite(share) else "",
    ]
