"""Models are checked before they are opened."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac import places
from almanac.forecasting import forecast
from almanac.forecasting.catalogue import choose, listed, load, verify
from almanac.forecasting.engine import Engine
from almanac.jobs import run
from almanac.problems import ProblemError


@pytest.fixture
def two_versions(tmp_path: Path) -> Path:
    """The bundled model, and the same again as version 1.10.0."""
    (bundled,) = listed(places.models())
    for version in (bundled.version, "1.10.0"):
        folder = tmp_path / bundled.name / version
        shutil.copytree(bundled.folder, folder)
        manifest = json.loads((folder / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps(manifest | {"version": version}))
    return tmp_path


def tamper(root: Path, version: str) -> None:
    file = next(root.glob(f"*/{version}/model.onnx"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_the_bundled_model_is_as_it_was_made() -> None:
    (bundled,) = listed(places.models())
    assert verify(bundled) is None
    assert load(bundled).manifest.title == bundled.title


def test_the_newest_version_is_used_by_number(two_versions: Path) -> None:
    model, notes = choose(two_versions)
    assert model.manifest.version == "1.10.0"
    assert notes == ()


def test_a_damaged_model_is_refused_by_name_and_the_other_one_is_used(two_versions: Path) -> None:
    tamper(two_versions, "1.10.0")
    result = run(forecast(series_set(seasonal(40)), 3, models_root=two_versions))
    assert result.model == "almanac@1.0.0"
    assert [note.code for note in result.notes] == ["damaged_model", "other_model_used"]
    assert "almanac@1.10.0" in result.notes[0].what


def test_only_damaged_models_is_a_problem(two_versions: Path) -> None:
    for version in ("1.0.0", "1.10.0"):
        tamper(two_versions, version)
    with pytest.raises(ProblemError) as stop:
        choose(two_versions)
    assert stop.value.problem.code == "damaged_model"


@pytest.mark.parametrize("damage", ["missing", "garbage", "renamed"])
def test_a_folder_that_is_not_what_it_says_is_refused(two_versions: Path, damage: str) -> None:
    folder = next(two_versions.glob("*/1.10.0"))
    if damage == "missing":
        (folder / "card.md").unlink()
    elif damage == "garbage":
        (folder / "manifest.json").write_text("{")
    else:
        folder = folder.rename(folder.with_name("1.11.0"))
    entry = next(e for e in listed(two_versions) if e.folder == folder)
    problem = verify(entry)
    assert problem is not None
    assert problem.code == "damaged_model"


@pytest.mark.parametrize("asked", ["nobody", "almanac@9.9.9"])
def test_an_unknown_model_is_a_problem_that_lists_those_at_hand(asked: str) -> None:
    with pytest.raises(ProblemError) as stop:
        choose(places.models(), asked)
    assert "almanac@1.0.0" in stop.value.problem.why


def test_a_version_can_be_asked_for(two_versions: Path) -> None:
    assert choose(two_versions, "almanac@1.0.0")[0].manifest.version == "1.0.0"


def test_the_model_still_gives_its_golden_values() -> None:
    model, _ = choose(places.models())
    engine = Engine(model, "cpu")
    assert model.manifest.golden
    for golden in model.manifest.golden:
        values = np.array([golden.values], np.float32)
        got = engine.run(values, np.ones_like(values), golden.season, np.array(golden.steps))
        np.testing.assert_allclose(got[0], golden.quantiles, rtol=1e-3, atol=1e-3)


def test_a_graphics_card_that_is_not_there_is_said() -> None:
    import onnxruntime

    from almanac.forecasting.engine import GPUS

    if set(GPUS) & set(onnxruntime.get_available_providers()):
        pytest.skip("this computer has one")
    result = run(forecast(series_set(seasonal(40)), 3, device="gpu"))
    assert [note.code for note in result.notes] == ["gpu_not_used"]
    assert "CPU" in result.device


def test_the_weights_are_int8_and_the_file_is_small() -> None:
    (bundled,) = listed(places.models())
    assert (bundled.folder / "model.onnx").stat().st_size < 2_000_000
    onnx = pytest.importorskip("onnx")
    graph = onnx.load(bundled.folder / "model.onnx").graph
    assert sum(node.op_type == "DequantizeLinear" for node in graph.node) >= 7
