"""A column holds each distinct cell once, and cells that look alike but are of another type stay apart."""

from __future__ import annotations

import random

import pytest

from almanac.tables.values.cells import Cell, clean_cell, make_column

CELLS: list[Cell] = ["a", " a ", "", "  ", 1, 1.0, True, "1", float("nan"), "'a'", "\ufeffa", 0, False, 0.0, "Tee "]


@pytest.mark.parametrize("seed", range(20))
def test_every_row_of_a_column_holds_its_cell_without_blanks_around(seed: int) -> None:
    cells = random.Random(seed).choices(CELLS, k=30)
    column = make_column(cells)
    wanted = [clean_cell(cell) for cell in cells]
    found = [column.cell(row) for row in range(len(cells))]
    assert [(type(cell), cell) for cell in found] == [(type(cell), cell) for cell in wanted]
    kinds = [(type(cell), cell) for cell in column.cells]
    assert kinds == list(dict.fromkeys((type(cell), cell) for cell in wanted))
