"""Models: which one made the forecast, what it cannot know, how others would have done, and back to an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.pages.trust.view import View
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, clear, framed, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.events import MODELS_KNOW_EVENTS
from almanac.wording.methods.made_by import model_words
from almanac.wording.methods.names import FORECAST_SHEET, SEASONAL_NAIVE, method_label, method_title
from almanac.wording.phrases import sentence_start
from almanac.wording.trust.evidence import LIKELY_HELD
from almanac.wording.trust.verdicts import difference

if TYPE_CHECKING:
    from almanac.evaluation import Comparison
    from almanac.forecasting.models.status import ModelStatus

DESCRIPTIONS = {
    "careful": "the best forecasts; a second for a few thousand series.",
    "quick": "a little less exact, four times as fast.",
}
INDENT = 24  # of a description below its radio button
CANNOT_KNOW = (
    "It sees only the past of each series. It does not know of anything ahead that is not in your file: a closure, a "
    "campaign, a new competitor, a change of price or of law. Where you know of such a thing, trust yourself more. "
    "It is not made for prices of shares or currencies, nor for decisions about the health or safety of a person."
)


UNSIGNED = "not signed by those who release Almanac: nobody but its maker vouches for it."


class ModelsView(View):
    """The models on this computer, with a choice among them and a comparison on the person's own past.

    ``again_wanted``: forecast again, by the model that was chosen.
    """

    again_wanted = Signal()

    name = "&Models"
    of_one_series = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lookups = {
            "models": self._show_models,
            "pin_model": self._show_models,
            "rollback": self._show_models,
            "compare_models": self._show_comparisons,
        }
        self._models: tuple[ModelStatus, ...] = ()
        self.used = label("", "section", wrap=True)
        self.box.addWidget(self.used)
        self.box.addWidget(framed("What it cannot know", label(CANNOT_KNOW, "", wrap=True)))
        self._add_choices()
        self._add_comparison()
        self.box.addStretch(1)

    def _add_choices(self) -> None:
        self._choices = QVBoxLayout()
        self._choices.setSpacing(SPACE[0])
        self.back = button("&Go Back to the Earlier Version", "small")
        self.back.clicked.connect(lambda: self.lookup_requested.emit("rollback", ()))
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        self.next_words, self.again = label("", "", wrap=True), button("Forecast &Again", "small")
        self.again.clicked.connect(self.again_wanted)
        after = QHBoxLayout()
        after.addWidget(self.next_words, 1)
        after.addWidget(self.again)
        self._say_next("")
        self.box.addWidget(framed("Which model should Almanac use from now on?", self._choices, row, after))

    def _add_comparison(self) -> None:
        naive = method_label(SEASONAL_NAIVE)
        tried = f"Each model is tried on your own past, and so are {naive} and {method_label(FORECAST_SHEET)}."
        self.comparison_note = label(tried, "quiet", wrap=True)
        self.compare = button("&Compare", "small")
        self.compare.clicked.connect(self._compare)
        row = QHBoxLayout()
        row.addWidget(self.comparison_note, 1)
        row.addWidget(self.compare)
        self.table = FiguresTable("Models compared")
        self.table.hide()
        self.box.addWidget(framed("How they do on your own past", row, self.table))

    def fill(self) -> None:
        """Name the model of the forecast, and ask for all models."""
        self.used.setText(f"This forecast was made by {model_words(self.result.forecast)}.")
        self.table.hide()
        self._say_next("")
        self.compare.setEnabled(True)
        self.back.hide()
        if self._choices.isEmpty():
            self._choices.addWidget(label("…"))
        self.lookup_requested.emit("models", ())

    def show_unavailable(self) -> None:
        """Let the person ask for the comparison again."""
        self.compare.setEnabled(True)

    def _show_models(self, models: tuple[ModelStatus, ...]) -> None:
        self.compare.setEnabled(True)
        self._models = models
        clear(self._choices)
        none_pinned = not any(model.pinned for model in models)
        self._add_choice("Leave the choice to Almanac", None, (), chosen=none_pinned)
        said = Counter(chain.from_iterable(map(_about, models)))
        for model in models:
            own = [sentence for sentence in _about(model) if said[sentence] == 1]
            self._add_choice(model.title, model.title, own, chosen=model.pinned, usable=not model.fault)
        for sentence in (sentence for sentence, count in said.items() if count > 1):
            self._choices.addWidget(label(f"{_who(sentence, models)}: {sentence}", "quiet", wrap=True))
        names = [model.title.partition("@")[0] for model in models if not model.fault]
        self.back.setVisible(len(names) > len(set(names)))

    def _add_choice(
        self, text: str, title: str | None, about: Sequence[str], *, chosen: bool, usable: bool = True
    ) -> None:
        choice = QRadioButton(text.replace("&", "&&"))
        choice.setChecked(chosen)
        choice.setEnabled(usable)
        choice.clicked.connect(lambda: self._pin(title))
        self._choices.addWidget(choice)
        if about:
            words = label(" ".join(map(sentence_start, about)), "quiet", wrap=True)
            words.setContentsMargins(INDENT, 0, 0, 0)
            choice.setAccessibleDescription(words.text())
            self._choices.addWidget(words)

    def _pin(self, title: str | None) -> None:
        """Use this model from now on, and say that this forecast is still by the other one."""
        made = self.result.forecast.model
        chosen = "the model that Almanac chooses" if title is None else title
        self._say_next("" if title == made else f"From now on {chosen} is used. This forecast is still by {made}.")
        self.lookup_requested.emit("pin_model", (title,))

    def _say_next(self, words: str) -> None:
        self.next_words.setText(words)
        self.next_words.setVisible(bool(words))
        self.again.setVisible(bool(words))

    def _compare(self) -> None:
        self.compare.setEnabled(False)
        titles = tuple(model.title for model in self._models if not model.fault)
        result = self.result
        asked = result.file, result.forecast.horizon, titles, result.event_choice
        self.lookup_requested.emit("compare_models", asked)

    def _show_comparisons(self, found: tuple[Comparison, ...]) -> None:
        self.compare.setEnabled(True)
        if found[0].windows == 0:
            self.comparison_note.setText("There is too little history for practice runs.")
            return
        runs = numbers.plural(found[0].windows, "practice run")
        whole = len(self.result.file.series)
        sampled = f"{numbers.count(found[0].series)} of your {numbers.count(whole)} series"
        series = sampled if found[0].series < whole else numbers.plural(whole, "series", "series")
        events = f" {MODELS_KNOW_EVENTS}" if self.result.events else ""
        self.comparison_note.setText(f"From {runs} on {series}.{events}")
        rows = [[method_title(one.method), _error(one.error), numbers.percent(one.coverage)] for one in found]
        alike = [k for k, one in enumerate(found) if one.like_best and np.isfinite(one.error)]
        if len(alike) > 1:
            names = " and ".join(method_label(found[k].method) for k in alike)
            self.comparison_note.setText(f"{self.comparison_note.text()} Too close to tell apart: {names}.")
        heads = ["", f"Misses compared with {method_label(SEASONAL_NAIVE)}", f"{LIKELY_HELD}, uncorrected"]
        self.table.show_figures(heads, rows, strong=alike[0] if len(alike) == 1 else -1)
        self.table.show()


def _error(error: float) -> str:
    if not np.isfinite(error):
        return "not known"
    return "the same" if error == 1 else difference(1 - error, LOCALE)


def _about(model: ModelStatus) -> tuple[str, ...]:
    """What is said of a model, each a sentence that may follow its name and a colon."""
    if model.fault:
        return (f"will not be used. {model.fault}",)
    described = DESCRIPTIONS.get(model.title.partition("@")[0], "")
    return tuple(filter(None, (described, "" if model.signed else UNSIGNED)))


def _who(sentence: str, models: Sequence[ModelStatus]) -> str:
    """Of which models it is said: "careful" where it is said of every version, else "careful@2.1.1, quick@1.0.0"."""
    families: dict[str, list[ModelStatus]] = {}
    for model in models:
        families.setdefault(model.title.partition("@")[0], []).append(model)
    names: list[str] = []
    for family, versions in families.items():
        chosen = [model.title for model in versions if sentence in _about(model)]
        names += [family] if len(chosen) == len(versions) else chosen
    return ", ".join(names)
