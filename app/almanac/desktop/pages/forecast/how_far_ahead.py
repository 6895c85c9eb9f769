"""How far ahead to forecast, and the button that does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QSpinBox

from almanac.core.series import Forecast
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button

MAX_HORIZON = 100_000


class HowFarAhead(QObject):
    """A field and a button, put into a row; ``requested`` carries the number of steps."""

    requested = Signal(int)

    def __init__(self, row: QBoxLayout) -> None:
        super().__init__(row)
        text = QLabel("&How far ahead")
        self.horizon = QSpinBox()
        self.horizon.setRange(1, MAX_HORIZON)
        self.horizon.setMinimumWidth(140)
        self.horizon.lineEdit().setTextMargins(SPACE[1], 0, 0, 0)  # a stylesheet cannot set it
        self.horizon.setAccessibleName("How far ahead")
        self.horizon.lineEdit().returnPressed.connect(self._request)
        text.setBuddy(self.horizon)
        self.again = button("Forecast &Again")
        self.again.clicked.connect(self._request)
        for widget in (text, self.horizon, self.again):
            row.addWidget(widget)

    def show_horizon(self, forecast: Forecast) -> None:
        """Show how far a forecast goes."""
        self.horizon.setValue(forecast.horizon)
        self.horizon.setSuffix(" " + forecast.frequency.duration(2).removeprefix("2 "))

    def _request(self) -> None:
        if self.again.isEnabled():
            self.requested.emit(self.horizon.value())
