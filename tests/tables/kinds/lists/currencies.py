"""Payments in several currencies, named in a column: each currency is a series."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.lists.days import DAY, sample, start
from tests.tables.kinds.lists.money import by_day
from tests.tables.kinds.sample_file import SampleFile

CURRENCIES = (("USD", "EUR", "GBP"), ("EUR", "CHF"), ("€", "$"), ("usd", "cad"), ("PLN", "EUR"), ("SEK", "NOK", "DKK"))
HEADINGS = ("Currency", "Währung", "Devise", "Moneda", "Valuta", "Moeda", "CCY", "Cur")
AMOUNTS = ("Amount", "Gross", "Betrag", "Importe", "Total", "Net")
TEXTS = ("Order", "Payment", "Checkout", "Invoice")


def several_currencies(rng: random.Random) -> SampleFile:
    """Payments in each currency, of one kind or of two; one currency may be rare."""
    return _payments(rng, rng.choice(CURRENCIES))


def one_currency(rng: random.Random) -> SampleFile:
    """A near miss: every payment is in the same currency."""
    return _payments(rng, rng.choice(CURRENCIES)[:1])


def _payments(rng: random.Random, names: Sequence[str]) -> SampleFile:
    dialect, when, rows = Dialect.drawn(rng), start(rng), []
    kinds = rng.choice(((), ("Sale", "Fee"), ("Shop", "Online")))
    pairs = [(kind, name) for name in names for kind in kinds or ("",)]
    moved: dict[tuple[str, str], list[tuple[date, float]]] = {pair: [] for pair in pairs}
    rare = names[-1] if len(names) > 1 and kinds and rng.random() < 0.6 else ""
    count = rng.randint(30, 50)
    for n in range(count):
        for pair in rng.sample(pairs, len(pairs)):
            seldom = pair[1] == rare and 0 < n < count - 1 and rng.random() < 0.8
            for _ in range(0 if seldom else rng.choice((1, 1, 2))):
                value = round(rng.uniform(5, 90), 2)
                moved[pair].append((when, value))
                text = f"{rng.choice(TEXTS)} {4000 + len(rows)}"
                rows.append([dialect.day(when), pair[0], text, pair[1], dialect.number(value)])
        when += DAY
    kept = [0, *([1] if kinds else []), *rng.sample((2, 3, 4), 3)]
    header = [rng.choice(("Date", "Datum")), "Kind", "Description", rng.choice(HEADINGS), rng.choice(AMOUNTS)]
    table = [[row[i] for i in kept] for row in (header, *rows)]
    shown = {pair: " · ".join(part for part in pair if part and (part in kinds or len(names) > 1)) for pair in pairs}
    series = {shown[pair] or header[4]: by_day(moved[pair]) for pair in pairs}
    return sample(f"{names} {kinds} {rare} {header} {kept}", dialect, table, series)


UNITS = (("UOM", ("KG", "PC", "L")), ("Unit", ("kg", "pcs")), ("Mengeneinheit", ("ST", "KG")), ("ME", ("Stk", "m²")),
    ("Unité", ("kg", "pièce")), ("Unità di misura", ("kg", "pz")), ("Jednostka miary", ("szt", "kg")))  # fmt: skip


def several_units(rng: random.Random) -> SampleFile:
    """Quantities of many materials, each row in some unit, of one place or of two."""
    dialect, when, rows = Dialect.drawn(rng), start(rng), []
    (heading, units), places = rng.choice(UNITS), rng.choice(((), ("North", "South")))
    pairs = [(place, unit) for unit in units for place in places or ("",)]
    moved: dict[tuple[str, str], list[tuple[date, float]]] = {pair: [] for pair in pairs}
    for _ in range(rng.randint(30, 50)):
        for pair in rng.sample(pairs, len(pairs)):
            for _ in range(rng.choice((1, 1, 2))):
                value = float(rng.randint(1, 40))
                moved[pair].append((when, value))
                rows.append([dialect.day(when), pair[0], f"M-{rng.randint(1, 60)}", f"{value:.0f}", pair[1]])
        when += DAY
    kept = [0, *([1] if places else []), *rng.sample((2, 3, 4), 3)]
    header = ["Date", "Plant", "Material", rng.choice(("Qty", "Quantity", "Menge")), heading]
    table = [[row[i] for i in kept] for row in (header, *rows)]
    series = {" · ".join(filter(None, pair)): by_day(moved[pair]) for pair in pairs}
    return sample(f"{heading} {units} {places} {kept}", dialect, table, series)
