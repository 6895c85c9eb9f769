"""Dates that run backwards in a file that is otherwise in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader, codes, finding, lines

DAYS = [date(2023, 11, 1) + timedelta(n) for n in range(80)]
VALUES = [100.5 + n * 7 % 11 for n in range(80)]
TURN = 61  # 1 January


def old_year(first: int, last: int) -> str:
    cells = [d.replace(year=2023) if first <= n < last else d for n, d in enumerate(DAYS)]
    return lines([str(d) for d in cells], VALUES, header="Date,Used")


def test_an_old_year_in_january_is_corrected_and_said(read_text: Reader) -> None:
    file = read_text(old_year(TURN, TURN + 5))
    found = finding(file, "dates_backwards")
    assert found.rows == tuple(range(TURN + 2, TURN + 7))
    assert "2023-01-01 is probably 2024-01-01" in found.what
    assert [choice.label for choice in found.choices] == ["Correct the date", "Keep as written", "Leave them out"]
    assert file.series.values.tolist() == VALUES


def test_the_dates_can_be_kept_or_left_out(read_text: Reader) -> None:
    kept = read_text(old_year(TURN, TURN + 5), repairs=(("dates_backwards", "keep"),))
    assert kept.series.frequency.label(int(kept.series.first[0])) == "2023-01-01"
    without = read_text(old_year(TURN, TURN + 5), repairs=(("dates_backwards", "leave_out"),))
    assert finding(without, "dates_backwards").chosen == 2
    assert len(without.series[0]) == 80
    assert sum(value == value for value in without.series[0].tolist()) == 75


def test_a_swapped_day_and_month_is_corrected(read_text: Reader) -> None:
    cells = [str(d) for d in DAYS]
    cells[11] = "2023-12-11"  # for 12 November
    file = read_text(lines(cells, VALUES, header="Date,Used"))
    assert finding(file, "dates_backwards").rows == (13,)
    assert file.series.values.tolist() == VALUES


def test_each_series_has_its_own_order(read_text: Reader) -> None:
    rows = [
        f"{d.replace(year=2023) if n == TURN and shop == 'A' else d},{shop}"
        for n, d in enumerate(DAYS)
        for shop in "AB"
    ]
    file = read_text(lines(rows, [v for v in VALUES for _ in "AB"], header="Date,Shop,Used"))
    assert finding(file, "dates_backwards").count == 1
    assert file.series[0].tolist() == file.series[1].tolist() == VALUES


def test_a_row_that_was_added_later_keeps_its_date_and_is_said(read_text: Reader) -> None:
    order = [n for n in range(80) if n != 20] + [20]
    file = read_text(lines([str(DAYS[n]) for n in order], [VALUES[n] for n in order], header="Date,Used"))
    assert file.series.values.tolist() == VALUES
    assert finding(file, "out_of_order").rows == (81,)


@pytest.mark.parametrize("order", [range(79, -1, -1), [n * 37 % 80 for n in range(80)], [*range(40, 80), *range(40)]])
def test_other_orders_are_no_mistakes(read_text: Reader, order: list[int]) -> None:
    file = read_text(lines([str(DAYS[n]) for n in order], [VALUES[n] for n in order], header="Date,Used"))
    assert "dates_backwards" not in codes(file)
    assert file.series.values.tolist() == VALUES
