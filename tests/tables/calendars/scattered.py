"""Ledgers in which most dates have one row, and measurements at such dates; readings at set hours and visits."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.tables.calendars.export import Dialect, heading

DAY = timedelta(1)
LEVELS = ("Temperature", "Weight", "Gewicht", "Pegelstand", "Vandstand", "Luftdruck", "Humidity", "Hladina")
FLOWS = ("Visitors", "Sales", "Besucher", "Orders", "Ventas")
TEXTS = ("card payment", "coffee", "rent", "fuel", "shop 4711", "pharmacy", "book", "shoes", "lunch", "taxi")


@dataclass(frozen=True)
class ScatteredFile:
    """``total``: of all numbers; ``zeros``: whether days without a row had nothing."""

    text: str
    total: float
    zeros: bool


def _days(rng: random.Random, several: bool) -> list[date]:
    day, days = date(2022, 1, 3) + rng.randrange(300) * DAY, []
    gaps = [0, 1, 1, 2, 3, 5] if several else [1, 1, 2, 3, 5]
    for _ in range(rng.randint(80, 200)):
        day += rng.choice(gaps) * DAY
        days.append(day)
    return days


def ledger(seed: int) -> ScatteredFile:
    """Amounts, on some days several, with or without a text."""
    rng = random.Random(seed)
    dialect, days = Dialect.drawn(rng), _days(rng, seed % 2 == 0)
    amounts = [round(rng.uniform(3, 300), 2) for _ in days]
    described = rng.random() < 0.5
    names = [heading(rng, "date"), *(["Description"] if described else []), heading(rng, "amount")]
    rows = [
        [dialect.day(day), *([f"{rng.choice(TEXTS)} {rng.randint(1, 99)}"] if described else []), dialect.number(v)]
        for day, v in zip(days, amounts, strict=True)
    ]
    return ScatteredFile(dialect.table(names, rows), sum(amounts), True)


def measurements(seed: int) -> ScatteredFile:
    """A near miss: a level, measured now and then, on some days twice."""
    rng = random.Random(seed)
    dialect, days = Dialect.drawn(rng), _days(rng, seed % 2 == 0)
    values = [round(rng.uniform(70, 84), 1) for _ in days]
    rows = [[dialect.day(day), dialect.number(value)] for day, value in zip(days, values, strict=True)]
    return ScatteredFile(dialect.table([heading(rng, "date"), rng.choice(LEVELS)], rows), sum(values), False)


def at_set_hours(seed: int) -> tuple[str, bool]:
    """A file with values at some hours of each day, or not on Sundays; and whether it is of a level."""
    rng = random.Random(seed)
    dialect, level = Dialect.drawn(rng), seed % 2 == 0
    hours = rng.choice([range(7, 20), range(8, 18), (7, 13, 19), range(6, 23)])
    first = datetime(2024, 1, 1) + rng.randrange(300) * DAY
    rows = [
        [dialect.moment(first + n * DAY + timedelta(hours=hour)), dialect.number(rng.uniform(70, 84))]
        for n in range(60)
        for hour in hours
    ]
    return dialect.table([heading(rng, "time"), rng.choice(LEVELS if level else FLOWS)], rows), level
