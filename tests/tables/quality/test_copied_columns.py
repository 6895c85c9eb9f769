"""Which columns repeat another: never because numbers are large or hardly change."""

from __future__ import annotations

import numpy as np

from almanac.tables.quality.copied_columns import find_copies


def test_a_multiple_is_a_copy_and_what_hardly_changes_is_none() -> None:
    price = 80.5 * (1 + np.arange(60.0) % 3) + np.arange(60) % 7
    stamps = 1_709_510_400 + 60 * np.arange(60.0)
    columns = {0: stamps, 1: 15 + np.arange(60.0) % 13 / 7, 2: np.full(60, 2.0), 3: price, 4: price * 0.15}
    assert [(copy.column, copy.of) for copy in find_copies(columns, True)] == [(4, 3)]
