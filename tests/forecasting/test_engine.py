"""A verified model on this computer."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from tests.builders import TOY, seasonal, series_set

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.system import paths
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.engine import Engine, _opened, warm_up
from almanac.forecasting.gpu import trial
from almanac.forecasting.models.catalogue import Entry, list_models, load

STEPS = np.arange(1, 4)


@cache
def opened(entry: Entry) -> Engine:
    """The bundled model of this entry, opened once for all tests: an engine keeps nothing between two runs."""
    return Engine(load(entry), "cpu")


@pytest.fixture
def toy() -> Engine:
    return Engine(load(Entry(TOY / "1.0.0")), "cpu")


@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda e: e.title)
def test_a_bundled_model_still_gives_its_golden_values(entry: Entry) -> None:
    engine = opened(entry)
    golden = engine.model.manifest.golden
    assert len(golden) >= 4
    for one in golden:
        values = np.array([one.values], np.float32)
        got = engine.run(values, np.ones_like(values), one.seasons, np.array(one.steps))
        np.testing.assert_allclose(got[0], one.quantiles, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda e: e.title)
def test_the_weights_are_int8(entry: Entry) -> None:
    onnx = pytest.importorskip("onnx")
    graph = onnx.load(entry.folder / "model.onnx").graph
    assert sum(node.op_type == "DequantizeLinear" for node in graph.node) >= 7


@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda e: e.title)
def test_padding_changes_nothing(entry: Entry) -> None:
    engine, y = opened(entry), seasonal(60)
    answers = []
    for length in (72, 144, 336):
        values, mask = np.zeros((1, length)), np.zeros((1, length), np.float32)
        values[0, -60:], mask[0, -60:] = y, 1
        answers.append(engine.run(values, mask, (12, 1), np.arange(1, 7)))
    for other in answers[1:]:
        np.testing.assert_allclose(other, answers[0], rtol=1e-4)


@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda e: e.title)
def test_values_under_the_mask_change_nothing(entry: Entry) -> None:
    engine = opened(entry)
    values, mask = seasonal(60)[None].copy(), np.ones((1, 60), np.float32)
    mask[0, [5, 30, 59]] = 0
    plain = engine.run(values, mask, (12, 1), STEPS)
    values[0, [5, 30, 59]] = [np.nan, np.inf, 1e30]
    np.testing.assert_array_equal(engine.run(values, mask, (12, 1), STEPS), plain)


def test_a_missing_graphics_card_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "installed_providers", lambda: ())
    result = run(forecast(series_set(seasonal(40)), 3, model=ModelRequest(device="gpu")))
    assert [note.code for note in result.notes] == ["gpu_not_used"]
    assert "CPU" in result.device


GOOD = np.ones((2, 24))
WRONG = {
    "one axis": (np.ones(24), np.ones(24), (12, 1), STEPS),
    "mask of another shape": (GOOD, np.ones((2, 25)), (12, 1), STEPS),
    "too short": (GOOD[:, :10], np.ones((2, 10)), (12, 1), STEPS),
    "no steps": (GOOD, np.ones((2, 24)), (12, 1), np.array([], np.int64)),
    "step 0": (GOOD, np.ones((2, 24)), (12, 1), np.array([0])),
    "no season": (GOOD, np.ones((2, 24)), (0, 1), STEPS),
    "infinite": (GOOD * np.inf, np.ones((2, 24)), (12, 1), STEPS),
    "not a number": (GOOD * np.nan, np.ones((2, 24)), (12, 1), STEPS),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_refused_before_the_model_sees_it(name: str, toy: Engine) -> None:
    values, mask, seasons, steps = WRONG[name]
    with pytest.raises(ValueError, match=r"must be|finite"):
        toy.run(values, mask.astype(np.float32), seasons, steps)


@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda e: e.title)
def test_nothing_known_gives_something_finite(entry: Entry) -> None:
    made = opened(entry).run(np.zeros((3, 48)), np.zeros((3, 48), np.float32), (12, 1), STEPS)
    assert np.isfinite(made).all()


def test_warming_up_opens_the_model_that_a_forecast_then_uses() -> None:
    warm_up()
    before = dict(_opened)
    run(forecast(series_set(seasonal(40)), 3))
    assert dict(_opened) == before


def test_warming_up_leaves_missing_models_for_the_forecast_to_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALMANAC_MODELS", str(tmp_path))
    warm_up()
    with pytest.raises(ProblemError):
        run(forecast(series_set(seasonal(40)), 3))


@pytest.mark.parametrize("name", ["careful", "quick"])
@pytest.mark.parametrize("points", [3, 6, 11])
def test_ranges_of_histories_below_one_season_hold(name: str, points: int) -> None:
    newest = next(entry for entry in list_models(paths.models()[0]) if entry.name == name)
    y = np.random.default_rng(points).normal(100, 10, (400, 27))
    values, mask = np.zeros((2, 400, 24), np.float32)
    values[:, -points:], mask[:, -points:] = y[:, :points], 1
    model = load(newest)
    made = Engine(model, "cpu").run(values, mask, (12, 1), np.arange(1, 4))
    low, high = (made[:, :, model.manifest.levels.index(level)] for level in (0.1, 0.9))
    held = ((y[:, points : points + 3] >= low) & (y[:, points : points + 3] <= high)).mean()
    assert 0.6 <= held <= 0.95
