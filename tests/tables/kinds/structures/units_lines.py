"""Units: in a line below the names, in brackets behind them, after a comma, in every cell, or in none."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.tables.kinds.structures.truth import Truth, draw, write_workbook

UNITS = [
    "°C",
    "degC",
    "mm",
    "kWh",
    "MWh",
    "kg",
    "t",
    "EUR",
    "€",
    "USD",
    "%",
    "hours",
    "Stk.",
    "m³",
    "km/h",
    "hPa",
    "l",
    "h",
]
CLEAR = ["°C", "kWh", "MWh", "kg", "EUR", "€", "USD", "%", "m³", "hPa"]  # that need no brackets
FORMATS = ["", "yyyy-mm-dd", "date", "(date)", "TT.MM.JJJJ", "UTC"]


def below(rng: Random, truth: Truth) -> tuple[list[list[str]], list[list[str]]]:
    """A line of units below the names, bare or in brackets."""
    form = rng.choice(["{}", "({})", "[{}]", "in {}"])
    truth.units = {name: rng.choice(UNITS) for name in truth.columns}
    line = [rng.choice(FORMATS), *(form.format(unit) for unit in truth.units.values())]
    if rng.random() < 0.2 and len(line) > 2:
        blank = rng.randint(1, len(line) - 1)
        truth.units[list(truth.columns)[blank - 1]] = ""
        line[blank] = ""
    return [truth.heading(), line], truth.rows()


def in_names(rng: Random, truth: Truth) -> tuple[list[list[str]], list[list[str]]]:
    """The unit is part of the name, and stays so."""
    form = rng.choice(["{} ({})", "{} [{}]", "{}, {}", "{} in {}", "{} {}", "{}_{}"])
    units = {name: rng.choice(UNITS if "(" in form or "[" in form else CLEAR) for name in truth.columns}
    truth.columns = {form.format(name, units[name]): values for name, values in truth.columns.items()}
    truth.units = dict(zip(truth.columns, units.values(), strict=True))
    return [truth.heading()], truth.rows()


def in_cells(rng: Random, truth: Truth) -> tuple[list[list[str]], list[list[str]]]:
    """The unit is in every cell of a column."""
    truth.units = {name: rng.choice(["kg", "kWh", "mm", "l", "°C", "€", "%", "EUR"]) for name in truth.columns}
    rows = truth.rows()
    blank = rng.choice([" ", ""])
    for row in rows:
        row[1:] = [f"{cell}{blank}{unit}" for cell, unit in zip(row[1:], truth.units.values(), strict=True)]
    return [truth.heading()], rows


def labelled(rng: Random, truth: Truth) -> tuple[list[list[str]], list[list[str]]]:
    """A line that begins with "Unit", below the names or above them."""
    truth.units = {name: rng.choice([*UNITS, "Index", "Persons"]) for name in truth.columns}
    line = [rng.choice(["Unit", "Units", "Einheit", "Unité"]), *truth.units.values()]
    return ([truth.heading(), line] if rng.random() < 0.6 else [line, truth.heading()]), truth.rows()


def none(rng: Random, truth: Truth) -> tuple[list[list[str]], list[list[str]]]:
    """Names with brackets and words that are no units."""
    more = ["(North)", "(2019)", "(all)", "A", "total", "(est.)", "per kg"]
    truth.columns = {f"{name} {rng.choice(more)}": values for name, values in truth.columns.items()}
    truth.units = dict.fromkeys(truth.columns, "")
    return [truth.heading()], truth.rows()


MAKERS = (below, below, in_names, in_cells, labelled, none)


def make(seed: int, folder: Path) -> tuple[Path, Truth]:
    """A file of this kind."""
    rng = Random(seed)
    truth = draw(rng, columns=(1, 5))
    maker = rng.choice(MAKERS)
    heading, rows = maker(rng, truth)
    above = rng.choice([[], [], [["Station 5"], []]])
    place = rng.random()
    if place < 0.2 and truth.decimal == "." and maker is not in_cells:
        path = folder / f"table{seed}.xlsx"
        write_workbook(path, {"Data": [*above, *heading, *rows]})
        return path, truth
    if place < 0.4 and maker in (below, none) and " " not in truth.style:  # columns set apart by blanks
        lines = [*heading, *rows]
        widths = [max(len(row[i]) for row in lines) + 2 for i in range(len(heading[0]))]
        text = "\n".join("".join(map(str.rjust, row, widths)) for row in lines)
        path = folder / f"table{seed}.txt"
        path.write_text("\n".join([*("".join(row) for row in above), text, ""]), encoding="utf-8")
        return path, truth
    path = folder / f"table{seed}.csv"
    path.write_bytes(truth.text([*above, *heading, *rows]))
    return path, truth
