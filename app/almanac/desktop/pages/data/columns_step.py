"""The columns: which one gives the date, what to forecast, what splits it; shown on the first lines while choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.calendar.frequency import ROW_ORDER
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector, button, caption, clear, elided, label
from almanac.desktop.widgets.column_choice import ColumnChoice

if TYPE_CHECKING:
    from almanac.tables.reading import Role

ROW_ORDER_TEXT = "The order of the rows"
AS_PROPOSED = "As Almanac proposes"
MAX_COLUMNS = 200  # a longer list helps no one choose
MAX_OFFERED, MAX_OFFER_WIDTH = 4, 160  # buttons, and pixels of the name on each


class ColumnsStep(Step):
    """Three selectors: date, values and series."""

    name = "Columns"
    question = "What is in each column?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.date = narrow_selector()
        self.values, self.series = ColumnChoice(AS_PROPOSED), ColumnChoice("Not split")
        self.date.activated.connect(self._on_date)
        self.values.changed.connect(self._on_values)
        self.series.changed.connect(self._on_series)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        fields: tuple[tuple[str, QWidget], ...] = (
            ("&When?", self.date),
            ("What to &forecast?", self.values),
            ("S&plit by?", self.series),
        )
        for text, widget in fields:
            row.addLayout(field(text, widget), 1)
        self.box.addLayout(row)
        self.also_possible = QWidget()
        self._others = QHBoxLayout(self.also_possible)
        self._others.setContentsMargins(0, 0, 0, 0)
        self._others.setSpacing(SPACE[1])
        self.box.addWidget(self.also_possible)

    def fill(self) -> None:
        """Show which columns were used."""
        reading = self.file.reading
        columns = reading.columns[:MAX_COLUMNS]
        current = reading.date_column
        self._dates = [current, *(name for name in (*columns, ROW_ORDER) if name != current)]
        self.date.clear()
        self.date.addItems([ROW_ORDER_TEXT if name == ROW_ORDER else name for name in self._dates])
        self.values.fill(_with(columns, reading.value_columns), reading.value_columns)
        self.series.fill(_with(columns, reading.series_columns), reading.series_columns)
        self._offer(reading.other_value_columns)

    def _offer(self, others: tuple[str, ...]) -> None:
        """A button for each of the first few columns that may be forecast instead; the rest are in the list."""
        clear(self._others)
        self.also_possible.setVisible(bool(others))
        self._others.addWidget(label("Also possible to forecast:", "quiet"))
        for name in others[:MAX_OFFERED]:
            offer = button(elided(name, self.font(), MAX_OFFER_WIDTH).replace("&", "&&"), "small")
            offer.setToolTip(name)
            offer.setAccessibleName(f"Forecast {name} instead")
            offer.clicked.connect(lambda _=False, name=name: self._forecast_instead(name))
            self._others.addWidget(offer)
        if len(others) > MAX_OFFERED:
            self._others.addWidget(label(f"and {numbers.count(len(others) - MAX_OFFERED)} more in the list", "quiet"))
        self._others.addStretch(1)

    def _forecast_instead(self, name: str) -> None:
        self.values.fill(_with(self.file.reading.columns[:MAX_COLUMNS], (name,)), (name,))
        self._on_values((name,))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The role of each column with the choices made here; where two fit, the date goes before series and values."""
        current, reading = self.file.preview.roles, self.file.reading
        if not self._staged:
            return current
        dates = {name for name, role in zip(reading.columns, current, strict=True) if role == "date"}
        columns: tuple[tuple[Role, set[str]], ...] = (
            ("date", {self._staged["date"]} if "date" in self._staged else dates),
            ("series", set(self._staged.get("series", reading.series_columns))),
            ("value", set(self._staged.get("values", reading.value_columns))),
        )
        return tuple(
            next((role for role, names in columns if name in names), "ignored") for name in self.file.preview.columns
        )

    def _on_date(self, index: int) -> None:
        if index == 0:
            self.unstage("date")
        else:
            self.stage(date=self._dates[index])
            self._take_from_others("date", (self._dates[index],))

    def _on_values(self, names: tuple[str, ...]) -> None:
        self.stage(values=names)
        self._take_from_others("values", names)

    def _on_series(self, names: tuple[str, ...]) -> None:
        self.stage(series=names)
        self._take_from_others("series", names)

    def _take_from_others(self, owner: str, names: tuple[str, ...]) -> None:
        """Take these columns from all selectors but the owner: a column has one role."""
        reading = self.file.reading
        selectors = (("values", self.values, reading.value_columns), ("series", self.series, reading.series_columns))
        for option, selector, current in selectors:
            chosen = self._staged.get(option, current)
            left = tuple(name for name in chosen if name not in names)
            if option != owner and left != chosen:
                selector.fill(_with(reading.columns[:MAX_COLUMNS], left), left)
                self.stage(**{option: left})


def narrow_selector() -> QComboBox:
    """An empty selector that does not grow with its longest item."""
    selector = Selector()
    selector.setMinimumContentsLength(6)
    selector.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return selector


def field(text: str, widget: QWidget) -> QVBoxLayout:
    """A selector below its question."""
    column = QVBoxLayout()
    column.setSpacing(SPACE[0])
    column.addWidget(caption(text, widget))
    column.addWidget(widget)
    return column


def _with(columns: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    return columns + tuple(name for name in chosen if name not in set(columns))
