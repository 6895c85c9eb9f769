"""What is what: when, what to forecast, split by; painted on the first lines while it is being chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import caption
from almanac.desktop.widgets.column_choice import ColumnChoice

if TYPE_CHECKING:
    from almanac.tables.reading import Role

ROW_ORDER, ROW_ORDER_WORDS = "row order", "The order of the rows"
PROPOSED = "As Almanac proposes"
MOST_COLUMNS = 200  # a list longer than this helps no one choose


class ColumnsStep(Step):
    name = "What Is What"
    question = "What is what in your table?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.when = plain_box()
        self.what, self.by = ColumnChoice(PROPOSED), ColumnChoice("Not split")
        self.when.activated.connect(self._on_when)
        self.what.changed.connect(self._on_what)
        self.by.changed.connect(self._on_by)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        fields: tuple[tuple[str, QWidget], ...] = (
            ("&When?", self.when),
            ("What to &forecast?", self.what),
            ("S&plit by?", self.by),
        )
        for text, widget in fields:
            row.addLayout(field(text, widget), 1)
        self.box.addLayout(row)

    def fill(self) -> None:
        reading = self.file.reading
        columns = reading.columns[:MOST_COLUMNS]
        now = reading.date_column
        self._dates = [now, *(name for name in (*columns, ROW_ORDER) if name != now)]
        self.when.clear()
        self.when.addItems([ROW_ORDER_WORDS if name == ROW_ORDER else name for name in self._dates])
        self.what.fill(_with(columns, reading.value_columns), reading.value_columns)
        self.by.fill(_with(columns, reading.series_columns), reading.series_columns)

    @property
    def roles(self) -> tuple[Role, ...]:
        now, reading = self.file.preview.roles, self.file.reading
        if not self._staged:
            return now
        made: list[Role] = ["ignored"] * len(now)
        moved = "date" in self._staged
        whens = (
            {self._staged["date"]} if moved else {n for n, r in zip(reading.columns, now, strict=True) if r == "date"}
        )
        columns: tuple[tuple[Role, set[str]], ...] = (
            ("value", set(self._staged.get("values", reading.value_columns))),
            ("series", set(self._staged.get("series", reading.series_columns))),
            ("date", whens),
        )
        for role, names in columns:
            for k, name in enumerate(self.file.preview.columns):
                if name in names:
                    made[k] = role
        return tuple(made)

    def _on_when(self, index: int) -> None:
        if index == 0:
            self.unstage("date")
        else:
            self.stage(date=self._dates[index])
            self._leave_to("date", self._dates[index])

    def _on_what(self, names: tuple[str, ...]) -> None:
        self.stage(values=names)
        self._leave_to("values", *names)

    def _on_by(self, names: tuple[str, ...]) -> None:
        self.stage(series=names)
        self._leave_to("series", *names)

    def _leave_to(self, owner: str, *names: str) -> None:
        """A column has one role: the others give it up."""
        now = {"values": self.file.reading.value_columns, "series": self.file.reading.series_columns}
        for option, choice in (("values", self.what), ("series", self.by)):
            mine = self._staged.get(option, now[option])
            left = tuple(name for name in mine if name not in names)
            if option != owner and left != mine:
                choice.fill(_with(self.file.reading.columns[:MOST_COLUMNS], left), left)
                self.stage(**{option: left})


def plain_box() -> QComboBox:
    box = QComboBox()
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def field(text: str, widget: QWidget) -> QVBoxLayout:
    """A selector under its question."""
    column = QVBoxLayout()
    column.setSpacing(SPACE[0])
    column.addWidget(caption(text, widget))
    column.addWidget(widget)
    return column


def _with(columns: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    return columns + tuple(name for name in chosen if name not in set(columns))
