"""Rebuild both models from nothing: ``python -m models.training.build [--out FOLDER] [--toy]``.

Five stages, each kept in ``build/models`` under a key of the code and settings that made it, so that an interrupted
build continues where it stopped: draw series and their features; fit the careful network; draw again and let the
careful model teach; fit the quick network; write both graphs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

import numpy as np
import onnxruntime as ort
import torch
from models.training.card import describe
from models.training.evaluation.results import Results
from models.training.folder import Origin, manifest_of, write_files
from models.training.graph.assemble import feature_graph, full_graph
from models.training.graph.common import LEVELS, Weights, joined_members, within_day
from models.training.prior.shapes import HOURLY, SHAPES, Shape
from models.training.profile import profile
from models.training.train import FitSettings, Source, TrainingSet, fit, prepare, session, validate

HERE = Path(__file__).resolve().parent
WORK = HERE.parents[1] / "build" / "models"
CAREFUL_STEPS, QUICK_STEPS, SEED = 4000, 6000, 1
# Of the networks for days of hours or less. They see few shapes: after 2,500 steps, WQL on real hourly series is 2%
# worse than after 1,200 (24 horizons of 64 series).
CAREFUL_DAY_STEPS, QUICK_DAY_STEPS = 1500, 3000
MEMBERS = 2  # networks of the careful model, each trained on separate series
CAREFUL_WIDTH, QUICK_WIDTH = 128, 96
HELD_OUT = 500  # series of each shape
MIN_SERIES = 256  # of each shape, also for a toy
CODE = ("graph", "prior", "network.py", "train.py")
Kind = Literal["careful", "quick"]
Say = Callable[[str], None]


@dataclass(frozen=True)
class BuildPlan:
    """How much to draw and to train; a toy is made in seconds."""

    scale: float = 1.0
    careful_steps: tuple[int, int] = (CAREFUL_STEPS, CAREFUL_DAY_STEPS)  # of the usual networks, and of those for days
    quick_steps: tuple[int, int] = (QUICK_STEPS, QUICK_DAY_STEPS)
    shapes: tuple[Shape, ...] = SHAPES

    def count(self, shape: Shape) -> int:
        """How many series to draw of a shape."""
        return max(int(shape.count * self.scale), MIN_SERIES)


TOY = BuildPlan(0.004, (40, 40), (40, 40), (*SHAPES[:5:2], HOURLY))


def key(plan: BuildPlan) -> str:
    """A hash that changes with every file and setting that decides what the weights become."""
    digest = hashlib.sha256(repr((plan, SEED)).encode())
    for name in CODE:
        for file in sorted((HERE / name).glob("*.py")) if (HERE / name).is_dir() else [HERE / name]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def build(plan: BuildPlan, work: Path, version: str) -> Path:
    """Write model folders under ``work/release``, without results, and print progress."""
    stage = work / key(plan)
    stage.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {words}", flush=True)

    careful = _weights(stage / "careful.npz", lambda: _fit(plan, stage, None, say), say)
    graphs = {"careful": full_graph(careful, "careful")}
    teacher = session(graphs["careful"])
    quick = _weights(stage / "quick.npz", lambda: _fit(plan, stage, teacher, say), say)
    graphs["quick"] = full_graph(quick, "quick")
    release = work / "release"
    shutil.rmtree(release, ignore_errors=True)
    described = profile(SEED)
    kinds: tuple[tuple[Kind, Weights], ...] = (("careful", careful), ("quick", quick))
    for kind, weights in kinds:
        content = graphs[kind].SerializeToString()
        parameters = int(sum(v.size for k, v in weights.items() if not k.endswith(("center", "width"))))
        manifest = manifest_of(content, Origin(kind, version, LEVELS, parameters, SEED))
        folder = release / kind / version
        write_files(folder, content, described, Results(machine=machine()))
        describe(folder, manifest)
        say(f"{kind}@{version}: {parameters:,} weights, {len(content) / 1e6:.2f} MB")
    return release


def machine() -> str:
    """This machine, as results name it."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _weights(file: Path, make: Callable[[], Weights], say: Say) -> Weights:
    if not file.exists():
        made = make()
        np.savez(file.with_suffix(".new.npz"), **made)  # type: ignore[arg-type]
        file.with_suffix(".new.npz").replace(file)
    else:
        say(f"{file.stem}: trained before")
    with np.load(file) as found:
        return dict(found)


def _fit(plan: BuildPlan, stage: Path, teacher: ort.InferenceSession | None, say: Say) -> Weights:
    """Fit the networks of the careful model, or with a teacher the quick one."""
    kind: Kind = "careful" if teacher is None else "quick"
    features = session(feature_graph(kind))
    members: list[Weights] = []
    of_days: list[Weights] = []
    for seed in member_seeds() if teacher is None else (SEED + 1,):
        sets = drawn_sets(plan, stage, kind, Source(features, seed, teacher), say)
        usual, days = fit_settings(plan, kind, seed)
        members.append(fit([s for s, shape in zip(sets, plan.shapes, strict=True) if not in_day(shape)], usual))
        of_days.append(fit([s for s, shape in zip(sets, plan.shapes, strict=True) if in_day(shape)], days))
    weights = joined_members(members, of_days)
    held_out = [(prepare(Source(features, SEED + 98), s, HELD_OUT), s.season) for s in plan.shapes]
    exact, rounded = (
        float(np.mean([validate(w, *one) for one in held_out])) for w in (weights, rounded_to_int8(weights))
    )
    say(f"{kind}: loss on held-out series {exact:.4f} in float32, {rounded:.4f} with int8 weights")
    return weights


def fit_settings(plan: BuildPlan, kind: Kind, seed: int) -> tuple[FitSettings, FitSettings]:
    """How to fit a usual network, and one for days of hours or less."""
    steps, width = (plan.careful_steps, CAREFUL_WIDTH) if kind == "careful" else (plan.quick_steps, QUICK_WIDTH)
    usual, days = (FitSettings(count, seed, width=width) for count in steps)
    return usual, days


def in_day(shape: Shape) -> bool:
    """Whether a shape is of days of hours or less."""
    return within_day(shape.season)


def member_seeds() -> tuple[int, ...]:
    """The seed of the series and of the start of each network of the careful model."""
    return tuple(SEED + 10 * k for k in range(MEMBERS))


def drawn_sets(plan: BuildPlan, stage: Path, kind: Kind, source: Source, say: Say) -> list[TrainingSet]:
    """The series of every shape as features, from disk where they were drawn before."""
    sets = []
    for number, shape in enumerate(plan.shapes):
        sets.append(stored_set(stage / f"{kind}-{source.seed}-{number:02d}.npz", source, shape, plan.count(shape)))
        many = f"{len(sets[-1].inputs):,} series ({number + 1} of {len(plan.shapes)})"
        say(f"{kind}, seed {source.seed}: seasons {shape.seasons}, {many}")
    return sets


def stored_set(file: Path, source: Source, shape: Shape, count: int) -> TrainingSet:
    """Features of one shape, from disk if they were made before."""
    if file.exists():
        with np.load(file) as found:
            arrays = dict(found)
        return TrainingSet(**{k: torch.from_numpy(v) if k in ("hats", "spread") else v for k, v in arrays.items()})
    made = prepare(source, shape, count)
    arrays = {
        f.name: np.asarray(getattr(made, f.name)) for f in fields(TrainingSet) if getattr(made, f.name) is not None
    }
    np.savez(file.with_suffix(".new.npz"), **arrays)  # type: ignore[arg-type]
    file.with_suffix(".new.npz").replace(file)
    return made


def rounded_to_int8(weights: Weights) -> Weights:
    """The weights as the int8 graph uses them."""
    out = {}
    for name, value in weights.items():
        if name.endswith(".weight") and value.ndim == 2:
            step = np.maximum(np.abs(value).max(axis=1, keepdims=True) / 127, 1e-12)
            value = (np.clip(np.round(value / step), -127, 127) * step).astype(np.float32)
        out[name] = value
    return out


def main() -> None:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WORK)
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--toy", action="store_true", help="made in seconds, only good for tests")
    options = parser.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    torch.use_deterministic_algorithms(True)
    build(TOY if options.toy else BuildPlan(), options.out, options.version)


if __name__ == "__main__":
    main()
