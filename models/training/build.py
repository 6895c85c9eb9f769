"""Rebuild the bundled model from nothing: ``python -m models.training.build [--out FOLDER] [--small]``."""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch
from models.training.card import card
from models.training.evaluate import figures
from models.training.graph import LEVELS, Weights, full_graph
from models.training.prior import SHAPES
from models.training.train import fit, prepare, session, validate

from almanac.forecasting.catalogue import Model
from almanac.forecasting.engine import Engine
from almanac.forecasting.limits import SHORTEST_HISTORY
from almanac.forecasting.manifest import Figure, File, Golden, Manifest

NAME, VERSION, LICENCE, SEED = "almanac", "1.0.0", "Apache-2.0", 1
ROOT = Path(__file__).resolve().parents[1]
SERIES = {
    1: 50_000,
    4: 40_000,
    12: 60_000,
    52: 25_000,
    13: 10_000,
    7: 40_000,
    5: 15_000,
    24: 25_000,
    48: 8_000,
}
STEPS, HELD_OUT = 2000, 2000
PRIOR = (
    "Synthetic series drawn by models/training/prior.py: trends (damped local trend, ARIMA, broken lines, growth "
    "curves, cycles, persistent drift), evolving seasons of 4, 5, 7, 12, 13, 24, 48 and 52 periods, noise with tails, "
    "memory and outliers, counts, rare sales and gaps."
)


def train(scale: float, steps: int) -> tuple[Weights, tuple[float, float]]:
    """Weights, and the mean held-out loss in float32 and with weights rounded to int8."""
    run, began = session(), time.monotonic()
    parts = []
    for shape in SHAPES:
        parts.append(prepare(run, shape, max(int(SERIES[shape.season] * scale), 256), SEED))
        print(
            f"season {shape.season}: {len(parts[-1].inputs):,} series ({time.monotonic() - began:.0f} s)",
            flush=True,
        )
    weights = fit(parts, steps=steps, seed=SEED)
    held_out = [prepare(run, shape, max(int(HELD_OUT * scale), 128), SEED + 98) for shape in SHAPES]
    exact, rounded = (float(np.mean(validate(w, held_out))) for w in (weights, rounded_to_int8(weights)))
    print(f"held-out loss {exact:.4f} in float32, {rounded:.4f} in int8")
    return weights, (exact, rounded)


def rounded_to_int8(weights: Weights) -> Weights:
    """The weights as the int8 graph sees them."""
    out = {}
    for name, value in weights.items():
        if name.endswith(".weight") and value.ndim == 2:
            step = np.maximum(np.abs(value).max(axis=1, keepdims=True) / 127, 1e-12)
            value = (np.clip(np.round(value / step), -127, 127) * step).astype(np.float32)
        out[name] = value
    return out


def golden(content: bytes, manifest: Manifest) -> tuple[Golden, ...]:
    """What the finished model answers to three small inputs, on the CPU."""
    engine, rng, out = Engine(Model(manifest, content, ""), "cpu"), np.random.default_rng(7), []
    for season, points in ((1, 32), (12, 40), (7, 36)):
        y = 1 + 0.02 * np.arange(points) + 0.2 * np.sin(2 * np.pi * np.arange(points) / season)
        y = (y + 0.05 * rng.standard_normal(points)).astype(np.float32)
        y = y / np.abs(y).max()
        steps = (1, 2, 5)
        got = engine.run(y[None], np.ones((1, points), np.float32), season, np.array(steps))[0]
        out.append(
            Golden(
                season=season,
                values=tuple(map(float, y)),
                steps=steps,
                quantiles=tuple(tuple(map(float, r)) for r in got),
            )
        )
    return tuple(out)


def write(folder: Path, content: bytes, manifest: Manifest, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(content)
    (folder / "card.md").write_text(text, encoding="utf-8")
    files = tuple(_file(folder / name) for name in ("model.onnx", "card.md"))
    finished = manifest.model_copy(update={"files": files})
    (folder / "manifest.json").write_text(finished.model_dump_json(indent=1) + "\n", encoding="utf-8")


def _file(path: Path) -> File:
    content = path.read_bytes()
    return File(name=path.name, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def main() -> None:
    """Draw, train, quantize, evaluate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT)
    parser.add_argument("--small", action="store_true", help="a toy, for tests")
    parser.add_argument("--development-data", type=Path, default=ROOT.parents[1] / "shared" / "data" / "train")
    options = parser.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    weights, losses = train(0.01 if options.small else 1.0, 60 if options.small else STEPS)
    graph = full_graph(weights)
    content = graph.SerializeToString()
    manifest = Manifest(
        format=1,
        name=NAME,
        version=VERSION,
        created=datetime.now(UTC).strftime("%Y-%m-%d"),
        licence=LICENCE,
        files=(),
        inputs={
            "values": "float32 [batch, length], right-aligned, length at least 24",
            "mask": "float32 [batch, length], 1 where known",
            "season": "int64 [1]",
            "steps": "int64 [horizon], from 1",
        },
        outputs={"quantiles": "float32 [batch, horizon, levels]"},
        levels=LEVELS,
        opset=max(o.version for o in graph.opset_import if o.domain == ""),
        shortest_history=SHORTEST_HISTORY,
        parameters=int(sum(v.size for k, v in weights.items() if k not in ("center", "width"))),
        seed=SEED,
        prior=PRIOR,
        figures=(),
        golden=(),
    )
    manifest = manifest.model_copy(update={"golden": golden(content, manifest)})
    folder = options.out / NAME / VERSION
    write(folder, content, manifest, card(manifest, losses))
    if not options.small:
        measured: list[Figure] = figures(options.out, options.development_data)
        manifest = manifest.model_copy(update={"figures": tuple(measured)})
        write(folder, content, manifest, card(manifest, losses))
    print(f"{folder.name}: {len(content) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
