"""Every reader of numbers knows the same signs."""

from __future__ import annotations

import pytest

from almanac.core.entered.adjustments import AdjustmentKind
from almanac.core.number_signs import GROUP_SIGNS, MINUS_SIGNS
from almanac.desktop.formatting import number_entry
from almanac.tables.entered_lists.amounts import ListAmounts
from almanac.tables.layout.units import without_unit
from almanac.tables.sources.decimal_commas import is_one_column
from almanac.tables.values.cells import make_column
from almanac.tables.values.numbers import read_number


@pytest.mark.parametrize("sign", GROUP_SIGNS)
def test_thousands_are_set_apart_by_the_same_signs_everywhere(sign: str) -> None:
    text = f"1{sign}234{sign}567"
    assert read_number(text, ".") == 1_234_567
    assert ListAmounts([text]).read(text, AdjustmentKind.SET) == 1_234_567
    typed = number_entry.read_number(text)
    assert typed is not None
    assert typed.value == 1_234_567
    column, unit = without_unit(make_column([f"{text} kg"] * 8))
    assert (column.cell(0), unit) == (text, "kg")
    assert is_one_column("Sales\n" + "".join(f"{n}{sign}234,5{n}\n" for n in range(1, 9)))


@pytest.mark.parametrize("sign", MINUS_SIGNS)
def test_numbers_are_negative_by_the_same_signs_everywhere(sign: str) -> None:
    text = f"{sign}12.5"
    assert read_number(text, ".") == -12.5
    assert ListAmounts([text]).read(text, AdjustmentKind.SET) == -12.5
    typed = number_entry.read_number(text)
    assert typed is not None
    assert typed.value == -12.5
