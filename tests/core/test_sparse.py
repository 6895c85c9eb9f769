"""Sparse numbers are the same numbers, in less memory."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from almanac.core.sparse import MAX_OTHERS, Sparse, dense, end_to_end, sparsely

COUNT = 400


def numbers(kind: str, share: float, count: int = COUNT) -> tuple[NDArray[np.generic], float]:
    """``count`` numbers, about a ``share`` of which are not the usual one."""
    chance = np.random.default_rng(3)
    usual = np.nan if kind == "floats" else 1
    filled = chance.random(count) < share
    if kind == "floats":
        return np.where(filled, chance.normal(size=count).round(2), usual), usual
    return np.where(filled, chance.integers(2, 5, count), usual).astype(np.int8), usual


@pytest.mark.parametrize("kind", ["floats", "kinds"])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.6, 1.0])
@pytest.mark.parametrize("count", [0, 1, COUNT, 70_000])
def test_they_are_the_same_numbers(kind: str, share: float, count: int) -> None:
    wanted, usual = numbers(kind, share, count)
    sparse = Sparse.of(wanted, usual)
    assert len(sparse) == count
    assert sparse.dense().dtype == wanted.dtype
    assert np.array_equal(sparse.dense(), wanted, equal_nan=kind == "floats")
    some = range(min(count, 50))
    assert np.array_equal([sparse[place] for place in some], wanted[: len(some)].astype(float), equal_nan=True)
    rows = np.random.default_rng(4).random(count) < 0.5
    assert np.array_equal(sparse.take(rows).dense(), wanted[rows], equal_nan=kind == "floats")


def test_parts_are_put_together_in_order() -> None:
    wanted, usual = numbers("floats", 0.1, 100_000)
    ends = [0, 1, 120, 300, 40_000, 40_000, 100_000]
    parts = [Sparse.of(wanted[start:end], usual) for start, end in pairwise(ends)]
    whole = end_to_end(parts)
    assert np.array_equal(whole.dense(), wanted, equal_nan=True)
    assert whole.places.dtype == np.int32


def test_only_numbers_that_are_mostly_the_same_are_sparse() -> None:
    for share, sparse in ((MAX_OTHERS / 2, True), (2 * MAX_OTHERS, False)):
        wanted, usual = numbers("floats", share)
        kept = sparsely(wanted, usual)
        assert isinstance(kept, Sparse) is sparse
        assert np.array_equal(dense(kept), wanted, equal_nan=True)
