"""Lists in which each row has two dates: of a sale and of the report about it, of an order and of its delivery."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from tests.tables.calendars.export import Dialect

NAMES = (
    ("Reporting date", "Sale Month"), ("Statement date", "Transaction month"), ("Order date", "Shipped"),
    ("Bestelldatum", "Lieferdatum"), ("Date de commande", "Date de livraison"), ("Fecha de pedido", "Fecha de envío"),
    ("Data ordine", "Data spedizione"), ("Orderdatum", "Leverdatum"), ("Invoice date", "Payment date"),
)  # fmt: skip
DAY = timedelta(1)


@dataclass(frozen=True)
class TwoDates:
    """``names``: of both columns, the one in use first; ``totals``: by the months of each; ``other``: whether the
    second one says something else.
    """

    text: str
    names: tuple[str, str]
    totals: tuple[dict[str, float], dict[str, float]]
    other: bool


def two_dates(seed: int) -> TwoDates:
    """A list with two dates that differ by up to weeks; every third time the same day or period twice."""
    rng = random.Random(seed)
    dialect, names, other = Dialect.drawn(rng), rng.choice(NAMES), seed % 3 != 2
    by_month = "onth" in names[1] and other
    day, rows = date(rng.randint(2010, 2022), rng.randint(1, 12), rng.randint(1, 28)), []
    totals: tuple[dict[str, float], dict[str, float]] = defaultdict(float), defaultdict(float)
    same = rng.choice((0, 6))
    for _ in range(rng.randint(60, 90)):
        day += rng.choice((2, 3, 4)) * DAY
        for _ in range(rng.choice((1, 2, 3))):
            lag = rng.randint(0, 40) if other else same
            then = day - lag * DAY if "onth" in names[1] else day + lag * DAY
            value = round(rng.uniform(5, 90), 2)
            for total, when in zip(totals, (day, then), strict=True):
                total[f"{when:%Y-%m}"] += value
            rows.append([dialect.day(day), f"{then:%Y-%m}" if by_month else dialect.day(then), dialect.number(value)])
    order = rng.choice(((0, 1, 2), (0, 2, 1)))
    header = [*names, rng.choice(("Amount", "Earnings", "Total"))]
    text = dialect.table([header[i] for i in order], [[row[i] for i in order] for row in rows])
    return TwoDates(text, names, totals, other)
