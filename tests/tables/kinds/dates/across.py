"""Dates next to what is about several of them: columns of whole years, averages of months, and halves of days."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

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


def half_days(rng: random.Random) -> SampleFile:
    """Times or hours up to 12, next to a column of AM and PM."""
    step = rng.choice((1, 1, 3, 6))
    first = datetime(2023, rng.randint(1, 12), 3)
    times = [first + timedelta(hours=step) * n for n in range(rng.randint(60, 120))]
    hours = [t.hour % 12 or 12 for t in times]
    numbers = values(rng, len(times))
    only_hours = rng.random() < 0.4
    pm = rng.choice((("AM", "PM"), ("am", "pm"), ("a.m.", "p.m.")))
    halves = [pm[t.hour >= 12] for t in times]
    clock = hours if only_hours else [f"{hour}:00" for hour in hours]
    header = ["Date", "Hour" if only_hours else "Time", rng.choice(("AM/PM", "Period", "ampm")), "Load"]
    columns = [[f"{t:%Y-%m-%d}" for t in times], clock, halves, numbers]
    if rng.random() < 0.3:  # AM and PM before the time
        header[1:3], columns[1:3] = header[2:0:-1], columns[2:0:-1]
    frequency = "hourly" if step == 1 else f"every {step} hours"
    series = {"Load": (times[0].isoformat(), numbers)}
    return file(rng, f"{header} {pm} {step}", header, columns, frequency=frequency, series=series)
