"""Headings above data that begin sparsely: columns that started later, first rows with few values or with words."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random

from tests.tables.kinds.structures.truth import Truth, draw, write_workbook

NAN = math.nan


def late_columns(rng: Random) -> Truth:
    """All columns but some begin later than the first row, some much later."""
    truth = draw(rng, columns=(2, 6))
    names = list(truth.columns)
    for name in rng.sample(names, rng.randint(1, len(names) - 1)):
        start = rng.randint(1, len(truth.days) - 3)
        truth.columns[name][:start] = [NAN] * start
    return truth


def sparse_first_row(rng: Random) -> Truth:
    """The first rows have a value in one or two columns each."""
    truth = draw(rng, columns=(3, 6))
    for n in range(rng.randint(1, 6)):
        keep = rng.sample(list(truth.columns), rng.randint(1, 2))
        for name, values in truth.columns.items():
            values[n] = values[n] if name in keep else NAN
    return truth


def first_row_without_values(rng: Random) -> Truth:
    """The first row has a date and nothing else, and values begin below."""
    truth = draw(rng, columns=(1, 5))
    for values in truth.columns.values():
        values[0] = NAN
    return truth


BEGINNINGS = (late_columns, sparse_first_row, first_row_without_values)
ABOVE: tuple[list[list[str]], ...] = (
    [],
    [],
    [["Report"], []],
    [["Exported", "2024-05-01"], ["Pages", "3"], []],
    [["# made by a till"]],
)


def make(seed: int, folder: Path) -> tuple[Path, Truth]:
    """A file of this kind."""
    rng = Random(seed)
    truth = rng.choice(BEGINNINGS)(rng)
    rows, heading = truth.rows(), truth.heading()
    if rng.random() < 0.3:  # a column of words, which every row has
        place = rng.randint(0, len(heading))
        label, words = truth.labels
        heading.insert(place, label)
        for row in rows:
            row.insert(place, words[0])
    above = rng.choice(ABOVE)
    if rng.random() < 0.2 and truth.decimal == ".":
        path = folder / f"table{seed}.xlsx"
        write_workbook(path, {"Sheet1": [*above, heading, *rows]})
    else:
        path = folder / f"table{seed}.csv"
        path.write_bytes(truth.text([*above, heading, *rows]))
    return path, truth
