"""The whole model as one ONNX graph: ``values, mask, season, steps → quantiles``.

The part without learned weights is also run alone to make training features, so training and serving can never differ.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import onnx
import spox.opset.ai.onnx.v18 as op
from models.training.candidates import candidates, time
from models.training.tensors import (
    EPS,
    asinh,
    between,
    const,
    dim,
    extra,
    ints,
    largest,
    last,
    mean,
    number,
    part,
    side_by_side,
    smallest,
    total,
    upto,
    weighted,
)
from spox import Tensor, Var, argument, build
from spox._future import operator_overloading

LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99)
MEDIAN = LEVELS.index(0.5)
ANCHORS = 4
RECENT = 24  # latest values that the network sees directly
Weights = dict[str, np.ndarray]


@dataclass
class Features:
    """``inputs`` [B, D]; ``candidates`` [B, K, S] in units of ``scale`` around ``base``; ``steps`` [B, S, F]; ``hats``
    [4, S] interpolation between anchor steps; ``spread`` [S] how the scale grows with the step."""

    inputs: Var
    candidates: Var
    steps: Var
    hats: Var
    spread: Var
    base: Var
    scale: Var
    naive_error: Var


def anchors(season: Var) -> Var:
    """Steps where the network looks at the candidates: 1, half, one and two seasons (at least 1, 2, 4, 8)."""
    half = (season + ints(1)) / ints(2)
    return op.concat(
        [ints(1), op.max([half, ints(2)]), op.max([season, ints(4)]), op.max([season + season, ints(8)])],
        axis=0,
    )


def features(values: Var, mask: Var, season: Var, steps: Var) -> tuple[Features, Var, Var]:
    """Features of the batch, with the values scaled to about 1 and their scale [B, 1]."""
    size = total(op.abs(values) * mask) / (total(mask) + const(EPS))
    near_count = op.max([season + season, ints(6)])
    near = last(mask, near_count)
    near_size = total(op.abs(last(values, near_count)) * near) / (total(near) + const(EPS))
    unit = op.max([near_size, const(0.1) * size])
    unit = op.where(op.greater(unit, const(0.0)), unit, const(1.0))
    y = values / unit * mask

    all_steps = op.concat([anchors(season), steps], axis=0)
    length = dim(values, 1)
    tm = time(length, season, all_steps)
    found = candidates(y, mask, tm)
    view = found.levelled
    count = total(mask)
    lag = op.min([season, length - ints(1)])

    def change(x: Var, by: Var) -> tuple[Var, Var]:
        """Absolute change over ``by`` points where both are known, and where that is."""
        both = part(mask, by, 2**31 - 1) * part(mask, ints(0), length - by)
        return op.abs(part(x, by, 2**31 - 1) - part(x, ints(0), length - by)) * both, both

    seasonal_change, seasonal_both = change(y, lag)
    steps_change, steps_both = change(view, ints(1))
    one_step = total(steps_change) / (total(steps_both) + const(EPS))
    latest = total(last(steps_change, near_count)) / (total(last(steps_both, near_count)) + const(EPS))
    has_season = number(op.greater(total(seasonal_both), const(0.5)))
    naive = total(seasonal_change) / (total(seasonal_both) + const(EPS))
    naive = naive * has_season + one_step * (const(1.0) - has_season)
    scale = const(0.4) * naive + const(0.4) * one_step + const(0.2) * latest + const(1e-3)

    window = op.min([op.max([season / ints(2), ints(3)]), ints(6)])
    seasonal_base = const(0.3) * last(view, 1) + const(0.7) * weighted(
        last(view, window), last(mask, window) + const(EPS)
    )
    plain_base = op.squeeze(part(part(found.values, 0, 1), 0, 1, axis=2), ints(2))
    base = tm.seasonal * seasonal_base + (const(1.0) - tm.seasonal) * plain_base

    relative = between((found.values - extra(base, 2)) / extra(scale, 2), -60.0, 60.0)
    at_anchors = part(relative, 0, ANCHORS, axis=2)
    relative = part(relative, ANCHORS, 2**31 - 1, axis=2)

    flags = op.min([tm.seasonal, const(1.0)])
    log_count = op.log(count + const(1.0))
    cycles = between(count / tm.season, 0.0, 8.0)
    zeros = total(number(op.less(op.abs(y), const(EPS))) * mask) / (count + const(EPS))
    low = smallest(y * mask + (const(1.0) - mask))
    ones = count * const(0.0) + const(1.0)
    latest_raw = asinh((last(y, RECENT) - base) / scale) * last(mask, RECENT)
    latest_view = asinh((last(view, RECENT) - base) / scale) * last(mask, RECENT)
    inputs = [
        op.flatten(asinh(at_anchors), axis=1),
        *[op.log(e + const(1e-4)) for e in found.errors],
        *[op.log(x + const(1e-4)) for x in (scale, naive, one_step, latest)],
        latest_raw,
        latest_view,
        log_count,
        cycles,
        ones * op.log(tm.season),
        ones * flags,
        *found.season.kept,
        low,
        zeros,
        *_autocorrelations(view, mask, length, lag),
        *_practice(y, mask, season, scale, length),
    ]
    matrix = between(_finite(side_by_side(inputs)), -15.0, 15.0)

    step_count = part(tm.ahead, ANCHORS, 2**31 - 1)
    future = extra(part(found.future_season, ANCHORS, 2**31 - 1), 2)
    middle = mean(relative)
    spread_of = op.sqrt(mean((relative - middle) * (relative - middle)) + const(EPS))
    nothing = op.transpose(middle * const(0.0), perm=[0, 2, 1])
    per_step = [
        op.transpose(asinh(middle), perm=[0, 2, 1]),
        op.transpose(asinh(spread_of), perm=[0, 2, 1]),
        future,
        nothing + extra(op.log(op.transpose(step_count)), 0),
        nothing + extra(between(op.transpose(step_count) / tm.season, 0.0, 4.0), 0),
    ]
    pace = op.max([tm.season, const(2.0)])
    spread = op.sqrt(op.squeeze(step_count, ints(0)) / pace + const(0.5))
    return (
        Features(
            matrix,
            _finite(relative),
            between(_finite(op.concat(per_step, axis=2)), -15.0, 15.0),
            _hats(season, step_count),
            spread,
            base,
            scale,
            naive / scale,
        ),
        y,
        unit,
    )


def _finite(x: Var) -> Var:
    return op.where(op.or_(op.isnan(x), op.isinf(x)), const(0.0), x)


def _autocorrelations(view: Var, mask: Var, length: Var, lag: Var) -> list[Var]:
    """Autocorrelation of one-step changes at lags 1, 2, 3 and a season."""
    both = part(mask, 1, 2**31 - 1) * part(mask, ints(0), length - ints(1))
    change = (part(view, 1, 2**31 - 1) - part(view, ints(0), length - ints(1))) * both
    power = total(change * change) + const(1e-8)
    span = length - ints(1)
    seasonal = op.min([op.max([lag, ints(4)]), span - ints(1)])
    return [
        total(part(change, by, 2**31 - 1) * part(change, ints(0), span - by)) / power
        for by in (ints(1), ints(2), ints(3), seasonal)
    ]


def _practice(y: Var, mask: Var, season: Var, scale: Var, length: Var) -> list[Var]:
    """How well each candidate would have forecast the latest values: log error, bias, whether history was enough."""
    single = op.equal(season, ints(1))
    held = op.where(single, ints(4), op.min([op.max([season, ints(6)]), ints(24)]))
    pad = part(y, ints(0), held) * const(0.0)
    before = op.concat([pad, part(y, ints(0), length - held)], axis=1)
    before_mask = op.concat([pad, part(mask, ints(0), length - held)], axis=1)
    actual, known = extra(last(y, held), 1), extra(last(mask, held), 1)
    tm = time(length, season, upto(held) + ints(1))
    made = candidates(before, before_mask, tm).values
    miss = (made - actual) * known
    weight = total(known, 2) + const(EPS)
    error = op.squeeze(total(op.abs(miss), 2) / weight, ints(2)) / scale
    bias = op.squeeze(total(miss, 2) / weight, ints(2)) / scale
    needed = op.where(single, const([4.5]), const(1.5) * number(season))
    enough = number(op.greater(total(before_mask), needed)) * number(op.greater(total(last(mask, held)), const(1.5)))
    return [
        between(op.log(error + const(0.02)), -4.0, 4.0) * enough,
        between(asinh(bias), -4.0, 4.0) * enough,
        enough,
    ]


def _hats(season: Var, step_count: Var) -> Var:
    """Linear interpolation weights [4, S] between the anchors, over the logarithm of the step."""
    knots = op.log(number(anchors(season)))
    x = op.log(step_count)
    rise = [
        between(
            (x - part(knots, a, a + 1, 0)) / (part(knots, a + 1, a + 2, 0) - part(knots, a, a + 1, 0)),
            0.0,
            1.0,
        )
        for a in range(ANCHORS - 1)
    ]
    return op.concat([const(1.0) - rise[0], rise[0] - rise[1], rise[1] - rise[2], rise[2]], axis=0)


def _arguments() -> dict[str, Var]:
    return {
        "values": argument(Tensor(np.float32, ("batch", "length"))),
        "mask": argument(Tensor(np.float32, ("batch", "length"))),
        "season": argument(Tensor(np.int64, (1,))),
        "steps": argument(Tensor(np.int64, ("horizon",))),
    }


def feature_graph() -> onnx.ModelProto:
    """The graph without learned weights, for training."""
    inputs = _arguments()
    with operator_overloading(op), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made, _, unit = features(**inputs)
        outputs = {
            "inputs": made.inputs,
            "candidates": made.candidates,
            "steps_seen": made.steps,
            "hats": made.hats,
            "spread": made.spread,
            "base": made.base * unit,
            "scale": made.scale * unit,
            "naive_error": made.naive_error,
        }
        return build(inputs, outputs)


def full_graph(weights: Weights, *, quantize: bool = True) -> onnx.ModelProto:
    """The model: features, network, quantiles in the units of ``values``. With ``quantize``, matrices are int8."""
    inputs = _arguments()
    with operator_overloading(op), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made, y, unit = features(**inputs)
        q = _network(made, weights, quantize)  # [B, S, Q]
        q = q * extra(made.scale, 2) + extra(made.base, 2)
        mask = inputs["mask"]
        low = smallest(y + (const(1.0) - mask) * const(1e9))
        high = largest(y - (const(1.0) - mask) * const(1e9))
        never_negative = extra(op.greater_or_equal(low, const(0.0)), 2)
        q = op.where(never_negative, op.max([q, const(0.0)]), q)
        constant = extra(op.less_or_equal(high - low, const(1e-7)), 2)
        q = op.where(constant, extra(weighted(y, mask), 2), q)
        return build(inputs, {"quantiles": q * extra(unit, 2)})


def _network(made: Features, weights: Weights, quantize: bool) -> Var:
    """The network of ``models.training.network.Net``, operation by operation."""

    def linear(x: Var, name: str) -> Var:
        matrix = np.ascontiguousarray(weights[f"{name}.weight"].T)
        return op.matmul(x, _matrix(matrix, quantize)) + op.const(weights[f"{name}.bias"])

    def norm(x: Var, name: str) -> Var:
        gain, shift = op.const(weights[f"{name}.weight"]), op.const(weights[f"{name}.bias"])
        return op.layer_normalization(x, gain, shift, axis=-1, epsilon=1e-5)[0]

    def gelu(x: Var) -> Var:
        return const(0.5) * x * (const(1.0) + op.erf(x * const(0.5**0.5)))

    x = linear((made.inputs - op.const(weights["center"])) / op.const(weights["width"]), "enter")
    block = 0
    while f"blocks.{block}.one.weight" in weights:
        inner = gelu(linear(norm(x, f"blocks.{block}.norm"), f"blocks.{block}.one"))
        x = x + linear(inner, f"blocks.{block}.two")
        block += 1
    x = norm(x, "norm")
    raw = linear(x, "mix")
    raw = op.reshape(raw, op.concat([dim(raw, 0), ints(ANCHORS), ints(-1)], axis=0))
    mix = op.matmul(op.transpose(op.softmax(raw, axis=2), perm=[0, 2, 1]), made.hats)  # [B, K, S]
    point = op.squeeze(total(mix * made.candidates), ints(1))  # [B, S]
    state = extra(linear(x, "state"), 1)
    hidden = gelu(state + linear(made.steps, "step"))
    out = linear(hidden, "leave")  # [B, S, 2 + gaps]
    spread = extra(extra(made.spread, 0), 2)
    shift = part(out, 0, 1, 2) * spread
    width = op.exp(between(part(out, 1, 2, 2), -5.0, 5.0)) * spread
    gaps = op.softplus(part(out, 2, 2**31 - 1, 2) - const(1.2))
    axis = op.const(np.int64(2))
    above = op.cumsum(part(gaps, MEDIAN, 2**31 - 1, 2), axis)
    below = op.neg(op.cumsum(part(gaps, 0, MEDIAN, 2), axis, reverse=1))
    middle = part(gaps, 0, 1, 2) * const(0.0)
    return extra(point, 2) + shift + width * op.concat([below, middle, above], axis=2)


def _matrix(matrix: np.ndarray, quantize: bool) -> Var:
    """A weight matrix [in, out]; as int8 with one scale per output column."""
    if not quantize:
        return op.const(matrix)
    step = np.maximum(np.abs(matrix).max(axis=0) / 127.0, 1e-12).astype(np.float32)
    small = np.clip(np.round(matrix / step), -127, 127).astype(np.int8)
    return op.dequantize_linear(op.const(small), op.const(step), op.const(np.zeros_like(step, dtype=np.int8)), axis=1)
