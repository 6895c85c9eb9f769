"""From features to quantiles: the network of ``models.training.network.Network``, operation by operation.

Several networks, trained alike from other random starts, give the mean of their quantiles.
"""

from __future__ import annotations

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.common import ANCHORS, MEDIAN, Features, Scaled, Weights, members_of
from models.training.graph.tensors import between, const, dim, extra, ints, largest, part, smallest, total, weighted
from spox import Var


def quantiles(made: Features, known: Scaled, mask: Var, weights: Weights, *, quantize: bool) -> Var:
    """Return quantiles [B, S, Q] in the units of the values. They are never negative where the past never was; a
    constant series is forecast as that constant."""
    y = known.y
    q = _mean_of([_network(made, _Layers(one, quantize=quantize)) for one in members_of(weights)])
    q = q * extra(made.scale, 2) + extra(made.base, 2)
    low = smallest(y + (const(1.0) - mask) * const(1e9))
    high = largest(y - (const(1.0) - mask) * const(1e9))
    q = op.where(extra(op.greater_or_equal(low, const(0.0)), 2), op.max([q, const(0.0)]), q)
    q = op.where(extra(op.less_or_equal(high - low, const(1e-7)), 2), extra(weighted(y, mask), 2), q)
    return q * extra(known.unit, 2)


def _mean_of(made: list[Var]) -> Var:
    sum_of_all = made[0]
    for one in made[1:]:
        sum_of_all = sum_of_all + one
    return sum_of_all * const(1 / len(made))


class _Layers:
    """The layers of the network with their learned weights."""

    def __init__(self, weights: Weights, *, quantize: bool) -> None:
        self.weights, self.quantize = weights, quantize

    def linear(self, x: Var, name: str) -> Var:
        matrix = np.ascontiguousarray(self.weights[f"{name}.weight"].T)
        return op.matmul(x, _matrix(matrix, self.quantize)) + op.const(self.weights[f"{name}.bias"])

    def norm(self, x: Var, name: str) -> Var:
        gain, shift = op.const(self.weights[f"{name}.weight"]), op.const(self.weights[f"{name}.bias"])
        return op.layer_normalization(x, gain, shift, axis=-1, epsilon=1e-5)[0]

    def body(self, inputs: Var) -> Var:
        """What the network knows of each series [B, width]."""
        x = self.linear((inputs - op.const(self.weights["center"])) / op.const(self.weights["width"]), "enter")
        block = 0
        while f"blocks.{block}.one.weight" in self.weights:
            inner = _gelu(self.linear(self.norm(x, f"blocks.{block}.norm"), f"blocks.{block}.one"))
            x = x + self.linear(inner, f"blocks.{block}.two")
            block += 1
        return self.norm(x, "norm")


def _gelu(x: Var) -> Var:
    return const(0.5) * x * (const(1.0) + op.erf(x * const(0.5**0.5)))


def _network(made: Features, layers: _Layers) -> Var:
    x = layers.body(made.inputs)
    raw = layers.linear(x, "mix")
    raw = op.reshape(raw, op.concat([dim(raw, 0), ints(ANCHORS), ints(-1)], axis=0))
    trust = op.softplus(layers.linear(x, "trust") - const(2.0))
    trust = op.reshape(trust, op.concat([dim(trust, 0), ints(ANCHORS), ints(-1)], axis=0))  # [B, ANCHORS, 2]
    raw = raw - op.matmul(trust, op.transpose(part(made.scores, 0, 2, 2), perm=[0, 2, 1]))
    at_anchors = op.matmul(op.transpose(made.hats), op.softmax(raw, axis=2))  # [B, S, K]
    point = total(at_anchors * op.transpose(made.candidates, perm=[0, 2, 1]), 2)  # [B, S, 1]
    hidden = _gelu(extra(layers.linear(x, "state"), 1) + layers.linear(made.steps, "step"))
    out = layers.linear(hidden, "leave")  # [B, S, 3 + gaps]
    spread = extra(extra(made.spread, 0), 2)
    shift = part(out, 0, 1, 2) * spread
    width = op.exp(between(part(out, 1, 2, 2), -5.0, 5.0)) * spread
    gate = op.sigmoid(part(out, 2, 3, 2) - const(3.0))
    gaps = op.softplus(part(out, 3, 2**31 - 1, 2) - const(1.2))
    axis = op.const(np.int64(2))
    above = op.cumsum(part(gaps, MEDIAN, 2**31 - 1, 2), axis)
    below = op.neg(op.cumsum(part(gaps, 0, MEDIAN, 2), axis, reverse=1))
    middle = part(gaps, 0, 1, 2) * const(0.0)
    learned = point + shift + width * op.concat([below, middle, above], axis=2)
    return learned + gate * (made.empirical - learned)


def _matrix(matrix: np.ndarray, quantize: bool) -> Var:
    """A weight matrix [in, out]; as int8 with one scale per output column."""
    if not quantize:
        return op.const(matrix)
    step = np.maximum(np.abs(matrix).max(axis=0) / 127.0, 1e-12).astype(np.float32)
    small = np.clip(np.round(matrix / step), -127, 127).astype(np.int8)
    return op.dequantize_linear(op.const(small), op.const(step), op.const(np.zeros_like(step, dtype=np.int8)), axis=1)
