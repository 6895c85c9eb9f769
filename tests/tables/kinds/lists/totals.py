"""Totals among the rows that they add up, named after them, and one side of an account."""

from __future__ import annotations

import random
from datetime import date

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.lists.days import DAY, start
from tests.tables.kinds.lists.money import by_day
from tests.tables.kinds.sample_file import SampleFile

SITES = ("Site A", "North", "Bergen", "Filiale 12", "Centro", "Lyon")
ITEMS = ("Lunch", "Dinner", "Drinks", "Total Care Cream")  # the last one is no total
NAMES = ("Total {}", "{} Total", "Summe {}", "Total for {}", "Totaal {}", "Totale {}", "{} gesamt", "Suma {}")
Rows = list[list[str]]


def named_totals(rng: random.Random) -> SampleFile:
    """Sites, their items and totals of each site: on each date, at the end of a site, or of each of its years."""
    dialect = Dialect.drawn(rng)
    items = rng.sample(ITEMS, rng.randint(2, 3)) if rng.random() < 0.5 else [""]
    sites, name = rng.sample(SITES, rng.randint(2, 4)), rng.choice(NAMES)
    first = date(rng.randint(2008, 2019), 1, 1)
    months = [date(first.year + n // 12, n % 12 + 1, 1) for n in range(rng.choice((24, 36)))]
    each = rng.choice(("date", "end", "year")) if items != [""] else rng.choice(("end", "year"))
    series: dict[str, tuple[str, list[float]]] = {}
    rows: Rows = []
    for site in sites:
        values = {item: [round(rng.uniform(100, 900), 2) for _ in months] for item in items}
        total = 0.0
        for n, month in enumerate(months):
            here = sum(values[item][n] for item in items)
            rows += [[site, dialect.day(month), item, dialect.number(values[item][n])] for item in items]
            total = round(total + here, 2)
            if each == "date":
                rows.append([name.format(site), dialect.day(month), "", dialect.number(here)])
            if each == "year" and month.month == 12:
                rows.append([f"{name.format(site)} {month.year}", dialect.day(month), "", dialect.number(total)])
                total = 0.0
        if each == "end":
            rows.append([name.format(site), "", "", dialect.number(total)])
        if each == "end" and rng.random() < 0.5:
            rows.append([""] * 4)
        for item in items:
            series[f"{site} · {item}" if item else site] = (first.isoformat(), values[item])
    if each != "date" and rng.random() < 0.4:
        rows.append(["Grand total", "", "", dialect.number(sum(sum(v) for _, v in series.values()))])
    header = ["Site", "Month", "Item", "Sales"]
    kept = [n for n in range(4) if n != 2 or items != [""]]
    text = dialect.table([header[n] for n in kept], [[row[n] for n in kept] for row in rows])
    return SampleFile(f"{each} {name} {items} {dialect}", text.encode(), "monthly", series)


OF_DATES = (
    "Summe {}",
    "Total {}",
    "{} Total",
    "Total for {}:",
    "Tagessumme {}",
    "Gesamt: {}",
    "Ø {}",
    "Grand Total {}",
    "Totale {}",
    "Razem {}",
    "Suma {}",
    "Somme {}",
)


def totals_of_dates(rng: random.Random) -> SampleFile:
    """Hours or shops of each day, often with the date in the first row of a day only, and a line with the day's sum."""
    dialect, name, blank = Dialect.drawn(rng), rng.choice(OF_DATES), rng.random() < 0.6
    hourly = rng.random() < 0.5
    parts = [f"{hour:02d}:00" for hour in range(24)] if hourly else rng.sample(SITES, rng.randint(2, 3))
    first, days = date(rng.randint(2008, 2022), rng.randint(1, 12), rng.randint(1, 28)), rng.randint(25, 45)
    values = {part: [float(rng.randint(20, 90)) for _ in range(days)] for part in parts}
    rows: Rows = []
    for n in range(days):
        day = dialect.day(first + n * DAY)
        here = [values[part][n] for part in parts]
        rows += [
            ["" if blank and k else day, part, dialect.number(value)]
            for k, (part, value) in enumerate(zip(parts, here, strict=True))
        ]
        total = sum(here) / len(here) if name.startswith("Ø") else sum(here)
        rows.append([name.format(day), "", dialect.number(round(total, 2))])
        if rng.random() < 0.05:
            rows.append([""] * 3)
    header = ["Date", "Time" if hourly else "Site", "Calls"]
    series = {part: (first.isoformat(), numbers) for part, numbers in values.items()}
    if hourly:
        series = {"Calls": (f"{first}T00:00:00", [values[part][n] for n in range(days) for part in parts])}
    text = dialect.table(header, rows)
    return SampleFile(f"{name} {blank=} {dialect}", text.encode(), "hourly" if hourly else "daily", series)


def one_side_of_accounts(rng: random.Random) -> SampleFile:
    """Single amounts that went out of two accounts, next to an empty column for what came in."""
    dialect = Dialect.drawn(rng)
    names = rng.choice(
        (("Debit", "Credit"), ("Soll", "Haben"), ("Paid out", "Paid in"), ("Debe", "Haber"), ("Af", "Bij"))
    )
    when, moved, rows = start(rng), {}, []
    accounts = rng.sample(("Cash", "Bank", "Card", "Savings"), 2)
    for n in range(rng.randint(60, 130)):
        when += DAY
        for account in accounts:
            if rng.random() < 0.5 or (n < 8 and account == accounts[n % 2]):
                value = round(rng.uniform(2, 190), 2)
                moved.setdefault(account, []).append((when, value))
                rows.append([dialect.day(when), account, dialect.number(value), ""])
    text = dialect.table(["Date", "Account", *names], rows)
    last = max(day for amounts in moved.values() for day, _ in amounts)  # nothing was paid after the last row of one
    series = {account: by_day([*amounts, (last, 0.0)]) for account, amounts in moved.items()}
    return SampleFile(f"{names} {dialect}", text.encode(), "daily", series)


def article_numbers(rng: random.Random) -> SampleFile:
    """Numbers of articles in no order, a date and an amount, without a heading; or takings in the place of these."""
    dialect = Dialect.drawn(rng)
    digits, near_miss, text = rng.randint(4, 6), rng.random() < 0.25, rng.random() < 0.4
    when, rows, moved = start(rng), [], []
    articles = rng.sample(range(10 ** (digits - 1), 10**digits), 400)
    for _ in range(rng.randint(30, 70)):
        when += DAY
        for _ in range(1 if near_miss else rng.randint(1, 4)):
            value = round(rng.uniform(2, 190), 2)
            first = value if near_miss else articles.pop()
            cells = [dialect.number(first) if near_miss else f"{first}", dialect.day(when)]

            cells += [f"Customer {len(rows)}"] if text else []
            rows.append([*cells, dialect.number(value) if not near_miss else f"{rng.randint(1, 9)}"])
            moved.append((when, value))
    last = "D" if text else "C"
    series = {"Column A" if near_miss else f"Column {last}": by_day(moved)}
    if near_miss:
        series[f"Column {last}"] = by_day([(day, float(row[-1])) for (day, _), row in zip(moved, rows, strict=True)])
    return SampleFile(f"{digits} {text} {dialect}", dialect.table(rows[0], rows[1:]).encode(), "daily", series)


GROUPS = (
    ("Rooms sold", "Total rooms sold", ("Main building", "Annex", "Lodge")),
    ("présents", "Total présents", ("6e A", "6e B", "5e A", "5e B")),
    ("Gäste", "Gäste gesamt", ("Saal", "Terrasse", "Bar")),
)


def totals_of_some_columns(rng: random.Random) -> SampleFile:
    """A total of some columns: directly before or after it, or apart from one another and called alike."""
    dialect, (kind, total, names) = Dialect.drawn(rng), rng.choice(GROUPS)
    names, days, first = names[: rng.randint(2, len(names))], rng.randint(60, 120), start(rng)
    parts = {f"{name} {kind}": [float(rng.randint(3, 60)) for _ in range(days)] for name in names}
    sums = [sum(values) for values in zip(*parts.values(), strict=True)]
    prices = {f"{name} {rng.choice(('EUR', 'Price'))}": [rng.uniform(9, 99) for _ in range(days)] for name in names}
    others = {"Weather index": [round(rng.uniform(1, 9), 2) for _ in range(days)]}
    where = rng.choice(("after", "before", "alike"))
    if where == "alike":
        beside = {name: [round(v, 2) for v in values] for name, values in prices.items()}
        pairs = zip(parts.items(), beside.items(), strict=True)
        columns = {name: values for pair in pairs for name, values in pair} | {total: sums} | others
    elif where == "after":
        columns = (others if rng.random() < 0.5 else {}) | parts | {total: sums} | {"Rate": others["Weather index"]}
    else:
        columns = {total: sums} | parts | others
    cells = [[dialect.number(value) for value in values] for values in columns.values()]
    rows = [[dialect.day(first + n * DAY), *row] for n, row in enumerate(zip(*cells, strict=True))]
    series = {name: (first.isoformat(), values) for name, values in columns.items() if name != total}
    text = dialect.table(["Date", *columns], rows)
    return SampleFile(f"{where} {kind} {len(names)} {dialect}", text.encode(), "daily", series)
