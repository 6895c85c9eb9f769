"""Write a model folder: the graph, its results and profile, and the manifest with checksums and golden values."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import numpy as np
from models.training.empty_arrays import makes_empty_arrays
from models.training.evaluation.results import FILE, Results

from almanac.forecasting.engine import Engine
from almanac.forecasting.limits import BATCH_LENGTHS, MIN_KNOWN_VALUES
from almanac.forecasting.models.catalogue import Model
from almanac.forecasting.models.manifest import File, Golden, Manifest
from almanac.forecasting.models.signature import FILE as SIGNATURE

LICENCE = "Apache-2.0"
PRIOR = (
    "Synthetic series drawn by models/training/prior: trends (damped local trend, ARIMA, broken lines, growth curves, "
    "cycles, persistent drift), evolving seasons of 2 to 365 periods, alone and two at a time, noise with tails, "
    "memory, jumps and outliers, counts, rare and lumpy sales, closed days, gaps, futures that break with the past, "
    "series of one simple law (repeated patterns, random walks, steps, steady growth, running totals, waves), and "
    "series that go below zero."
)
LONGEST_SEASON = 1440


@dataclass(frozen=True)
class Origin:
    """How a model was made. ``parameters``: the number of learned weights."""

    kind: Literal["careful", "quick"]
    version: str
    levels: tuple[float, ...]
    parameters: int
    seed: int


def manifest_of(content: bytes, origin: Origin) -> Manifest:
    """Describe the graph ``content``; its golden values come from running it on the processor. Files are added by
    ``seal``."""
    import onnx

    graph = onnx.load_from_string(content)
    made = Manifest(
        format=2,
        name=origin.kind,
        version=origin.version,
        kind=origin.kind,
        created=datetime.now(UTC).strftime("%Y-%m-%d"),
        commit=_commit(),
        licence=LICENCE,
        files=(),
        inputs={
            "values": f"float32 [batch, length], right-aligned, length at least {BATCH_LENGTHS[0]}",
            "mask": "float32 [batch, length], 1 where known",
            "seasons": "int64 [2]: the season and a longer one, 1 where there is none",
            "steps": "int64 [horizon], from 1",
        },
        outputs={"quantiles": "float32 [batch, horizon, levels]"},
        levels=origin.levels,
        opset=max(o.version for o in graph.opset_import if o.domain == ""),
        shortest_history=MIN_KNOWN_VALUES,
        longest_context=BATCH_LENGTHS[-1],
        longest_season=LONGEST_SEASON,
        rhythms=(),
        parameters=origin.parameters,
        seed=origin.seed,
        prior=PRIOR,
        golden=(),
        empty_arrays=makes_empty_arrays(content),
    )
    return made.model_copy(update={"golden": _golden(content, made)})


def _commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "unknown"


def _golden(content: bytes, manifest: Manifest) -> tuple[Golden, ...]:
    """What the finished model answers to four small inputs, on the processor."""
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


def write_files(folder: Path, content: bytes, profile: bytes, results: Results) -> None:
    """Write everything but the card and the manifest, which ``models.training.card.describe`` adds."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(content)
    (folder / "profile.json").write_bytes(profile)
    results.write(folder)


def seal(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with the checksums of the files that are in the folder now; a signature of it is gone then."""
    files = tuple(_file(folder / name) for name in ("model.onnx", "card.md", "profile.json", FILE))
    finished = manifest.model_copy(update={"files": files})
    (folder / "manifest.json").write_text(finished.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (folder / SIGNATURE).unlink(missing_ok=True)


def _file(path: Path) -> File:
    content = path.read_bytes()
    return File(name=path.name, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def stored_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder without comparing checksums: for writing the folder again."""
    return Manifest.model_validate_json((folder / "manifest.json").read_bytes())
