"""Files without a line of names: every column is read, and called after its letter."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.tables.kinds.structures.truth import Truth, draw, write_workbook

from almanac.tables.values.cells import column_letter


def make(seed: int, folder: Path) -> tuple[Path, Truth]:
    """A file of this kind: with dates first, last or in the middle, or only with numbers in the order of the rows."""
    rng = Random(seed)
    truth = draw(rng, columns=(2, 5), length=(14, 60))
    in_order = rng.random() < 0.3
    if not in_order and rng.random() < 0.3:  # a first row with few values
        for name in list(truth.columns)[1:]:
            truth.columns[name][0] = float("nan")
    values = [row[1:] for row in truth.rows()]
    place = 0 if in_order or rng.random() < 0.7 else rng.randint(0, len(truth.columns))
    if in_order:
        rows = values
        truth.frequency = "row by row"
    else:
        days = [row[0] for row in truth.rows()]
        rows = [[*row[:place], day, *row[place:]] for row, day in zip(values, days, strict=True)]
    letters = [column_letter(i) for i in range(len(rows[0])) if in_order or i != place]
    truth.columns = {f"Column {letter}": column for letter, column in zip(letters, truth.columns.values(), strict=True)}
    if not in_order and rng.random() < 0.3:  # words in a last column
        for row in rows:
            row.append(truth.labels[1][0])
    if rng.random() < 0.2 and truth.decimal == ".":
        path = folder / f"table{seed}.xlsx"
        write_workbook(path, {"Data": rows})
    else:
        path = folder / f"table{seed}.csv"
        path.write_bytes(truth.text(rows))
    return path, truth
