"""What came in and what went out is never added together, where a column says which it was."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines
from tests.tables.findings.test_registry import DAYS

KINDS = ["GRN" if n % 7 == 3 else "Adjustment" if n == 50 else "Issue" for n in range(60)]
NUMBERS = [90 if kind == "GRN" else n % 9 + 1 for n, kind in enumerate(KINDS)]


def ledger(mark: str = "Type", name: str = "Qty", kinds: list[str] = KINDS) -> str:
    return lines(DAYS, kinds, NUMBERS, header=f"Date,{mark},{name}")


def sums(*kinds: str) -> int:
    return sum(number for kind, number in zip(KINDS, NUMBERS, strict=True) if kind in kinds)


@pytest.mark.parametrize(
    ("sign", "total"), [("out", sums("Issue")), ("in", sums("GRN")), ("all", sums("GRN") - sums("Issue"))]
)
def test_either_side_or_the_difference_counts(read_text: Reader, sign: str, total: int) -> None:
    file = read_text(ledger(), sign=sign)
    assert np.nansum(file.series.values) == total
    said = finding(file, "goods_in_and_out")
    assert "“Adjustment” counts on neither side" in said.fix
    assert 52 in said.rows


def test_which_side_counts_is_asked(read_text: Reader) -> None:
    (question,) = read_text(ledger()).reading.questions
    assert question.text.endswith("We read only what went out. Is that right?")
    assert [choice.label for choice in question.choices] == [
        "Only what went out",
        "Only what came in",
        "The difference",
    ]


def test_money_comes_in_where_goods_are_sold(read_text: Reader) -> None:
    kinds = ["Purchase" if kind == "GRN" else "Sale" for kind in KINDS]
    goods, money = (read_text(ledger("Type", name, kinds), sign="all").series.values for name in ("Qty", "Amount"))
    np.testing.assert_array_equal(goods, -money)
    assert np.nansum(money) == sums("Issue", "Adjustment") - sums("GRN")


@pytest.mark.parametrize(
    ("mark", "kinds"),
    [
        ("Department", ("Sales", "Purchase")),
        ("Order type", ("Dine in", "Take out")),
        ("Type", ("Issue", "Question")),
        ("Type", ("Sale", "Sales order")),
    ],
)
def test_other_words_are_no_movements(read_text: Reader, mark: str, kinds: tuple[str, str]) -> None:
    file = read_text(ledger(mark, "Qty", [kinds[n % 7 == 3] for n in range(60)]))
    assert "goods_in_and_out" not in codes(file)


@pytest.mark.parametrize("name", ["Price", "Temperature", "Stock"])
def test_levels_are_no_movements(read_text: Reader, name: str) -> None:
    assert "goods_in_and_out" not in codes(read_text(ledger("Type", name)))


@pytest.mark.parametrize(("out", "into"), [("Issue", "Receipt"), ("Abgang", "Zugang"), ("Sale", "Purchase")])
def test_signs_that_agree_with_the_words_change_nothing(read_text: Reader, out: str, into: str) -> None:
    moved = [(into, 60) if n % 9 == 4 else (out, -(2 + n % 5)) for n in range(90)]
    rows = [f"{date(2024, 1, 1) + timedelta(n)},{word},{number}" for n, (word, number) in enumerate(moved)]
    file = read_text("\n".join(["Date,Movement,Quantity", *rows]))
    assert float(np.nansum(file.series[0])) == -sum(number for word, number in moved if word == out)
    assert "goods_in_and_out" in codes(file)


def test_other_signs_are_corrections(read_text: Reader) -> None:
    rows = [
        f"{date(2024, 1, 1) + timedelta(n)},{'Issue' if n % 2 else 'Receipt'},{(-1) ** (n // 2) * 5}" for n in range(80)
    ]
    assert "goods_in_and_out" not in codes(read_text("\n".join(["Date,Movement,Quantity", *rows])))
