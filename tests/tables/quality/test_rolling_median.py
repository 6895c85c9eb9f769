"""The median around each value is the same, however long the series is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from almanac.tables.quality import outliers

LONGEST = outliers._MEDIANS_AT_ONCE


@pytest.mark.parametrize("count", [9, LONGEST, LONGEST + 1, 2 * LONGEST - 20, 2 * LONGEST + 5])
def test_medians_are_those_of_pandas(count: int) -> None:
    values = np.random.default_rng(count).normal(100, 20, count)
    values[[0, count // 3, -1]] = np.nan
    medians = outliers._rolling_median(values, 5)
    padded = np.pad(values, 2, mode="reflect")
    wanted = pd.Series(padded).rolling(5, min_periods=1, center=True).median().to_numpy()[2:-2]
    assert np.array_equal(medians, wanted)
