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
from models.training.graph.common import Weights
from models.training.network import Net, distilled_loss, loss
from models.training.prior.draw import draw
from models.training.prior.shapes import Shape
from numpy.typing import NDArray

BATCH = 512
DRAWN_AT_ONCE = 2048
NO_FLOOR = -1e6


@dataclass
class Part:
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

    def batch(self, rows: NDArray[np.int64] | slice) -> tuple[tuple[torch.Tensor, ...], tuple[torch.Tensor, ...]]:
        """What the network reads and what it is judged by."""
        read = (self.inputs, self.candidates, self.steps, self.empirical)
        judged = (self.actual, self.floor, self.naive_error, *([] if self.teacher is None else [self.teacher]))
        first, second = (
            tuple(torch.from_numpy(a[rows].astype(np.float32)) for a in arrays) for arrays in (read, judged)
        )
        return (*first, self.hats, self.spread), second


def session(graph: onnx.ModelProto, threads: int = 2) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])


def prepare(
    run: ort.InferenceSession, shape: Shape, n: int, seed: int, teacher: ort.InferenceSession | None = None
) -> Part:
    """``n`` series or a few more, without those whose future is out of all proportion."""
    rng = np.random.default_rng([seed, *shape.seasons, *shape.steps])
    names = [o.name for o in run.get_outputs()]
    rows: list[tuple[NDArray[np.float32], ...]] = []
    made: dict[str, NDArray[np.float32]] = {}
    kept = 0
    while kept < n:
        values, mask, future = draw(rng, min(DRAWN_AT_ONCE, n), shape)
        feed = {"values": values, "mask": mask, "seasons": np.array(shape.seasons), "steps": np.array(shape.steps)}
        made = dict(zip(names, run.run(None, feed), strict=True))
        actual = (future - made["base"]) / made["scale"]
        lowest = np.where(mask > 0, values, np.inf).min(axis=1, keepdims=True)
        floor = np.where(lowest >= 0, -made["base"] / made["scale"], NO_FLOOR).astype(np.float32)
        size = (np.abs(values).sum(1) / mask.sum(1))[:, None]
        informative = made["naive_error"] * made["scale"] > 1e-4 * size
        good = (np.abs(actual).max(1) < 60) & informative[:, 0] & (mask.sum(1) >= 3)
        small = [made[k] for k in ("inputs", "candidates", "steps_seen", "empirical")]
        exact = [actual, floor, made["naive_error"]]
        taught = []
        if teacher is not None:
            said = (teacher.run(["quantiles"], feed)[0] - made["base"][:, :, None]) / made["scale"][:, :, None]
            good &= np.isfinite(said).all(axis=(1, 2)) & (np.abs(said).max(axis=(1, 2)) < 200)
            taught.append(said)
        halves, singles = ([a[good].astype(kind) for a in arrays] for arrays, kind in ((small, "f2"), (exact, "f4")))
        rows.append((*halves, *singles, *(a[good].astype("f2") for a in taught)))
        kept += int(good.sum())
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
    always, taught = columns[:7], columns[7:]
    return Part(*always, torch.from_numpy(made["hats"]), torch.from_numpy(made["spread"]), *taught)


def network_for(part: Part, width: int, blocks: int) -> Net:
    return Net(part.inputs.shape[1], part.candidates.shape[1], part.steps.shape[2], width, blocks)


def fit(
    parts: list[Part],
    *,
    steps: int,
    seed: int,
    width: int = 128,
    blocks: int = 2,
    rate: float = 1.5e-3,
    trust: float = 0.5,
    say: bool = True,
) -> Weights:
    """AdamW with warm-up and cosine decay, batches of one shape each, exponential averaging of the weights."""
    torch.manual_seed(seed)
    rng = np.random.default_rng([seed, 1])
    net = network_for(parts[0], width, blocks)
    sample = np.concatenate([p.inputs[:4000].astype(np.float32) for p in parts])
    net.center.data = torch.from_numpy(sample.mean(0))
    net.width.data = torch.from_numpy(sample.std(0) + 0.05)
    average = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.05)
    warm = max(steps // 20, 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min((s + 1) / warm, 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(s / steps, 1)))),
    )
    sizes = np.sqrt([len(p.inputs) for p in parts])
    began = time.monotonic()
    for step in range(steps):
        p = parts[int(rng.choice(len(parts), p=sizes / sizes.sum()))]
        read, judged = p.batch(rng.integers(0, len(p.inputs), min(BATCH, len(p.inputs))))
        made = net(*read)
        value = loss(made, *judged) if p.teacher is None else distilled_loss(made, *judged, trust=trust)
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        keep = min(0.995, (1 + step) / (10 + step))
        with torch.no_grad():
            for old, new in zip(average.parameters(), net.parameters(), strict=True):
                old.lerp_(new, 1 - keep)
        if say and step % 200 == 0:
            print(f"  step {step} of {steps}: loss {value.item():.4f} ({time.monotonic() - began:.0f} s)", flush=True)
    return average.weights()


def validate(weights: Weights, parts: list[Part]) -> list[float]:
    """Loss on series kept out of training, one figure for each shape."""
    width, blocks = len(weights["norm.bias"]), sum(k.endswith(".one.bias") for k in weights)
    net = network_for(parts[0], width, blocks)
    net.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()})
    out = []
    with torch.no_grad():
        for p in parts:
            read, judged = p.batch(slice(None))
            out.append(loss(net(*read), *judged[:3]).item())
    return out
