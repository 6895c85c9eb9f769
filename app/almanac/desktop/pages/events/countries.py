"""The choice of a country, and perhaps a region of it, whose public holidays count."""

from __future__ import annotations

from functools import cache, cmp_to_key

from PySide6.QtCore import QCollator, QLocale, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector, caption

NONE = "None"
# Territories of Qt's list that the library of holidays does not know, or that are none.
WITHOUT_HOLIDAYS = frozenset(["AC", "CP", "DG", "EA", "EU", "IC", "QO", "TA"])
MAX_COUNTRIES_SHOWN = 12  # in the list; the rest scrolls
MAX_REGION_WIDTH = 220


@cache
def countries() -> dict[str, str]:
    """The code of each country by its name, in the order of the person's alphabet."""
    named = {QLocale.territoryToString(one): QLocale.territoryToCode(one) for one in QLocale.Country}
    known = [name for name, code in named.items() if len(code) == 2 and code.isalpha() and code not in WITHOUT_HOLIDAYS]
    return {name: named[name] for name in sorted(known, key=cmp_to_key(QCollator().compare))}


def country_name(place: str) -> str:
    """What the place of a choice of events is called: "Germany", "Germany, BY"."""
    country, _, region = place.partition("-")
    name = next((name for name, code in countries().items() if code == country), country)
    return f"{name}, {region}" if region else name


class CountryChoice(QWidget):
    """A list that is searched by typing, and the code of a region; ``changed``: another place was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.country, self.region = Selector(), QLineEdit()
        self.country.setEditable(True)
        self.country.setInsertPolicy(Selector.InsertPolicy.NoInsert)
        self.country.setMaxVisibleItems(MAX_COUNTRIES_SHOWN)
        self.country.addItem(NONE, None)
        for name, code in countries().items():
            self.country.addItem(name, code)
        completer = QCompleter(self.country.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.country.setCompleter(completer)
        self.country.currentIndexChanged.connect(self._on_country)
        self.region.textChanged.connect(self.changed)
        line = self.country.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._complete)
        self.region.setPlaceholderText("All, or a code like BY")
        self.region.setMaximumWidth(MAX_REGION_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[2])
        for title, field, stretch in (("Public &holidays of", self.country, 1), ("Re&gion", self.region, 0)):
            column = QVBoxLayout()
            column.setSpacing(SPACE[0])
            column.addWidget(caption(title, field))
            column.addWidget(field)
            row.addLayout(column, stretch)
        self._on_country()

    @property
    def place(self) -> str | None:
        """The place as ``--country`` takes it; None for no holidays."""
        code, region = self.country.currentData(), self.region.text().strip().upper()
        return f"{code}-{region}" if code and region else code

    def show_place(self, place: str | None) -> None:
        """Choose a place."""
        country, _, region = (place or "").partition("-")
        self.country.setCurrentIndex(max(self.country.findData(country), 0) if country else 0)
        self.region.setText(region)

    def _on_country(self) -> None:
        self.region.clear()
        self.region.setEnabled(self.country.currentData() is not None)
        self.changed.emit()

    def _complete(self) -> None:
        """Take what was typed as a country if it is one, or the only one that has it in its name."""
        typed = self.country.currentText().strip().casefold()
        names = [self.country.itemText(k) for k in range(self.country.count())]
        whole = [k for k, name in enumerate(names) if name.casefold() == typed]
        found = whole or [k for k, name in enumerate(names) if typed and typed in name.casefold()]
        index = found[0] if len(found) == 1 else 0 if not typed else self.country.currentIndex()
        self.country.setCurrentIndex(index)
        self.country.setEditText(names[index])
