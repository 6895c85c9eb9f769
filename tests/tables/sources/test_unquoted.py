"""Cells with a comma but without quotation marks: put together where only one way fits, named where several do."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, codes, finding, months

from almanac.tables.sources.unquoted import join_unquoted

MONTHS = months(30, "{y}-{m:02d}")


def table(header: str, odd: str, usual: str, at: int = 20) -> str:
    return "\n".join([header, *(f"{month},{odd if n == at else usual}" for n, month in enumerate(MONTHS))]) + "\n"


def test_thousands_are_one_number_and_said(read_text: Reader) -> None:
    file = read_text(table("Month,Sales", "1,234", "900"))
    assert file.series[0].tolist() == [1234.0 if n == 20 else 900.0 for n in range(30)]
    said = finding(file, "cells_joined")
    assert said.rows == (22,)
    assert "“1,234” was in parts" in said.what


@pytest.mark.parametrize(
    ("header", "odd", "usual"), [("Month,North,South", "1,234,567", "900,800"), ("Month,Sales", "1,2,3", "900")]
)
def test_rows_that_fit_in_several_ways_or_in_none_are_named(
    read_text: Reader, header: str, odd: str, usual: str
) -> None:
    file = read_text(table(header, odd, usual))
    assert finding(file, "longer_rows").rows == (22,)
    assert "cells_joined" not in codes(file)


def test_a_remark_without_a_name_is_no_part_of_a_cell(read_text: Reader) -> None:
    file = read_text(table("Month,Sales", "930,revised", "900"))
    assert not codes(file) & {"cells_joined", "longer_rows"}
    assert file.series[0][20] == 930


def test_a_table_with_other_names_below_is_left_as_it_is() -> None:
    rows = [["Month", "Sales"], *([month, "900"] for month in MONTHS), ["Day", "North", "South"], ["1", "2", "3"]]
    assert join_unquoted(rows, ",").rows == rows
