"""Files with several frequencies: marked in a column, by series, or by column."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.tables.calendars.export import Dialect, heading

MARKS = {
    "yearly": ("A", "Annual", "Jahr", "Y", "Anual"),
    "quarterly": ("Q", "Quarterly", "Quartal", "Q", "Trimestral"),
    "monthly": ("M", "Monthly", "Monat", "M", "Mensual"),
}
STEPS = {"yearly": 12, "quarterly": 3, "monthly": 1}
COUNTRIES = ("Austria", "Norway", "Chile", "Japan")


@dataclass(frozen=True)
class SeveralFrequencies:
    """``values``: by frequency and series the values in order of time; empty when the file has only one frequency."""

    text: str
    values: dict[str, dict[str, list[float]]]


def several_frequencies_file(seed: int) -> SeveralFrequencies:
    """One file of the kind."""
    rng = random.Random(seed)
    return KINDS[seed % len(KINDS)](rng)


def _spread(rng: random.Random) -> tuple[str, ...]:
    return rng.choice([("monthly", "quarterly"), ("monthly", "yearly"), ("monthly", "quarterly", "yearly")])


def _values(rng: random.Random, count: int) -> list[float]:
    start = rng.uniform(20, 500)
    return [round(start + n * 0.37 + rng.random() * 9, 2) for n in range(count)]


def _label(name: str, month: int, first_year: int, dashed: str) -> str:
    year, of_year = first_year + month // 12, month % 12
    if name == "yearly":
        return str(year)
    return f"{year}{dashed}Q{of_year // 3 + 1}" if name == "quarterly" else f"{year}-{of_year + 1:02d}"


def marked(rng: random.Random) -> SeveralFrequencies:
    """Years, quarters and months in one column, as statistics offices write them, and a column that says which."""
    return _long(rng, lambda name, month, year, dashed: _label(name, month, year, dashed))


def marked_with_days(rng: random.Random) -> SeveralFrequencies:
    """The first day of each period, and a column that says how long it is."""
    return _long(rng, lambda _, month, year, __: date(year + month // 12, month % 12 + 1, 1).isoformat())


def _long(rng: random.Random, label: Callable[[str, int, int, str], str]) -> SeveralFrequencies:
    dialect, year, dashed = Dialect.drawn(rng), rng.randint(1990, 2012), rng.choice(["-", "-", " "])
    years, style = rng.randint(8, 14), rng.randrange(5)
    countries = rng.sample(COUNTRIES, rng.randint(1, 3))
    rows, values = [], {}
    for name in _spread(rng):
        values[name] = {}
        for country in countries:
            series = _values(rng, years * 12 // STEPS[name])
            values[name][country] = series
            rows += [
                [country, MARKS[name][style], label(name, n * STEPS[name], year, dashed), dialect.number(value)]
                for n, value in enumerate(series)
            ]
    return SeveralFrequencies(
        dialect.table(["Country", rng.choice(["FREQ", "Frequency"]), "TIME", "Value"], rows), values
    )


def by_column(rng: random.Random) -> SeveralFrequencies:
    """Months down, and quarterly or yearly columns that are blank in between."""
    dialect, years = Dialect.drawn(rng), rng.randint(8, 14)
    months = [date(2000 + n // 12, n % 12 + 1, 1) for n in range(12 * years)]
    spread = _spread(rng)
    columns = {name: _values(rng, 12 * years // STEPS[name]) for name in spread}
    rows = [
        [
            dialect.day(day),
            *(dialect.number(columns[f][n // STEPS[f]]) if n % STEPS[f] == 0 else "" for f in spread),
        ]
        for n, day in enumerate(months)
    ]
    names = {"monthly": "Prices", "quarterly": "Orders", "yearly": "Exports"}
    text = dialect.table([heading(rng, "date"), *(names[f] for f in spread)], rows)
    return SeveralFrequencies(text, {f: {names[f]: columns[f]} for f in spread})


def alike(rng: random.Random) -> SeveralFrequencies:
    """A near miss: two monthly series, one of which began later and has a hole."""
    dialect = Dialect.drawn(rng)
    months = [date(2010 + n // 12, n % 12 + 1, 1) for n in range(96)]
    rows = [[dialect.day(d), "East", dialect.number(v)] for d, v in zip(months, _values(rng, 96), strict=True)]
    late = [
        (d, v) for n, (d, v) in enumerate(zip(months, _values(rng, 96), strict=True)) if n > 40 and n not in (50, 61)
    ]
    rows += [[dialect.day(d), "West", dialect.number(v)] for d, v in late]
    return SeveralFrequencies(dialect.table([heading(rng, "date"), "Region", "Value"], rows), {})


KINDS = (marked, by_column, marked_with_days, marked, by_column, marked_with_days, alike)
