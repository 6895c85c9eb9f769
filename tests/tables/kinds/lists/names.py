"""Names with dots that lead to the figures, with numbers in front, or below a banner that is about all of them."""

from __future__ import annotations

import random
from datetime import date

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.lists.days import DAY, start
from tests.tables.kinds.sample_file import SampleFile

ITEMS = ("Bread", "Milk", "Grüner Tee", "Café", "North", "Lyon Centre", "Wages", "Queso", "Panini", "Rent")
NEAR_MISSES = ("Milk Ltd.", "Corp. Inc.", "3M", "7-Up", "Nr. 5", "U.S.A.")
BANNERS = ("Currency: EUR", "Native Retail Currency", "All figures in pieces", "Report: Country", "Stand: 2024-05")


def _written(rng: random.Random, names: list[str]) -> list[str]:
    """The names as a printed table has them."""
    leader = rng.choice((" . . . . .", " ........", "…………", "....", " . . . ."))
    counter = rng.choice(("{n}. {name}", "({n}) {name}", "{n}) {name}", "{name}"))
    led = rng.random() < 0.6
    counted = [counter.format(n=n + 1, name=name) for n, name in enumerate(names)]
    return [f"{name}{leader}" if led else name for name in counted]


def led_and_counted(rng: random.Random) -> SampleFile:
    """Names with leaders, counters or both, below one another; some that only look like it."""
    dialect, near_miss = Dialect.drawn(rng), rng.random() < 0.25
    names = rng.sample(NEAR_MISSES if near_miss else ITEMS, rng.randint(2, 4))
    written = names if near_miss else _written(rng, names)
    first, count = start(rng), rng.randint(20, 40)
    values = {name: [round(rng.uniform(20, 90), 2) for _ in range(count)] for name in names}
    rows = [
        [dialect.day(first + n * DAY), shown, dialect.number(values[name][n])]
        for n in range(count)
        for name, shown in zip(names, written, strict=True)
    ]
    text = dialect.table(["Day", "Item", "Sold"], rows)
    return SampleFile(f"{written}", text.encode(), "daily", {n: (first.isoformat(), v) for n, v in values.items()})


def below_banners(rng: random.Random) -> SampleFile:
    """Names of columns below a banner that is in the first cell, in all, or above only the first of them."""
    dialect, names = Dialect.drawn(rng), rng.sample(ITEMS, rng.randint(2, 4))
    months = [date(2012 + n // 12, n % 12 + 1, 1) for n in range(rng.randint(24, 40))]
    values = {name: [round(rng.uniform(20, 90), 2) for _ in months] for name in names}
    banner = rng.choice(BANNERS)
    place = rng.choice(("first", "all", "label"))
    above = {
        "first": [banner, *[""] * len(names)],
        "all": [banner] * (len(names) + 1),
        "label": ["Currency:", *["EUR"] * len(names)],
    }[place]
    rows = [[dialect.day(m), *(dialect.number(values[name][n]) for name in names)] for n, m in enumerate(months)]
    text = dialect.table(above, [["Month", *names], *rows])
    series = {name: (months[0].isoformat(), value) for name, value in values.items()}
    return SampleFile(f"{place} {banner} {names}", text.encode(), "monthly", series)


def blocks_across(rng: random.Random) -> SampleFile:
    """Months across, products down, and the region only in the first row of its products; with totals or without."""
    dialect, products = Dialect.drawn(rng), rng.sample(ITEMS, rng.randint(2, 4))
    regions = rng.sample(("North", "South", "Ost", "Île", "Zona B"), rng.randint(2, 4))
    first, count = rng.randint(2008, 2020), rng.randint(9, 24)
    months = [date(first + n // 12, n % 12 + 1, 1) for n in range(count)]
    total, at_end = rng.choice(("", "{} Total", "Total {}")), rng.random() < 0.4
    blank = total != "" and rng.random() < 0.5
    rows: list[list[str]] = []
    series: dict[str, tuple[str, list[float]]] = {}
    for region in regions:
        sums = [0.0] * count
        for n, product in enumerate(products):
            values = [round(rng.uniform(10, 90), 2) for _ in months]
            sums = [round(a + b, 2) for a, b in zip(sums, values, strict=True)]
            series[f"{region} · {product}"] = (months[0].isoformat(), values)
            rows.append([region if n == 0 else "", product, *map(dialect.number, values)])
        if total:
            rows.append([total.format(region), "", *map(dialect.number, sums)])
        rows += [[""] * (count + 2)] if blank else []
    if at_end:
        sums = [sum(values[n] for _, values in series.values()) for n in range(count)]
        rows.append(["Total", "", *map(dialect.number, sums)])
    style = rng.choice(("%Y-%m", "%b-%y"))
    header = [rng.choice(("Region", "Gebiet", "Zone")), rng.choice(("Product", "Artikel", "Item"))]
    text = dialect.table([*header, *(f"{month:{style}}" for month in months)], rows)
    return SampleFile(f"{total} {blank} {at_end} {dialect}", text.encode(), "monthly", series)


COUNTRIES = ("Germany", "Austria", "Italy", "Spain", "Poland", "France", "Norway", "Japan")


def lists_beside(rng: random.Random) -> SampleFile:
    """A short list without dates to the right of the table, after a blank column, under one row of headings or two."""
    dialect, days, first = Dialect.drawn(rng), rng.randint(40, 120), start(rng)
    names, two = ("Sold", "Booked", "Revenue")[: rng.randint(1, 3)], rng.random() < 0.5
    values = {name: [round(rng.uniform(10, 900), 2) for _ in range(days)] for name in names}
    shown = [[thing, str(rng.randint(10, 9000))] for thing in COUNTRIES[: rng.randint(3, 8)]]
    table = [["Date", *names, "", "Country", "Guests"]]
    if two:
        table = [["Date", *["Hotel"] * len(names), "", "Country", "Guests"], ["", *names, "", *shown.pop(0)]]
    for n in range(days):
        row = [dialect.day(first + n * DAY), *(dialect.number(values[name][n]) for name in names), ""]
        table.append([*row, *(shown[n] if n < len(shown) else ("", ""))])
    text = dialect.table(table[0], table[1:])
    wanted = {f"Hotel {name}" if two else name: (first.isoformat(), values[name]) for name in names}
    return SampleFile(f"{two} {len(names)} {dialect}", text.encode(), "daily", wanted)
