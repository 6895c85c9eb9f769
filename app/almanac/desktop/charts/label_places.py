"""Where the labels at the ends of lines are, so that none is on top of another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def label_places(ends: Sequence[float], distance: float, ground: float, ceiling: float) -> dict[int, float]:
    """The height of the label of each line that ends somewhere (not NaN), by its position in ``ends``.

    Each is at its end, or as far above as keeps ``distance`` to the one below; all are between ``ground`` and
    ``ceiling``.
    """
    floor, places = ground - distance / 2, dict[int, float]()
    shown = [k for k, end in enumerate(ends) if np.isfinite(end)]
    for k in sorted(shown, key=lambda k: (ends[k], -k)):
        floor = places[k] = max(ends[k], floor + distance)
    ceiling -= distance / 2  # a label above it would be cut
    for k in sorted(places, key=places.__getitem__, reverse=True):
        places[k] = min(places[k], ceiling)
        ceiling = places[k] - distance
    return places
