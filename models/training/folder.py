"""Write a model folder: the graph, its manifest with checksums and golden values, its card, its results."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import numpy as np
from models.training.card import card
from models.training.evaluation.results import FILE, Results

from almanac.forecasting.engine import Engine
from almanac.forecasting.limits import LENGTHS, SHORTEST_HISTORY
from almanac.forecasting.models.catalogue import Model
from almanac.forecasting.models.manifest import File, Golden, Manifest

LICENCE = "Apache-2.0"
PRIOR = (
    "Synthetic series drawn by models/training/prior: trends (damped local trend, ARIMA, broken lines, growth curves, "
    "cycles, persistent drift), evolving seasons of 2 to 365 periods, alone and two at a time, noise with tails, "
    "memory, jumps and outliers, counts, rare and lumpy sales, closed days, gaps, futures that break with the past."
)
LONGEST_SEASON = 1440


def manifest_of(
    kind: Literal["careful", "quick"],
    version: str,
    content: bytes,
    levels: tuple[float, ...],
    parameters: int,
    seed: int,
) -> Manifest:
    """Everything but files and golden values comes from the code; those from running ``content`` on the processor."""
    import onnx

    graph = onnx.load_from_string(content)
    made = Manifest(
        format=2,
        name=kind,
        version=version,
        kind=kind,
        created=datetime.now(UTC).strftime("%Y-%m-%d"),
        commit=_commit(),
        licence=LICENCE,
        files=(),
        inputs={
            "values": f"float32 [batch, length], right-aligned, length at least {LENGTHS[0]}",
            "mask": "float32 [batch, length], 1 where known",
            "seasons": "int64 [2]: the season and a longer one, 1 where there is none",
            "steps": "int64 [horizon], from 1",
        },
        outputs={"quantiles": "float32 [batch, horizon, levels]"},
        levels=levels,
        opset=max(o.version for o in graph.opset_import if o.domain == ""),
        shortest_history=SHORTEST_HISTORY,
        longest_context=LENGTHS[-1],
        longest_season=LONGEST_SEASON,
        rhythms=(),
        parameters=parameters,
        seed=seed,
        prior=PRIOR,
        golden=(),
    )
    return made.model_copy(update={"golden": _golden(content, made)})


def _commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "unknown"


def _golden(content: bytes, manifest: Manifest) -> tuple[Golden, ...]:
    """What the finished model answers to four small inputs, on the CPU."""
    engine, rng, out = Engine(Model(manifest, content, ""), "cpu"), np.random.default_rng(7), []
    for seasons, points in (((1, 1), 32), ((12, 1), 40), ((7, 1), 36), ((4, 12), 48)):
        t = np.arange(points)
        y = 1 + 0.02 * t + 0.2 * np.sin(2 * np.pi * t / seasons[0]) + 0.05 * rng.standard_normal(points)
        y = (y / np.abs(y).max()).astype(np.float32)
        steps = (1, 2, 5)
        got = engine.run(y[None], np.ones((1, points), np.float32), seasons, np.array(steps))[0]
        rows = tuple(tuple(map(float, r)) for r in got)
        out.append(Golden(seasons=seasons, values=tuple(map(float, y)), steps=steps, quantiles=rows))
    return tuple(out)


def write(folder: Path, content: bytes, manifest: Manifest, results: Results, profile: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(content)
    (folder / "profile.json").write_bytes(profile)
    results.write(folder)
    describe(folder, manifest)


def describe(folder: Path, manifest: Manifest) -> None:
    """Card and manifest again, from the results that lie in the folder."""
    (folder / "card.md").write_text(card(manifest, Results.read(folder)), encoding="utf-8")
    files = tuple(_file(folder / name) for name in ("model.onnx", "card.md", "profile.json", FILE))
    finished = manifest.model_copy(update={"files": files})
    (folder / "manifest.json").write_text(finished.model_dump_json(indent=1) + "\n", encoding="utf-8")


def _file(path: Path) -> File:
    content = path.read_bytes()
    return File(name=path.name, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def stored_manifest(folder: Path) -> Manifest:
    """The manifest as it lies there, its checksums not compared: for writing a folder again."""
    return Manifest.model_validate_json((folder / "manifest.json").read_bytes())


def rewrite_all() -> None:
    """Cards and checksums of every bundled model, from the results that are stored."""
    from almanac.core import paths
    from almanac.forecasting.models.catalogue import listed

    for entry in listed(paths.models()[0]):
        describe(entry.folder, stored_manifest(entry.folder))
        print(entry.title)
