"""The four demand patterns."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import series_set

from almanac.evaluation.dependence.demand import DemandPattern, demand_patterns


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([100, 103, 98, 101, 99, 102], DemandPattern.SMOOTH),
        ([1, 50, 2, 400, 3, 9], DemandPattern.ERRATIC),
        ([5, 0, 0, 6, 0, 0, 5, 0, 0], DemandPattern.INTERMITTENT),
        ([1, 0, 0, 90, 0, 0, 2, 0, 0], DemandPattern.LUMPY),
        ([0, 0, 0, 0], DemandPattern.INTERMITTENT),
        ([1e200, 0, 0, 1e200, 0, 0], DemandPattern.INTERMITTENT),
        ([7, np.nan, np.nan, 7, np.nan, 7], DemandPattern.SMOOTH),
    ],
    ids=["steady", "varied", "now and then", "rare and varied", "all zeros", "huge", "gaps are no zeros"],
)
def test_each_series_is_of_its_kind(values: list[float], kind: DemandPattern) -> None:
    found = demand_patterns(series_set([1.0, 2.0], values, [3.0]))
    assert list(DemandPattern)[found[1]] is kind
