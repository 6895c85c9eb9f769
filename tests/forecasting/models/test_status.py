"""The models as a person sees them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from almanac.core.problems import ProblemError
from almanac.core.system import paths
from almanac.forecasting.models.catalogue import list_models
from almanac.forecasting.models.pins import Pins, read_pin, read_pins
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


@pytest.mark.usefixtures("models")
def test_going_back_undoes_each_switch_in_turn_and_every_reason_is_kept() -> None:
    newer, older = [entry.title for entry in list_models(*paths.models()) if entry.name == "careful"][:2]
    pin("quick", "it is faster")
    pin(older, "smaller misses in March")
    assert [model.reason for model in model_statuses() if model.pinned] == ["smaller misses in March"]
    assert rollback("April was worse") == (newest("quick"), older)
    assert rollback() == (newer, newest("quick"))
    pins = read_pins(paths.state())
    assert (pins.model, pins.earlier) == (None, ())
    assert [(one.before, one.after, one.reason) for one in pins.switches] == [
        (None, newest("quick"), "it is faster"),
        (newest("quick"), older, "smaller misses in March"),
        (older, newest("quick"), "April was worse"),
        (newest("quick"), None, ""),
    ]


def test_a_choice_kept_by_an_earlier_version_of_the_program_counts(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"model": "careful@2.0.0"}')
    assert read_pins(tmp_path) == Pins("careful@2.0.0")
    for damaged in (
        "",
        "[]",
        '{"model": 3}',
        '{"model": null, "switches": [{"x": 1}]}',
        '{"model": null, "earlier": 3}',
    ):
        (tmp_path / "model.json").write_text(damaged)
        assert read_pins(tmp_path) == Pins()


@pytest.mark.usefixtures("models")
def test_going_back_from_the_model_that_almanac_would_choose_leads_to_another_one() -> None:
    newer, older = [entry.title for entry in list_models(*paths.models()) if entry.name == "careful"][:2]
    pin(newer)
    assert rollback() == (older, newer)
