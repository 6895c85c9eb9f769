"""The models as a person sees them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from almanac.core import paths
from almanac.core.problems import ProblemError
from almanac.forecasting.models.pins import read_pin
from almanac.forecasting.models.status import model_statuses, pin, rollback


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled models, and separate settings."""
    shipped, _ = paths.models()
    for manifest in shipped.glob("*/*/manifest.json"):
        shutil.copytree(manifest.parent, tmp_path / "models" / manifest.parent.relative_to(shipped))
    monkeypatch.setattr(paths, "models", lambda: (tmp_path / "models", tmp_path / "own"))
    monkeypatch.setattr(paths, "state", lambda: tmp_path / "state")
    return tmp_path / "models"


@pytest.mark.usefixtures("models")
def test_every_model_is_listed_and_none_is_pinned_at_first() -> None:
    found = model_statuses()
    assert [model.title.partition("@")[0] for model in found] == ["careful", "quick"]
    assert not any(model.pinned or model.fault for model in found)
    assert [model.default for model in found] == [True, False]
    assert all(model.created for model in found)


def test_a_damaged_model_is_listed_with_what_is_wrong_and_cannot_be_pinned(models: Path) -> None:
    model = next(models.glob("quick/*/model.onnx"))
    model.write_bytes(model.read_bytes()[:-1] + b"!")
    assert [bool(model.fault) for model in model_statuses()] == [False, True]
    with pytest.raises(ProblemError):
        pin("quick")


@pytest.mark.usefixtures("models")
def test_a_pinned_model_stays_until_the_choice_is_left_to_almanac() -> None:
    assert (pin("quick") or "").startswith("quick@")
    assert [model.pinned for model in model_statuses()] == [False, True]
    assert pin(None) is None
    assert read_pin(paths.state()) is None


@pytest.mark.usefixtures("models")
def test_the_first_version_cannot_be_rolled_back() -> None:
    with pytest.raises(ProblemError) as stop:
        rollback()
    assert stop.value.problem.code == "no_earlier_model"
