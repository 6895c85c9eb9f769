"""Columns that are mostly blank are read block by block as they are in a small file, in a fraction of the memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from almanac.core.arrays import Floats
from almanac.core.jobs import run
from almanac.core.sparse import Sparse
from almanac.tables import ReadFile, ReadingOptions, read
from almanac.tables.layout import large_text
from almanac.tables.layout.load import load
from almanac.tables.sources import delimited

ROWS = 1000
START = np.datetime64("2020-01-01")
ROW = np.arange(ROWS)
# The share of cells with a number, for each row.
WAYS: dict[str, Floats] = {
    "here and there": np.full(ROWS, 0.1),
    "at first": np.where(ROW < 90, 1.0, 0.0),
    "at last": np.where(ROW < ROWS - 60, 0.1, 1.0),
    "often from the middle on": np.where(ROW < ROWS // 2, 0.1, 0.9),
    "often until the middle": np.where(ROW < ROWS // 3, 0.9, 0.01),
    "always": np.ones(ROWS),
}
SPARSE = {"here and there", "at first", "at last"}


def columns(odd: str = "") -> list[list[str]]:
    """A column of numbers for each of the ways; ``odd``: what stands in some of its cells."""
    chance = np.random.default_rng(1)
    made = []
    for share in WAYS.values():
        pairs = zip(chance.gamma(4, 9, ROWS), chance.random(ROWS) < share, strict=True)
        cells = [f"{value:.1f}" if there else "" for value, there in pairs]
        if odd:
            for row in (600, 800, 801):
                cells[row] = odd
        made.append(cells)
    return made


def write(path: Path, odd: str = "") -> Path:
    days = [str(START + n) for n in range(ROWS)]
    rows = ["day," + ",".join(WAYS), *map(",".join, zip(days, *columns(odd), strict=True))]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of some kilobytes count as large, and a block is some lines."""
    monkeypatch.setattr(delimited, "MAX_WHOLE_BYTES", 12_000)
    monkeypatch.setattr(large_text, "BLOCK_BYTES", 2000)


def said(file: ReadFile) -> tuple[object, ...]:
    series = file.series
    found = [(one.code, one.column, one.rows, one.what) for one in file.findings]
    values = np.nan_to_num(series.values, nan=-1).tolist()
    return series.names, series.first.tolist(), series.offsets.tolist(), values, found, file.reading.frequency


def check(request: pytest.FixtureRequest, path: Path, options: ReadingOptions) -> None:
    whole = run(read(path, options))
    request.getfixturevalue("in_blocks")
    assert said(run(read(path, options))) == said(whole)


def test_they_say_the_same(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    check(request, write(tmp_path / "a.csv", "closed"), ReadingOptions(missing=(5.0,)))


@pytest.mark.slow
@pytest.mark.parametrize("odd", ["", "n/a", "closed", "1e150", "-999"])
@pytest.mark.parametrize("missing", [(), (-999.0,), (5.0,)], ids=["none", "odd", "ordinary"])
def test_they_say_the_same_with_odd_cells(
    tmp_path: Path, request: pytest.FixtureRequest, odd: str, missing: tuple[float, ...]
) -> None:
    check(request, write(tmp_path / "a.csv", odd), ReadingOptions(missing=missing))


@pytest.mark.usefixtures("in_blocks")
def test_those_that_are_mostly_blank_in_the_end_are_sparse(tmp_path: Path) -> None:
    table = run(load(write(tmp_path / "a.csv"), None)).table
    sparse = {n for n, column in zip(table.names, table.columns, strict=True) if isinstance(column.numbers, Sparse)}
    assert sparse == SPARSE


@pytest.mark.usefixtures("in_blocks")
def test_every_cell_is_kept_where_rows_become_shorter_than_the_first_ones_were(tmp_path: Path) -> None:
    table = run(load(write(tmp_path / "a.csv"), None)).table
    for cells, column in zip(columns(), table.columns[1:], strict=True):
        assert column.texts() == [cell and f"{float(cell):g}" for cell in cells]
