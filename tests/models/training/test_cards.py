"""Model cards agree with what was measured."""

from __future__ import annotations

import pytest
from models.training.card import card
from models.training.evaluation.kinds import KINDS
from models.training.evaluation.results import Results

from almanac.core.system import paths
from almanac.forecasting.models.catalogue import Entry, list_models, load


@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda e: e.title)
def test_a_card_says_what_the_stored_results_say(entry: Entry) -> None:
    assert (entry.folder / "card.md").read_text(encoding="utf-8") == card(
        load(entry).manifest, Results.read(entry.folder)
    )


@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda e: e.title)
def test_a_bundled_model_was_measured_on_every_frequency_kind_and_slice_and_for_speed(entry: Entry) -> None:
    results = Results.read(entry.folder)
    frequencies = {"yearly", "quarterly", "monthly", "weekly", "daily", "hourly"}
    assert {f.frequency for f in results.development} == frequencies
    assert {f.frequency for f in results.windows} == frequencies
    assert len(results.slices) >= 7
    assert {k.name for k in results.kinds} == {k.name for k in KINDS}
    assert {s.batch for s in results.speed} >= {1, 64, 1024}
    assert results.ablation
    assert len(results.public) == 9
