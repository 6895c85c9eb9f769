"""One fact, one finding: what is closed explains the cells without a number, in however many columns."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding

DAYS = np.arange("2024-01-01", "2024-09-01", dtype="datetime64[D]")
MONDAYS = (DAYS.astype(np.int64) + 3) % 7 == 0


def table(columns: int, monday: str, also: tuple[int, ...] = ()) -> str:
    """Sales of so many shops, with ``monday`` in the cells of Mondays and in the rows ``also``."""
    heads = ["Date", *(f"Shop {k}" for k in range(columns))]
    rows = [",".join(heads)]
    for n, day in enumerate(DAYS):
        closed = MONDAYS[n] or n in also
        rows.append(",".join([str(day), *(monday if closed else str(300 + (7 * n + k) % 90) for k in range(columns))]))
    return "\n".join(rows)


@pytest.mark.parametrize("columns", [1, 5])
@pytest.mark.parametrize("monday", ["", "closed", "n/a"])
def test_that_mondays_are_closed_is_said_once(read_text: Reader, columns: int, monday: str) -> None:
    file = read_text(table(columns, monday))
    assert codes(file) & {"closed_periods", "missing_values", "text_among_numbers", "gaps"} == {"closed_periods"}
    assert len([one for one in file.findings if one.code == "closed_periods"]) == 1
    assert "Mondays" in finding(file, "closed_periods").what


@pytest.mark.parametrize(("monday", "code"), [("", "missing_values"), ("closed", "text_among_numbers")])
def test_other_cells_without_a_number_are_still_said(read_text: Reader, monday: str, code: str) -> None:
    file = read_text(table(2, monday, also=(10, 45)))
    assert {"closed_periods", code} <= codes(file)
    assert finding(file, code).count == MONDAYS.sum() + 2


def test_what_the_person_chose_for_such_cells_stays_in_sight(read_text: Reader) -> None:
    file = read_text(table(2, "closed"), repairs=(("text_among_numbers:Shop 0", "missing"),))
    assert [one.column for one in file.findings if one.code == "text_among_numbers"] == ["Shop 0"]
