"""From nothing to two models that can forecast. Needs the training tools (make models installs them)."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("spox")

import torch
from models.training.build import TOY, build, key
from models.training.graph.assemble import feature_graph, full_graph
from models.training.graph.common import Weights, joined_members
from models.training.network import Network, NetworkInput, Target, loss
from models.training.prior.draw import draw
from models.training.prior.shapes import HOURLY_AND_WEEKLY, MONTHLY, Shape
from models.training.rebuild import rebuild
from models.training.release import NOTE
from models.training.train import session

from almanac.forecasting.engine import Engine
from almanac.forecasting.models.catalogue import Entry, load, verify

KINDS = ["careful", "quick"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(TOY, tmp_path_factory.mktemp("build"), "1.0.0")


@pytest.mark.parametrize("kind", KINDS)
def test_a_toy_is_built_verified_and_served(built: Path, kind: str) -> None:
    entry = Entry(built / kind / "1.0.0")
    assert verify(entry) is None
    values = np.random.default_rng(0).normal(100, 5, (5, 48))
    made = Engine(load(entry), "cpu").run(values, np.ones((5, 48), np.float32), (12, 1), np.arange(1, 7))
    assert np.isfinite(made).all()
    assert (np.diff(made, axis=2) >= 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_is_written_again_with_the_weights_it_has(built: Path, tmp_path: Path, kind: str) -> None:
    shutil.copytree(built / kind, tmp_path / kind)
    (tmp_path / kind / "1.0.0" / NOTE).write_text("because")
    assert rebuild(tmp_path / kind / "1.0.0", "1.0.1")
    assert [p.name for p in (tmp_path / kind).iterdir()] == ["1.0.1"]
    old, new = Entry(built / kind / "1.0.0"), Entry(tmp_path / kind / "1.0.1")
    assert verify(new) is None
    assert (new.folder / NOTE).read_text() == "because"
    assert load(new).manifest.commit == load(old).manifest.commit
    values = np.random.default_rng(0).normal(100, 5, (5, 48))
    one, two = (
        Engine(load(e), "cpu").run(values, np.ones((5, 48), np.float32), (24, 1), np.arange(1, 7)) for e in (old, new)
    )
    np.testing.assert_allclose(one, two, rtol=1e-5)


def test_a_model_is_written_again_with_other_forecasts_only_for_a_reason(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.training.rebuild.difference", lambda *_: 1e-3)
    shutil.copytree(built / "quick", tmp_path / "quick")
    assert not rebuild(tmp_path / "quick" / "1.0.0", "1.0.1")
    assert [p.name for p in (tmp_path / "quick").iterdir()] == ["1.0.0"]
    assert rebuild(tmp_path / "quick" / "1.0.0", "1.0.1", "it was wrong")
    assert "because: it was wrong" in (tmp_path / "quick" / "1.0.1" / NOTE).read_text()


def test_a_finished_build_is_not_made_again(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {p: p.read_bytes() for p in built.rglob("model.onnx")}
    build(TOY, built.parent, "1.0.0")
    said = capsys.readouterr().out
    assert "careful: trained before" in said
    assert "quick: trained before" in said
    assert {p: p.read_bytes() for p in before} == before


def test_the_same_seed_trains_the_same_weights(built: Path, tmp_path: Path) -> None:
    build(TOY, tmp_path, "1.0.0")
    for kind in KINDS:
        with (
            np.load(built.parent / key(TOY) / f"{kind}.npz") as one,
            np.load(tmp_path / key(TOY) / f"{kind}.npz") as two,
        ):
            for name in one.files:
                np.testing.assert_allclose(one[name], two[name], rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [MONTHLY, HOURLY_AND_WEEKLY], ids=["monthly", "hourly"])
def test_the_graph_agrees_with_the_torch_network(kind: str, shape: Shape) -> None:
    """The ONNX graph of the network, operation by operation, compared with torch."""
    values, mask, _ = draw(np.random.default_rng(0), 16, shape)
    feed = {"values": values, "mask": mask, "seasons": np.array(shape.seasons), "steps": np.array(shape.steps)}
    run = session(feature_graph(kind))
    made = dict(zip([o.name for o in run.get_outputs()], run.run(None, feed), strict=True))
    torch.manual_seed(0)
    net = Network(made["inputs"].shape[1], made["candidates"].shape[1], made["steps_seen"].shape[2])
    for layer in (net.mix, net.leave):
        torch.nn.init.normal_(layer.weight, std=0.3)
    names = ("inputs", "candidates", "steps_seen", "empirical", "hats", "spread")
    read = NetworkInput(*(torch.from_numpy(made[k]) for k in names))
    with torch.no_grad():
        expected = net(read).numpy() * made["scale"][:, :, None] + made["base"][:, :, None]
    lowest = np.where(mask > 0, values, np.inf).min(axis=1)[:, None, None]
    expected = np.where(lowest >= 0, np.maximum(expected, 0), expected)
    (got,) = session(full_graph(net.weights(), kind, quantize=False)).run(["quantiles"], feed)
    size = np.abs(values).max(axis=1)[:, None, None]
    np.testing.assert_allclose(got / size, expected / size, atol=2e-4)


def test_several_networks_give_the_mean_of_their_quantiles() -> None:
    values, mask, _ = draw(np.random.default_rng(0), 8, MONTHLY)
    feed = {"values": values, "mask": mask, "seasons": np.array((12, 1)), "steps": np.array(MONTHLY.steps)}
    run = session(feature_graph())
    made = dict(zip([o.name for o in run.get_outputs()], run.run(None, feed), strict=True))
    size = made["inputs"].shape[1], made["candidates"].shape[1], made["steps_seen"].shape[2]
    nets = []
    for seed in range(2):
        torch.manual_seed(seed)
        nets.append(Network(*size).weights())

    def of(weights: Weights) -> np.ndarray:
        return np.asarray(session(full_graph(weights, quantize=False)).run(["quantiles"], feed)[0])

    apart = [of(net) for net in nets]
    positive = (values >= 0).all(axis=1)
    mean = np.where(positive[:, None, None], np.maximum(np.mean(apart, axis=0), 0), np.mean(apart, axis=0))
    np.testing.assert_allclose(of(joined_members(nets)), mean, rtol=1e-3, atol=1e-3 * np.abs(values).max())


def test_days_of_hours_are_forecast_by_separate_networks() -> None:
    values, mask, _ = draw(np.random.default_rng(0), 8, MONTHLY)
    run = session(feature_graph("quick"))
    feed = {"values": values, "mask": mask, "steps": np.arange(1, 7)}
    made = dict(
        zip([o.name for o in run.get_outputs()], run.run(None, feed | {"seasons": np.array((12, 1))}), strict=True)
    )
    size = made["inputs"].shape[1], made["candidates"].shape[1], made["steps_seen"].shape[2]
    nets = []
    for seed in range(2):
        torch.manual_seed(seed)
        nets.append(Network(*size).weights())

    def of(weights: Weights, season: int) -> np.ndarray:
        graph = session(full_graph(weights, "quick", quantize=False))
        return np.asarray(graph.run(["quantiles"], feed | {"seasons": np.array((season, 1))})[0])

    together = joined_members(nets[:1], nets[1:])
    for season, alone in ((12, nets[0]), (36, nets[0]), (24, nets[1]), (96, nets[1])):
        np.testing.assert_allclose(of(together, season), of(alone, season), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shift_of_a_series_with_negative_values_shifts_its_forecast_and_nothing_else(built: Path, kind: str) -> None:
    """Temperatures, balances, changes: how far from zero they are says nothing about their noise."""
    rng, t = np.random.default_rng(3), np.arange(96)
    values = 5 * np.sin(2 * np.pi * t / 12) + rng.normal(0, 1, (6, 96)) + rng.normal(0, 0.3, (6, 96)).cumsum(axis=1)
    values -= values.mean(axis=1, keepdims=True)
    values[5, 60:] = np.nan
    shift = np.array([-1.0, 0.5, -4, -40, -300, -20])[:, None]
    known = np.isfinite(values).astype(np.float32)
    engine = Engine(load(Entry(built / kind / "1.0.0")), "cpu")

    def of(y: np.ndarray) -> np.ndarray:
        return engine.run(np.nan_to_num(y), known, (12, 1), np.arange(1, 13))

    moved = of(np.where(known > 0, values + shift, np.nan)) - shift[:, :, None]
    np.testing.assert_allclose(moved, of(values), atol=0.01)


def test_true_quantiles_have_the_smallest_loss() -> None:
    target = Target(torch.randn(4000, 1), torch.full((4000, 1), -1e6), torch.ones(4000, 1))
    from statistics import NormalDist

    from models.training.graph.common import LEVELS

    true = torch.tensor([NormalDist().inv_cdf(q) for q in LEVELS], dtype=torch.float32).expand(4000, 1, -1)
    right = loss(true, target)
    for other in (true * 0.7, true * 1.4, true + 0.3):
        assert loss(other, target) > right
