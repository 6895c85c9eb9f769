"""No model folder is used that was not signed, unless a person names it; none hangs or ends the program."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import onnx
import pytest
from models.training.signing import sign
from tests.builders import TEST_KEY, TOY, seasonal, series_set
from tests.forecasting.models.hostile import NEVER, UNSIGNED, WORKING, change, unsign

from almanac.core.calendar.frequency import MONTHLY
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.system import paths
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.models import signature
from almanac.forecasting.models.catalogue import Entry, Task, choose, list_models, load, previous_version, verify
from almanac.forecasting.models.graph_walk import KNOWN_OPERATORS, refuse_unknown

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are those of POSIX")
BAD = "careful@99.0.0"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A good careful@1.0.0 and what will become a bad careful@99.0.0, both signed."""
    for version in ("1.0.0", "99.0.0"):
        folder = tmp_path / "careful" / version
        shutil.copytree(TOY / "1.0.0", folder)
        change(folder, name="careful", kind="careful", version=version)
        sign(folder, TEST_KEY)
    return tmp_path


def bad(root: Path) -> Path:
    return root / "careful" / "99.0.0"


@pytest.mark.parametrize("kind", [*NEVER, *UNSIGNED])
def test_nothing_but_a_signed_model_is_used_by_itself(kind: str, root: Path) -> None:
    (NEVER | UNSIGNED)[kind](bad(root))
    model, notes = choose([root], Task(MONTHLY))
    assert (model.manifest.title, model.signed) == ("careful@1.0.0", True)
    assert {note.code for note in notes} <= {"damaged_model", "other_model_used"}
    by_name, _ = choose([root], Task(MONTHLY), "careful")
    assert by_name.manifest.title == "careful@1.0.0"


@pytest.mark.parametrize("kind", NEVER)
def test_what_is_broken_is_refused_even_by_name(kind: str, root: Path) -> None:
    NEVER[kind](bad(root))
    problem = verify(Entry(bad(root)))
    assert problem is not None
    assert problem.code in {"damaged_model", "unknown_graph"}
    if Entry(bad(root)) in list_models(root):
        model, notes = choose([root], Task(MONTHLY), BAD)
        assert model.manifest.title == "careful@1.0.0"
        assert problem in notes


@pytest.mark.slow
@pytest.mark.parametrize("kind", UNSIGNED)
def test_an_unsigned_model_that_is_named_works_or_the_one_before_it_forecasts(kind: str, root: Path) -> None:
    UNSIGNED[kind](bad(root))
    made = run(forecast(series_set(seasonal(40)), 3, model=ModelRequest(BAD, "cpu", root)))
    codes = {note.code for note in made.notes}
    if kind in WORKING:
        assert (made.model, codes >= {"unsigned_model_used"}) == (BAD, True)
    else:
        assert (made.model, codes >= {"wrong_numbers", "other_model_used"}) == ("careful@1.0.0", True)


def test_an_unsigned_model_with_a_new_name_can_be_named(tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "1.0.0"
    shutil.copytree(TOY / "1.0.0", folder)
    change(folder, name="mine")
    unsign(folder)
    for asked in ("mine", "mine@1.0.0"):
        model, notes = choose([tmp_path], Task(MONTHLY), asked)
        assert not model.signed
        assert [note.code for note in notes] == ["unsigned_model_used"]
    with pytest.raises(ProblemError, match="no forecasting model"):
        choose([tmp_path], Task(MONTHLY))


def test_the_way_back_leads_to_signed_models_only(root: Path) -> None:
    older = root / "careful" / "0.9.0"
    shutil.copytree(bad(root), older)
    change(older, version="0.9.0")
    unsign(older)
    with pytest.raises(ProblemError, match="no earlier version"):
        previous_version([root], "careful@1.0.0")


@pytest.mark.parametrize("name", ["care\x1b[31mful", "Careful", "careful ", "x" * 60])
@pytest.mark.parametrize("version", ["1.0.0", "²", "9" * 5000, "1.0"])
def test_a_folder_with_an_odd_name_is_no_model(name: str, version: str, tmp_path: Path) -> None:
    if len(version) > 200 or (name, version) == ("careful", "1.0.0"):
        version = "9" * 200  # longer names no file system has
    folder = tmp_path / name / version
    shutil.copytree(TOY / "1.0.0", folder)
    assert list_models(tmp_path) == []


def test_every_bundled_model_is_signed_with_the_key_of_the_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature, "PUBLIC_KEYS", signature.PUBLIC_KEYS[:1])  # without that of the tests
    bundled = list_models(paths.models()[0])
    assert len(bundled) == 6
    assert all(load(entry).signed for entry in bundled)
    assert not Entry(TOY / "1.0.0").signed


def test_every_single_bit_of_a_description_is_signed() -> None:
    folder = TOY / "1.0.0"
    manifest, made = (folder / "manifest.json").read_bytes(), (folder / "manifest.sig").read_bytes()
    assert signature.is_ours(manifest, made)
    for n in range(0, 8 * len(manifest), 101):
        changed = bytearray(manifest)
        changed[n // 8] ^= 1 << n % 8
        assert not signature.is_ours(bytes(changed), made)


def test_the_known_operators_are_those_of_the_bundled_models() -> None:
    found = set()
    for entry in [*list_models(paths.models()[0]), Entry(TOY / "1.0.0")]:
        graph = onnx.load(entry.folder / "model.onnx").graph
        found |= {node.op_type for node in graph.node}
    assert found == KNOWN_OPERATORS


def test_the_graphs_of_bundled_models_would_pass_without_a_signature() -> None:
    for entry in list_models(paths.models()[0]):
        refuse_unknown((entry.folder / "model.onnx").read_bytes())
