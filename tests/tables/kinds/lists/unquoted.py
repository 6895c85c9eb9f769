"""Commas within cells that have no quotation marks: in thousands, in names of people, in notes."""

from __future__ import annotations

import random

from tests.tables.kinds.lists.days import DAY, start
from tests.tables.kinds.sample_file import SampleFile

NAMES = ("Smith, J", "Lee", "Müller, K", "Ann Roe", "Diaz, M", "Bo")
NOTES = ("ok", "rain", "snow, closed at 3", "sale, with flyers", "two, three late", "")


def unquoted_commas(rng: random.Random) -> SampleFile:
    """A table between commas, in which some rows have cells with a comma of one kind."""
    kind = rng.choice(("thousands", "names", "notes", "remarks"))
    first, count = start(rng), rng.randint(30, 60)
    people = [*rng.sample(NAMES, 2), "Kim"] if kind == "names" else [""]
    level = rng.choice((990, 1400)) if kind == "thousands" else 80
    series: dict[str, tuple[str, list[float]]] = {}
    cells: dict[str, list[str]] = {}
    for person in people:
        values = [float(rng.randint(level - 60, level + 60)) for _ in range(count)]
        values[:12] = [float(rng.randint(70, 139)) for _ in range(12)]
        series[person or "Sales"] = (first.isoformat(), values)
        cells[person] = [f"{value:,.0f}" if kind == "thousands" else f"{value:.0f}" for value in values]
    rows = []
    for n in range(count):
        for person in people:
            row = [str(first + n * DAY), *([person] if person else []), cells[person][n]]
            row += [rng.choice(NOTES)] if kind == "notes" else []
            row += ["revised"] if kind == "remarks" and n % 9 == 4 else []  # a near miss: a cell without a name
            rows.append(",".join(row))
    header = ["Date", *(["Name"] if people != [""] else []), "Sales", *(["Note"] if kind == "notes" else [])]
    text = "\n".join([",".join(header), *rows]) + "\n"
    return SampleFile(f"{kind} {people}", text.encode(), "daily", series)
