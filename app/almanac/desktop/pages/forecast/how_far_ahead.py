"""How far ahead to forecast, and the button that does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QSpinBox

from almanac.core.calendar.frequency import ROWS
from almanac.core.series import Forecast
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button

MAX_HORIZON = 100_000


class HowFarAhead(QObject):
    """A field and a button, put into a row; ``requested`` carries the number of steps."""

    requested = Signal(int)

    def __init__(self, row: QBoxLayout) -> None:
        super().__init__(row)
        self._frequency = ROWS
        text = QLabel("&How far ahead")
        self.horizon = QSpinBox()
        self.horizon.setRange(1, MAX_HORIZON)
        self.horizon.setMinimumWidth(140)
        self.horizon.lineEdit().setTextMargins(SPACE[1], 0, 0, 0)  # a stylesheet cannot set it
        self.horizon.setAccessibleName("How far ahead")
        self.horizon.valueChanged.connect(self._show_unit)
        self.horizon.lineEdit().returnPressed.connect(self._request)
        text.setBuddy(self.horizon)
        self.again = button("Forecast &Again")
        self.again.clicked.connect(self._request)
        for widget in (text, self.horizon, self.again):
            row.addWidget(widget)

    def show_horizon(self, forecast: Forecast) -> None:
        """Show how far a forecast goes."""
        self._frequency = forecast.frequency
        self.horizon.setValue(forecast.horizon)
        self._show_unit(forecast.horizon)

    def _show_unit(self, steps: int) -> None:
        """What is counted: "months", or "month" for one."""
        self.horizon.setSuffix(" " + self._frequency.duration(min(steps, 2)).partition(" ")[2])

    def _request(self) -> None:
        if self.again.isEnabled():
            self.requested.emit(self.horizon.value())
