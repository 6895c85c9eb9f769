"""Models: which one made the forecast, what it cannot know, how others would have done, and back to an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.pages.trust.view import View, framed
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, clear, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.methods import method_title

if TYPE_CHECKING:
    from almanac.evaluation import Comparison
    from almanac.forecasting.models.status import ModelStatus

KINDS = {
    "careful": "Careful: the best forecasts; a second for a few thousand series.",
    "quick": "Quick: a little less exact, four times as fast.",
}
CANNOT_KNOW = (
    "It sees only the past of each series. It does not know of anything ahead that is not in your file: a closure, a "
    "campaign, a new competitor, a change of price or of law. Where you know of such a thing, trust yourself more. "
    "It is not made for prices of shares or currencies, nor for decisions about the health or safety of a person."
)


class ModelsView(View):
    name = "&Models"
    of_one_series = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[ModelStatus, ...] = ()
        self.used = label("", "section", wrap=True)
        self.box.addWidget(self.used)
        frame, box = framed("What it cannot know")
        box.addWidget(label(CANNOT_KNOW, "", wrap=True))
        self.box.addWidget(frame)
        frame, box = framed("Which model shall be used from now on?")
        self._choices = QVBoxLayout()
        self._choices.setSpacing(SPACE[0])
        box.addLayout(self._choices)
        row = QHBoxLayout()
        self.back = button("&Go Back to the Earlier Version", "small")
        self.back.clicked.connect(lambda: self.looked.emit("rollback", ()))
        row.addWidget(self.back)
        row.addStretch(1)
        box.addLayout(row)
        self.box.addWidget(frame)
        frame, box = framed("How they do on your own past")
        self.told = label("Each model practises on your past, and so does simply repeating the last season.", "quiet")
        self.compare = button("&Compare", "small")
        self.compare.clicked.connect(self._compare)
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        row.addWidget(self.compare)
        box.addLayout(row)
        self.table = FiguresTable("Models beside one another")
        self.table.hide()
        box.addWidget(self.table)
        self.box.addWidget(frame)
        self.box.addStretch(1)

    def fill(self) -> None:
        self.used.setText(f"This forecast was made by {self.result.forecast.model}.")
        self.table.hide()
        self.compare.setEnabled(True)
        self.back.hide()
        self.looked.emit("models", ())

    def show_answer(self, answer: Any) -> None:
        self.compare.setEnabled(True)
        if answer and hasattr(answer[0], "coverage"):
            self._show_compared(answer)
        else:
            self._show_models(answer)

    def do_without(self) -> None:
        self.compare.setEnabled(True)

    def _show_models(self, models: tuple[ModelStatus, ...]) -> None:
        self._models = models
        clear(self._choices)
        none_kept = not any(model.pinned for model in models)
        self._add("Leave the choice to Almanac", None, chosen=none_kept)
        for model in models:
            said = f"{model.title}   –   {KINDS.get(model.title.partition('@')[0], '')}"
            if model.fault:
                said = f"{model.title}   –   It will not be used. {model.fault}"
            self._add(said, model.title, chosen=model.pinned, usable=not model.fault)
        names = [model.title.partition("@")[0] for model in models if not model.fault]
        self.back.setVisible(len(names) > len(set(names)))

    def _add(self, text: str, title: str | None, *, chosen: bool, usable: bool = True) -> None:
        choice = QRadioButton(text.replace("&", "&&"))
        choice.setChecked(chosen)
        choice.setEnabled(usable)
        choice.clicked.connect(lambda: self.looked.emit("pin_model", (title,)))
        self._choices.addWidget(choice)

    def _compare(self) -> None:
        self.compare.setEnabled(False)
        titles = tuple(model.title for model in self._models if not model.fault)
        series, horizon = self.result.file.series, self.result.forecast.horizon
        self.looked.emit("compare_models", (series, horizon, titles))

    def _show_compared(self, compared: tuple[Comparison, ...]) -> None:
        if compared[0].windows == 0:
            self.told.setText("There is too little history to practise on.")
            return
        runs = numbers.plural(compared[0].windows, "practice run")
        self.told.setText(f"From {runs} on {numbers.plural(compared[0].series, 'of your series', 'of your series')}.")
        rows = [[method_title(one.method), _error(one.error), numbers.percent(one.coverage)] for one in compared]
        best = min(range(len(compared)), key=lambda k: np.nan_to_num(compared[k].error, nan=np.inf))
        heads = ["", "Off by, beside repeating", "The range of 8 in 10 held, uncorrected"]
        self.table.show_figures(heads, rows, strong=best)
        self.table.show()


def _error(error: float) -> str:
    if not np.isfinite(error):
        return "not known"
    if round(error, 2) == 1:
        return "as much"
    return f"{numbers.percent(abs(1 - error))} {'less' if error < 1 else 'more'}"
