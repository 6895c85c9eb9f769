"""Amounts in a list of adjustments, as people write them."""

from __future__ import annotations

import pytest

from almanac.core.problems import ProblemError
from almanac.workflow.adjusting.adjustment_list import adjustments_of_rows

HEADING = ("series", "from", "change", "amount")


def amount(text: str, change: str = "set") -> float:
    (found,) = adjustments_of_rows([HEADING, ("Tea", "2025-01", change, text)], "list.csv")
    return found.amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("1 200,5", 1200.5),
        ("1\u202f200", 1200),
        ("1\u00a0200\u00a0000", 1_200_000),
        ("1’200.50", 1200.5),
        ("1'200", 1200),
        ("1,234,567", 1_234_567),
        ("1.234.567,8", 1_234_567.8),
        ("−25,5", -25.5),
        ("+3", 3),
    ],
)
def test_numbers_of_every_country(text: str, value: float) -> None:
    assert amount(text) == value


@pytest.mark.parametrize(("text", "factor"), [("+20%", 1.2), ("-20 %", 0.8), ("−5%", 0.95), ("80%", 0.8), ("1,5", 1.5)])
def test_factors_may_be_percentages(text: str, factor: float) -> None:
    assert amount(text, "scale") == pytest.approx(factor)


@pytest.mark.parametrize("text", ["", "lots", "1.200", "20%", "1,2,3", "--5", "9" * 400, "1e400", "nan"])
def test_what_is_no_clear_number_is_said_with_its_row(text: str) -> None:
    with pytest.raises(ProblemError, match="row 2"):
        amount(text)
