"""Lists of single events as shops, banks, clinics and libraries export them, and lists that only look like it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.tables.calendars.export import Dialect, heading

DAY = timedelta(1)
NUMBERS = {
    "plain": ("Order", "Receipt", "Invoice No", "Beleg", "Rechnungsnummer", "Pedido", "Ticket", "Booking ID", "Bon"),
    "reference": ("Reference", "Order", "Transaction ID", "Referencia"),
}
TEXTS = ("card payment", "coffee", "rent", "fuel", "Lidl 4711", "pharmacy", "book", "shoes", "lunch", "taxi")
MEASURES = ("Temperature", "Temperatur", "Price", "Preis", "Balance", "Stock", "Humidity", "Pegelstand")


@dataclass(frozen=True)
class EventsFile:
    """``values``: by day; ``events``: whether a day without a row had nothing."""

    text: str
    values: dict[datetime, float]
    events: bool
    name: str


def events_file(seed: int) -> EventsFile:
    """One file of the kind."""
    rng = random.Random(seed)
    return KINDS[seed % len(KINDS)](rng)


def _days(rng: random.Random, least: int = 120) -> list[datetime]:
    first = datetime(2023, 1, 2) + rng.randrange(300) * DAY
    return [first + n * DAY for n in range(rng.randint(least, 300))]


def _events(rng: random.Random, days: list[datetime], mean: float) -> Iterator[datetime]:
    """So many events a day on average, at any hour of the day."""
    for day in days:
        count = sum(rng.random() < mean / 20 for _ in range(20))
        yield from sorted(day + timedelta(minutes=rng.randint(8 * 60, 20 * 60)) for _ in range(count))


def _list(rng: random.Random, moments: list[datetime], extra: dict[str, list[str]], clock: bool) -> EventsFile:
    """A list with an amount for each moment, and the ``extra`` columns, in any order."""
    dialect, name = Dialect.drawn(rng), heading(rng, "amount")
    amounts = [round(rng.uniform(3, 90), 2) for _ in moments]
    when = [dialect.moment(moment) if clock else dialect.day(moment) for moment in moments]
    columns = {**extra, name: [dialect.number(amount) for amount in amounts]}
    names = list(columns)
    rng.shuffle(names)
    rows = list(zip(when, *(columns[one] for one in names), strict=True))
    values: dict[datetime, float] = {}
    for moment, amount in zip(moments, amounts, strict=True):
        day = moment.replace(hour=0, minute=0)
        values[day] = values.get(day, 0.0) + amount
    text = dialect.table([heading(rng, "time" if clock else "date"), *names], rows)
    return EventsFile(text, values, True, name)


def numbered(rng: random.Random) -> EventsFile:
    """Orders with a number each."""
    moments = list(_events(rng, _days(rng), rng.choice([0.6, 0.9, 1.5])))
    if rng.random() < 0.5:
        numbers = [str(1000 + n) for n in range(len(moments))]
        name = rng.choice(NUMBERS["plain"])
    else:
        numbers = [f"#R{4000 + 7 * n}" for n in range(len(moments))]
        name = rng.choice(NUMBERS["reference"])
    return _list(rng, moments, {name: numbers}, clock=False)


def crowded(rng: random.Random) -> EventsFile:
    """Several a day, and nothing that numbers them."""
    moments = list(_events(rng, _days(rng), rng.choice([1.2, 2.0])))
    return _list(
        rng, moments, {"Text": [rng.choice(TEXTS) for _ in moments]} if rng.random() < 0.5 else {}, clock=False
    )


def at_any_time(rng: random.Random) -> EventsFile:
    """Sales with their time of day."""
    moments = list(_events(rng, _days(rng), rng.choice([0.8, 1.5])))
    return _list(rng, moments, {"Receipt": [str(1 + n) for n in range(len(moments))]}, clock=True)


def described(rng: random.Random) -> EventsFile:
    """Expenses, at most one a day, each with its text."""
    days = _days(rng)
    moments = sorted(rng.sample(days, int(len(days) * rng.uniform(0.35, 0.6))))
    texts = [f"{rng.choice(TEXTS)} {rng.choice('abcdefgh')}{n % 40}" for n in range(len(moments))]
    return _list(rng, moments, {"Description": texts}, clock=False)


def _readings(rng: random.Random, days: list[datetime], each: int) -> EventsFile:
    """A near miss: measurements, so many on each day."""
    dialect, name = Dialect.drawn(rng), rng.choice(MEASURES)
    pairs = [(day, round(rng.uniform(10, 30), 2)) for day in days for _ in range(each)]
    text = dialect.table([heading(rng, "date"), name], [[dialect.day(d), dialect.number(v)] for d, v in pairs])
    return EventsFile(text, dict.fromkeys(days, 0.0), False, name)


def measured(rng: random.Random) -> EventsFile:
    days = _days(rng)
    return _readings(rng, [day for day in days if rng.random() > 0.2], rng.choice([1, 1, 2]))


def irregularly_measured(rng: random.Random) -> EventsFile:
    """A near miss: readings of a level, as many a day as somebody had time for."""
    dialect, name = Dialect.drawn(rng), rng.choice(MEASURES)
    moments = list(_events(rng, _days(rng), 1.2))
    rows = [[dialect.day(moment), dialect.number(rng.uniform(10, 30))] for moment in moments]
    days = {moment.replace(hour=0, minute=0): 0.0 for moment in moments}
    return EventsFile(dialect.table([heading(rng, "date"), name], rows), days, False, name)


def daily_with_holes(rng: random.Random) -> EventsFile:
    """A near miss: daily sums of which some are missing."""
    dialect, name = Dialect.drawn(rng), heading(rng, "sales")
    days = [day for day in _days(rng) if rng.random() > 0.1]
    rows = [[dialect.day(day), dialect.number(rng.uniform(100, 300))] for day in days]
    return EventsFile(dialect.table([heading(rng, "date"), name], rows), dict.fromkeys(days, 0.0), False, name)


KINDS = (numbered, crowded, at_any_time, described, measured, irregularly_measured, daily_with_holes, numbered)
