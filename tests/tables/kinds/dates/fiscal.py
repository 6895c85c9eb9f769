"""Fiscal years with their quarters and months, as ledgers and public bodies write them."""

from __future__ import annotations

import random

from tests.tables.kinds.dates.split import MONTHS as MONTHS_IN_WORDS
from tests.tables.kinds.dates.split import file, measured, values, wanted
from tests.tables.kinds.sample_file import SampleFile

ASKED = "fiscal_start"
NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
QUARTERS = (
    "{y}/{n2} Q{q}", "Q{q} {y}/{n2}", "{y}-{n2} Q{q}", "FY{y}-{n2} Q{q}", "FY{y2}/{n2} Q{q}", "{y}/{n} Q{q}",
    "FY{y2} Q{q}", "Q{q} FY{y}", "FY{y}Q{q}", "FY {y} Q{q}", "FY{y2}-Q{q}", "{q}Q FY{y2}", "Q{q} {y2}/{n2}",
)  # fmt: skip
MONTHS = (
    "{y}/{n2} P{p:02d}",
    "P{p:02d} {y}/{n2}",
    "FY{y2} P{p}",
    "FY{y} M{p:02d}",
    "FY{y}-{n2} P{p:02d}",
    "FY{y} Period {p}",
)
YEARS = ("{y}/{n2}", "{y}-{n2}", "FY{y}", "FY{y2}", "FY {y}-{n2}", "FY{y2}/{n2}")


def name(form: str, year: int, quarter: int = 1, period: int = 1) -> str:
    """A period; ``year``: the (first) year in its name."""
    return form.format(y=year, y2=f"{year % 100:02d}", n=year + 1, n2=f"{(year + 1) % 100:02d}", q=quarter, p=period)


def start_of(rng: random.Random, form: str) -> int:
    """Months from January of the year in the name to the beginning of the year: as in Britain, Australia, America."""
    return rng.choice((3, 3, 6, 9) if "{n" in form else (0, -9, -6, -3, 3))


def day(months: int) -> str:
    return f"{months // 12:04d}-{months % 12 + 1:02d}-01"


def fiscal_periods(rng: random.Random) -> SampleFile:
    """Quarters, months or whole fiscal years in one column."""
    parts = rng.choice((4, 4, 12, 1))
    form = rng.choice({4: QUARTERS, 12: MONTHS, 1: YEARS}[parts])
    year, count = rng.randint(2001, 2012), rng.randint(16, 34) if parts < 12 else rng.randint(24, 60)
    skipped = rng.randint(0, parts - 1)  # of the first year
    places = range(skipped, skipped + count)
    cells = [name(form, year + n // parts, n % parts + 1, n % parts + 1) for n in places]
    start = start_of(rng, form) if parts > 1 else 0
    names, numbers = measured(rng, count)
    frequency = {4: "quarterly", 12: "monthly", 1: "yearly"}[parts]
    series = wanted(names, numbers, day(year * 12 + start + skipped * (12 // parts)), frequency)
    columns = [cells, *numbers]
    if rng.random() < 0.2:
        columns = [column[::-1] for column in columns]
    return file(rng, form, ["Period", *names], columns, asked=ASKED if parts > 1 else None, **series)


def fiscal_columns(rng: random.Random) -> SampleFile:
    """A fiscal year next to its quarter, its period, or the month of the calendar."""
    kind = rng.choice(("quarter", "period", "month"))
    form = rng.choice((*YEARS, "{y}"))
    heading = rng.choice(("Fiscal Year", "Financial Year", "FY", "Fiscal_Year"))
    start = start_of(rng, form)
    parts = 4 if kind == "quarter" else 12
    year, count = rng.randint(2001, 2012), rng.randint(24, 60)
    years = [name(form, year + n // parts) for n in range(count)]
    if kind == "quarter":
        cells = [rng.choice(("Q{}", "{}")).format(n % 4 + 1) for n in range(count)]
        style = rng.choice(("Q{}", "{}"))
        cells = [style.format(n % 4 + 1) for n in range(count)]
    elif kind == "period":
        style = rng.choice(("P{:02d}", "{}", "Period {}"))
        cells = [style.format(n % 12 + 1) for n in range(count)]
    else:
        cells = [NAMES[(start + n) % 12] for n in range(count)]
    part = {"quarter": "Quarter", "period": "Fiscal Period", "month": "Month"}[kind]
    said = kind != "month" and "{n" in form and rng.random() < 0.3
    if said:
        heading += f" ({NAMES[start % 12]} to {NAMES[(start - 1) % 12]})"
    known = said or (kind == "month" and ("{n" in form or start % 12 == 0))
    names, numbers = measured(rng, count)
    series = wanted(names, numbers, day(year * 12 + start), "quarterly" if kind == "quarter" else "monthly")
    header = [heading, part, *names]
    columns = [years, cells, *numbers]
    return file(rng, f"{form} {kind} {start}", header, columns, asked=None if known else ASKED, **series)


def fiscal_years_down(rng: random.Random) -> SampleFile:
    """One row for each fiscal year with its months or quarters across."""
    form = rng.choice(("{y}/{n2}", "{y}-{n2}", "FY{y}-{n2}", "{y}/{n}"))
    year, count = rng.randint(2001, 2012), rng.randint(6, 12)
    quarters = rng.random() < 0.4
    start = rng.choice((3, 3, 6, 9))
    parts = 4 if quarters else 12
    heads = [f"Q{n + 1}" for n in range(4)] if quarters else [NAMES[(start + n) % 12] for n in range(12)]
    numbers = values(rng, parts * count)
    cells = [name(form, year + n) for n in range(count)]
    columns = [numbers[n::parts] for n in range(parts)]
    series = wanted(["Value"], [numbers], day(year * 12 + start), "quarterly" if quarters else "monthly")
    header = [rng.choice(("Financial year", "FY", "Year")), *heads]
    return file(rng, f"{form} {heads[0]}", header, [cells, *columns], asked=ASKED if quarters else None, **series)


def months_of_years(rng: random.Random) -> SampleFile:
    """Months of fiscal years, or of the calendar, across the columns or down the rows, of one or more places."""
    form = rng.choice((*YEARS, "{y}", "{y}"))
    year, count = rng.randint(2001, 2012), rng.randint(4, 9)
    start = rng.choice((0, 0, 3, 6, 9)) if form == "{y}" else start_of(rng, form)
    if form == "{y}" and start:
        start = rng.choice((start, start - 12))
    language = rng.choice(list(MONTHS_IN_WORDS))
    words = MONTHS_IN_WORDS[language].split() if rng.random() < 0.6 else NAMES
    in_order = rng.random() < 0.8 or form == "{y}"
    first = start % 12 if in_order else 0
    heads = [words[(first + n) % 12] for n in range(12)]
    known = "{n" in form if first else form == "{y}"
    cells = [name(form, year + n) for n in range(count)]
    across = rng.random() < 0.5
    places = rng.sample(("Nord", "Mitte", "Hafen", "Site 7"), rng.choice((2, 3))) if rng.random() < 0.4 else ["Value"]
    series, rows = {}, []
    for place in places:
        numbers = values(rng, 12 * count)
        series[place] = (day(year * 12 + start), numbers)
        # Columns in the order of the calendar begin in the middle of a fiscal year.
        table = [[numbers[12 * n + (first + m - start) % 12] for m in range(12)] for n in range(count)]
        table = table if across else [list(column) for column in zip(*table, strict=True)]
        key = [place] if len(places) > 1 else []
        rows += [[*key, head, *row] for head, row in zip(cells if across else heads, table, strict=True)]
    down = rng.choice(("Year", "Financial year", "FY")) if across else "Month"
    header = [*(["Site"] if len(places) > 1 else []), down, *(heads if across else cells)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    asked = None if known else ASKED
    label = f"{form} {start} {heads[0]} {'across' if across else 'down'}"
    return file(rng, label, header, columns, asked=asked, frequency="monthly", series=series)
