"""Draw series, run the feature graph over them, fit the network."""

from __future__ import annotations

import copy
import math
import time
from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime as ort
import torch
from models.training.graph.common import Weights, members_of
from models.training.network import Ensemble, Network, NetworkInput, Target, distilled_loss, loss
from models.training.prior.draw import draw
from models.training.prior.shapes import Shape
from numpy.typing import NDArray

BATCH = 512
DRAWN_AT_ONCE = 2048
NO_FLOOR = -1e6
# Series that teach nothing are dropped: futures far outside the scale, and histories that hardly change. By judgement.
MAX_ACTUAL, MAX_TAUGHT, MIN_CHANGE, MIN_POINTS = 60, 200, 1e-4, 3


@dataclass
class TrainingSet:
    """Training arrays of one shape."""

    inputs: NDArray[np.float16]
    candidates: NDArray[np.float16]
    steps: NDArray[np.float16]
    empirical: NDArray[np.float16]
    actual: NDArray[np.float32]
    floor: NDArray[np.float32]
    naive_error: NDArray[np.float32]
    hats: torch.Tensor
    spread: torch.Tensor
    teacher: NDArray[np.float16] | None = None  # quantiles [n, S, Q] in the same units, for a student

    def batch(self, rows: NDArray[np.int64] | slice) -> tuple[NetworkInput, Target]:
        """Return what the network reads and what it is scored by."""

        def tensor(array: NDArray[np.float16] | NDArray[np.float32]) -> torch.Tensor:
            return torch.from_numpy(array[rows].astype(np.float32))

        read = (tensor(a) for a in (self.inputs, self.candidates, self.steps, self.empirical))
        scored = (tensor(a) for a in (self.actual, self.floor, self.naive_error))
        taught = None if self.teacher is None else tensor(self.teacher)
        return NetworkInput(*read, self.hats, self.spread), Target(*scored, taught)


@dataclass(frozen=True)
class Source:
    """Where features come from: the feature graph, the seed of the series, and for a student its teacher."""

    features: ort.InferenceSession
    seed: int
    teacher: ort.InferenceSession | None = None


@dataclass(frozen=True)
class FitSettings:
    """How long and how to fit. ``teacher_share``: see ``distilled_loss``."""

    steps: int
    seed: int
    width: int = 128
    blocks: int = 2
    rate: float = 1.5e-3
    teacher_share: float = 0.5
    verbose: bool = True


def session(graph: onnx.ModelProto, threads: int = 2) -> ort.InferenceSession:
    """Open a graph on the processor."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])


def prepare(source: Source, shape: Shape, n: int) -> TrainingSet:
    """Draw ``n`` series or a few more and compute their features, without series whose future is far outside the
    scale."""
    rng = np.random.default_rng([source.seed, *shape.seasons, *shape.steps])
    names = [o.name for o in source.features.get_outputs()]
    rows: list[tuple[NDArray[np.float32], ...]] = []
    made: dict[str, NDArray[np.float32]] = {}
    kept = 0
    while kept < n:
        values, mask, future = draw(rng, min(DRAWN_AT_ONCE, n), shape)
        feed = {"values": values, "mask": mask, "seasons": np.array(shape.seasons), "steps": np.array(shape.steps)}
        made = dict(zip(names, source.features.run(None, feed), strict=True))
        actual = (future - made["base"]) / made["scale"]
        size = (np.abs(values).sum(1) / mask.sum(1))[:, None]
        informative = made["naive_error"] * made["scale"] > MIN_CHANGE * size
        good = (np.abs(actual).max(1) < MAX_ACTUAL) & informative[:, 0] & (mask.sum(1) >= MIN_POINTS)
        small = [made[k] for k in ("inputs", "candidates", "steps_seen", "empirical")]
        exact = [actual, scaled_floor(values, mask, made), made["naive_error"]]
        taught = []
        if source.teacher is not None:
            quantiles = source.teacher.run(["quantiles"], feed)[0]
            relative = (quantiles - made["base"][:, :, None]) / made["scale"][:, :, None]
            good &= np.isfinite(relative).all(axis=(1, 2)) & (np.abs(relative).max(axis=(1, 2)) < MAX_TAUGHT)
            taught.append(relative)
        halves, singles = ([a[good].astype(kind) for a in arrays] for arrays, kind in ((small, "f2"), (exact, "f4")))
        rows.append((*halves, *singles, *(a[good].astype("f2") for a in taught)))
        kept += int(good.sum())
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
    always, taught = columns[:7], columns[7:]
    return TrainingSet(*always, torch.from_numpy(made["hats"]), torch.from_numpy(made["spread"]), *taught)


def scaled_floor(
    values: NDArray[np.float32], mask: NDArray[np.float32], features: dict[str, NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Zero in scaled units where a series was never negative, else far below everything: [n, S]."""
    lowest = np.where(mask > 0, values, np.inf).min(axis=1, keepdims=True)
    return np.where(lowest >= 0, -features["base"] / features["scale"], NO_FLOOR).astype(np.float32)


def network_for(data: TrainingSet, width: int, blocks: int) -> Network:
    """A fresh network of the right size for the features of ``data``."""
    return Network(data.inputs.shape[1], data.candidates.shape[1], data.steps.shape[2], width, blocks)


def trained_network(weights: Weights, data: TrainingSet, season: int = 1) -> Ensemble:
    """The networks that forecast series of this first season."""
    out = []
    for one in members_of(weights, season):
        net = network_for(data, len(one["norm.bias"]), sum(k.endswith(".one.bias") for k in one))
        net.load_state_dict({k: torch.from_numpy(v) for k, v in one.items()})
        out.append(net)
    return Ensemble(out)


def fit(sets: list[TrainingSet], settings: FitSettings) -> Weights:
    """Fit by AdamW with warm-up and cosine decay, in batches of one shape each; return exponentially averaged
    weights."""
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng([settings.seed, 1])
    net = network_for(sets[0], settings.width, settings.blocks)
    sample = np.concatenate([s.inputs[:4000].astype(np.float32) for s in sets])
    net.center.data = torch.from_numpy(sample.mean(0))
    net.width.data = torch.from_numpy(sample.std(0) + 0.05)
    average = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), lr=settings.rate, betas=(0.9, 0.98), weight_decay=0.05)
    schedule = _schedule(optimizer, settings.steps)
    sizes = np.sqrt([len(s.inputs) for s in sets])
    began = time.monotonic()
    for step in range(settings.steps):
        chosen = sets[int(rng.choice(len(sets), p=sizes / sizes.sum()))]
        read, target = chosen.batch(rng.integers(0, len(chosen.inputs), min(BATCH, len(chosen.inputs))))
        made = net(read)
        value = loss(made, target) if target.teacher is None else distilled_loss(made, target, settings.teacher_share)
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        keep = min(0.995, (1 + step) / (10 + step))
        with torch.no_grad():
            for old, new in zip(average.parameters(), net.parameters(), strict=True):
                old.lerp_(new, 1 - keep)
        if settings.verbose and step % 200 == 0:
            seconds = time.monotonic() - began
            print(f"  step {step} of {settings.steps}: loss {value.item():.4f} ({seconds:.0f} s)", flush=True)
    return average.weights()


def _schedule(optimizer: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    warm = max(steps // 20, 1)
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min((s + 1) / warm, 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(s / steps, 1)))),
    )


def validate(weights: Weights, held_out: TrainingSet, season: int) -> float:
    """Loss on series of one shape that were kept out of training."""
    read, target = held_out.batch(slice(None))
    with torch.no_grad():
        return loss(trained_network(weights, held_out, season)(read), target).item()
