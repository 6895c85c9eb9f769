"""How the ranges held and how large the misses were over time, so that a slow decay shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from almanac.core.distribution.levels import LIKELY
from almanac.desktop.formatting import numbers
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import label

if TYPE_CHECKING:
    from almanac.desktop.charts.band import BandChart, OverTime
    from almanac.evaluation import Scores

MIN_PERIODS = 2  # of a line


class RollingView(QWidget):
    """Two charts, made when they are first needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.charts: list[BandChart] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE[1])

    def show_scores(self, scores: Scores) -> bool:
        """Draw both; False where too few periods have arrived for a line."""
        if len(scores.rolling.periods) < MIN_PERIODS:
            return False
        held, loss = over_time(scores)
        if not self.charts:
            from almanac.desktop.charts.band import BandChart

            for one in (held, loss):
                self._box.addWidget(label(one.named, "caption", wrap=True))
                self.charts.append(BandChart())
                self._box.addWidget(self.charts[-1])
        for chart, one in zip(self.charts, (held, loss), strict=True):
            chart.show_over_time(one)
        return True


def over_time(scores: Scores) -> tuple[OverTime, OverTime]:
    """Coverage with what chance allows an honest range, and loss with its own interval and what it was before."""
    from almanac.desktop.charts.band import OverTime

    found = scores.rolling
    held = OverTime(
        f"Likely range held, in the {numbers.count(found.window)} periods up to each: promise "
        f"{numbers.percent(LIKELY)}, shaded what chance allows an honest range",
        scores.frequency,
        found.periods,
        found.held,
        found.low,
        found.high,
        np.full(len(found.periods), LIKELY),
        numbers.percent,
    )
    loss = OverTime(
        "Misses in units of the usual change from season to season: shaded how exactly they are known, dashed what "
        "they were before",
        scores.frequency,
        found.periods,
        found.loss,
        found.loss_low,
        found.loss_high,
        found.loss_before,
        lambda value: numbers.number(value, 2),
    )
    return held, loss
