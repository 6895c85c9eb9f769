"""Numbers as people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac.tables.values.cells import CellKind, make_column
from almanac.tables.values.numbers import Votes, decimal_sign, read_number, read_numbers, votes


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1234.5", ".", 1234.5), ("1,234.5", ".", 1234.5), ("1.234,5", ",", 1234.5), ("1 234,5", ",", 1234.5),
        ("1'234.5", ".", 1234.5), ("1\u00a0234,5", ",", 1234.5), ("1\u202f234", ".", 1234),
        ("12,34,567.8", ".", 1234567.8),
        ("-.18", ".", -0.18), ("5.", ".", 5), ("(1,247.44)", ".", -1247.44), ("12-", ".", -12), ("−7", ".", -7),
        ("+0.5", ".", 0.5), ("€ 12,50", ",", 12.5), ("$1,200", ".", 1200), ("12.50 EUR", ".", 12.5),
        ("R$ 3,20", ",", 3.2),
        ("15 %", ".", 15), ("1.2e3", ".", 1200), ("1E-2", ".", 0.01), ("-$5", ".", -5), ("490657(p)", ".", 490657),
        ("163.4#  Provisional", ".", 163.4), ("7,5 vorl.", ",", 7.5), ("5.3 [1]", ".", 5.3), ("12 estimated", ".", 12),
        ("500,-", ",", 500), ("1.250,–", ",", 1250), ("-500.--", ".", -500), ("Fr. 1'250.-", ".", 1250),
    ],
)  # fmt: skip
def test_one_number_written_in_many_ways(text: str, decimal: str, value: float) -> None:
    assert read_number(text, decimal) == pytest.approx(value)


@pytest.mark.parametrize("text", ["abc", "1,5", "1,23,4", "12 apples", "1.2.3", "--5", "(5", "1e", ""])
def test_other_texts_are_not_numbers(text: str) -> None:
    assert read_number(text, ".") is None


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["1.5", "2.25"], "."),
        (["1,5", "2,25"], ","),
        (["1.234,5", "7"], ","),
        (["1,234.5", "7"], "."),
        (["1.234.567", "7"], ","),
        (["2,146", "985", "1,022"], "."),
        (["2.146", "985", "1.022", "3.400"], ","),
        (["0.125", "0.250"], "."),
        (["1.125", "2.250"], "."),
    ],
)
def test_a_column_shows_what_point_and_comma_mean(cells: list[str], sign: str) -> None:
    assert decimal_sign(votes(cells), Votes()) == sign


def test_other_columns_decide_when_a_column_does_not() -> None:
    assert decimal_sign(votes(["1.447", "2.568"]), votes(["1,39", "1,40"])) == ","


@pytest.mark.parametrize("word", ["-", "n/a", "NA", "(S)", "...", "***", ".", "(NA)", "null", "#N/A", "k.A."])
def test_words_for_missing_values_do_not_count_as_text(word: str) -> None:
    assert read_numbers(make_column([word]), ".").kinds[0] == CellKind.MISSING


def test_other_words_among_numbers_are_text_without_a_value() -> None:
    numbers = read_numbers(make_column(["1", "closed"]), ".")
    assert numbers.kinds[1] == CellKind.TEXT
    assert math.isnan(numbers.values[1])


@given(st.floats(-1e12, 1e12), st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'")]))
def test_numbers_written_with_thousands_are_read_back(value: float, signs: tuple[str, str]) -> None:
    decimal, thousands = signs
    text = f"{value:,.4f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert read_number(text, decimal) == pytest.approx(round(value, 4))
