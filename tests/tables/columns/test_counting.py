"""Counting finds the same distinct values as sorting."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from almanac.tables.columns.counting import distinct_moments


@given(
    st.lists(st.integers(-3000, 3000), max_size=60),
    st.sampled_from([1, 60, 3600, 86_400, 7 * 86_400]),
    st.sampled_from([0, 1, 10**9, -(10**10)]),
)
def test_distinct_moments_are_the_same_as_with_sorting(steps: list[int], step: int, first: int) -> None:
    when = (np.array(steps, dtype=np.int64) * step + first).astype("datetime64[s]")
    moments, index = distinct_moments(when)
    wanted, place = np.unique(when, return_inverse=True)
    assert moments.dtype == when.dtype
    assert np.array_equal(moments, wanted)
    assert np.array_equal(index, place)
    assert np.array_equal(moments[index], when)
