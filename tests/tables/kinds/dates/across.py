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
