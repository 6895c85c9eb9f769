"""Counting without sorting gives what sorting gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from almanac.tables.columns.counting import different_moments


@given(
    st.lists(st.integers(-3000, 3000), max_size=60),
    st.sampled_from([1, 60, 3600, 86_400, 7 * 86_400]),
    st.sampled_from([0, 1, 10**9, -(10**10)]),
)
def test_different_moments_are_those_that_sorting_finds(steps: list[int], step: int, first: int) -> None:
    when = (np.array(steps, dtype=np.int64) * step + first).astype("datetime64[s]")
    moments, index = different_moments(when)
    wanted, place = np.unique(when, return_inverse=True)
    assert moments.dtype == when.dtype
    assert np.array_equal(moments, wanted)
    assert np.array_equal(index, place)
    assert np.array_equal(moments[index], when)
