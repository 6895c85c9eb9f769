"""A column of numbers with decimal commas is one column; two columns of whole numbers are two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.tables.conftest import Reader
from tests.tables.kinds.structures.decimal_commas import (
    NumbersFile,
    names_of_rows,
    one_column,
    table_with_cuts,
    two_columns,
)

from almanac.tables.sources import delimited


def faults(read_text: Reader, truth: NumbersFile) -> list[str]:
    series = read_text(truth.text).series
    if len(series) != len(truth.columns):
        return [f"{len(series)} columns"]
    return [f"column {n}" for n, values in enumerate(truth.columns) if not np.allclose(series[n], values, atol=1e-9)]


def check(read_text: Reader, make: Callable[[int], NumbersFile], seeds: range) -> None:
    assert not {seed: found for seed in seeds if (found := faults(read_text, make(seed)))}


def test_decimal_commas_cut_no_column(read_text: Reader) -> None:
    check(read_text, one_column, range(40))


def test_two_columns_stay_two(read_text: Reader) -> None:
    check(read_text, two_columns, range(30))


def test_decimal_commas_cut_no_cell_of_a_table(read_text: Reader) -> None:
    check(read_text, table_with_cuts, range(40))


def test_numbers_of_rows_are_not_joined_with_what_is_next_to_them(read_text: Reader) -> None:
    check(read_text, names_of_rows, range(4))


def test_a_large_table_is_read_like_a_small_one(read_text: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_WHOLE_BYTES", 700)
    check(read_text, table_with_cuts, range(6))


@pytest.mark.slow
def test_many_decimal_commas_cut_no_column(read_text: Reader) -> None:
    check(read_text, one_column, range(40, 640))
    check(read_text, two_columns, range(30, 630))
    check(read_text, table_with_cuts, range(40, 640))
