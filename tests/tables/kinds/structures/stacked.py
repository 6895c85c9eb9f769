"""Tables below one another: with other headings, under other titles, or going on after a page break."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.tables.kinds.structures.truth import Series, Truth, days_of, draw, walk, write_workbook

Made = tuple[list[list[str]], Series]


def _between(rng: Random) -> list[list[str]]:
    return rng.choice([[[]], [[], []], []])


def other_headings(rng: Random, truth: Truth) -> Made:
    """Each table has names of its own and the same dates, or some of them."""
    rows: list[list[str]] = []
    series: Series = {}
    for n in range(rng.randint(2, 3)):
        part = deepcopy(truth)
        part.rng = rng
        part.columns = {f"{name} {n + 1}": walk(rng, len(truth.days), truth.decimals) for name in truth.columns}
        if n and rng.random() < 0.3:  # begins later
            cut = rng.randint(1, len(truth.days) // 3)
            part.days = part.days[cut:]
            part.columns = {name: values[cut:] for name, values in part.columns.items()}
        title = [[f"Table {n + 1}"]] if rng.random() < 0.3 else []
        rows += [*(_between(rng) if n else []), *title, part.heading(), *part.rows()]
        series |= part.series()
    return rows, series


def other_titles(rng: Random, truth: Truth) -> Made:
    """The same names under other titles."""
    rows: list[list[str]] = []
    series: Series = {}
    for n, title in enumerate(rng.sample(["North", "South", "Lyon", "Graz", "Online"], rng.randint(2, 3))):
        part = deepcopy(truth)
        part.rng = rng
        part.columns = {name: walk(rng, len(truth.days), truth.decimals) for name in truth.columns}
        rows += [*(_between(rng) if n else []), [title], part.heading(), *part.rows()]
        series |= {f"{title} {name}": values for name, values in part.series().items()}
    return rows, series


def page_breaks(rng: Random, truth: Truth) -> Made:
    """The same heading again, with later dates: one table."""
    rows, data = [truth.heading()], truth.rows()
    size = rng.randint(5, 12)
    for n in range(0, len(data), size):
        if n:
            rows += [*_between(rng), *([["Page", f"{n}"]] if rng.random() < 0.2 else []), truth.heading()]
        rows += data[n : n + size]
    return rows, truth.series()


def goes_on_with_more(rng: Random, truth: Truth) -> Made:
    """A second table with other names and later dates."""
    later = deepcopy(truth)
    later.rng = rng
    step = truth.days[1] - truth.days[0]
    count = len(truth.days)
    start = truth.days[-1] + step
    later.days = (
        [day.replace(year=day.year + (count + 11) // 12) for day in truth.days]
        if truth.frequency == "monthly"
        else [start + timedelta(step.days * n) for n in range(count)]
    )
    later.columns = {f"{name} new": walk(rng, count, truth.decimals) for name in truth.columns}
    rows = [truth.heading(), *truth.rows(), *_between(rng), later.heading(), *later.rows()]
    return rows, truth.series() | later.series()


def near_misses(rng: Random, truth: Truth) -> Made:
    """Notes, words and lone lines between rows, which are no tables."""
    rows = [truth.heading(), *truth.rows()]
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(3, len(rows) - 1)
        rows.insert(at, rng.choice([["Second half"], ["Holiday season starts"], [], ["see the note", "below"]]))
    return rows, truth.series()


MAKERS = (other_headings, other_titles, page_breaks, goes_on_with_more, near_misses)


def make(seed: int, folder: Path) -> tuple[Path, Truth, Series]:
    """A file of this kind."""
    rng = Random(seed)
    truth = draw(rng, columns=(1, 3), length=(14, 40))
    if truth.frequency == "monthly" and rng.random() < 0.5:
        truth.days = days_of(rng, "monthly", len(truth.days))
    rows, series = rng.choice(MAKERS)(rng, truth)
    above = rng.choice([[], [], [["Report"], []]]) if rows[0] == truth.heading() else []
    if rng.random() < 0.25 and truth.decimal == ".":
        path = folder / f"table{seed}.xlsx"
        write_workbook(path, {"Data": [*above, *rows]})
    else:
        path = folder / f"table{seed}.csv"
        path.write_bytes(truth.text([*above, *rows]))
    return path, truth, series
