"""Money in and out, in two columns or with marks beside the amounts: one flow, or the side a person chose."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.columns.test_targets import daily_totals
from tests.tables.conftest import Reader, codes, finding, lines, months
from tests.tables.kinds.value_columns.ledger_files import LedgerFile, ledger_file

QUICK, MANY = range(54), range(54, 400)
DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(60)]
OUT = [round(5 + n * 7 % 31, 2) if n % 9 else "" for n in range(60)]
INTO = ["" if n % 9 else 500.0 for n in range(60)]
NET = [-float(o or 0) + float(i or 0) for o, i in zip(OUT, INTO, strict=True)]


def faults(read_text: Reader, sample: LedgerFile) -> list[str]:
    file = read_text(sample.text)
    found = []
    if set(file.reading.value_columns) != set(sample.names):
        return [f"{file.reading.value_columns} instead of {sample.names}"]
    if len(file.series) != 1 or file.series.frequency.name not in ("daily", "business-daily"):
        return [f"{len(file.series)} series, {file.series.frequency.name}, {file.reading.series_columns}"]
    totals = {day: value for day, value in daily_totals(file).items() if value or day in sample.net}
    if totals.keys() != sample.net.keys() or not np.allclose([totals[d] - sample.net[d] for d in totals], 0):
        found.append("other amounts")
    if "money_in_and_out" not in codes(file) or file.reading.questions:
        found.append(f"says {sorted(codes(file))}")
    return found


@pytest.mark.parametrize("seed", QUICK)
def test_money_in_and_out_is_one_flow(read_text: Reader, seed: int) -> None:
    assert not faults(read_text, ledger_file(seed))


@pytest.mark.slow
def test_money_in_and_out_of_many_files_is_one_flow(read_text: Reader) -> None:
    assert not {seed: found for seed in MANY if (found := faults(read_text, ledger_file(seed)))}


def statement(header: str = "Date,Text,Debit,Credit") -> str:
    return lines(DAYS, ["shop"] * 60, OUT, INTO, header=header)


@pytest.mark.parametrize(
    ("words", "name", "total"),
    [
        ("Both together", "Credit minus Debit", sum(NET)),
        ("Only money out", "Debit", sum(float(o or 0) for o in OUT)),
        ("Only money in", "Credit", 7 * 500.0),
    ],
)
def test_either_side_of_two_columns_can_be_chosen(read_text: Reader, words: str, name: str, total: float) -> None:
    first = finding(read_text(statement()), "money_in_and_out")
    choice = next(choice for choice in first.choices if choice.label == words)
    file = read_text(statement(), **dict(choice.sets))
    assert file.series.names == (name,)
    assert np.nansum(file.series.values) == pytest.approx(total)
    again = finding(file, "money_in_and_out")
    assert again.choices[again.chosen].label == words
    assert file.reading.value_columns == ("Debit", "Credit")
    assert "missing_values" not in codes(file)


def test_a_balance_that_rises_by_debit_turns_the_sides(read_text: Reader) -> None:
    balance = np.cumsum([-v for v in NET]).tolist()
    text = lines(DAYS, OUT, INTO, [round(b, 2) for b in balance], header="Date,Debit,Credit,Balance")
    file = read_text(text)
    assert np.allclose(file.series.values, [-v for v in NET])
    assert "“Balance” falls by the one" in finding(file, "money_in_and_out").why


def test_one_column_chosen_by_the_person_is_not_joined(read_text: Reader) -> None:
    file = read_text(statement(), values=("Debit",))
    assert file.series.names == ("Debit",)
    assert "money_in_and_out" not in codes(file)


@pytest.mark.parametrize("header", ["Month,Income,Expenses", "Month,Debit,Credit", "Month,In,Out"])
def test_two_sums_for_each_month_are_two_series(read_text: Reader, header: str) -> None:
    text = lines(months(36), [3000.5 + n for n in range(36)], [1500.5 + n * 7 % 90 for n in range(36)], header=header)
    assert len(read_text(text).series) == 2


def test_people_and_goods_that_come_and_go_are_two_series(read_text: Reader) -> None:
    come, go = [n % 5 or "" for n in range(60)], ["" if n % 5 else 3 for n in range(60)]
    assert len(read_text(lines(DAYS, come, go, header="Date,In,Out")).series) == 2


@pytest.mark.parametrize("name", ["Class", "Section", "Size"])
def test_letters_that_name_something_else_are_no_marks(read_text: Reader, name: str) -> None:
    file = read_text(lines(DAYS, list("SH" * 30), range(5, 65), header=f"Date,{name},Amount"))
    assert "money_in_and_out" not in codes(file)


@pytest.mark.parametrize("unit", ["C", "H", "Cr", "D", "S"])
def test_the_same_letters_behind_every_number_are_a_unit(read_text: Reader, unit: str) -> None:
    file = read_text(lines(DAYS, [f"{n % 9 + 10}.5 {unit}" for n in range(60)], header="Date,Amount"))
    assert (file.series.values > 0).all()
    assert "money_in_and_out" not in codes(file)


def test_a_statement_is_split_by_account_and_not_by_text(read_text: Reader) -> None:
    text = lines(
        [day for day in DAYS for _ in "ab"],
        ["shop", "wage"] * 60,
        ["Current", "Savings"] * 60,
        [v for out in OUT for v in (out, "")],
        [v for into in INTO for v in ("", into or 1)],
        header="Date,Text,Account,Paid out,Paid in",
    )
    file = read_text(text)
    assert file.reading.series_columns == ("Account",)
