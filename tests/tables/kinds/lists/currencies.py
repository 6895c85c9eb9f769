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
    """One or two payments a day in each currency."""
    return _payments(rng, rng.choice(CURRENCIES))


def one_currency(rng: random.Random) -> SampleFile:
    """A near miss: every payment is in the same currency."""
    return _payments(rng, rng.choice(CURRENCIES)[:1])


def _payments(rng: random.Random, names: Sequence[str]) -> SampleFile:
    dialect, when, rows = Dialect.drawn(rng), start(rng), []
    moved: dict[str, list[tuple[date, float]]] = {name: [] for name in names}
    for _ in range(rng.randint(30, 50)):
        for currency in rng.sample(names, len(names)):
            for _ in range(rng.choice((1, 1, 2))):
                value = round(rng.uniform(5, 90), 2)
                moved[currency].append((when, value))
                text = f"{rng.choice(TEXTS)} {4000 + len(rows)}"
                rows.append([dialect.day(when), text, currency, dialect.number(value)])
        when += DAY
    order = [0, *rng.sample((1, 2, 3), 3)]
    header = [rng.choice(("Date", "Datum")), "Description", rng.choice(HEADINGS), rng.choice(AMOUNTS)]
    table = [[row[i] for i in order] for row in (header, *rows)]
    titles = names if len(names) > 1 else header[3:]
    series = {title: by_day(moved[name]) for title, name in zip(titles, names, strict=True)}
    return sample(f"{names} {header} {order}", dialect, table, series)
