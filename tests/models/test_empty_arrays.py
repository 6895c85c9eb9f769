"""What a manifest says of arrays without entries is what its graph does."""

from __future__ import annotations

import pytest
from models.training.empty_arrays import makes_empty_arrays
from tests.builders import TOY

from almanac.core.system import paths
from almanac.forecasting.models.catalogue import Entry, list_models, load


@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda e: e.title)
def test_the_manifest_is_true(entry: Entry) -> None:
    model = load(entry)
    assert makes_empty_arrays(model.content) == model.manifest.empty_arrays


def test_a_graph_without_products_makes_none() -> None:
    assert not makes_empty_arrays(load(Entry(TOY / "1.0.0")).content)
