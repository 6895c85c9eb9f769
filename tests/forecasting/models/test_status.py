"""The models as a person sees them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from almanac.core import paths
from almanac.core.problems import ProblemError
from almanac.forecasting.models.catalogue import list_models
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


def newest(name: str) -> str:
    """The title of the newest version."""
    return next(entry.title for entry in list_models(*paths.models()) if entry.name == name)


@pytest.mark.usefixtures("models")
def test_every_model_is_listed_and_none_is_pinned_at_first() -> None:
    found = model_statuses()
    assert {model.title.partition("@")[0] for model in found} == {"careful", "quick"}
    assert not any(model.pinned or model.fault for model in found)
    assert [model.title for model in found if model.default] == [newest("careful")]
    assert all(model.created for model in found)


def test_a_damaged_model_is_listed_with_what_is_wrong_and_cannot_be_pinned(models: Path) -> None:
    title = newest("quick")
    model = models.joinpath(*title.split("@"), "model.onnx")
    model.write_bytes(model.read_bytes()[:-1] + b"!")
    assert [model.title for model in model_statuses() if model.fault] == [title]
    with pytest.raises(ProblemError):
        pin(title)


@pytest.mark.usefixtures("models")
def test_a_pinned_model_stays_until_the_choice_is_left_to_almanac() -> None:
    assert (pin("quick") or "").startswith("quick@")
    assert [model.title for model in model_statuses() if model.pinned] == [newest("quick")]
    assert pin(None) is None
    assert read_pin(paths.state()) is None


@pytest.mark.usefixtures("models")
def test_there_is_a_way_back_until_the_first_version() -> None:
    versions = [entry.title for entry in list_models(*paths.models()) if entry.name == "careful"]
    for earlier in versions[1:]:
        rollback()
        assert read_pin(paths.state()) == earlier
    with pytest.raises(ProblemError) as stop:
        rollback()
    assert stop.value.problem.code == "no_earlier_model"
