"""The chart of what is shown in detail, and the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from almanac.core.distribution.levels import LIKELY
from almanac.desktop.charts.extent import open_past
from almanac.desktop.charts.strip import OverviewStrip
from almanac.desktop.pages.forecast.tables.steps_table import Past, StepsTable
from almanac.desktop.pages.forecast.target import Target
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import OneLine, Selector, button, label
from almanac.wording.phrases import percent

if TYPE_CHECKING:
    from almanac.desktop.charts.fan import FanChart

MIN_WIDTH_WITH_NAME = 600  # pixels
MIN_HEIGHT = 190  # pixels, of a chart with its overview: less shows no pattern; the page scrolls instead
COPIED_MS = 1500  # how long the button says Copied


class Detail(QFrame):
    """A card with a chart or a table.

    ``table_shown``: whether it is the table now; ``span_marked``: another span of the chart is marked, or none.
    """

    table_shown = Signal(bool)
    span_marked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.chart: FanChart | None = None
        self._target: Target | None = None
        self._description = ""
        self._whole_history = False
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        box.setSpacing(SPACE[0])
        self._row = QHBoxLayout()
        self.name = OneLine("", "strong")
        self.copy_picture, self.as_table = button("&Copy Picture", "small"), button("Show as &Table", "small")
        self.level, self.history = Selector(), button("All Histor&y", "small")
        self.level.setAccessibleName("Range that the chart shows")
        self.level.activated.connect(self._draw)
        self.history.setAccessibleDescription("Show all values of the past in the chart; the wheel and + and − zoom")
        self.history.clicked.connect(self.toggle_history)
        self.copy_picture.clicked.connect(self.copy_chart)
        self.as_table.clicked.connect(self.toggle_table)
        self._row.addWidget(self.name, 1)
        self._row.addStretch(0)
        self._row.addWidget(self.level)
        self._row.addWidget(self.history)
        self._row.addWidget(self.copy_picture)
        self._row.addWidget(self.as_table)
        box.addLayout(self._row)
        self.strip = OverviewStrip()
        self.view, self.table = QStackedWidget(), StepsTable("Past and forecast, step by step")
        holder = QWidget()
        self._chart_holder = QVBoxLayout(holder)
        self._chart_holder.setContentsMargins(0, 0, 0, 0)
        self.view.addWidget(holder)
        self.view.addWidget(self.table)
        self._waiting = label("", "quiet")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.addWidget(self._waiting)
        self._as_table = False
        self.view.setMinimumHeight(MIN_HEIGHT)
        box.addWidget(self.view, 1)

    def preload(self) -> Iterator[None]:
        """Make the chart in two steps: all at once would hold up the window."""
        if self.chart is None:
            from almanac.desktop.charts.fan import FanChart  # imports pyqtgraph: not before the first paint

            self.chart = FanChart()
            yield
        if self._chart_holder.isEmpty():
            self.chart.add_items()
            self._chart_holder.addWidget(self.chart)
            self._chart_holder.addWidget(self.strip)
            self.chart.view_changed.connect(self.strip.show_view)
            self.strip.moved.connect(self.chart.look_at)
            self.chart.span_marked.connect(self.span_marked)
            yield

    def show_target(self, target: Target, description: str) -> None:
        """Show a series or a group; ``description``: the answer in words, for a screen reader."""
        for _ in self.preload():
            pass  # usually there is nothing left to make
        self._target, self._description = target, description
        self.view.setCurrentIndex(1 if self._as_table else 0)
        self.as_table.setEnabled(True)
        self.name.show_text(target.title)
        self._offer_levels(target)
        self._draw()
        past = open_past(target.series, target.position, target.forecast, whole=True)
        self.table.show_steps(target, past)
        self._show_strip(target, past)

    def _show_strip(self, target: Target, past: Past) -> None:
        """Show the whole history below the chart, where the chart does not."""
        assert self.chart is not None
        steps = target.forecast.open_steps(target.i)
        ahead = int(target.forecast.first[target.i])
        x = np.concatenate([past[0], ahead + steps]).astype(np.float64)
        y = np.concatenate([past[1], target.forecast.select(target.i).shown[0][0, steps]])
        self.strip.show_line(x, y, float(ahead))
        self.strip.setVisible(self.chart.has_more)

    @property
    def span(self) -> tuple[int, int] | None:
        """The periods that are marked in the chart, from and to; None for none."""
        return None if self.chart is None or self._target is None else self.chart.mark.span

    def wait_for(self, name: str, words: str) -> None:
        """Say what something called ``name`` is waiting for, in place of what was shown before."""
        self._target = None
        self.name.show_text(name)
        self._waiting.setText(words)
        self.view.setCurrentIndex(2)
        self.as_table.setEnabled(False)
        self._offer_choices()

    def _offer_levels(self, target: Target) -> None:
        """Offer the ranges that are known; the one that was chosen stays chosen."""
        levels, chosen = [level for level, _ in target.levels], self.level.currentData() or LIKELY
        if levels != [self.level.itemData(k) for k in range(self.level.count())]:
            self.level.clear()
            for level in levels:
                self.level.addItem(percent(level), level)
            usual = LIKELY if LIKELY in levels else None
            self.level.setCurrentIndex(max(self.level.findData(chosen if chosen in levels else usual), 0))

    def _draw(self) -> None:
        """Draw the chart with the range that is chosen."""
        target = self._target
        if target is None or self.chart is None:
            return
        from almanac.desktop.charts.shown_range import ShownRange  # loaded by now, see above

        level = self.level.currentData() or LIKELY
        shown = ShownRange(level, dict(target.levels).get(level, target.support), target.unadjusted)
        self.chart.show_series(target.series, target.position, target.forecast, target.i, shown)
        self.chart.mark_events(target.events)
        self.chart.setAccessibleDescription(self._description)
        self._whole_history = self._whole_history and self.chart.has_more
        if self._whole_history:
            self.chart.show_whole()
        self._offer_choices()

    @property
    def has_more_history(self) -> bool:
        """Whether the chart has more history than it shows at first."""
        return self.chart is not None and self.chart.has_more and self.view.currentIndex() == 0

    def toggle_history(self) -> None:
        """Show the whole history, or the latest again."""
        assert self.chart is not None
        self._whole_history = not self._whole_history
        (self.chart.show_whole if self._whole_history else self.chart.reset)()
        self._offer_choices()

    def _offer_choices(self) -> None:
        """Offer what there is to choose about the chart, while it is shown."""
        chart = self.view.currentIndex() == 0
        self.history.setText("Latest Histor&y" if self._whole_history else "All Histor&y")
        self.history.setVisible(self.has_more_history)
        self.level.setVisible(chart and self.level.count() > 1)
        self.copy_picture.setVisible(chart)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name out where there is no room for it: it is above the card as well."""
        super().resizeEvent(event)
        self.name.setVisible(self.width() >= MIN_WIDTH_WITH_NAME)

    def toggle_table(self) -> None:
        """Show the table in place of the chart, or the chart again."""
        if self._target is None:
            return
        as_table = self._as_table = not self._as_table
        self.view.setCurrentIndex(1 if as_table else 0)
        self.as_table.setText("Show as &Chart" if as_table else "Show as &Table")
        self._offer_choices()
        self.table_shown.emit(as_table)

    def copy_chart(self) -> None:
        """Put a picture of the chart into the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.view.grab())
        self.copy_picture.setText("Copied")
        QTimer.singleShot(COPIED_MS, self.copy_picture, lambda: self.copy_picture.setText("&Copy Picture"))
