"""Plain numbers read for a whole column at once are those that Python reads."""

from __future__ import annotations

import random

import numpy as np
import pytest

from almanac.tables.sources.blocks.cells import find_cells
from almanac.tables.values.numbers import read_cells
from almanac.tables.values.plain_numbers import plain_numbers
from almanac.tables.values.texts import Texts

NUMBERS = ["1.5", "-2.25", "", ".5", "5.", "+3", "123456789012345", "0.1", "-0.30", "00.10", "3.14159265358979"]
NO_PLAIN_NUMBERS = ["1e5", "abc", "1.2.3", "1234567890123456", "--1", "1-", "1,5", " 1", ".", "-", "1 000", "٣"]


@pytest.mark.parametrize("decimal", [".", ","])
def test_plain_numbers_are_as_python_reads_them(decimal: str) -> None:
    signs = str.maketrans(".,", ",." if decimal == "," else ".,")
    texts = [text.translate(signs) for text in NUMBERS + NO_PLAIN_NUMBERS]
    cells = find_cells("\n".join(texts).encode(), ";", 1)
    values, understood = plain_numbers(cells.data, cells.starts[0], cells.lengths[0], decimal)
    assert understood.tolist() == [True] * len(NUMBERS) + [False] * len(NO_PLAIN_NUMBERS)
    wanted = [float(text) if text else np.nan for text in NUMBERS] + [np.nan] * len(NO_PLAIN_NUMBERS)
    assert np.array_equal(values, wanted, equal_nan=True)


def test_many_random_numbers_are_exact() -> None:
    chance = np.random.default_rng(0)
    texts = [f"{value:.{digits}f}" for digits in range(8) for value in chance.normal(0, 1000, 2000)]
    cells = find_cells("\n".join(texts).encode(), ",", 1)
    values, understood = plain_numbers(cells.data, cells.starts[0], cells.lengths[0], ".")
    assert understood.all()
    assert np.array_equal(values, [float(text) for text in texts])


@pytest.mark.parametrize("decimal", [".", ","])
def test_many_texts_are_read_like_a_list_of_them(decimal: str) -> None:
    chance = random.Random(7)
    cells = ["", "n/a", "1 234", "12%", "(5)", "٣", "1e400", "9" * 400]
    cells += ["".join(chance.choices("0123456789.,-+e ", k=chance.randint(1, 9))) for _ in range(4000)]
    cells = list(dict.fromkeys(cells))
    encoded = [cell.encode() for cell in cells]
    texts = Texts(b"".join(encoded), np.cumsum([len(part) for part in encoded], dtype=np.int64))
    for got, wanted in zip(read_cells(texts, decimal), read_cells(cells, decimal), strict=True):
        assert np.array_equal(got, wanted, equal_nan=True)
