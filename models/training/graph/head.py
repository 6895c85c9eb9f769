"""From features to quantiles: the network of ``models.training.network.Network``, operation by operation.

Several networks, trained alike from other random starts, give the mean of their quantiles. Days of hours or less have
separate networks: the same operations with other weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.common import ANCHORS, HOURS, MEDIAN, Features, Scaled, Weights, has_day_networks, members_of
from models.training.graph.tensors import (
    between,
    const,
    dim,
    extra,
    ints,
    largest,
    part,
    smallest,
    softplus,
    total,
    weighted,
    whole,
)
from spox import Var


def quantiles(made: Features, known: Scaled, mask: Var, networks: Networks) -> Var:
    """Return quantiles [B, S, Q] in the units of the values. They are never negative where the past never was; a
    constant series is forecast as that constant."""
    y = known.y
    q = _mean_of([_network(made, layers) for layers in networks.layers()])
    q = q * extra(made.scale, 2) + extra(made.base, 2)
    low = smallest(y + (const(1.0) - mask) * const(1e9))
    high = largest(y - (const(1.0) - mask) * const(1e9))
    q = op.where(extra(op.greater(known.positive, const(0.5)), 2), op.max([q, const(0.0)]), q)
    q = op.where(extra(op.less_or_equal(high - low, const(1e-7)), 2), extra(weighted(y, mask), 2), q)
    return q * extra(known.unit, 2) + extra(known.center, 2)


def _mean_of(made: list[Var]) -> Var:
    sum_of_all = made[0]
    for one in made[1:]:
        sum_of_all = sum_of_all + one
    return sum_of_all * const(1 / len(made))


@dataclass(frozen=True)
class Networks:
    """Learned weights, and the first season int64 [1] of the series to forecast. With ``quantize``, matrices are
    int8."""

    weights: Weights
    season: Var
    quantize: bool

    def layers(self) -> list[_Layers]:
        """Those of each network."""
        usual = members_of(self.weights)
        if not has_day_networks(self.weights):
            return [_Layers((one,), None, self.quantize) for one in usual]
        in_day = op.squeeze(whole(op.equal(op.mod(self.season, ints(HOURS)), ints(0))))
        of_days = members_of(self.weights, HOURS)
        return [_Layers(pair, in_day, self.quantize) for pair in zip(usual, of_days, strict=True)]


@dataclass(frozen=True)
class _Layers:
    """The layers of a network: ``weights`` for usual series and, where days have their own, for these; ``chosen``: a
    number that says which."""

    weights: tuple[Weights, ...]
    chosen: Var | None
    quantize: bool

    def linear(self, x: Var, name: str) -> Var:
        matrices = [np.ascontiguousarray(w[f"{name}.weight"].T) for w in self.weights]
        return op.matmul(x, self._matrix(matrices)) + self.vector(f"{name}.bias")

    def norm(self, x: Var, name: str) -> Var:
        gain, shift = self.vector(f"{name}.weight"), self.vector(f"{name}.bias")
        return op.layer_normalization(x, gain, shift, axis=-1, epsilon=1e-5)[0]

    def vector(self, name: str) -> Var:
        return self._one_of([w[name] for w in self.weights])

    def _one_of(self, found: list[np.ndarray]) -> Var:
        return op.const(found[0]) if self.chosen is None else op.gather(op.const(np.stack(found)), self.chosen)

    def _matrix(self, matrices: list[np.ndarray]) -> Var:
        """A weight matrix [in, out]; as int8 with one scale per output column."""
        if not self.quantize:
            return self._one_of(matrices)
        steps = [np.maximum(np.abs(m).max(axis=0) / 127.0, 1e-12).astype(np.float32) for m in matrices]
        small = [
            np.clip(np.round(m / step), -127, 127).astype(np.int8) for m, step in zip(matrices, steps, strict=True)
        ]
        zero = op.const(np.zeros(matrices[0].shape[1], np.int8))
        return op.dequantize_linear(self._one_of(small), self._one_of(steps), zero, axis=1)

    def body(self, inputs: Var) -> Var:
        """What the network knows of each series [B, width]."""
        x = self.linear((inputs - self.vector("center")) / self.vector("width"), "enter")
        block = 0
        while f"blocks.{block}.one.weight" in self.weights[0]:
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
    by_anchor = op.matmul(op.softmax(raw, axis=2), made.candidates)  # [B, ANCHORS, S]
    point = op.transpose(total(by_anchor * extra(made.hats, 0)), perm=[0, 2, 1])  # [B, S, 1]
    hidden = _gelu(extra(layers.linear(x, "state"), 1) + layers.linear(made.steps, "step"))
    out = layers.linear(hidden, "leave")  # [B, S, 3 + gaps]
    spread = extra(extra(made.spread, 0), 2)
    shift = part(out, 0, 1, 2) * spread
    width = op.exp(between(part(out, 1, 2, 2), -5.0, 5.0)) * spread
    gate = op.sigmoid(part(out, 2, 3, 2) - const(3.0))
    gaps = softplus(part(out, 3, 2**31 - 1, 2) - const(1.2))
    axis = op.const(np.int64(2))
    above = op.cumsum(part(gaps, MEDIAN, 2**31 - 1, 2), axis)
    below = op.neg(op.cumsum(part(gaps, 0, MEDIAN, 2), axis, reverse=1))
    middle = part(gaps, 0, 1, 2) * const(0.0)
    learned = point + shift + width * op.concat([below, middle, above], axis=2)
    return learned + gate * (made.empirical - learned)
