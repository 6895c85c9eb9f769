"""Writes tables as programs in several countries export them: delimiter, decimal sign, dates, headings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

HEADINGS = {
    "date": ("Date", "Datum", "Fecha", "Data", "ds", "Day", "date"),
    "time": ("Time", "Zeit", "Timestamp", "Fecha y hora", "Date/Time", "datetime"),
    "sales": ("Sales", "Umsatz", "Ventas", "Vendite", "y", "Visitors", "Besucher", "Units sold"),
    "level": ("Temperature", "Temperatur", "Price", "Preis", "Water level", "Pegelstand"),
    "shop": ("Shop", "Filiale", "Tienda", "Store", "Negozio", "Location"),
    "amount": ("Amount", "Betrag", "Importe", "Total", "Montant", "Bedrag"),
    "note": ("Weather", "Wetter", "Remark", "Notas"),
}
_STYLES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d %b %Y", "%Y/%m/%d")


@dataclass(frozen=True)
class Dialect:
    """How one program writes its tables."""

    delimiter: str
    decimal: str
    style: str

    @classmethod
    def drawn(cls, rng: random.Random) -> Dialect:
        delimiter, decimal = rng.choice([(",", "."), (";", ","), ("\t", "."), (";", ".")])
        return cls(delimiter, decimal, rng.choice(_STYLES))

    def day(self, when: date) -> str:
        return f"{when:{self.style}}"

    def moment(self, when: datetime) -> str:
        return f"{when:{self.style} %H:%M}"

    def number(self, value: float) -> str:
        return f"{value:.2f}".replace(".", self.decimal)

    def table(self, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return "".join(f"{self.delimiter.join(row)}\n" for row in (heading, *rows))


def heading(rng: random.Random, kind: str) -> str:
    return rng.choice(HEADINGS[kind])
