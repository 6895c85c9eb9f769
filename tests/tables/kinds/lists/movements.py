"""Goods that came in and went out: ledgers of a store with a type for each row, and sums of either side."""

from __future__ import annotations

import random
from datetime import date

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.lists.days import DAY, sample, start
from tests.tables.kinds.lists.money import by_day
from tests.tables.kinds.sample_file import SampleFile

# Headings of the type and of the numbers, what goes out, what comes in, and what is neither.
LEDGERS = (
    ("Type", "Qty", ("Issue", "Sale"), ("GRN", "Goods receipt"), ("Adjustment",)),
    ("Document type", "Quantity", ("Issue",), ("Receipt", "Customer return"), ("Stock take",)),
    ("Movement", "Units", ("OUT",), ("IN",), ()),
    ("Transaction Type", "Qty moved", ("Sales order", "Write off", "Purchase return"), ("Purchase order",), ()),
    ("Trans type", "Quantity", ("SALE",), ("PURCHASE", "RETURN"), ("TRANSFER",)),
    ("Bewegungsart", "Menge", ("Warenausgang", "Verbrauch"), ("Wareneingang",), ("Inventur",)),
    ("Belegart", "Stück", ("Lieferschein",), ("Wareneingang", "Retoure"), ()),
    ("Type de mouvement", "Quantité", ("Sortie", "Vente"), ("Entrée", "Réception"), ("Ajustement",)),
    ("Tipo de movimiento", "Cantidad", ("Salida",), ("Entrada", "Devolución"), ("Ajuste",)),
    ("Causale", "Quantità", ("Scarico", "Vendita"), ("Carico",), ("Rettifica",)),
    ("Tipo", "Quantidade", ("Saída",), ("Entrada",), ()),
    ("Soort", "Aantal", ("Verkoop", "Uitgifte"), ("Ontvangst",), ("Telling",)),
    ("Rodzaj dokumentu", "Ilość", ("WZ", "RW"), ("PZ",), ("MM",)),
    ("Typ", "Antal", ("Utleverans", "Försäljning"), ("Inleverans",), ()),
)
ITEMS = [f"P-{n}" for n in range(100, 109)]


def stock_ledgers(rng: random.Random) -> SampleFile:
    """Single movements of many articles: one of the answers about either side or the difference is the right one."""
    dialect = Dialect.drawn(rng)
    mark, name, outs, ins, others = rng.choice(LEDGERS)
    when, rows = start(rng), []
    moved: dict[str, list[tuple[date, float]]] = {"out": [], "all": []}
    with_item, with_number = rng.random() < 0.6, rng.random() < 0.4
    whole = rng.random() < 0.7
    for n in range(rng.randint(90, 180)):
        when += rng.choice((0, 0, 1, 1, 2)) * DAY
        goes_out = n % 9 != 4 if rng.random() < 0.8 else rng.random() < 0.7
        neither = bool(others) and n > 8 and rng.random() < 0.05
        value = float(rng.randint(1, 12)) if goes_out else float(rng.randint(20, 90))
        value += 0 if whole else round(rng.random(), 2)
        kind = rng.choice(others) if neither else rng.choice(outs if goes_out else ins)
        number = f"{value:.0f}" if whole else dialect.number(value)
        rows.append([dialect.day(when), kind, rng.choice(ITEMS), f"DOC-{4000 + n}", number])
        if not neither:
            moved["out"] += [(when, value)] if goes_out else []
            moved["all"].append((when, -value if goes_out else value))
    header = [rng.choice(("Date", "Datum", "Posting date")), mark, "Article", "Document", name]
    kept = [0, 1, *([2] if with_item else []), *([3] if with_number else []), 4]
    answer = rng.choice(("out", "all"))  # what came in is rare, so that it may be read week by week
    told = f"{mark} {answer} {with_item} {with_number}"
    made = sample(told, dialect, [[row[n] for n in kept] for row in (header, *rows)], {name: by_day(moved[answer])})
    return SampleFile(made.name, made.content, "daily", made.series, asked="goods_in_and_out")


def sums_of_either_side(rng: random.Random) -> SampleFile:
    """A near miss: one sum of what came in and one of what went out for each month, which are two series."""
    dialect = Dialect.drawn(rng)
    mark, name, outs, ins, _ = rng.choice(LEDGERS)
    kinds, year = (rng.choice(outs), rng.choice(ins)), rng.randint(2008, 2020)
    months = [date(year + n // 12, n % 12 + 1, 1) for n in range(rng.randint(24, 40))]
    values = {kind: [float(rng.randint(100, 900)) for _ in months] for kind in kinds}
    rows = [[dialect.day(month), kind, f"{values[kind][n]:.0f}"] for n, month in enumerate(months) for kind in kinds]
    series = {kind: (months[0].isoformat(), values[kind]) for kind in kinds}
    made = sample(f"{mark} {kinds}", dialect, [["Month", mark, name], *rows], series)
    return SampleFile(made.name, made.content, "monthly", series)


CODES = (
    ("BwA", "Menge", ("601", "261"), ("101", "602")),
    ("MvT", "Quantity", ("601", "551"), ("101", "531")),
    ("BWART", "Menge", ("201", "601"), ("101",)),
    ("Kz", "Stück", ("217",), ("104", "118")),
    ("Bew.", "Anzahl", ("333",), ("111",)),
)


def signed_movements(rng: random.Random) -> SampleFile:
    """Receipts and issues with a code for each kind, issues with a minus: a person says which of the two counts."""
    dialect = Dialect.drawn(rng)
    mark, name, outs, ins = rng.choice(CODES)
    when, rows = start(rng), []
    moved: dict[str, list[tuple[date, float]]] = {"out": [], "all": []}
    behind = rng.random() < 0.6
    for n in range(rng.randint(120, 180)):
        when += rng.choice((0, 0, 1, 1)) * DAY
        goes_out = n % 4 != 1
        value = float(rng.randint(10, 900))
        number = f"{value:.0f}"
        signed = number if not goes_out else f"{number}-" if behind else f"-{number}"
        rows.append([dialect.day(when), rng.choice(ITEMS), rng.choice(outs if goes_out else ins), signed, "PC"])
        moved["out"] += [(when, value)] if goes_out else []
        moved["all"].append((when, -value if goes_out else value))
    answer = rng.choice(("out", "all"))
    made = sample(
        f"{mark} {answer} {behind}",
        dialect,
        [["Date", "Article", mark, name, "BME"], *rows],
        {name: by_day(moved[answer])},
    )
    asked = "goods_by_sign" if mark in ("Kz", "Bew.") else "goods_in_and_out"  # by the names of SAP the code says it
    return SampleFile(made.name, made.content, "daily", made.series, asked=asked)
