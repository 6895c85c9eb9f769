"""Labels at the ends of lines are never on top of another, nor cut by the edge of the chart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from almanac.desktop.charts.label_places import label_places


@pytest.mark.parametrize(
    "ends", [(0.0, 0.0, 0.0), (0.0, 10.0, 10.0), (5.0, np.nan, 5.1), (10.0, 9.9, 9.8), (0.1, 0.2, 9.9)]
)
def test_labels_keep_their_distance_and_stay_in_the_chart(ends: tuple[float, ...]) -> None:
    places = label_places(ends, 1.0, 0.0, 10.0)
    assert set(places) == {k for k, end in enumerate(ends) if np.isfinite(end)}
    heights = sorted(places.values())
    assert heights[0] >= 0.5
    assert heights[-1] <= 9.5
    assert all(b - a >= 1 - 1e-9 for a, b in pairwise(heights))


def test_a_label_with_room_is_at_the_end_of_its_line() -> None:
    assert label_places((2.0, 6.0), 1.0, 0.0, 10.0) == {0: 2.0, 1: 6.0}
