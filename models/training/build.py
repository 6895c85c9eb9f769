"""Rebuild both models from nothing: ``python -m models.training.build [--out FOLDER] [--toy]``.

Five stages, each kept in ``build/models`` under a key of the code and settings that made it, so that a build that was
interrupted goes on where it was: draw series and their features; fit the careful network; draw again and let the
careful model teach; fit the quick network; write both graphs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from models.training.evaluation.results import Results
from models.training.folder import manifest_of, write
from models.training.graph.assemble import feature_graph, full_graph
from models.training.graph.common import LEVELS, Weights
from models.training.prior.shapes import SHAPES, Shape
from models.training.profile import profile
from models.training.train import Part, fit, prepare, session, validate

HERE = Path(__file__).resolve().parent
WORK = HERE.parents[1] / "build" / "models"
CAREFUL_STEPS, QUICK_STEPS, SEED = 2500, 6000, 1
HELD_OUT = 500
CODE = ("graph", "prior", "network.py", "train.py")


@dataclass(frozen=True)
class Plan:
    """How much to draw and to train; a toy is made in seconds."""

    scale: float = 1.0
    careful_steps: int = CAREFUL_STEPS
    quick_steps: int = QUICK_STEPS
    shapes: tuple[Shape, ...] = SHAPES

    def count(self, shape: Shape) -> int:
        return max(int(shape.count * self.scale), 256)


TOY = Plan(0.004, 40, 40, SHAPES[:5:2])


def key(plan: Plan) -> str:
    """Changes with every file that decides what the weights become."""
    digest = hashlib.sha256(repr((plan, SEED)).encode())
    for name in CODE:
        for file in sorted((HERE / name).glob("*.py")) if (HERE / name).is_dir() else [HERE / name]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def build(plan: Plan, work: Path, version: str) -> Path:
    """Model folders under ``work/release``, without results. Says how far it is."""
    stage = work / key(plan)
    stage.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {words}", flush=True)

    careful = _weights(stage / "careful.npz", lambda: _fit(plan, stage, "careful", None, say), say)
    graphs = {"careful": full_graph(careful, "careful")}
    teacher = session(graphs["careful"])
    quick = _weights(stage / "quick.npz", lambda: _fit(plan, stage, "quick", teacher, say), say)
    graphs["quick"] = full_graph(quick, "quick")
    release = work / "release"
    shutil.rmtree(release, ignore_errors=True)
    described = profile(SEED)
    for kind, weights in (("careful", careful), ("quick", quick)):
        content = graphs[kind].SerializeToString()
        parameters = int(sum(v.size for k, v in weights.items() if k not in ("center", "width")))
        manifest = manifest_of(kind, version, content, LEVELS, parameters, SEED)  # type: ignore[arg-type]
        write(release / kind / version, content, manifest, Results(machine=machine()), described)
        say(f"{kind}@{version}: {parameters:,} weights, {len(content) / 1e6:.2f} MB")
    return release


def machine() -> str:
    import platform

    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _weights(file: Path, make: Callable[[], Weights], say: Callable[[str], None]) -> Weights:
    if not file.exists():
        made = make()
        np.savez(file.with_suffix(".new.npz"), **made)  # type: ignore[arg-type]
        file.with_suffix(".new.npz").replace(file)
    else:
        say(f"{file.stem}: trained before")
    with np.load(file) as found:
        return dict(found)


def _fit(
    plan: Plan, stage: Path, kind: str, teacher: ort.InferenceSession | None, say: Callable[[str], None]
) -> Weights:
    run = session(feature_graph(kind))
    seed = SEED if teacher is None else SEED + 1
    parts = []
    for number, shape in enumerate(plan.shapes):
        parts.append(_part(stage / f"{kind}-{number:02d}.npz", run, shape, plan.count(shape), seed, teacher))
        say(f"{kind}: seasons {shape.seasons}, {len(parts[-1].inputs):,} series ({number + 1} of {len(plan.shapes)})")
    if kind == "careful":
        weights = fit(parts, steps=plan.careful_steps, seed=seed)
    else:
        weights = fit(parts, steps=plan.quick_steps, seed=seed, width=96)
    held_out = [prepare(run, shape, HELD_OUT, SEED + 98) for shape in plan.shapes]
    exact, rounded = (float(np.mean(validate(w, held_out))) for w in (weights, rounded_to_int8(weights)))
    say(f"{kind}: loss on series held out {exact:.4f} in float32, {rounded:.4f} with int8 weights")
    return weights


def _part(
    file: Path, run: ort.InferenceSession, shape: Shape, count: int, seed: int, teacher: ort.InferenceSession | None
) -> Part:
    """Features of one shape, from disk if they were made before."""
    if file.exists():
        with np.load(file) as found:
            arrays = dict(found)
        return Part(**{k: torch.from_numpy(v) if k in ("hats", "spread") else v for k, v in arrays.items()})
    part = prepare(run, shape, count, seed, teacher)
    arrays = {f.name: np.asarray(getattr(part, f.name)) for f in fields(Part) if getattr(part, f.name) is not None}
    np.savez(file.with_suffix(".new.npz"), **arrays)  # type: ignore[arg-type]
    file.with_suffix(".new.npz").replace(file)
    return part


def rounded_to_int8(weights: Weights) -> Weights:
    """The weights as the int8 graph sees them."""
    out = {}
    for name, value in weights.items():
        if name.endswith(".weight") and value.ndim == 2:
            step = np.maximum(np.abs(value).max(axis=1, keepdims=True) / 127, 1e-12)
            value = (np.clip(np.round(value / step), -127, 127) * step).astype(np.float32)
        out[name] = value
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WORK)
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--toy", action="store_true", help="made in seconds, good for nothing but tests")
    options = parser.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    torch.use_deterministic_algorithms(True)
    build(TOY if options.toy else Plan(), options.out, options.version)


if __name__ == "__main__":
    main()
