"""Workbooks made to do harm are refused or read, within two gigabytes and 30 seconds of a processor; all are slow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.workbooks.bomb_parts import (
    Part,
    binary_cell,
    binary_sheet,
    ods,
    old_cell,
    old_sheets,
    record,
    repeated,
    rows,
    xls,
    xlsb,
)
from tests.workbooks.bombs import BOMBS, write_bomb
from tests.workbooks.conftest import Bounded

from almanac.tables.sources.workbook import open_workbook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does")
QUICK = (  # kilobytes, and refused or read at once
    "xlsx: a far cell, line break in the tag",
    "xlsx: rows at four hundred million",
    "xlsx: dimensions that lie",
    "xlsb: a row far below",
    "ods: both, with another prefix",
    "ods: no end",
    "xls: dimensions that lie",
)
FORMS = 4  # of each kind with ``make test-slow``: more than 300 bombs


@pytest.mark.parametrize("name", QUICK)
def test_a_small_bomb_does_no_harm(name: str, tmp_path: Path, bounded: Bounded) -> None:
    write_bomb(tmp_path / "bomb", name, 0)
    assert len(bounded(tmp_path / "bomb", 500)) == 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FORMS))
@pytest.mark.parametrize("name", BOMBS)
def test_no_bomb_does_harm(name: str, seed: int, tmp_path: Path, bounded: Bounded) -> None:
    write_bomb(tmp_path / "bomb", name, seed)
    assert len(bounded(tmp_path / "bomb", 2000)) == 3
    (tmp_path / "bomb").unlink()


def test_there_are_many_bombs() -> None:
    assert len(BOMBS) * FORMS >= 300


def _harmless(path: Path, kind: str) -> None:
    """What the bombs are made with, without harm: 30 numbers."""
    end = record(0x92, b"")
    if kind == "xlsx":
        rows(b"<row><c><v>1.5</v></c></row>", 30).write(path)
    elif kind == "xlsb":
        xlsb(path, Part(binary_sheet(30, b"".join(binary_cell(n, 0) for n in range(30)) + end)))
    elif kind == "ods":
        ods(path, Part(repeated(b"", b"") * 30))
    else:
        xls(path, old_sheets(1, b"".join(old_cell(n, 0) for n in range(30))))


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods", "xls"])
def test_bombs_are_made_of_workbooks_that_can_be_read(kind: str, tmp_path: Path) -> None:
    _harmless(tmp_path / "a", kind)
    with open_workbook(tmp_path / "a") as book:
        (name,) = book.names
        assert book.size(name) == (30, 1)
