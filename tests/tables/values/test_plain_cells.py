"""Cells that are read together give what each of them gives alone."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from tests.tables.mutants import mutant

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import describe, read
from almanac.tables.columns.money.marked_amounts import without_marks
from almanac.tables.columns.profile import profile_column
from almanac.tables.columns.targets import first_numbers
from almanac.tables.layout.units import without_unit
from almanac.tables.series.odd_units import find_odd_units, units_in
from almanac.tables.values.cells import Cell, Column, Table, make_column
from almanac.tables.values.numbers import read_numbers
from almanac.tables.values.plain_cells import plain_cells

FORMS: tuple[Cell, ...] = (
    *(
        "",
        "0",
        "-0",
        "7",
        "12",
        "007",
        "985",
        "-3",
        "2024",
        "202401",
        "20240131",
        "123456789012345",
        "1234567890123456",
    ),
    *("1.5", "-12.25", "2.146", "0.001", "1.234.567", "1608.25", "1,5", "1,234", ".5", "5.", "+5", "1e5", "5%", "€ 5"),
    *("n/a", "-", "x", "12 kg", "100 D", "1\n2", "\n", "١٢", "１２", True, 3, 2.5),
)
PLAIN = tuple(form for form in FORMS if isinstance(form, str) and plain_cells([form]) is not None)


def one_by_one(column: Column) -> Column:
    """The same column, whose cells are never read together."""
    other = replace(column)
    other.__dict__["plain"] = None
    return other


def known_of(column: Column) -> list[object]:
    """All that is found out about a column from its cells."""
    numbers = [read_numbers(column, decimal) for decimal in ".,"]
    arrays = [first_numbers(column, 3), column.empty, *(n.values for n in numbers), *(n.kinds for n in numbers)]
    read, unit = without_unit(column)
    odd, rows = find_odd_units(column, numbers[0], units_in(column))
    marked, marks = without_marks(Table(("a",), (column,), np.arange(len(column)), 1))
    parts = [(array.dtype, array.tobytes()) for array in [*arrays, read.codes, rows, marked.columns[0].codes]]
    return [*parts, list(read.cells), unit, odd, list(marked.columns[0].cells), marks, profile_column("a", column)]


def columns(count: int, forms: tuple[Cell, ...]) -> list[list[Cell]]:
    chance = random.Random(1)
    return [chance.choices(forms, k=chance.randrange(7)) for _ in range(count)]


def test_cells_read_together_are_those_read_one_by_one() -> None:
    for cells in [[form] for form in FORMS] + columns(40, FORMS) + columns(60, PLAIN):
        column = make_column(cells)
        assert repr(known_of(column)) == repr(known_of(one_by_one(column))), cells


def test_only_plain_numbers_are_read_together() -> None:
    assert (*FORMS[:12], "1.5", "-12.25", "2.146", "0.001", "1608.25") == PLAIN
    assert make_column(["1", "", "2.5"]).plain is not None
    assert make_column(["1", "2", "x"]).plain is None
    assert make_column([1, 2]).plain is None


def answer(path: Path) -> str:
    """How a file is read, in full."""
    try:
        return json.dumps(describe(run(read(path))))
    except ProblemError as stop:
        return str(stop.problem)


def require_same_answers(numbers: range, folder: Path) -> None:
    """Requires that damaged files are read alike, whether much is looked at together or all of it one by one."""
    for number in numbers:
        made = mutant(number)
        path = folder / made.name
        path.write_bytes(made.content)
        with (
            patch("almanac.tables.values.cells.plain_cells", return_value=None),
            patch("almanac.tables.values.batches._AT_ONCE", 1),
        ):
            expected = answer(path)
        assert answer(path) == expected, number


def test_files_are_read_alike_together_and_one_by_one(tmp_path: Path) -> None:
    require_same_answers(range(3), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(3, 2_003, 200))
def test_thousands_of_files_are_read_alike_together_and_one_by_one(start: int, tmp_path: Path) -> None:
    require_same_answers(range(start, start + 200), tmp_path)
