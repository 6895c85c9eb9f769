"""A column of numbers with decimal commas is one column; two columns of whole numbers are two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.tables.conftest import Reader
from tests.tables.kinds.structures.decimal_commas import NumbersFile, one_column, two_columns


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


@pytest.mark.slow
def test_many_decimal_commas_cut_no_column(read_text: Reader) -> None:
    check(read_text, one_column, range(40, 640))
    check(read_text, two_columns, range(30, 630))
