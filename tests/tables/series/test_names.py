"""Names of series are those of the file, without what only leads to figures."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, lines, months

MONTHS = months(24)
VALUES = [100 + 3 * n for n in range(24)]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Bread . . . . .", "Milk ........"], {"Bread", "Milk"}),
        (["Bread…………", "Milk"], {"Bread", "Milk"}),
        (["1. Bread", "2. Milk"], {"Bread", "Milk"}),
        (["(1) Bread ....", "(2) Milk ...."], {"Bread", "Milk"}),
        (["1. Bread", "7. Milk"], {"1. Bread", "7. Milk"}),
        (["Corp. Inc.", "Milk Ltd."], {"Corp. Inc.", "Milk Ltd."}),
        (["1. FC", "2. FC"], {"1. FC", "2. FC"}),
    ],
)
def test_leaders_and_counters_are_no_part_of_a_name(read_text: Reader, written: list[str], names: set[str]) -> None:
    rows = lines(MONTHS * 2, [written[0]] * 24 + [written[1]] * 24, VALUES + VALUES[::-1], header="Month,Item,Sold")
    assert set(read_text(rows).series.names) == names
    wide = lines(MONTHS, VALUES, VALUES[::-1], header=f"Month,{written[0]},{written[1]}")
    assert len(read_text(wide).series.names) == 2


def test_a_banner_above_complete_names_is_no_part_of_them(read_text: Reader) -> None:
    text = lines(MONTHS, VALUES, VALUES[::-1], header="Currency:,EUR,EUR\nMonth,North,South")
    assert read_text(text).series.names == ("North", "South")
