"""Which columns repeat another: never because numbers are large or hardly change."""

from __future__ import annotations

import numpy as np

from almanac.tables.quality.copied_columns import find_copies


def test_a_multiple_is_a_copy_and_what_hardly_changes_is_none() -> None:
    price = 80.5 * (1 + np.arange(60.0) % 3) + np.arange(60) % 7
    stamps = 1_709_510_400 + 60 * np.arange(60.0)
    columns = {0: stamps, 1: 15 + np.arange(60.0) % 13 / 7, 2: np.full(60, 2.0), 3: price, 4: price * 0.15}
    assert [(copy.column, copy.of) for copy in find_copies(columns, True)] == [(4, 3)]


def test_a_copy_in_columns_that_are_mostly_blank_is_found_and_others_are_none() -> None:
    chance = np.random.default_rng(0)
    values = chance.integers(0, 9, (30_000, 3)).astype(float)
    values[chance.random(values.shape) < 0.8] = np.nan
    columns = {0: values[:, 0], 1: values[:, 1], 2: values[:, 0] * 2}
    assert [(copy.column, copy.of, copy.factor) for copy in find_copies(columns, True)] == [(2, 0, 2.0)]
