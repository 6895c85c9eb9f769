"""Blocks of rows below a line that names them, or that holds their date."""

from __future__ import annotations

import math
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random

from tests.tables.kinds.structures.truth import Cells, Series, Truth, draw, walk, write_workbook

Made = tuple[Cells, Series]
NAMES = ["North", "Süd", "Lyon Centre", "Graz", "Online", "Store 12", "Utrecht", "4711 Cash", "Zona B", "Hotel Alfa"]
LABELS = ["", "", "", "Store: ", "Department: ", "Filiale: ", "Magasin : ", "Tienda: ", "Cuenta: ", "Rekening: "]
TOTALS = ["Total", "Summe", "Total général", "Totale", "Totaal", "Total"]
GOODS = {
    "en": ("Product", ["Espresso", "Croissant", "Bagel", "Soup"], "Takings"),
    "de": ("Artikel", ["Kaffee", "Brezel", "Suppe", "Torte"], "Umsatz"),
    "fr": ("Produit", ["Café", "Croissant", "Soupe", "Tarte"], "Montant"),
    "es": ("Producto", ["Café", "Bocadillo", "Sopa", "Tarta"], "Importe"),
    "it": ("Prodotto", ["Caffè", "Cornetto", "Zuppa", "Torta"], "Importo"),
    "nl": ("Artikel", ["Koffie", "Broodje", "Soep", "Taart"], "Omzet"),
}
DAY_STYLES = [
    "%Y-%m-%d",
    "%d.%m.%Y",
    "Date: %d.%m.%Y",
    "%d %B %Y",
    "%A, %d %B %Y",
    "Sales of %Y-%m-%d",
    "Z-Bon vom %d.%m.%Y",
]
DAY_STYLES += ["Fecha: %d.%m.%Y", "%a %d %b %Y", "Jour : %Y-%m-%d", "Day %Y-%m-%d", "Report for %d %b %Y"]
MONTH_STYLES = ["%B %Y", "%Y-%m", "Month: %m/%Y", "Period: %b %Y"]


def names_above(rng: Random, truth: Truth) -> Made:
    """Each block has its name above, and the dates begin again."""
    column = next(iter(truth.columns))
    chosen = rng.sample(NAMES, rng.randint(2, 4))
    label, place, gap = rng.choice(LABELS), rng.choice([0, 0, 0, 1]), rng.choice([[], [], [[]]])
    in_two = label and rng.random() < 0.4 and len(truth.heading()) + bool(truth.labels[0]) > 2
    total = rng.choice([*TOTALS, "", "", ""])
    rows: Cells = [_with_text(rng, truth, truth.heading(), truth.labels[0])]
    series: Series = {}
    for name in chosen:
        part = deepcopy(truth)
        part.columns = {column: walk(rng, len(truth.days), truth.decimals)}
        cut = rng.randint(0, len(part.days) // 4) if rng.random() < 0.3 else 0
        part.days, part.columns[column] = part.days[cut:], part.columns[column][cut:]
        line = [label.rstrip(), name] if in_two else [*[""] * place, f"{label}{name}"]
        rows += [line, *gap]
        rows += [_with_text(rng, truth, row, "word") for row in part.rows()]
        if total:
            rows.append([total, truth.number(sum(part.columns[column]))])
        rows += rng.choice([gap, [[]]])
        series[name] = part.series()[column]
    return rows, series


def _with_text(rng: Random, truth: Truth, row: list[str], text: str) -> list[str]:
    """The row with a cell of text at its end, where the table has such a column."""
    name, words = truth.labels
    if not name:
        return row
    return [*row, name if text == name else rng.choice(words)]


def one_line_is_above_the_heading(rng: Random, truth: Truth) -> Made:
    """Each block of a list with several rows a day has its name and the heading above."""
    column = next(iter(truth.columns))
    series: Series = {}
    rows: Cells = []
    for name in rng.sample(NAMES, rng.randint(2, 3)):
        amounts = [[round(rng.uniform(5, 90), truth.decimals) for _ in range(rng.randint(1, 3))] for _ in truth.days]
        amounts[0] = amounts[0] * 2
        rows += [[name], truth.heading()]
        for day, parts in zip(truth.days, amounts, strict=True):
            rows += [[day.strftime(truth.style), truth.number(value)] for value in parts]
        rows.append([])
        series[name] = (truth.days[0].isoformat(), [round(sum(parts), 6) for parts in amounts])
    truth.columns = {column: []}
    return rows, series


def dates_above(rng: Random, truth: Truth) -> Made:
    """The rows of each day are below its date."""
    key, goods, amount = GOODS[rng.choice(sorted(GOODS))]
    goods = rng.sample(goods, rng.randint(2, 4))
    values = {name: walk(rng, len(truth.days), truth.decimals) for name in goods}
    style = rng.choice(MONTH_STYLES if truth.frequency == "monthly" else DAY_STYLES)
    heading, again = [key, amount], rng.random() < 0.3
    more = rng.random() < 0.4
    if more:
        heading = [key, rng.choice(["Note", "Unit"]), amount]
    total, gap = rng.choice([*TOTALS, "", ""]), rng.choice([[], [], [[]]])
    rows: Cells = [] if again else [heading]
    for n, day in enumerate(truth.days):
        rows.append([day.strftime(style)])
        rows += [heading] if again else []
        cells = [[name, truth.number(values[name][n])] for name in goods]
        if total:
            cells.append([total, truth.number(sum(values[name][n] for name in goods))])
        rows += [[row[0], "piece", row[1]] if more else row for row in cells]
        rows += gap
    first = truth.days[0].isoformat()
    return rows, {name: (first, values[name]) for name in goods}


def pivot(rng: Random, truth: Truth) -> Made:
    """Names above dates, or dates above names, each with the sum of the rows below, as in a pivot table."""
    names = rng.sample(NAMES[:5], rng.randint(2, 4))
    values = {name: walk(rng, len(truth.days), truth.decimals) for name in names}
    days = [day.strftime(truth.style) for day in truth.days]
    labels, total = rng.choice(
        [("Row Labels", "Grand Total"), ("Zeilenbeschriftungen", "Gesamtergebnis"), ("", "Total")]
    )
    rows: Cells = [[labels or truth.date_name, "Sum"]]
    if rng.random() < 0.5:
        for name in names:
            rows.append([name, truth.number(sum(values[name]))])
            rows += [[day, truth.number(value)] for day, value in zip(days, values[name], strict=True)]
    else:
        for n, day in enumerate(days):
            rows.append([day, truth.number(sum(values[name][n] for name in names))])
            rows += [[name, truth.number(values[name][n])] for name in names]
    rows.append([total, truth.number(sum(map(sum, values.values())))])
    return rows, {name: (truth.days[0].isoformat(), values[name]) for name in names}


def near_misses(rng: Random, truth: Truth) -> Made:
    """Notes between rows whose dates go on, and rows in which all but the date is missing."""
    column = next(iter(truth.columns))
    rows = [truth.heading(), *truth.rows()]
    for _ in range(rng.randint(2, 4)):
        at = rng.randint(2, len(rows) - 1)
        if rng.random() < 0.5:
            rows.insert(at, [rng.choice(["Second half", "new manager", "North opens", "2nd store: Graz", "Season:"])])
        else:
            day = next((n for n, day in enumerate(truth.days) if day.strftime(truth.style) == rows[at][0]), 0)
            if 0 < day < len(truth.days) - 1:
                rows[at] = [rows[at][0], ""]
                truth.columns[column][day] = math.nan
    return rows, truth.series()


MAKERS = (names_above, names_above, one_line_is_above_the_heading, dates_above, dates_above, pivot, near_misses)


def make(seed: int, folder: Path) -> tuple[Path, Truth, Series]:
    """A file of this kind."""
    rng = Random(seed)
    truth = draw(rng, columns=(1, 1), length=(14, 40))
    if truth.frequency == "monthly":
        truth.days = [date(day.year, day.month, 1) for day in truth.days]
    if rng.random() < 0.7:
        truth.labels = ("", [])
    rows, series = rng.choice(MAKERS)(rng, truth)
    rows = [*rng.choice([[], [], [["Report"], []]]), *rows]
    if rng.random() < 0.3 and truth.decimal == ".":
        path = folder / f"table{seed}.xlsx"
        write_workbook(path, {"Data": rows})
    else:
        path = folder / f"table{seed}.csv"
        path.write_bytes(truth.text(rows))
    return path, truth, series
