"""A random table such as people export, with the truth about it, and how a reading differs from that truth."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import xlsxwriter
from tests.tables.accounted import read_and_account

from almanac.core.problems import ProblemError
from almanac.core.series import SeriesSet

Cells = list[list[str]]
Series = dict[str, tuple[str, list[float]]]  # by name: the day of the first value, and the values
LANGUAGES = {
    "en": ("Date", ["Sales", "Visitors", "Returns", "Online", "Parking", "Breakfasts"], "Region", ["North", "South"]),
    "de": ("Datum", ["Absatz", "Besucher", "Rückgaben", "Strom", "Wärme", "Frühstücke"], "Bezirk", ["Nord", "Süd"]),
    "fr": ("Date", ["Ventes", "Visiteurs", "Retours", "Chauffage", "Repas", "Trajets"], "Région", ["Nord", "Sud"]),
    "es": ("Fecha", ["Ventas", "Visitantes", "Devoluciones", "Comidas", "Viajes", "Calor"], "Zona", ["Norte", "Sur"]),
    "it": ("Data", ["Vendite", "Visitatori", "Resi", "Pasti", "Viaggi", "Calore"], "Zona", ["Nord", "Sud"]),
    "nl": ("Datum", ["Verkoop", "Bezoekers", "Retouren", "Maaltijden", "Ritten", "Warmte"], "Regio", ["Noord", "Zuid"]),
}
STYLES = {
    "monthly": ["%Y-%m", "%m/%Y", "%Y-%m-%d", "%b %Y"],
    "weekly": ["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y"],
    "daily": ["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%Y/%m/%d"],
}


@dataclass
class Truth:
    """A table: ``days`` and ``columns`` (NaN = blank) by name, and how it is written."""

    rng: Random
    frequency: str
    days: list[date]
    columns: dict[str, list[float]]
    date_name: str
    style: str
    decimals: int = 2
    decimal: str = "."
    delimiter: str = ","
    labels: tuple[str, list[str]] = ("", [])  # the name and words of a column of text
    units: dict[str, str] = field(default_factory=dict)

    def number(self, value: float) -> str:
        """A value as it is written."""
        if math.isnan(value):
            return ""
        return f"{value:.{self.decimals}f}".replace(".", self.decimal)

    def rows(self) -> Cells:
        """The rows of data."""
        values = list(self.columns.values())
        return [
            [day.strftime(self.style), *(self.number(column[n]) for column in values)]
            for n, day in enumerate(self.days)
        ]

    def heading(self) -> list[str]:
        """The names of the columns."""
        return [self.date_name, *self.columns]

    def text(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Rows as a delimited text."""
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.rng.choice(["\n", "\r\n"])).writerows(rows)
        return out.getvalue().encode(self.rng.choice(["utf-8", "utf-8-sig"]))

    def series(self) -> Series:
        """What the file should be read as: for each series the day of its first value, and its values."""
        found = {}
        for name, values in self.columns.items():
            known = [n for n, value in enumerate(values) if not math.isnan(value)]
            first = self.days[known[0]].isoformat() if self.frequency in STYLES else f"row {known[0] + 1}"
            found[name] = (first, values[known[0] : known[-1] + 1])
        return found


def draw(rng: Random, columns: tuple[int, int] = (1, 5), length: tuple[int, int] = (14, 60)) -> Truth:
    """A random table."""
    frequency = rng.choice(["monthly", "weekly", "daily"])
    date_name, names, label, words = LANGUAGES[rng.choice(sorted(LANGUAGES))]
    count = rng.randint(*length)
    decimals = rng.choice([0, 1, 2])
    decimal = rng.choice([".", ","])
    chosen = rng.sample(names, rng.randint(*columns))
    table = Truth(
        rng,
        frequency,
        days_of(rng, frequency, count),
        {name: walk(rng, count, decimals) for name in chosen},
        date_name,
        rng.choice(STYLES[frequency]),
        decimals,
        decimal,
        rng.choice([";", "\t"] if decimal == "," else [",", ";", "\t", "|"]),
        (label, words),
    )
    if "%d.%m" in table.style and count < 32:
        table.style = "%Y-%m-%d"  # day and month would be a question
    return table


def days_of(rng: Random, frequency: str, count: int) -> list[date]:
    """Days of a frequency."""
    year = rng.randint(2008, 2020)
    if frequency == "monthly":
        return [date(year + n // 12, n % 12 + 1, 1) for n in range(count)]
    step = 7 if frequency == "weekly" else 1
    first = date(year, 1, 1) + timedelta(rng.randint(0, 300))
    first -= timedelta(first.weekday())
    return [first + timedelta(step * n) for n in range(count)]


def walk(rng: Random, count: int, decimals: int) -> list[float]:
    """Values that wander, as a series of measurements does."""
    level = rng.choice([30.0, 250.0, 1200.0, 9000.0])
    at, values = level, []
    for _ in range(count):
        at = max(at + rng.gauss(0, level / 25), level / 4)
        values.append(round(at, decimals))
    return values


def difference(path: Path, truth: Truth, series: Series | None = None) -> str:
    """How the reading of a file differs from the truth: an empty text when it does not.

    A file that is asked about, or refused, is "asked" or "refused".
    """
    wanted = truth.series() if series is None else series
    try:
        file, lost = read_and_account(path)
    except ProblemError as error:
        return f"refused: {error.problem.code}"
    if file.reading.questions:
        return f"asked: {file.reading.questions[0].code}"
    if lost:
        return f"lines {lost[:5]} are lost"
    units = {name: file.series.measure(i).unit for i, name in enumerate(file.series.names)}
    if truth.units and units != truth.units:
        return f"units {units} instead of {truth.units}"
    return _difference_of_series(file.series, truth.frequency, wanted)


def _difference_of_series(found: SeriesSet, frequency: str, wanted: Series) -> str:
    if found.frequency.name != frequency or set(found.names) != set(wanted):
        return f"{found.frequency.name} {found.names} instead of {frequency} {tuple(wanted)}"
    for i, name in enumerate(found.names):
        first, values = wanted[name]
        same = np.allclose(found[i], values, equal_nan=True) if len(found[i]) == len(values) else False
        if found.frequency.iso(int(found.first[i])) != first or not same:
            return f"{name}: {found.frequency.iso(int(found.first[i]))} {found[i][:3]} instead of {first} {values[:3]}"
    return ""


def write_workbook(path: Path, sheets: dict[str, Cells]) -> None:
    """A workbook with these cells: numbers as numbers, all else as text."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if re.fullmatch(r"-?\d+(\.\d+)?", cell):
                    sheet.write_number(r, c, float(cell))
                elif cell:
                    sheet.write_string(r, c, cell)
    book.close()
