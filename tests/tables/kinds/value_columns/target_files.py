"""Lists of events with several columns of numbers, of which one is the column to forecast."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.tables.kinds.value_columns.locales import LOCALES, Locale

ITEMS = ("Tea", "Coffee", "Milk", "Bread", "Apple", "Rice", "Soap", "Lamp")


@dataclass(frozen=True)
class TargetFile:
    """``totals``: the sum of the target for each day with a row; ``never``: columns that must not be offered."""

    text: str
    target: str
    totals: dict[date, float]
    also: frozenset[str]
    never: frozenset[str]


@dataclass
class _Row:
    day: date
    item: str
    quantity: int
    price: float
    n: int
    amount: float = 0.0


def _rows(rng: random.Random) -> list[_Row]:
    day, rows = date(rng.randint(2012, 2024), rng.randint(1, 12), rng.randint(1, 28)), []
    prices = {item: round(rng.uniform(0.5, 250), 2) for item in ITEMS}
    number = rng.choice([1, 1000, 530_000, 10_000_001])
    for _ in range(rng.randint(40, 90)):
        day += timedelta(1 if rng.random() < 0.9 else 2)
        for _ in range(rng.choice([1, 2, 3, 3, 4])):
            number += rng.choice([1, 1, 1, 2])
            item = rng.choice(ITEMS[: rng.randint(3, 8)])
            row = _Row(day, item, rng.randint(1, 12), round(prices[item] * rng.choice([1, 1, 1.1, 0.9]), 2), number)
            row.amount = round(row.quantity * row.price, 2)
            rows.append(row)
    return rows


Maker = Callable[[random.Random, Locale, list[_Row]], tuple[dict[str, list[str]], dict[str, str]]]


def _columns(rng: random.Random, locale: Locale, rows: list[_Row]) -> dict[str, list[str]]:
    """The cells of each column that such a list may have, by what it holds."""
    timed = rng.random() < 0.3

    def clock(row: _Row) -> str:
        return f" {8 + row.n * 7 % 11:02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}" if timed else ""

    long_ids = [str(10**17 + rng.randrange(10**16)) for _ in rows]
    return {
        "date": [locale.day(row.day) + clock(row) for row in rows],
        "item": [row.item for row in rows],
        "amount": [locale.number(row.amount) for row in rows],
        "quantity": [str(row.quantity) for row in rows],
        "price": [locale.number(row.price) for row in rows],
        "discount": [str(rng.choice([0, 0, 5, 10, 15])) for _ in rows],
        "tax": [locale.number(row.amount * 0.19) for row in rows],
        "id": [str(row.n) for row in rows],
        "long": long_ids,
        "year": [str(row.day.year) for row in rows],
        "constant": ["400"] * len(rows),
        "running": [str(n + 1) for n in range(len(rows))],
    }


PLAIN = {"long": "uid", "year": "Year", "constant": "Terminal", "running": "#"}
_EXTRAS = ("id", "long", "year", "constant", "running", "discount", "tax", "price", "item")
_NEVER = ("id", "long", "year", "constant", "running")


def target_file(seed: int) -> TargetFile:
    """A list of sales with a target and other columns of numbers, in any order and language."""
    rng = random.Random(seed)
    locale = LOCALES[seed % len(LOCALES)]
    rows = _rows(rng)
    columns = _columns(rng, locale, rows)
    target = "amount" if rng.random() < 0.7 else "quantity"
    used = [target, "date", *rng.sample(_EXTRAS, rng.randint(2, 6))]
    if target == "amount" and rng.random() < 0.7:
        used.append("quantity")
    used = list(dict.fromkeys(used))
    rng.shuffle(used)
    if rng.random() < 0.8:
        used.sort(key=lambda kind: kind != "date")  # most exports begin with the date
    headings = {kind: rng.choice(locale.headings.get(kind, [PLAIN.get(kind, kind)])) for kind in used}
    delimiter = "," if locale.decimal == "." else ";"
    lines = [delimiter.join(headings[kind] for kind in used)]
    lines += [delimiter.join(cells) for cells in zip(*(columns[kind] for kind in used), strict=True)]
    totals: defaultdict[date, float] = defaultdict(float)
    for row in rows:
        totals[row.day] += row.amount if target == "amount" else row.quantity
    also = {headings[kind] for kind in used if kind in ("quantity", "price", "tax") and kind != target}
    never = {headings[kind] for kind in used if kind in _NEVER}
    return TargetFile("\n".join(lines) + "\n", headings[target], dict(totals), frozenset(also), frozenset(never))


SHARES = (
    ("Units Produced", "Scrap", "Scrap %"),
    ("Visits", "Orders", "Conversion rate"),
    ("Stück", "Ausschuss", "Ausschussquote"),
    ("Calls", "Missed", "Share missed"),
    ("Patients", "No-shows", "No-show rate"),
    ("Sessions", "Signups", "CR"),
    ("Visiteurs", "Acheteurs", "Taux"),
)


def share_file(seed: int) -> TargetFile:
    """What was made, what part of it failed and the share of that, of several lines: the first is forecast."""
    rng = random.Random(f"share {seed}")
    names, places = list(rng.choice(SHARES)), rng.choice((6, 8, 17))
    first, totals, rows = date(rng.randint(2015, 2024), rng.randint(1, 12), 1), {}, []
    for n in range(rng.randint(60, 90)):
        day = first + timedelta(n)
        totals[day] = 0.0
        for line in "AB":
            made, part = rng.randint(380, 520), rng.randint(0, 60)
            totals[day] += made
            rows.append((str(day), line, {names[0]: made, names[1]: part, names[2]: round(part / made, places)}))
    order = names[:2]  # both may be counts, of which the first is forecast
    order.insert(rng.randrange(3), names[2])
    text = [",".join(["Date", "Line", *order])]
    text += [",".join([day, line, *(str(cells[name]) for name in order)]) for day, line, cells in rows]
    return TargetFile("\n".join(text) + "\n", names[0], totals, frozenset(names[1:]), frozenset())
