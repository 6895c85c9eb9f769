"""What both models share: scale, anchor steps, empirical quantiles, and the shape of what their networks see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.clock import Clock
from models.training.graph.tensors import (
    EPS,
    between,
    const,
    extra,
    ints,
    last,
    mean,
    number,
    part,
    squash,
    total,
)
from spox import Tensor, Var, argument

LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99)
MEDIAN = LEVELS.index(0.5)
ANCHORS = 5
LATEST = 104  # values that make up the empirical distribution: two years of weeks
Weights = dict[str, np.ndarray]


@dataclass
class Features:
    """``inputs`` [B, D]; ``candidates`` [B, K, S] in units of ``scale`` around ``base``; ``steps`` [B, S, F]; ``hats``
    [5, S] interpolation between anchor steps; ``spread`` [S] how the scale grows with the step; ``empirical`` [B, Q]
    quantiles of the latest values; ``base``, ``scale``, ``naive_error`` [B, 1]."""

    inputs: Var
    candidates: Var
    steps: Var
    hats: Var
    spread: Var
    empirical: Var
    base: Var
    scale: Var
    naive_error: Var


@dataclass
class Scaled:
    """``y`` [B, L] of size about 1, zero where unknown; ``unit`` [B, 1] what it was divided by."""

    y: Var
    unit: Var


def arguments() -> dict[str, Var]:
    return {
        "values": argument(Tensor(np.float32, ("batch", "length"))),
        "mask": argument(Tensor(np.float32, ("batch", "length"))),
        "seasons": argument(Tensor(np.int64, (2,))),
        "steps": argument(Tensor(np.int64, ("horizon",))),
    }


def scaled(values: Var, mask: Var, season: Var) -> Scaled:
    """Divided by the mean size of the last two seasons, or a tenth of that of all history if that is more."""
    values = values * mask
    size = total(op.abs(values)) / (total(mask) + const(EPS))
    near_count = op.max([season + season, ints(6)])
    near_size = total(op.abs(last(values, near_count))) / (total(last(mask, near_count)) + const(EPS))
    unit = op.max([near_size, const(0.1) * size])
    unit = op.where(op.greater(unit, const(0.0)), unit, const(1.0))
    return Scaled(values / unit, unit)


def anchors(seasons: Var) -> Var:
    """Steps where the network looks at the candidates: 1, half, one, two and four seasons, or the longer season (at
    least 1, 2, 4, 8, 16)."""
    m, longer = part(seasons, 0, 1, 0), part(seasons, 1, 2, 0)
    half = (m + ints(1)) / ints(2)
    four = op.max([m * ints(4), longer, ints(16)])
    return op.concat([ints(1), op.max([half, ints(2)]), op.max([m, ints(4)]), op.max([m + m, ints(8)]), four], axis=0)


def hats(seasons: Var, step_count: Var) -> Var:
    """Linear interpolation weights [5, S] between the anchors, over the logarithm of the step."""
    knots = op.log(number(anchors(seasons)))
    x = op.log(step_count)
    rise = [
        between((x - part(knots, a, a + 1, 0)) / (part(knots, a + 1, a + 2, 0) - part(knots, a, a + 1, 0)), 0.0, 1.0)
        for a in range(ANCHORS - 1)
    ]
    inner = [rise[a] - rise[a + 1] for a in range(ANCHORS - 2)]
    return op.concat([const(1.0) - rise[0], *inner, rise[-1]], axis=0)


def per_step(relative: Var, future: Var, step_count: Var, clk: Clock) -> Var:
    """What the network is told of each step [B, S, 6]: where the candidates lie and how far apart, the season there,
    how far ahead it is."""
    middle = mean(relative)
    apart = op.sqrt(mean((relative - middle) * (relative - middle)) + const(EPS))
    nothing = op.transpose(middle * const(0.0), perm=[0, 2, 1])
    count = op.transpose(step_count)
    columns = [
        op.transpose(squash(middle), perm=[0, 2, 1]),
        op.transpose(squash(apart), perm=[0, 2, 1]),
        extra(future, 2),
        nothing + extra(op.log(count), 0),
        nothing + extra(between(count / clk.season, 0.0, 6.0), 0),
        nothing + extra(between(count / clk.long_season, 0.0, 6.0), 0),
    ]
    return between(finite(op.concat(columns, axis=2)), -15.0, 15.0)


def empirical_quantiles(y: Var, mask: Var) -> Var:
    """Quantiles [B, Q] of the latest known values, by Hazen's positions: where sales are few, nothing says more."""
    count = op.min([op.shape(y, start=1, end=2), ints(LATEST)])
    values, known = last(y, count), last(mask, count)
    ordered, _ = op.top_k(values * known + (const(1.0) - known) * const(1e9), count, axis=1, largest=0)
    n = total(known)
    highest = op.max([n - const(1.0), const(0.0)])
    position = op.min([op.max([n * const(LEVELS) - const(0.5), const(0.0)]), highest])
    below = op.floor(position)
    above = op.min([below + const(1.0), highest])
    low = op.gather_elements(ordered, op.cast(below, to=np.int64), axis=1)
    high = op.gather_elements(ordered, op.cast(above, to=np.int64), axis=1)
    return low + (high - low) * (position - below)


def finite(x: Var) -> Var:
    return op.where(op.or_(op.isnan(x), op.isinf(x)), const(0.0), x)
