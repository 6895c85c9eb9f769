"""A unit that only a few cells of a column have is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.conftest import codes, finding

from almanac.core.jobs import run
from almanac.tables import ReadFile, read


def with_cells(path: Path, cells: dict[int, str], usual: str = "{}") -> ReadFile:
    """Four years of months; ``cells``: by the number of the line; ``usual``: how the others are written."""
    lines = ["Date;Sales"]
    lines += [f"{2020 + n // 12}-{n % 12 + 1:02d}-01;{cells.get(n + 2, usual.format(100 + n % 7))}" for n in range(48)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return run(read(path))


@pytest.mark.parametrize("odd", ["50%", "5‰", "USD5", "5 EUR", "$105", "£ 1.50", "105 €"])
def test_a_unit_among_plain_numbers_is_noticed_with_its_row(odd: str, tmp_path: Path) -> None:
    found = finding(with_cells(tmp_path / "a.csv", {21: odd}), "odd_units")
    assert (found.rows, found.count, found.column) == ((21,), 1, "Sales")
    assert odd in found.what


@pytest.mark.parametrize(("usual", "odd"), [("{} €", "$105"), ("{}%", "105‰"), ("EUR {}", "USD 105")])
def test_another_unit_among_those_of_all_is_noticed(usual: str, odd: str, tmp_path: Path) -> None:
    assert finding(with_cells(tmp_path / "a.csv", {21: odd, 30: odd}, usual), "odd_units").rows == (21, 30)


@pytest.mark.parametrize("usual", ["{}", "{} €", "{}%", "${}"])
def test_a_column_of_one_unit_is_not(usual: str, tmp_path: Path) -> None:
    assert "odd_units" not in codes(with_cells(tmp_path / "a.csv", {}, usual))


def test_a_plain_number_among_amounts_is_not(tmp_path: Path) -> None:
    assert "odd_units" not in codes(with_cells(tmp_path / "a.csv", {21: "105"}, "{} €"))


def test_two_units_that_are_both_common_are_not(tmp_path: Path) -> None:
    cells = dict.fromkeys(range(2, 26), "105 €")
    assert "odd_units" not in codes(with_cells(tmp_path / "a.csv", cells, "${}"))
