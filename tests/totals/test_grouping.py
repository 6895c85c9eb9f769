"""Groups by the person's columns: everything, each column, all together."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.totals.builders import crossed, matrix, nested

from almanac.totals import grouping_of


def test_crossed_columns_give_everything_each_column_and_both() -> None:
    grouping = crossed()
    assert [level.columns for level in grouping.levels] == [(), ("Store",), ("Product",), ("Store", "Product")]
    assert [len(level) for level in grouping.levels] == [1, 2, 3, 6]
    assert grouping.sizes.tolist() == [6, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1]


def test_a_nested_column_comes_once_with_what_it_is_nested_in() -> None:
    assert [level.columns for level in nested().levels] == [(), ("Department",), ("Department", "Product")]


def test_sums_are_those_of_the_members() -> None:
    for grouping in (crossed(), nested()):
        n = len(grouping.levels[0].codes)
        values = np.random.default_rng(1).normal(size=(n, 4))
        np.testing.assert_allclose(grouping.sums(values), matrix(grouping) @ values, rtol=1e-12)


def test_spreading_is_the_transpose_of_summing() -> None:
    grouping = crossed(3, 4)
    values = np.random.default_rng(2).normal(size=(len(grouping), 2))
    np.testing.assert_allclose(grouping.spread(values), matrix(grouping).T @ values, rtol=1e-12)


def test_overlaps_are_a_weighted_product_of_the_summing_matrix() -> None:
    grouping = crossed(3, 4)
    weights = np.random.default_rng(3).random(12)
    expected = matrix(grouping) @ np.diag(weights) @ matrix(grouping).T
    np.testing.assert_allclose(grouping.overlaps(weights), expected, rtol=1e-12)


def test_amounts_of_different_kinds_are_never_added_up() -> None:
    keys = [("a", "Units"), ("a", "Revenue"), ("b", "Units"), ("b", "Revenue")]
    kinds = [key[1] for key in keys]
    grouping = grouping_of(keys, ("Shop", "Column"), ("Shop",), kinds, np.arange(4))
    assert [sorted({kinds[i] for i in members}) for members in grouping.members if len(members) > 1] == [
        ["Revenue"],
        ["Units"],
    ]


def test_kept_groups_have_the_same_members() -> None:
    grouping = crossed(3, 2)
    chosen = grouping.sizes > 1
    kept = grouping.keep(chosen)
    expected = [m.tolist() for m, keep in zip(grouping.members, chosen, strict=True) if keep]
    assert [m.tolist() for m in kept.members] == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=12))
def test_every_level_but_single_series_covers_each_series_once(keys: list[tuple[str, str]]) -> None:
    grouping = grouping_of(keys, ("A", "B"), ("A", "B"), [""] * len(keys), np.arange(len(keys)))
    for level in grouping.levels:
        assert level.sizes.sum() == len(keys)
        assert sorted(level.order.tolist()) == list(range(len(keys)))
