"""Models are checked before they are opened, and chosen for the task."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from models.training.signing import sign
from tests.builders import TEST_KEY, TOY, seasonal, series_set

from almanac.core.calendar.frequency import MONTHLY, WEEKLY
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.system import paths
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.models import catalogue
from almanac.forecasting.models.catalogue import (
    MIN_SERIES_FOR_QUICK,
    Entry,
    Task,
    choose,
    default_entry,
    list_models,
    load,
    load_named,
    previous_version,
    verify,
)
from almanac.forecasting.models.pins import read_pin, switch

ONE = Task(MONTHLY)


def copy_toy(root: Path, name: str, version: str, **changes: object) -> Path:
    """The toy under another name and version."""
    folder = root / name / version
    shutil.copytree(TOY / "1.0.0", folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"name": name, "version": version} | changes))
    sign(folder, TEST_KEY)
    return folder


@pytest.fixture
def two_versions(tmp_path: Path) -> Path:
    for version in ("1.0.0", "1.10.0"):
        copy_toy(tmp_path, "toy", version)
    return tmp_path


@pytest.fixture
def both_kinds(tmp_path: Path) -> Path:
    copy_toy(tmp_path, "careful", "1.0.0", kind="careful")
    copy_toy(tmp_path, "quick", "1.0.0")
    return tmp_path


def tamper(root: Path, version: str) -> None:
    file = next(root.glob(f"*/{version}/model.onnx"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_the_bundled_models_are_unchanged() -> None:
    bundled = list_models(paths.models()[0])
    assert {entry.name for entry in bundled} == {"careful", "quick"}
    for entry in bundled:
        assert verify(entry) is None
        assert load(entry).manifest.title == entry.title


def test_all_bundled_models_together_stay_small() -> None:
    size = sum(file.stat().st_size for entry in list_models(paths.models()[0]) for file in entry.folder.iterdir())
    assert size <= 10_000_000


def test_the_newest_version_is_used_by_number(two_versions: Path) -> None:
    model, notes = choose([two_versions], ONE, "toy")
    assert model.manifest.version == "1.10.0"
    assert notes == ()


def test_a_damaged_model_is_refused_by_name_and_the_other_one_is_used(two_versions: Path) -> None:
    tamper(two_versions, "1.10.0")
    result = run(forecast(series_set(seasonal(40)), 3, model=ModelRequest(root=two_versions)))
    assert result.model == "toy@1.0.0"
    codes = [note.code for note in result.notes]
    assert codes == ["damaged_model", "other_model_used"]
    assert "toy@1.10.0" in result.notes[0].what


def test_only_damaged_models_is_a_problem(two_versions: Path) -> None:
    for version in ("1.0.0", "1.10.0"):
        tamper(two_versions, version)
    with pytest.raises(ProblemError) as stop:
        choose([two_versions], ONE)
    assert stop.value.problem.code == "damaged_model"


@pytest.mark.parametrize("damage", ["missing", "garbage", "renamed"])
def test_a_folder_that_is_not_what_it_says_is_refused(two_versions: Path, damage: str) -> None:
    folder = two_versions / "toy" / "1.10.0"
    if damage == "missing":
        (folder / "card.md").unlink()
    elif damage == "garbage":
        (folder / "manifest.json").write_text("{")
        sign(folder, TEST_KEY)
    else:
        folder = folder.rename(folder.with_name("1.11.0"))
    problem = verify(Entry(folder))
    assert problem is not None
    assert problem.code == "damaged_model"


@pytest.mark.parametrize("asked", ["nobody", "careful@9.9.9"])
def test_an_unknown_model_is_a_problem_that_lists_the_models_there_are(asked: str, both_kinds: Path) -> None:
    with pytest.raises(ProblemError) as stop:
        choose([both_kinds], ONE, asked)
    assert "careful@1.0.0, quick@1.0.0" in stop.value.problem.why


def test_no_model_at_all_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as stop:
        choose([tmp_path], ONE)
    assert stop.value.problem.code == "unknown_model"
    assert default_entry([tmp_path]) is None


def test_a_version_can_be_asked_for(two_versions: Path) -> None:
    assert choose([two_versions], ONE, "toy@1.0.0")[0].manifest.version == "1.0.0"


def test_the_careful_model_is_used_until_there_are_very_many_series(both_kinds: Path) -> None:
    few, notes = choose([both_kinds], Task(MONTHLY, MIN_SERIES_FOR_QUICK - 1))
    assert (few.manifest.name, notes) == ("careful", ())
    many, notes = choose([both_kinds], Task(MONTHLY, MIN_SERIES_FOR_QUICK))
    assert many.manifest.name == "quick"
    assert [note.code for note in notes] == ["quick_model_used"]
    assert choose([both_kinds], Task(MONTHLY, MIN_SERIES_FOR_QUICK, gpu=True))[0].manifest.name == "careful"


@pytest.mark.parametrize("limits", [{"rhythms": ["monthly"]}, {"longest_season": 12}])
def test_a_model_that_was_not_made_for_the_frequency_is_passed_over_with_a_note(
    tmp_path: Path, limits: dict[str, object]
) -> None:
    copy_toy(tmp_path, "toy", "1.0.0")
    copy_toy(tmp_path, "toy", "2.0.0", **limits)
    assert choose([tmp_path], ONE)[0].manifest.version == "2.0.0"
    model, notes = choose([tmp_path], Task(WEEKLY))
    assert model.manifest.version == "1.0.0"
    assert [note.code for note in notes] == ["unsuitable_model", "other_model_used"]


def test_the_version_before_is_used_where_it_was_measured_to_be_better(tmp_path: Path) -> None:
    copy_toy(tmp_path, "toy", "1.0.0")
    copy_toy(tmp_path, "toy", "2.0.0", weaker_at=["weekly"])
    for asked, expected in ((None, "1.0.0"), ("toy", "1.0.0"), ("toy@2.0.0", "2.0.0")):
        assert choose([tmp_path], Task(WEEKLY), asked)[0].manifest.version == expected
    assert choose([tmp_path], ONE)[0].manifest.version == "2.0.0"


def test_without_a_version_before_a_weaker_one_is_used(tmp_path: Path) -> None:
    copy_toy(tmp_path, "toy", "2.0.0", weaker_at=["weekly"])
    assert choose([tmp_path], Task(WEEKLY))[0].manifest.version == "2.0.0"


def test_a_folder_put_into_the_settings_is_verified_and_offered() -> None:
    own = paths.state() / "models"
    copy_toy(own, "mine", "0.1.0")
    assert "mine@0.1.0" in [entry.title for entry in list_models(*paths.models())]
    assert run(forecast(series_set(seasonal(40)), 3, model=ModelRequest("mine"))).model == "mine@0.1.0"
    tamper(own, "0.1.0")
    with pytest.raises(ProblemError):
        run(forecast(series_set(seasonal(40)), 3, model=ModelRequest("mine")))


def test_a_bundled_model_cannot_be_replaced_by_an_added_one_of_the_same_version(both_kinds: Path) -> None:
    own = paths.state() / "models"
    copy_toy(own, "careful", "1.0.0")
    (entry,) = [e for e in list_models(both_kinds, own) if e.name == "careful"]
    assert entry.folder.is_relative_to(both_kinds / "careful")


def test_a_pin_is_kept_until_it_is_taken_back(two_versions: Path) -> None:
    state = paths.state()
    assert read_pin(state) is None
    switch(state, "toy@1.0.0")
    assert choose([two_versions], ONE, pinned=read_pin(state))[0].manifest.version == "1.0.0"
    assert choose([two_versions], ONE, "toy@1.10.0", read_pin(state))[0].manifest.version == "1.10.0"
    switch(state, None)
    assert read_pin(state) is None


def test_a_pin_of_a_missing_model_is_passed_over_with_a_note(two_versions: Path) -> None:
    model, notes = choose([two_versions], ONE, pinned="gone@1.0.0")
    assert model.manifest.title == "toy@1.10.0"
    assert "pinned_model_gone" in [note.code for note in notes]


def test_a_settings_file_that_cannot_be_read_is_no_choice(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("[not json")
    assert read_pin(tmp_path) is None


def test_rollback_finds_the_version_before(two_versions: Path) -> None:
    assert previous_version([two_versions], "toy@1.10.0").title == "toy@1.0.0"
    with pytest.raises(ProblemError) as stop:
        previous_version([two_versions], "toy@1.0.0")
    assert stop.value.problem.code == "no_earlier_model"


def test_the_named_model_is_loaded_or_refused(two_versions: Path) -> None:
    assert load_named([two_versions], "toy@1.0.0").manifest.version == "1.0.0"
    tamper(two_versions, "1.0.0")
    with pytest.raises(ProblemError):
        load_named([two_versions], "toy@1.0.0")


def settle(folder: Path) -> None:
    """As if its files had been there for a while."""
    for file in folder.iterdir():
        os.utime(file, (1.7e9, 1.7e9))


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that are read and checked from now on, which have been there for a while."""
    found: list[str] = []
    monkeypatch.setattr(catalogue, "SETTLED_S", -1.0)
    monkeypatch.setattr(catalogue, "load", lambda entry: found.append(entry.title) or load(entry))
    return found


def test_a_model_that_did_not_change_is_read_once(two_versions: Path, loads: list[str]) -> None:
    models = [choose([two_versions], ONE)[0] for _ in range(3)]
    assert loads == ["toy@1.10.0"]
    assert models[0] is models[2]


def test_a_model_that_changed_is_checked_again_though_size_and_time_are_the_same(
    two_versions: Path, loads: list[str]
) -> None:
    folder = two_versions / "toy" / "1.10.0"
    settle(folder)
    choose([two_versions], ONE)
    tamper(two_versions, "1.10.0")
    settle(folder)
    model, _ = choose([two_versions], ONE)
    assert loads == ["toy@1.10.0", "toy@1.10.0", "toy@1.0.0"]
    assert model.manifest.version == "1.0.0"


def test_a_model_that_has_just_been_written_is_not_remembered(
    two_versions: Path, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "SETTLED_S", 3600.0)
    choose([two_versions], ONE)
    choose([two_versions], ONE)
    assert loads == ["toy@1.10.0"] * 2
