"""Months or quarters across, with a column of the whole year or quarter after its parts."""

from __future__ import annotations

import random

from tests.tables.kinds.dates.no_year import ITEMS, SHORT
from tests.tables.kinds.dates.split import file, values
from tests.tables.kinds.sample_file import SampleFile

YEARS = ("FY {}", "FY{}", "{}", "Total {}", "{} Total", "Year {}")


def longer_periods_across(rng: random.Random) -> SampleFile:
    """A row for each thing; columns of years, and of quarters among months, hold the sum of those before them."""
    quarterly, with_quarters = rng.random() < 0.4, rng.random() < 0.4
    first, years, name = rng.randint(2005, 2020), rng.choice((2, 3)), rng.choice(YEARS)
    years += 1 if quarterly else 0
    items = rng.sample(ITEMS, rng.randint(2, 4))
    parts = 4 if quarterly else 12
    numbers = {item: values(rng, parts * years) for item in items}
    heads: list[str] = []
    columns: list[list[float]] = []
    for year in range(years):
        for part in range(parts):
            heads.append(f"Q{part + 1} {first + year}" if quarterly else f"{SHORT.split()[part]} {first + year}")
            columns.append([numbers[item][year * parts + part] for item in items])
            if with_quarters and not quarterly and part % 3 == 2:
                heads.append(f"Q{part // 3 + 1} {first + year}")
                columns.append([round(sum(column[n] for column in columns[-3:]), 2) for n in range(len(items))])
        heads.append(name.format(first + year))
        of_year = [numbers[item][year * parts : (year + 1) * parts] for item in items]
        columns.append([round(sum(part), 2) for part in of_year])
    series = {item: (f"{first}-01-01", numbers[item]) for item in items}
    frequency = "quarterly" if quarterly else "monthly"
    label = f"{name} {quarterly=} {with_quarters=}"
    return file(rng, label, ["Item", *heads], [items, *columns], frequency=frequency, series=series)


SLOVENIAN = "jan feb mar apr maj jun jul avg sep okt nov dec"


def averages_of_months(rng: random.Random) -> SampleFile:
    """An average called "Avg" next to months, which is August in Slovenian: down, across, or below a year each."""
    layout = rng.choice(("rows", "two columns", "years down", "things down", "years across", "Slovenian"))
    words = (SLOVENIAN if layout == "Slovenian" else SHORT).split()
    first, years, average = rng.randint(2005, 2020), rng.choice((2, 3)), rng.choice(("Avg", "AVG", "Avg."))
    numbers = values(rng, 12 * years)
    by_year = [numbers[12 * n : 12 * n + 12] for n in range(years)]
    means = [round(sum(year) / 12, 2) for year in by_year]
    name = "Sold"
    header, rows = ["Month", name], []
    for n, year in enumerate(by_year):
        if layout in ("rows", "Slovenian"):
            rows += [[f"{word} {first + n}", value] for word, value in zip(words, year, strict=True)]
            rows += [[f"{average} {first + n}", means[n]]] if layout == "rows" else []
        elif layout == "two columns":
            header = ["Year", "Month", name]
            rows += [[first + n, word, value] for word, value in zip(words, year, strict=True)]
            rows.append([first + n, average, means[n]])
        elif layout == "years down":
            header, name = ["Year", *words, average], "Value"
            rows.append([first + n, *year, means[n]])
        elif layout == "things down":
            header = ["Item", *(f"{word} {first}" for word in words), average]
            rows.append([ITEMS[n], *year, means[n]])
    if layout == "years across":
        header, name = ["Month", *(str(first + n) for n in range(years))], "Value"
        rows = [[word, *(year[m] for year in by_year)] for m, word in enumerate(words)]
        rows.append([average, *means])
    series = {name: (f"{first}-01-01", numbers)}
    if layout == "things down":
        series = {ITEMS[n]: (f"{first}-01-01", year) for n, year in enumerate(by_year)}
    columns = [list(column) for column in zip(*rows, strict=True)]
    return file(rng, f"{layout} {average} {years}", header, columns, frequency="monthly", series=series)
