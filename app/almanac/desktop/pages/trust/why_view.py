"""Why this forecast: what it is made of, and single values that it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.pages.trust.view import View, framed
from almanac.desktop.widgets.basic import label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.phrases import decimals_for

if TYPE_CHECKING:
    from almanac.evaluation import Explanation

DRIVERS = {"season": "The season adds", "trend": "The trend adds", "recent": "The latest values add"}
MIN_INFLUENCE = 0.1
HEAVIEST_SHOWN = 5
SLIGHT = 0.01  # of the forecast: not worth a word


class WhyView(View):
    name = "&Why This Forecast?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, box = framed("What it is made of")
        self.sentence = label("", "", wrap=True)
        self.parts = FiguresTable("What each step of the forecast is made of")
        self.how = label("", "caption", wrap=True)
        for part in (self.sentence, self.parts, self.how):
            box.addWidget(part)
        self.box.addWidget(frame)
        frame, box = framed("Single values that it hangs on")
        self.heavy = label("", "", wrap=True)
        self.cells = FiguresTable("Values that move the forecast most")
        self.fix = label("If one of them is a typing mistake, correct it in your file and open it again.", "quiet")
        for part in (self.heavy, self.cells, self.fix):
            box.addWidget(part)
        self.box.addWidget(frame)
        self.box.addStretch(1)

    def fill(self) -> None:
        for part in (self.parts, self.how, self.cells, self.fix):
            part.hide()
        plain = self.result.baselines.get(self.result.forecast.names[self.at])
        if plain is not None:
            self.sentence.setText(plain.moved_by)
            self.heavy.setText(plain.hangs_on)
            return
        self.sentence.setText("Almanac forecasts it again without its season, its trend and single values…")
        self.heavy.setText("")
        forecast, series = self.result.forecast, self.result.file.series
        one = series.select(series.names.index(forecast.names[self.at]))
        self.looked.emit("explain", (one, forecast.horizon, forecast.model))

    def show_answer(self, answer: Explanation) -> None:
        forecast = self.result.forecast
        decimals = decimals_for(answer.forecast)
        periods = [when(forecast.frequency, int(forecast.first[self.at]) + h) for h in range(forecast.horizon)]
        rows = [["Forecast", *(numbers.number(v, decimals) for v in answer.forecast)]]
        for driver, adds in DRIVERS.items():
            if driver in answer.effects:
                rows.append([adds, *(numbers.signed(v, decimals) for v in answer.effects[driver])])
        self.sentence.setText(made_of(answer, decimals, periods))
        self.parts.show_figures(["", *periods], rows, strong=0)
        self.parts.show()
        self.how.setText(
            "Each row is the difference between this forecast and the one that the model makes without it. "
            "Together they need not add up: season and trend work upon one another."
        )
        self.how.setVisible(bool(answer.effects))
        self._show_cells(answer)

    def do_without(self) -> None:
        self.sentence.setText("This could not be told.")

    def _show_cells(self, answer: Explanation) -> None:
        frequency = self.result.forecast.frequency
        heavy = answer.influential(MIN_INFLUENCE)
        percent = round(MIN_INFLUENCE * 100)
        if len(heavy) == 0:
            self.heavy.setText(f"No single value moves any step of this forecast by more than {percent}%.")
            return
        values = numbers.plural(len(heavy), "value moves", "values move")
        self.heavy.setText(f"{values} some step of this forecast by more than {percent}%.")
        shown = heavy[:HEAVIEST_SHOWN]
        rows = [
            [
                when(frequency, int(answer.periods[k])),
                numbers.number(answer.values[k], decimals_for(answer.values[k : k + 1])),
                numbers.signed(answer.max_effect[k] * 100, 0) + "%",
                numbers.signed(answer.mean_effect[k] * 100, 0) + "%",
            ]
            for k in shown
        ]
        self.cells.show_figures(["When", "Value", "Moves one step by", "Moves all by"], rows)
        self.cells.show()
        self.fix.show()


def made_of(answer: Explanation, decimals: int, periods: list[str]) -> str:
    """What the forecast is made of, in a sentence or two; what hardly counts is left out."""
    size = max(float(np.abs(answer.forecast).mean()), 1e-12)
    said = [f"Now it stands at about {numbers.number(answer.level, decimals)}, its season aside."]
    season = answer.effects.get("season")
    if season is not None and np.ptp(season) > SLIGHT * size:
        low, high = int(season.argmin()), int(season.argmax())
        said.append(
            f"The season lifts {periods[high]} by {numbers.number(season[high], decimals)}"
            if season[low] > 0
            else f"The season moves it between {numbers.signed(season[low], decimals)} ({periods[low]}) "
            f"and {numbers.signed(season[high], decimals)} ({periods[high]})"
        )
        said[-1] += "."
    for driver, name in (("trend", "The trend"), ("recent", "What happened lately")):
        effect = answer.effects.get(driver)  # type: ignore[call-overload]
        if effect is not None and abs(effect.mean()) > SLIGHT * size:
            verb = "adds" if effect.mean() > 0 else "takes away"
            said.append(f"{name} {verb} about {numbers.number(abs(effect.mean()), decimals)} a step.")
    return " ".join(said)
