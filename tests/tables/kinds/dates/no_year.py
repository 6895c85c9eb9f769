"""Months and days whose headings or cells name no year, which is in the title, in a corner, or nowhere."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from tests.tables.kinds.dates.split import MONTHS, WEEKDAYS, file, values
from tests.tables.kinds.sample_file import SampleFile

SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
ITEMS = ("Water", "Power", "Gas", "Rent", "Phones", "Paper")


def latest_year(days: list[date]) -> int:
    """The latest first year in which these days have the weekdays that they have, none of them after today."""
    for year in range(date.today().year, 1900, -1):
        try:
            moved = [d.replace(year=year + d.year - days[0].year) for d in days]
        except ValueError:  # no 29 February
            continue
        if max(moved) <= date.today() and all(a.weekday() == b.weekday() for a, b in zip(days, moved, strict=True)):
            return year
    raise AssertionError


def numbered(days: list[date]) -> str:
    """The first day in years that are numbered from 1, or so that a 29 February is in a leap year."""
    leap = next((d.year - days[0].year for d in days if (d.month, d.day) == (2, 29)), None)
    first = 1 if leap is None else 1 + (4 - (1 + leap)) % 4
    return f"{first:04d}-{days[0]:%m-%d}"


def months_without_year(rng: random.Random) -> SampleFile:
    """One row for each thing, with the months of one year across."""
    words = (MONTHS[rng.choice(list(MONTHS))] if rng.random() < 0.5 else SHORT).split()
    start, count = rng.choice((0, 0, 3, 6, 9)), rng.choice((12, 12, 9, 5))
    year = rng.randint(1998, 2025)
    heads = [words[(start + n) % 12] for n in range(count)]
    where = rng.choice(("corner", "nowhere"))
    two_years = start > 0 and rng.random() < 0.6
    turns = start + count > 12
    corner = rng.choice(("{}", "Budget {}", "Umsatz {}"))
    named = f"{year}/{(year + 1) % 100:02d}" if two_years else str(year)
    header = [corner.format(named) if where == "corner" else "Item", *heads]
    asked = "fiscal_start" if where == "corner" and turns and not two_years else None
    first = f"{year:04d}-{start + 1:02d}-01" if where == "corner" else f"0001-{start + 1:02d}-01"
    items = rng.sample(ITEMS, rng.randint(2, 4))
    series = {item: (first, values(rng, count)) for item in items}
    columns = [items, *([series[item][1][n] for item in items] for n in range(count))]
    return file(rng, f"{header[:2]} {count}", header, columns, asked=asked, frequency="monthly", series=series)


def days_without_year(rng: random.Random) -> SampleFile:
    """Days without their year, across or down, with or without weekdays."""
    start = date(rng.randint(2001, 2024), rng.randint(1, 12), rng.randint(1, 28))
    days = [start + timedelta(n) for n in range(rng.randint(20, 45))]
    language = rng.choice(("en", "de", "da", "nb", "cs", "tr"))
    week = WEEKDAYS[language].split()
    form: Callable[[date], str] = rng.choice(
        (lambda d: f"{d:%d/%m}", lambda d: f"{d.month}/{d.day}", lambda d: f"{d:%d.%m.}", lambda d: f"{d.day} {d:%b}")
    )
    weekday = rng.choice(("", "before", "after", "beside"))
    cells = [form(d) for d in days]
    if weekday:
        names = [week[d.weekday()] for d in days]
        pairs = zip(names, cells, strict=True)
        if weekday != "beside":
            cells = [f"{n} {c}" if weekday == "before" else f"{c} {n}" for n, c in pairs]
        first = f"{latest_year(days):04d}-{start:%m-%d}"
    else:
        first = numbered(days)
    items = rng.sample(ITEMS, rng.randint(2, 4))
    series = {item: (first, values(rng, len(days))) for item in items}
    label = f"{cells[0]!r} {len(days)}"
    if weekday != "beside" and rng.random() < 0.5:
        rows = [items, *([series[item][1][n] for item in items] for n in range(len(days)))]
        return file(rng, f"{label} across", ["Item", *cells], rows, frequency="daily", series=series)
    header = [rng.choice(("Day", "Datum", "Date")), *items]
    columns = [cells, *(series[item][1] for item in items)]
    if weekday == "beside":
        header, columns = [header[0], "Weekday", *items], [cells, names, *columns[1:]]
    return file(rng, f"{label} down", header, columns, frequency="daily", series=series)


THINGS = ("Tea", "Salt", "24/28", "30/32", "Store 1", "Store 2", "Nord", "Süd", "A-100", "Café")


def months_of_things(rng: random.Random) -> SampleFile:
    """Months without a year that begin again for each thing, which a column, a line above or its first row names."""
    words = (MONTHS[rng.choice(list(MONTHS))] if rng.random() < 0.5 else SHORT).split()
    layout = rng.choice(("things first", "months first", "first row only", "lines above"))
    start, count = rng.choice((0, 0, 3, 6)), rng.choice((12, 12, 24, 9))
    months = [(start + n) % 12 for n in range(count)]
    written = [words[m] if layout == "lines above" or rng.random() < 0.9 else words[m].upper() for m in months]
    if layout != "lines above" and rng.random() < 0.2:
        written = [str(m + 1) for m in months]
    things = rng.sample(THINGS, rng.randint(2, 4))
    first = f"0001-{start + 1:02d}-01"
    series = {thing: (first, values(rng, count)) for thing in things}
    place = [(thing, n) for thing in things for n in range(count)]
    if layout == "months first":
        place = [(thing, n) for n in range(count) for thing in things]
    rows = [[thing, written[n], series[thing][1][n]] for thing, n in place]
    header = [rng.choice(("Product", "Shop", "Article")), "Month", "Sold"]
    if layout == "first row only":
        rows = [[thing if n == 0 else "", *row[1:]] for (thing, n), row in zip(place, rows, strict=True)]
    if layout == "lines above":
        header = header[1:]
        rows = [line for thing, n in place for line in ([[thing, ""]] if n == 0 else []) + [
            [written[n], series[thing][1][n]]
        ]]  # fmt: skip
    columns = [list(column) for column in zip(*rows, strict=True)]
    return file(rng, f"{layout} {written[:2]} {count} {things}", header, columns, frequency="monthly", series=series)


def months_that_go_on(rng: random.Random) -> SampleFile:
    """A near miss: months without a year that go on for two or three years, next to a word for each row or half."""
    count, start = rng.choice((24, 36)), rng.choice((0, 0, 3))
    kind = rng.choice(("weather", "halves", "years"))
    words = {
        "weather": lambda _: rng.choice(("dry", "wet", "mixed")),
        "halves": lambda n: "H1" if (start + n) % 12 < 6 else "H2",
        "years": lambda n: f"Year {n // 12 + 1}",
    }[kind]
    rows = [[SHORT.split()[(start + n) % 12], words(n), v] for n, v in enumerate(values(rng, count))]
    series = {"Sold": (f"0001-{start + 1:02d}-01", [row[2] for row in rows])}
    columns = [list(column) for column in zip(*rows, strict=True)]
    return file(rng, f"{kind} {count}", ["Month", "Kind", "Sold"], columns, frequency="monthly", series=series)


def tables_below_years(rng: random.Random) -> SampleFile:
    """A table of months for each year, below one another, each with the year above its heading."""
    words = (MONTHS[rng.choice(list(MONTHS))] if rng.random() < 0.5 else SHORT).split()
    first, years, items = rng.randint(2001, 2021), rng.choice((2, 3, 4)), rng.sample(ITEMS, rng.randint(1, 3))
    numbers = {item: values(rng, 12 * years) for item in items}
    label, blank, delimiter = rng.choice(("{}", "{}", "Year: {}")), rng.random() < 0.6, rng.choice(",;\t")
    lines: list[list[str]] = []
    for year in range(years):
        lines += [[label.format(first + year)], ["Month", *items]]
        for month, word in enumerate(words):
            lines.append([word, *(f"{numbers[item][12 * year + month]:.2f}" for item in items)])
        lines += [[]] if blank else []
    padded = [[*row, *[""] * (len(items) + 1 - len(row))] for row in lines]
    text = "\n".join(delimiter.join(row) for row in padded) + "\n"
    series = {item: (f"{first}-01-01", numbers[item]) for item in items}
    return SampleFile(f"{label} {years} {blank} {words[0]}", text.encode(), "monthly", series)


def days_of_a_span_above(rng: random.Random) -> SampleFile:
    """Bookings on days without a year, whose year or span of dates a line above the names gives."""
    start = date(rng.randint(2005, 2023), rng.randint(1, 12), rng.randint(1, 28))
    days = [start + timedelta(n) for n in range(rng.randint(40, 300))]
    where = rng.choice(("span", "fiscal year", "export", "year"))
    if where == "year":
        days = [day for day in days if day.year == start.year]
    first, last = days[0] - timedelta(rng.randint(0, 20)), days[-1] + timedelta(rng.randint(0, 20))
    above = {
        "span": f"{rng.choice(('Zeitraum:', 'Period', 'Période :'))} {first:%d.%m.%Y} {rng.choice(('-', 'bis', 'to'))} "
        f"{last:%d.%m.%Y}",
        "fiscal year": f"Export;{first:%Y-%m-%d};{last:%Y-%m-%d};4;1000",
        "export": f'"EXTF";700;21;{last:%Y%m%d}101010000;1001;{start.year}0101;4;{first:%Y%m%d};{last:%Y%m%d};"";0',
        "year": rng.choice(("Bookings {}", "Umsatz {}", "Year: {}")).format(start.year),
    }[where]
    forms: tuple[Callable[[date], str], ...] = (
        lambda d: f"{d:%d%m}", lambda d: f"{d.day}{d:%m}", lambda d: f"{d:%d.%m.}", lambda d: f"{d.day} {d:%b}",
        lambda d: f"{d:%m%d}", lambda d: f"{d:%d/%m}",
    )  # fmt: skip
    form = rng.randrange(len(forms))
    if form in (4, 5) and max(day.day for day in days) <= 12:
        form = 0
    numbers = values(rng, len(days))
    # As in a ledger: in the order of the numbers of the vouchers, and a day may have two.
    rows = [[f"{n:.2f}".replace(".", ","), forms[form](day), "x"] for day, n in zip(days, numbers, strict=True)]
    if rng.random() < 0.5:
        rng.shuffle(rows) if where != "year" else rows.reverse()
    name = rng.choice(("Belegdatum", "Buchungsdatum", "Datum", "Date", "Booking date"))
    lines = [above, f"Betrag;{name};Text", *(";".join(row) for row in rows)]
    label = f"{where} {rows[0][1]} {len(days)}"
    content = ("\n".join(lines) + "\n").encode()
    return SampleFile(label, content, "daily", {"Betrag": (days[0].isoformat(), numbers)})


def days_of_no_span(rng: random.Random) -> SampleFile:
    """A near miss: days that follow one another, below a line with the day of the export or a span they are not in."""
    start = date(rng.randint(2005, 2023), rng.randint(1, 9), rng.randint(1, 28))
    days = [start + timedelta(n) for n in range(rng.randint(40, 90))]
    above = rng.choice(
        (
            f"Export vom {start + timedelta(200):%d.%m.%Y}",
            f"Zeitraum: {start + timedelta(120):%d.%m.%Y} bis {start + timedelta(150):%d.%m.%Y}",
            "Nr. 2024.17",
        )
    )
    numbers = values(rng, len(days))
    rows = [
        f"{day:%d.%m.};{n:.2f}".replace(f"{n:.2f}", f"{n:.2f}".replace(".", ","))
        for day, n in zip(days, numbers, strict=True)
    ]
    content = ("\n".join([above, "Datum;Betrag", *rows]) + "\n").encode()
    return SampleFile(f"{above} {rows[0]}", content, "daily", {"Betrag": (numbered(days), numbers)})
