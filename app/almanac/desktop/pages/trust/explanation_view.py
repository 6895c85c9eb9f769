"""Why this forecast: what it is made of, and the values that change it most."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QWidget

from almanac.core.arrays import Integers
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.pages.trust.view import UNAVAILABLE, View, is_adjusted
from almanac.desktop.widgets.basic import framed, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.adjustments import WITHOUT_ADJUSTMENTS
from almanac.wording.events import effect_sentence
from almanac.wording.methods.explanations import EXPLANATIONS
from almanac.wording.phrases import decimals_like, forecast_decimals
from almanac.wording.single_values import robust_sentence

if TYPE_CHECKING:
    from almanac.evaluation import Explanation
    from almanac.evaluation.explain import Driver
    from almanac.workflow.results import ForecastResult

DRIVER_ROWS: dict[Driver, str] = {
    "season": "The season adds",
    "trend": "The trend adds",
    "recent": "The latest values add",
}
CORRECTION_ROW = "Practice runs correct it by"
EVENTS_ROW = "Events and practice runs change it by"
AVERAGE = (
    "Its forecast is the average to expect, because it is often 0. What its season, its trend and its latest values "
    "add to such an average is not examined."
)
MAX_INFLUENTIAL = 5
MAX_EVENTS = 3  # said in words; the dialog of events has all
MIN_EFFECT = 0.01  # of the forecast: less is not worth a word; chosen by judgement


class ExplanationView(View):
    """What the forecast of one series is made of, as a sentence and a table, and which values change it most."""

    name = "&Why This Forecast?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lookups = {"explain": self._show_explanation}
        self.sentence = label("", "", wrap=True)
        self.parts = FiguresTable("What each step of the forecast is made of")
        self.note = label(
            "Each row is what the forecast would be without it, subtracted from what it is. The rows need not add up, "
            "because season and trend affect each other.",
            "caption",
            wrap=True,
        )
        self.box.addWidget(framed("What it is made of", self.sentence, self.parts, self.note))
        self.influence = label("", "", wrap=True)
        self.robust = label("", "", wrap=True)
        self.influential = FiguresTable("Values that change the forecast most")
        self.fix = label("If one of them is a typing mistake, correct it in your file and open it again.", "quiet")
        shown = (self.influence, self.influential, self.robust, self.fix)
        self.box.addWidget(framed("Values that change this forecast most", *shown))
        self.box.addStretch(1)

    def fill(self) -> None:
        """Ask for the explanation of the model's forecast; say at once how a baseline forecasts."""
        for part in (self.parts, self.note, self.influential, self.robust, self.fix):
            part.hide()
        forecast, series = self.result.forecast, self.result.file.series
        name = forecast.names[self.index]
        baseline = self.result.baselines.get(name)
        if baseline is not None:
            self.sentence.setText(EXPLANATIONS[baseline].drivers)
            self.influence.setText(EXPLANATIONS[baseline].values)
            return
        if forecast.mean_points is not None and forecast.mean_points[self.index]:
            self.sentence.setText(AVERAGE)
            self.influence.setText("This is not examined for a series that is often 0.")
            return
        self.sentence.setText("Almanac forecasts it again without its season, its trend and single values…")
        self.influence.setText("…")
        one = series.select(series.names.index(name))
        learned = forecast.donors is not None and forecast.donors[self.index] > 0
        others = series if learned else None
        self.lookup_requested.emit("explain", (one, forecast.horizon, forecast.model, others))

    def show_unavailable(self) -> None:
        """Say that there is no explanation."""
        self.sentence.setText(UNAVAILABLE)
        self.influence.setText(UNAVAILABLE)

    def _show_explanation(self, found: Explanation) -> None:
        forecast = self.result.forecast
        decimals = forecast_decimals(forecast, self.index)
        steps = forecast.open_steps(self.index)
        periods = [when(forecast.frequency, int(forecast.first[self.index] + step)) for step in steps]
        found = at_steps(found, steps)
        shown = forecast.select(self.index).shown[0][0, steps]
        rows = [["Forecast", *(numbers.number(v, decimals) if np.isfinite(v) else "" for v in shown)]]
        effects = [(text, found.effects[driver]) for driver, text in DRIVER_ROWS.items() if driver in found.effects]
        correction = np.nan_to_num(shown - found.forecast)
        if np.abs(correction).max() > MIN_EFFECT * np.abs(found.forecast).mean():
            effects.append((EVENTS_ROW if self.result.events else CORRECTION_ROW, correction))
        rows += [[text, *(numbers.signed(value, decimals) for value in effect)] for text, effect in effects]
        self.sentence.setText(" ".join([composition(found, decimals, periods), *_besides(self.result, self.index)]))
        self.parts.show_figures(["", *periods], rows, strong=0)
        self.parts.show()
        self.note.setVisible(bool(effects))
        self._show_influential(found)

    def _show_influential(self, found: Explanation) -> None:
        forecast = self.result.forecast
        frequency = forecast.frequency
        influential = found.influential()
        self._show_robust(found)
        share = numbers.percent(found.min_influence)
        if len(influential) == 0:
            self.influence.setText(f"No single value changes any step of this forecast by more than {share}.")
            return
        values = numbers.plural(len(influential), "value changes", "values change")
        self.influence.setText(f"{values} some step of this forecast by more than {share}.")
        rows = [
            [
                when(frequency, int(found.periods[k])),
                numbers.number(
                    found.values[k], decimals_like(found.values[k : k + 1], self.result.forecast, self.index)
                ),
                numbers.signed(found.max_effect[k] * 100, 0) + "%",
                numbers.signed(found.mean_effect[k] * 100, 0) + "%",
            ]
            for k in influential[:MAX_INFLUENTIAL]
        ]
        self.influential.show_figures(["When", "Value", "Changes one step by", "Changes all steps by"], rows)
        self.influential.show()
        self.fix.show()

    def _show_robust(self, found: Explanation) -> None:
        """Say how much rests on one value, and what the forecast would be without odd ones."""
        change = round(abs(found.robust_effect) * 100)
        direction = "higher" if found.robust_effect > 0 else "lower"
        words = f"{change}% {direction} on average" if change else "about the same"
        self.robust.setText(
            robust_sentence(len(found.set_aside), words, numbers.percent(round(found.single_value_share, 2)))
        )
        self.robust.show()
        self.fix.setVisible(len(found.set_aside) > 0)


def at_steps(found: Explanation, steps: Integers) -> Explanation:
    """The explanation of some of the steps, from 0."""
    effects = {driver: effect[steps] for driver, effect in found.effects.items()}
    return replace(found, forecast=found.forecast[steps], effects=effects)


def composition(found: Explanation, decimals: int, periods: list[str]) -> str:
    """What the forecast is made of, in a sentence or two; what hardly counts is left out."""
    size = max(float(np.abs(found.forecast).mean()), 1e-12)
    least = max(MIN_EFFECT * size, 0.5 * 10.0**-decimals)  # a smaller one is written as 0
    sentences = [f"Without its season, it is now at about {numbers.number(found.level, decimals)}."]
    season = found.effects.get("season")
    if season is not None and np.ptp(season) > MIN_EFFECT * size and np.abs(season).max() >= least:
        low, high = int(season.argmin()), int(season.argmax())
        sentences.append(
            f"The season adds up to {numbers.number(season[high], decimals)} ({periods[high]})."
            if season[low] > 0
            else f"The season changes it by between {numbers.signed(season[low], decimals)} ({periods[low]}) "
            f"and {numbers.signed(season[high], decimals)} ({periods[high]})."
        )
    drivers: tuple[tuple[Driver, str, str, str], ...] = (
        ("trend", "The trend", "adds", "subtracts"),
        ("recent", "The latest values", "add", "subtract"),
    )
    for driver, name, add, subtract in drivers:
        effect = found.effects.get(driver)
        if effect is not None and abs(effect.mean()) > least:
            verb = add if effect.mean() > 0 else subtract
            sentences.append(f"{name} {verb} about {numbers.number(abs(effect.mean()), decimals)} on average.")
    return " ".join(sentences)


def _besides(result: ForecastResult, i: int) -> list[str]:
    """What else makes the forecast, as sentences: events to come, and what the person adjusted."""
    known = [effect for effect in result.events if effect.to_come and (effect.is_measured or effect.left_out)]
    said = [effect_sentence(effect, numbers.LOCALE) for effect in known[:MAX_EVENTS]]
    return [*said, WITHOUT_ADJUSTMENTS] if is_adjusted(result, i) else said
