"""What a manifest says of arrays without entries is what its graph does."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet
from models.training.empty_arrays import makes_empty_arrays
from tests.builders import TOY

from almanac.core.system import paths
from almanac.forecasting.models.catalogue import Entry, list_models, load


def entries() -> list[ParameterSet]:
    """All bundled models; those that are not the newest of their name, which never change any more, are slow."""
    newest: dict[str, Entry] = {}
    every = list_models(paths.models()[0])
    for entry in every:
        newest.setdefault(entry.name, entry)
    old = [entry for entry in every if newest[entry.name] is not entry]
    return [pytest.param(e, marks=[pytest.mark.slow] if e in old else [], id=e.title) for e in every]


@pytest.mark.parametrize("entry", entries())
def test_the_manifest_is_true(entry: Entry) -> None:
    model = load(entry)
    assert makes_empty_arrays(model.content) == model.manifest.empty_arrays


def test_a_graph_without_products_makes_none() -> None:
    assert not makes_empty_arrays(load(Entry(TOY / "1.0.0")).content)
