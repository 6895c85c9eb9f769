"""What each part of the careful model is worth: networks trained without it, on the same series, scored on the same
development data. ``python -m models.training.evaluation.ablation`` writes the table into the models' results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from models.training.build import SEED, WORK, Plan, _part, key, rounded_to_int8
from models.training.evaluation.development import Task, tasks
from models.training.evaluation.figures import figure
from models.training.evaluation.results import Ablation, Figure, Results, geometric
from models.training.evaluation.scores import TENTHS
from models.training.evaluation.static import static_int8
from models.training.folder import describe, stored_manifest
from models.training.graph.assemble import feature_graph, full_graph
from models.training.graph.candidates import VIEWS
from models.training.graph.common import ANCHORS, LEVELS, Weights
from models.training.train import NO_FLOOR, Part, fit, network_for, session
from numpy.typing import NDArray

from almanac.core import paths
from almanac.forecasting.batches import Packed, packed
from almanac.forecasting.engine import EXACT
from almanac.forecasting.models.catalogue import listed

COURSES = 16  # of each view, in the order of models.training.graph.candidates
FAMILIES = {
    "exponential smoothing": (0, 1, 2),
    "lines and drifts": (3, 4, 5, 6, 9),
    "last value and local mean": (7, 8),
    "theta": (10, 11, 12, 13),
    "return to the mean": (14, 15),
}
STEPS, MOST = 800, 250
TENTH = [LEVELS.index(level) for level in TENTHS]
Columns = NDArray[np.bool_]


@dataclass
class Scored:
    """Development series of one task and length, as features; ``rows`` are their places in the task."""

    task: int
    rows: NDArray[np.int64]
    part: Part
    base: NDArray[np.float32]
    scale: NDArray[np.float32]


def development() -> tuple[list[Task], list[Scored]]:
    """At most ``MOST`` series and horizons of each task."""
    run = session(feature_graph())
    names = [o.name for o in run.get_outputs()]
    chosen, scored = [], []
    for number, task in enumerate(tasks(windows=4)):
        some = np.random.default_rng(number).permutation(len(task.history))[:MOST]
        task = replace(task, history=tuple(task.history[i] for i in some), actual=task.actual[some])
        chosen.append(task)
        series, steps = task.series(), np.arange(1, task.horizon + 1)
        for batch in packed(series, np.arange(len(series))):
            feed, unit = _feed(batch, steps)
            made = dict(zip(names, run.run(None, feed), strict=True))
            lowest = np.where(batch.mask > 0, batch.values, np.inf).min(axis=1, keepdims=True)
            floor = np.where(lowest >= 0, -made["base"] / made["scale"], NO_FLOOR).astype(np.float32)
            part = Part(
                made["inputs"],
                made["candidates"],
                made["steps_seen"],
                made["empirical"],
                task.actual[batch.rows].astype(np.float32),
                floor,
                made["naive_error"],
                torch.from_numpy(made["hats"]),
                torch.from_numpy(made["spread"]),
            )
            scored.append(Scored(number, batch.rows, part, made["base"] * unit, made["scale"] * unit))
    return chosen, scored


def _feed(
    batch: Packed, steps: NDArray[np.int64], some: slice = slice(None)
) -> tuple[dict[str, NDArray[np.generic]], NDArray[np.float64]]:
    """A graph's inputs for some rows of a batch, and what their values were divided by."""
    unit = np.abs(batch.values[some]).max(axis=1, keepdims=True)
    unit[unit == 0] = 1
    values = (batch.values[some] / unit).astype(np.float32)
    return {"values": values, "mask": batch.mask[some], "seasons": np.array(batch.seasons), "steps": steps}, unit


def figures_of(
    weights: Weights, chosen: list[Task], scored: list[Scored], change: Callable[[Part], Part]
) -> tuple[Figure, ...]:
    made = [np.empty((len(t.history), t.horizon, len(TENTHS))) for t in chosen]
    for s in scored:
        part = change(s.part)
        net = network_for(part, len(weights["norm.bias"]), sum(k.endswith(".one.bias") for k in weights))
        net.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()})
        with torch.no_grad():
            read, judged = part.batch(slice(None))
            q = torch.maximum(net(*read), judged[1].unsqueeze(2)).numpy().astype(np.float64)
        made[s.task][s.rows] = (q * s.scale[:, :, None] + s.base[:, :, None])[:, :, TENTH]
    return tuple(figure(t, m) for t, m in zip(chosen, made, strict=True))


def without(dropped: set[int], *, practice: bool = True, empirical: bool = True) -> Callable[[Part], Part]:
    """A part whose candidates at these places are gone, also from what the network reads."""

    def change(part: Part) -> Part:
        count, inputs = part.candidates.shape[1], part.inputs.copy()
        blind = np.zeros(inputs.shape[1], bool)
        for k in dropped:
            blind[k * ANCHORS : (k + 1) * ANCHORS] = True
        tried = inputs.shape[1] - 2 * count - 1
        for k in range(count) if not practice else dropped:
            blind[[tried + k, tried + count + k]] = True
        inputs[:, blind] = 0
        kept = [k for k in range(count) if k not in dropped]
        candidates = part.candidates[:, kept] if kept else part.candidates[:, :1] * 0
        own = part.empirical if empirical else part.empirical * 0
        return replace(part, inputs=inputs, candidates=candidates, empirical=own)

    return change


def variants(count: int) -> Iterator[tuple[str, str, Callable[[Part], Part]]]:
    everything = set(range(count))
    yield "candidates", "all", without(set())
    for name, places_of in FAMILIES.items():
        yield "candidates", f"without {name}", without({v * COURSES + c for v in range(VIEWS) for c in places_of})
    repeating = {VIEWS * COURSES + k for k in range(6)}
    yield "candidates", "without repeating seasons", without(repeating)
    deseasonalised = {v * COURSES + c for v in range(1, VIEWS) for c in range(COURSES)}
    yield "candidates", "without deseasonalised views", without(deseasonalised)
    yield "candidates", "without practice on the latest values", without(set(), practice=False)
    yield "candidates", "without empirical quantiles", without(set(), empirical=False)
    yield "candidates", "context only, no candidates", without(everything)


def served(content: bytes, chosen: list[Task]) -> tuple[Figure, ...]:
    """A finished graph on the same series."""
    options = ort.SessionOptions()
    for name, value in EXACT.items():
        options.add_session_config_entry(name, value)
    run = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    out = []
    for task in chosen:
        series, steps = task.series(), np.arange(1, task.horizon + 1)
        made = np.empty((len(series), task.horizon, len(TENTHS)))
        for batch in packed(series, np.arange(len(series))):
            feed, unit = _feed(batch, steps)
            made[batch.rows] = np.maximum.accumulate(run.run(None, feed)[0] * unit[:, :, None], axis=2)[:, :, TENTH]
        out.append(figure(task, made))
    return tuple(out)


def row(group: str, variant: str, figures: tuple[Figure, ...], note: str = "") -> Ablation:
    found = Ablation(
        group=group,
        variant=variant,
        mase=round(geometric(figures, "mase"), 4),
        wql=round(geometric(figures, "wql"), 4),
        note=note,
    )
    print(f"{group}: {variant}: MASE {found.mase:.4f}, WQL {found.wql:.4f} {note}", flush=True)
    return found


def main() -> None:
    torch.set_num_threads(os.cpu_count() or 1)
    plan = Plan()
    stage = WORK / key(plan)
    chosen, scored = development()
    rows = []
    for kind in ("careful", "quick"):
        with np.load(stage / f"{kind}.npz") as found:
            weights = dict(found)
        exact = full_graph(weights, kind, quantize=False).SerializeToString()
        small = full_graph(weights, kind).SerializeToString()
        rows.append(row(f"{kind}, numbers", "float32", served(exact, chosen), f"{len(exact) / 1e6:.2f} MB"))
        rows.append(
            row(f"{kind}, numbers", "int8 weights (ships)", served(small, chosen), f"{len(small) / 1e6:.2f} MB")
        )
        static = static_int8(onnx.load_from_string(exact), weights, plan)
        rows.append(row(f"{kind}, numbers", "static int8", served(static, chosen), f"{len(static) / 1e6:.2f} MB"))
    rows += [
        row("careful, batch", f"{batch:,}", _batched(stage, chosen, batch), "one series in ten" if batch == 1 else "")
        for batch in (1, 64, 1024)
    ]
    run = session(feature_graph())
    parts = [
        _part(stage / f"careful-{k:02d}.npz", run, shape, plan.count(shape), SEED, None)
        for k, shape in enumerate(plan.shapes)
    ]
    for group, name, change in variants(parts[0].candidates.shape[1]):
        weights = rounded_to_int8(fit([change(p) for p in parts], steps=STEPS, seed=SEED, say=False))
        rows.append(row(group, name, figures_of(weights, chosen, scored, change), f"{STEPS:,} steps of training"))
    students = [
        _part(stage / f"quick-{k:02d}.npz", session(feature_graph("quick")), shape, plan.count(shape), SEED + 1, None)
        for k, shape in enumerate(plan.shapes)
    ]
    for name, trust in (("taught by careful", 0.5), ("learned alone", 0.0)):
        weights = fit(students, steps=3 * STEPS, seed=SEED + 1, width=96, trust=trust, say=False)
        content = full_graph(weights, "quick").SerializeToString()
        rows.append(row("quick, distillation", name, served(content, chosen), f"{3 * STEPS:,} steps of training"))
    _store(tuple(rows))


def _batched(stage: Path, chosen: list[Task], size: int) -> tuple[Figure, ...]:
    """The same forecasts in batches of another size; one in ten series at batch 1, to end today."""
    with np.load(stage / "careful.npz") as found:
        run = session(full_graph(dict(found)))
    out = []
    for task in chosen:
        rows = np.arange(0, len(task.history), 10 if size == 1 else 1)
        task = replace(task, history=tuple(task.history[i] for i in rows), actual=task.actual[rows])
        series, made = task.series(), np.empty((len(rows), task.horizon, len(TENTHS)))
        for batch in packed(series, np.arange(len(series))):
            for a in range(0, len(batch.rows), size):
                some = slice(a, a + size)
                feed, unit = _feed(batch, np.arange(1, task.horizon + 1), some)
                q = run.run(None, feed)[0] * unit[:, :, None]
                made[batch.rows[some]] = np.maximum.accumulate(q, axis=2)[:, :, TENTH]
        out.append(figure(task, made))
    return tuple(out)


def _store(rows: tuple[Ablation, ...]) -> None:
    entries = listed(paths.models()[0])
    for entry in entries:
        if entry == next(e for e in entries if e.name == entry.name):  # the newest version of each
            mine = tuple(r for r in rows if r.group.startswith(entry.name) or entry.name == "careful")
            Results.read(entry.folder).model_copy(update={"ablation": mine}).write(entry.folder)
            describe(entry.folder, stored_manifest(entry.folder))


if __name__ == "__main__":
    main()
