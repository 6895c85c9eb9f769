"""Draw series, run the feature graph over them, fit the network."""

from __future__ import annotations

import copy
import math
import time
from dataclasses import dataclass

import numpy as np
import onnxruntime as ort
import torch
from models.training.graph import Weights, feature_graph
from models.training.network import Net, loss
from models.training.prior import Shape, draw
from numpy.typing import NDArray

BATCH = 512
DRAWN_AT_ONCE = 2048


@dataclass
class Part:
    """Training arrays of one season length."""

    inputs: NDArray[np.float16]
    candidates: NDArray[np.float16]
    steps: NDArray[np.float16]
    actual: NDArray[np.float32]
    naive_error: NDArray[np.float32]
    hats: torch.Tensor
    spread: torch.Tensor

    def batch(self, rows: NDArray[np.int64]) -> tuple[torch.Tensor, ...]:
        arrays = (self.inputs, self.candidates, self.steps, self.actual, self.naive_error)
        return tuple(torch.from_numpy(a[rows].astype(np.float32)) for a in arrays)


def session(threads: int = 2) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(feature_graph().SerializeToString(), options, providers=["CPUExecutionProvider"])


def prepare(run: ort.InferenceSession, shape: Shape, n: int, seed: int) -> Part:
    """``n`` series or a few more, without those whose future is out of all proportion."""
    rng = np.random.default_rng([seed, shape.season])
    names = [o.name for o in run.get_outputs()]
    rows: list[tuple[NDArray[np.float32], ...]] = []
    made: dict[str, NDArray[np.float32]] = {}
    kept = 0
    while kept < n:
        values, mask, future = draw(rng, min(DRAWN_AT_ONCE, n), shape)
        feed = {
            "values": values,
            "mask": mask,
            "season": np.array([shape.season]),
            "steps": np.array(shape.steps),
        }
        made = dict(zip(names, run.run(None, feed), strict=True))
        actual = (future - made["base"]) / made["scale"]
        size = (np.abs(values).sum(1) / mask.sum(1))[:, None]
        informative = made["naive_error"] * made["scale"] > 1e-4 * size
        good = (np.abs(actual).max(1) < 60) & informative[:, 0] & (mask.sum(1) >= 3)
        rows.append(
            tuple(
                a[good] for a in (made["inputs"], made["candidates"], made["steps_seen"], actual, made["naive_error"])
            )
        )
        kept += int(good.sum())
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
    small = [column.astype(np.float16) for column in columns[:3]]
    return Part(*small, *columns[3:], torch.from_numpy(made["hats"]), torch.from_numpy(made["spread"]))


def fit(parts: list[Part], *, steps: int, seed: int, width: int = 128, say: bool = True) -> Weights:
    """AdamW with warm-up and cosine decay, batches of one season length each, exponential averaging of the weights."""
    torch.manual_seed(seed)
    rng = np.random.default_rng([seed, 1])
    first = parts[0]
    net = Net(first.inputs.shape[1], first.candidates.shape[1], first.steps.shape[2], width)
    sample = np.concatenate([p.inputs[:4000].astype(np.float32) for p in parts])
    net.center.data = torch.from_numpy(sample.mean(0))
    net.width.data = torch.from_numpy(sample.std(0) + 0.05)
    average = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1.5e-3, betas=(0.9, 0.98), weight_decay=0.05)
    warm = max(steps // 20, 1)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min((s + 1) / warm, 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(s / steps, 1)))),
    )
    sizes = np.sqrt([len(p.inputs) for p in parts])
    began = time.monotonic()
    for step in range(steps):
        p = parts[int(rng.choice(len(parts), p=sizes / sizes.sum()))]
        rows = rng.integers(0, len(p.inputs), min(BATCH, len(p.inputs)))
        inputs, candidates, per_step, actual, naive = p.batch(rows)
        value = loss(net(inputs, candidates, per_step, p.hats, p.spread), actual, naive)
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        rate.step()
        keep = min(0.995, (1 + step) / (10 + step))
        with torch.no_grad():
            for old, new in zip(average.parameters(), net.parameters(), strict=True):
                old.lerp_(new, 1 - keep)
        if say and step % 200 == 0:
            print(
                f"  step {step} of {steps}: loss {value.item():.4f} ({time.monotonic() - began:.0f} s)",
                flush=True,
            )
    return average.weights()


def validate(weights: Weights, parts: list[Part]) -> list[float]:
    """Loss on series kept out of training, one figure for each season length."""
    first = parts[0]
    net = Net(first.inputs.shape[1], first.candidates.shape[1], first.steps.shape[2], len(weights["norm.bias"]))
    net.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()})
    with torch.no_grad():
        return [
            loss(net(*(b := p.batch(np.arange(len(p.inputs))))[:3], p.hats, p.spread), b[3], b[4]).item() for p in parts
        ]
