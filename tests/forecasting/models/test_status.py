"""The models as a person sees them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from almanac.core import paths
from almanac.core.problems import ProblemError
from almanac.forecasting.models.pins import pinned
from almanac.forecasting.models.status import keep, rollback, shelf


@pytest.fixture
def shelved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled models, and settings of its own."""
    shipped, _ = paths.models()
    for manifest in shipped.glob("*/*/manifest.json"):
        shutil.copytree(manifest.parent, tmp_path / "models" / manifest.parent.relative_to(shipped))
    monkeypatch.setattr(paths, "models", lambda: (tmp_path / "models", tmp_path / "own"))
    monkeypatch.setattr(paths, "state", lambda: tmp_path / "state")
    return tmp_path / "models"


def test_every_model_is_listed_and_none_is_kept_at_first(shelved: Path) -> None:  # noqa: ARG001
    found = shelf()
    assert [model.title.partition("@")[0] for model in found] == ["careful", "quick"]
    assert not any(model.pinned or model.fault for model in found)
    assert [model.usual for model in found] == [True, False]
    assert all(model.created for model in found)


def test_a_damaged_model_is_listed_with_what_is_wrong_and_cannot_be_kept(shelved: Path) -> None:
    model = next(shelved.glob("quick/*/model.onnx"))
    model.write_bytes(model.read_bytes()[:-1] + b"!")
    assert [bool(model.fault) for model in shelf()] == [False, True]
    with pytest.raises(ProblemError):
        keep("quick")


def test_a_model_that_was_chosen_is_kept_until_the_choice_is_left_to_almanac(shelved: Path) -> None:  # noqa: ARG001
    assert (keep("quick") or "").startswith("quick@")
    assert [model.pinned for model in shelf()] == [False, True]
    assert keep(None) is None
    assert pinned(paths.state()) is None


def test_there_is_no_way_back_from_the_first_version(shelved: Path) -> None:  # noqa: ARG001
    with pytest.raises(ProblemError) as stop:
        rollback()
    assert stop.value.problem.code == "no_earlier_model"
