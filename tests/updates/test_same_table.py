"""A newer copy of a table is known by its columns and frequency."""

from __future__ import annotations

import pytest

from almanac.core.calendar.frequency import DAILY, MONTHLY, QUARTERLY, WEEKLY, Frequency, Unit
from almanac.core.problems import ProblemError
from almanac.updates import TableShape, is_same_table, require_same_table

SALES = TableShape(("Sales",), ("Store", "Product"), MONTHLY)


@pytest.mark.parametrize(
    "other",
    [
        TableShape(("Sales",), ("Product", "Store"), MONTHLY),
        TableShape(("sales ",), ("Store", "Product"), Frequency(Unit.MONTH, day=31)),
    ],
)
def test_the_order_of_columns_and_how_dates_are_labelled_do_not_matter(other: TableShape) -> None:
    assert is_same_table(SALES, other)
    require_same_table(SALES, other, "april.xlsx")


@pytest.mark.parametrize(
    ("other", "code", "said"),
    [
        (
            TableShape(("Returns",), ("Store", "Product"), MONTHLY),
            "update_other_columns",
            "Sales is missing and Returns",
        ),
        (TableShape(("Sales",), ("Store",), MONTHLY), "update_other_columns", "Product is missing"),
        (TableShape(("Sales",), ("Store", "Product"), DAILY), "update_other_frequency", "is daily"),
        (TableShape(("Sales",), ("Store", "Product"), WEEKLY), "update_other_frequency", "was monthly"),
    ],
)
def test_other_columns_or_another_frequency_stop_with_a_sentence(other: TableShape, code: str, said: str) -> None:
    assert not is_same_table(SALES, other)
    with pytest.raises(ProblemError, match=said) as stop:
        require_same_table(SALES, other, "april.xlsx")
    assert stop.value.problem.code == code
    assert "Nothing was changed" in stop.value.problem.fix


def test_quarters_that_begin_in_other_months_are_not_the_same() -> None:
    calendar, shifted = (TableShape(("Sales",), (), Frequency(Unit.QUARTER, anchor=a)) for a in (0, 1))
    assert not is_same_table(calendar, shifted)
    assert is_same_table(calendar, TableShape(("Sales",), (), QUARTERLY))
