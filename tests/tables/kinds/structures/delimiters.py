"""Texts with signs and blanks in their cells that are not the delimiter, and columns set apart by blanks."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.tables.kinds.structures.truth import Series, Truth, draw

PRODUCTS = (
    "Wholesale - Northern Region - Extra Virgin Olive Oil 500ml Glass Bottle (case of 12)",
    "Tea, green, 100 bags",
    "Screw M4 x 20; zinc plated; 100 pcs",
    "Shelf | oak | 80 x 30 cm",
    "Coffee beans 1 kg (2, 3 or 5 per case)",
    "USB cable A/B, 1.5 m, 2 pcs",
    "Schrauben 4,5 x 60 mm, Pack zu 200 Stück",
    "Paint RAL 9010 0,75 l - matt; indoor",
    "Battery AA 1.5 V 2024 edition 12 34 56",
    "T-shirt S, M, L, XL",
)


def long_names(rng: Random, folder: Path, seed: int) -> tuple[Path, Truth, Series]:
    """Rows of a date, a product with many blanks and signs in its name, and a number."""
    truth = draw(rng, columns=(1, 1), length=(14, 30))
    (values,) = truth.columns.values()
    own = {";": ";", "\t": "\t", ",": ",", "|": "|"}[truth.delimiter]
    names = rng.sample([name for name in PRODUCTS if own not in name or rng.random() < 0.5], rng.randint(2, 4))
    rows = []
    for n, day in enumerate(truth.days):
        for k, name in enumerate(names):
            rows.append([day.strftime(truth.style), name, truth.number(values[n] + 100 * k)])
    label = rng.choice(["Product", "Artikel", "Article", "Item"])
    heading = [truth.date_name, label, next(iter(truth.columns))]
    if rng.random() < 0.4:
        rows, heading = [[r[1], r[0], r[2]] for r in rows], [heading[1], heading[0], heading[2]]
    above = rng.choice([[], [], [["Sales by product, 2024; all shops"], []]])
    path = folder / f"table{seed}.csv"
    path.write_bytes(truth.text([*above, heading, *rows]))
    first = truth.days[0].isoformat()
    series = {name: (first, [round(v + 100 * k, truth.decimals) for v in values]) for k, name in enumerate(names)}
    return path, truth, series


def blanks(rng: Random, folder: Path, seed: int) -> tuple[Path, Truth]:
    """Columns set apart by blanks: aligned left or right, some cells blank, names wider than the numbers."""
    truth = draw(rng, columns=(2, 5), length=(16, 60))
    truth.style = "%Y-%m-%d" if " " in truth.style else truth.style
    rows, heading = truth.rows(), truth.heading()
    if rng.random() < 0.4:
        for _ in range(rng.randint(1, 5)):
            name = rng.choice(list(truth.columns))
            n = rng.randint(1, len(rows) - 2)
            truth.columns[name][n] = float("nan")
        rows = truth.rows()
    right = rng.random() < 0.7
    widths = [max(len(row[i]) for row in [heading, *rows]) + rng.randint(1, 4) for i in range(len(heading))]
    align = str.rjust if right else str.ljust
    lines = ["".join(map(align, row, [width + 1 for width in widths])) for row in [heading, *rows]]
    lines = [line.rstrip() if rng.random() < 0.8 else line for line in lines]
    above = rng.choice([[], [], ["Station 5, at 51.5 N", "All figures are provisional.", ""]])
    path = folder / f"table{seed}.txt"
    path.write_text("\n".join([*above, *lines]) + "\n", encoding="utf-8")
    return path, truth


def ordinary(rng: Random, folder: Path, seed: int) -> tuple[Path, Truth]:
    """Comma, semicolon, tab, bar and rarer signs, with blanks around the cells or in the numbers."""
    truth = draw(rng, columns=(1, 5))
    if rng.random() < 0.2:
        truth.delimiter = rng.choice(["^", "~"])
    rows = [truth.heading(), *truth.rows()]
    if rng.random() < 0.4:
        rows = [[row[0], *(f" {cell}" for cell in row[1:])] for row in rows]
    if rng.random() < 0.3:
        for row in rows[1:]:
            row.append(rng.choice(["ok", "checked, twice", "see 2, 3", "a b c 1 2"]))
        rows[0].append("Note")
    path = folder / f"table{seed}.csv"
    path.write_bytes(truth.text(rows))
    return path, truth


MAKERS = (long_names, blanks, ordinary)


def make(seed: int, folder: Path) -> tuple[Path, Truth] | tuple[Path, Truth, Series]:
    """A file of this kind."""
    rng = Random(seed)
    return rng.choice(MAKERS)(rng, folder, seed)
