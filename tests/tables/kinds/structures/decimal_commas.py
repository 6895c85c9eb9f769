"""Text files of one column of numbers with decimal commas, and of two columns that look alike."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

NAMES = ("Umsatz", "Wert (€)", "Ventes", "Importe", "Vendite", "Kwota", "Belopp", "Value", "Umsatz, netto", "")
TITLES = ((), (), ("Einnahmen 2023", ""), ("Export",))
ENDINGS = ("", "", " €", " EUR", " kr", "%")


@dataclass(frozen=True)
class NumbersFile:
    """``columns``: the numbers of each column."""

    text: str
    columns: tuple[tuple[float, ...], ...]


def one_column(seed: int) -> NumbersFile:
    """Numbers with decimal commas, one in each line."""
    rng = random.Random(seed)
    name = NAMES[seed % len(NAMES)]
    plain = name not in ("", "Umsatz, netto")  # then only the places show what the comma is
    places = rng.choice([1, 2, 2, 3]) if plain else 2
    high = rng.choice([9, 99, 9999]) if not plain or places != 3 else 9
    values = [round(rng.uniform(0, high) * rng.choice([1, 1, 1, -1 if plain else 1]), places) for _ in range(80)]
    if not plain:
        values[3] = int(values[3]) + 0.07
    thousands = rng.choice(["", "."]) if plain and places == 2 else ""
    ending = rng.choice(ENDINGS) if plain else ""
    lines = [f"{v:,.{places}f}".replace(",", "_").replace(".", ",").replace("_", thousands) + ending for v in values]
    title = rng.choice(TITLES) if plain else ()
    return NumbersFile("\n".join([*title, *([name] if name else []), *lines]) + "\n", (tuple(values),))


def two_columns(seed: int) -> NumbersFile:
    """A near miss: two names, numbers of rows, or as many digits as come."""
    rng = random.Random(seed)
    kind = seed % 3
    first = [n + 1.0 for n in range(60)] if kind == 1 else [float(rng.randint(1, 999)) for _ in range(60)]
    second = [float(rng.randint(1, 2000 if kind == 2 else 99)) for _ in range(60)]
    heading = {0: ["Sold,Returned"], 1: ["Measurements"], 2: []}[kind]
    lines = [f"{a:.0f},{b:.0f}" for a, b in zip(first, second, strict=True)]
    columns = (tuple(second),) if kind == 1 else (tuple(first), tuple(second))
    return NumbersFile("\n".join([*heading, *lines]) + "\n", columns)


def table_with_cuts(seed: int) -> NumbersFile:
    """A table whose numbers have decimal commas without quotation marks, and commas between its cells."""
    rng = random.Random(seed)
    count, several = rng.randint(30, 90), rng.randint(1, 3)
    days = [date(2023, 1, 1) + timedelta(n) for n in range(count)]
    columns = [[round(rng.uniform(1, 99), 2) for _ in days] for _ in range(several)]
    for column in columns:
        column[rng.randrange(8)] = 7.05
    pieces = rng.choice([None, [rng.randint(1, 99) for _ in days]])
    names = ["Datum", *["Umsatz", "Kosten", "Gewinn"][:several], *(["Stück"] if pieces else [])]
    title = rng.choice([[], ["Export", ""]])
    lines = [
        ",".join([f"{day}", *(f"{column[n]:.2f}".replace(".", ",") for column in columns), *_cell(pieces, n)])
        for n, day in enumerate(days)
    ]
    values = [*columns, *([[float(piece) for piece in pieces]] if pieces else [])]
    return NumbersFile("\n".join([*title, ",".join(names), *lines]) + "\n", tuple(map(tuple, values)))


def _cell(pieces: list[int] | None, n: int) -> list[str]:
    return [] if pieces is None else [str(pieces[n])]


def names_of_rows(seed: int) -> NumbersFile:
    """A near miss: numbers of rows without a name in front, or a column without one."""
    rng = random.Random(seed)
    values = [float(rng.randint(1, 99)) for _ in range(60)]
    lines = [f"{n + 1},{date(2023, 1, 1) + timedelta(n)},{value:.0f}" for n, value in enumerate(values)]
    return NumbersFile("\n".join(["Date,Sold", *lines]) + "\n", (tuple(values),))
