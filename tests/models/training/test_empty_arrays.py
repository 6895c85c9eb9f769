"""No graph that is trained makes arrays without entries; the manifest says of each model whether it does."""

from __future__ import annotations

import pytest

pytest.importorskip("spox")

from models.training.empty_arrays import empty_arrays
from models.training.graph.assemble import FEATURES, feature_graph


@pytest.mark.parametrize("kind", FEATURES)
def test_no_season_gives_empty_arrays(kind: str) -> None:
    assert list(empty_arrays(feature_graph(kind).SerializeToString())) == []
