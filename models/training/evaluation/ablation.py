"""What each part of the careful model is worth: networks trained without it, on the same series, scored on the same
development data. ``python -m models.training.evaluation.ablation`` writes the table into the models' results; with
``--finished`` only what can be measured on the finished models, without training."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from models.training.build import QUICK_WIDTH, SEED, WORK, BuildPlan, Kind, drawn_sets, key, rounded_to_int8
from models.training.card import describe
from models.training.evaluation.development import Task, tasks
from models.training.evaluation.figures import figure
from models.training.evaluation.results import Ablation, Figure, Results, geometric
from models.training.evaluation.scores import TENTHS
from models.training.folder import stored_manifest
from models.training.graph.assemble import feature_graph, full_graph
from models.training.graph.common import ANCHORS, HOURS, LEVELS, Weights, joined_members, members_of
from models.training.graph.features import SCORES
from models.training.graph.view_forecasts import VIEWS
from models.training.train import (
    FitSettings,
    Source,
    TrainingSet,
    fit,
    scaled_floor,
    session,
    trained_network,
)
from numpy.typing import NDArray

from almanac.core.system import paths
from almanac.forecasting.batches import SeriesBatch, make_batches
from almanac.forecasting.models.catalogue import list_models
from almanac.forecasting.sessions import EXACT

PER_VIEW = 16  # forecasts of each view, in the order of models.training.graph.view_forecasts
FAMILIES = {
    "exponential smoothing": (0, 1, 2),
    "lines and drifts": (3, 4, 5, 6, 9),
    "last value and local means": (7, 8, 10, 11),
    "theta": (12, 13),
    "return to the mean": (14, 15),
}
STEPS, MAX_SERIES = 800, 250  # of training, and of each task: enough to tell the parts apart
TENTH = [LEVELS.index(level) for level in TENTHS]


@dataclass
class Scored:
    """Development series of one task and length, as features; ``rows`` are their positions in the task."""

    task: int
    rows: NDArray[np.int64]
    data: TrainingSet
    base: NDArray[np.float32]
    scale: NDArray[np.float32]


def development() -> tuple[list[Task], list[Scored]]:
    """Return at most ``MAX_SERIES`` series and horizons of each task, and their features."""
    run = session(feature_graph())
    names = [o.name for o in run.get_outputs()]
    chosen, scored = [], []
    for number, task in enumerate(tasks(windows=4)):
        some = np.random.default_rng(number).permutation(len(task.history))[:MAX_SERIES]
        task = replace(task, history=tuple(task.history[i] for i in some), actual=task.actual[some])
        chosen.append(task)
        series, steps = task.series(), np.arange(1, task.horizon + 1)
        for batch in make_batches(series, np.arange(len(series))):
            feed, unit = _feed(batch, steps)
            made = dict(zip(names, run.run(None, feed), strict=True))
            data = TrainingSet(
                made["inputs"],
                made["candidates"],
                made["steps_seen"],
                made["empirical"],
                task.actual[batch.rows].astype(np.float32),
                scaled_floor(batch.values, batch.mask, made),
                made["naive_error"],
                torch.from_numpy(made["hats"]),
                torch.from_numpy(made["spread"]),
            )
            scored.append(Scored(number, batch.rows, data, made["base"] * unit, made["scale"] * unit))
    return chosen, scored


def _feed(
    batch: SeriesBatch, steps: NDArray[np.int64], some: slice = slice(None)
) -> tuple[dict[str, NDArray[np.generic]], NDArray[np.float64]]:
    """A graph's inputs for some rows of a batch, and what their values were divided by."""
    unit = np.abs(batch.values[some]).max(axis=1, keepdims=True)
    unit[unit == 0] = 1
    values = (batch.values[some] / unit).astype(np.float32)
    return {"values": values, "mask": batch.mask[some], "seasons": np.array(batch.seasons), "steps": steps}, unit


Change = Callable[[TrainingSet], TrainingSet]


def figures_of(weights: Weights, chosen: list[Task], scored: list[Scored], change: Change) -> tuple[Figure, ...]:
    """Score a network trained on changed features on the development data, changed the same way."""
    made = [np.empty((len(t.history), t.horizon, len(TENTHS))) for t in chosen]
    for s in scored:
        data = change(s.data)
        net = trained_network(weights, data)
        with torch.no_grad():
            read, target = data.batch(slice(None))
            q = torch.maximum(net(read), target.floor.unsqueeze(2)).numpy().astype(np.float64)
        made[s.task][s.rows] = (q * s.scale[:, :, None] + s.base[:, :, None])[:, :, TENTH]
    return tuple(figure(t, m) for t, m in zip(chosen, made, strict=True))


def without(dropped: set[int], *, holdout: bool = True, empirical: bool = True) -> Change:
    """Return a change that removes the candidates at these positions, also from what the network reads, and if asked
    the errors on held-out values and the empirical quantiles."""

    def change(data: TrainingSet) -> TrainingSet:
        count, inputs = data.candidates.shape[1], data.inputs.copy()
        blind = np.zeros(inputs.shape[1], bool)
        for k in dropped:
            blind[k * ANCHORS : (k + 1) * ANCHORS] = True
        tried = count * ANCHORS
        for k in range(count) if not holdout else dropped:
            blind[tried + k * SCORES : tried + (k + 1) * SCORES] = True
        inputs[:, blind] = 0
        kept = [k for k in range(count) if k not in dropped]
        candidates = data.candidates[:, kept] if kept else data.candidates[:, :1] * 0
        quantiles = data.empirical if empirical else data.empirical * 0
        return replace(data, inputs=inputs, candidates=candidates, empirical=quantiles)

    return change


def variants(count: int) -> Iterator[tuple[str, str, Change]]:
    """Yield group, name and change of every variant of a model with ``count`` candidates."""
    everything = set(range(count))
    yield "candidates", "all", without(set())
    for name, members in FAMILIES.items():
        yield "candidates", f"without {name}", without({v * PER_VIEW + c for v in range(VIEWS) for c in members})
    repeating = {VIEWS * PER_VIEW + k for k in range(7)}
    yield "candidates", "without repeating seasons", without(repeating)
    deseasonalised = {v * PER_VIEW + c for v in range(1, VIEWS) for c in range(PER_VIEW)}
    yield "candidates", "without deseasonalised views", without(deseasonalised)
    yield "candidates", "without errors on the latest values", without(set(), holdout=False)
    yield "candidates", "without empirical quantiles", without(set(), empirical=False)
    yield "candidates", "context only, no candidates", without(everything)


def served(content: bytes, chosen: list[Task]) -> tuple[Figure, ...]:
    """Score a finished graph on the same series."""
    options = ort.SessionOptions()
    for name, value in EXACT.items():
        options.add_session_config_entry(name, value)
    run = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    out = []
    for task in chosen:
        series, steps = task.series(), np.arange(1, task.horizon + 1)
        made = np.empty((len(series), task.horizon, len(TENTHS)))
        for batch in make_batches(series, np.arange(len(series))):
            feed, unit = _feed(batch, steps)
            made[batch.rows] = np.maximum.accumulate(run.run(None, feed)[0] * unit[:, :, None], axis=2)[:, :, TENTH]
        out.append(figure(task, made))
    return tuple(out)


def row(group: str, variant: str, figures: tuple[Figure, ...], note: str = "") -> Ablation:
    """Summarise the figures of one variant, and print it."""
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
    """Measure every part, and write the table into the models' results and cards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--finished", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    plan = BuildPlan()
    stage = WORK / key(plan)
    chosen, scored = development()
    rows = [r for kind in ("careful", "quick") for r in _numbers(kind, plan, chosen)]
    rows += [
        row("careful, batch", f"{batch:,}", _batched(stage, chosen, batch), "one series in ten" if batch == 1 else "")
        for batch in (1, 64, 1024)
    ]
    rows += _networks(stage, chosen)
    if not options.finished:
        rows += _trained_without(plan, chosen, scored)
    _store(tuple(rows))


def _trained_without(plan: BuildPlan, chosen: list[Task], scored: list[Scored]) -> Iterator[Ablation]:
    """Networks trained without a part, each one for all series, and students with and without a teacher."""
    sets = _stored_sets(plan, "careful", SEED)
    for group, name, change in variants(sets[0].candidates.shape[1]):
        settings = FitSettings(STEPS, SEED, verbose=False)
        weights = rounded_to_int8(fit([change(s) for s in sets], settings))
        yield row(group, name, figures_of(weights, chosen, scored, change), f"{STEPS:,} steps of training")
    students = _stored_sets(plan, "quick", SEED + 1)
    for name, share in (("taught by careful", 0.5), ("learned alone", 0.0)):
        settings = FitSettings(3 * STEPS, SEED + 1, width=QUICK_WIDTH, teacher_share=share, verbose=False)
        content = full_graph(fit(students, settings), "quick").SerializeToString()
        yield row("quick, distillation", name, served(content, chosen), f"{3 * STEPS:,} steps of training")


def _stored_sets(plan: BuildPlan, kind: Kind, seed: int) -> list[TrainingSet]:
    return drawn_sets(plan, WORK / key(plan), kind, Source(session(feature_graph(kind)), seed), lambda _: None)


def _numbers(kind: str, plan: BuildPlan, chosen: list[Task]) -> Iterator[Ablation]:
    """The finished model in float32, and with int8 weights."""
    with np.load(WORK / key(plan) / f"{kind}.npz") as found:
        weights = dict(found)
    exact = full_graph(weights, kind, quantize=False).SerializeToString()
    small = full_graph(weights, kind).SerializeToString()
    for name, content in (("float32", exact), ("int8 weights (ships)", small)):
        yield row(f"{kind}, numbers", name, served(content, chosen), f"{len(content) / 1e6:.2f} MB")


def _networks(stage: Path, chosen: list[Task]) -> Iterator[Ablation]:
    """Each number of networks from one to all, and without those for days of hours or less."""
    with np.load(stage / "careful.npz") as found:
        members, of_days = (members_of(dict(found), season) for season in (1, HOURS))
    for count in range(1, len(members) + 1):
        graph = full_graph(joined_members(members[:count], of_days[:count])).SerializeToString()
        yield row("careful, networks", f"{count}", served(graph, chosen), f"{len(graph) / 1e6:.2f} MB")
    graph = full_graph(joined_members(members)).SerializeToString()
    yield row("careful, networks", "none for days", served(graph, chosen), f"{len(graph) / 1e6:.2f} MB")


def _batched(stage: Path, chosen: list[Task], size: int) -> tuple[Figure, ...]:
    """The same forecasts in batches of another size; at batch 1 only one series in ten, to keep it short."""
    with np.load(stage / "careful.npz") as found:
        run = session(full_graph(dict(found)))
    out = []
    for task in chosen:
        rows = np.arange(0, len(task.history), 10 if size == 1 else 1)
        task = replace(task, history=tuple(task.history[i] for i in rows), actual=task.actual[rows])
        series, made = task.series(), np.empty((len(rows), task.horizon, len(TENTHS)))
        for batch in make_batches(series, np.arange(len(series))):
            for a in range(0, len(batch.rows), size):
                some = slice(a, a + size)
                feed, unit = _feed(batch, np.arange(1, task.horizon + 1), some)
                q = run.run(None, feed)[0] * unit[:, :, None]
                made[batch.rows[some]] = np.maximum.accumulate(q, axis=2)[:, :, TENTH]
        out.append(figure(task, made))
    return tuple(out)


def _store(rows: tuple[Ablation, ...]) -> None:
    entries = list_models(paths.models()[0])
    for entry in entries:
        if entry == next(e for e in entries if e.name == entry.name):  # the newest version of each
            mine = tuple(r for r in rows if r.group.startswith(entry.name) or entry.name == "careful")
            Results.read(entry.folder).model_copy(update={"ablation": mine}).write(entry.folder)
            describe(entry.folder, stored_manifest(entry.folder))


if __name__ == "__main__":
    main()
