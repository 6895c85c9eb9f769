"""Sixteen classical forecasts of every view of a batch.

Subtracting a start value makes every linear smoother a fixed filter, so the one-step errors of the whole smoothing grid
are one matrix product. Smoothing with a drift (the theta method) adds the same filters of a straight line, the ramp,
scaled by the drift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import SIMPLE, SMOOTHERS, TimeBasis
from models.training.graph.common import Line, fit_line
from models.training.graph.smoothing import DAMPINGS
from models.training.graph.tensors import (
    EPS,
    at_least,
    between,
    const,
    dim,
    extra,
    ints,
    joined,
    last,
    number,
    part,
    smallest,
    total,
    weighted,
)
from spox import Var

VIEWS = 5
DAMPING_SHARES = SMOOTHERS.shares()
GRID_SIZE = len(SMOOTHERS.damping)
THETA_SHARES = (0.5, 1.0)  # of the trend that simple smoothing drifts by
MAX_CHECKS = 60.0  # one-step errors that count as evidence when smoothers are blended; chosen by judgement
# Columns of the smoothers: the grid's three groups, then simple smoothing with each share of the trend as drift.
SIMPLE_GROUP = (0, SIMPLE)
DAMPED_GROUP = (SIMPLE, SIMPLE + SMOOTHERS.groups[1])
HOLT_GROUP = (SIMPLE + SMOOTHERS.groups[1], GRID_SIZE)
THETA_GROUPS = ((GRID_SIZE, GRID_SIZE + SIMPLE), (GRID_SIZE + SIMPLE, GRID_SIZE + 2 * SIMPLE))


@dataclass
class ViewForecasts:
    """``forecasts`` [V * B, C, S]; ``errors`` [V * B, 3], the in-sample root mean squared error of each smoothing
    group; ``filled`` [V * B, R], the views with gaps filled."""

    forecasts: Var
    errors: Var
    filled: Var


@dataclass
class _Filled:
    """The views with gaps filled, and the ramp with the same gaps. ``*_once``: the same for all views of a series."""

    rows: Var  # int64 [1], V * B
    mask: Var  # [V * B, R]
    known: Var  # [V * B, 1], how many one-step errors count
    scored: Var  # [V * B, 1, E], 1 where a one-step error counts
    views: Var  # [V * B, R]
    start: Var  # [V * B, 1]
    mask_once: Var  # [B, R]
    scored_once: Var  # [B, E]
    time: Var  # [1, R]
    ramp: Var  # [B, R]
    ramp_start: Var  # [B, 1]


@dataclass
class _Smoothers:
    """Every smoother of every view, as columns: the grid (G), then simple smoothing with each drift."""

    mean_squared: Var  # [V * B, G + 2 * SIMPLE] one-step errors
    log_error: Var  # its logarithm
    levels: Var  # [V * B, G + 2 * SIMPLE]
    slopes: Var  # [V * B, G]
    shares: Var  # [G, dampings], which damping each smoother has
    drifts: list[Var]  # [V * B, 1] each
    strength: Var  # [V * B, 1], how many errors count as evidence
    zero: Var  # [V * B, 1]

    def blend(self, pieces: tuple[tuple[int, int], ...]) -> tuple[Var, Var]:
        """Blend the smoothers of these column ranges with weights MSE^(-n/2), the likelihood of each: coefficients
        [V * B, 1, 4] and the blended error [V * B, 1]."""
        logs = joined([part(self.log_error, a, b) for a, b in pieces])
        weights = op.softmax(const(-0.5) * self.strength * (logs - smallest(logs)), axis=1)
        origin = total(weights * joined([part(self.levels, a, b) for a, b in pieces]))
        error = op.sqrt(total(weights * joined([part(self.mean_squared, a, b) for a, b in pieces])))
        rise: list[Var] = [self.zero] * len(DAMPINGS)
        at = 0
        for a, b in pieces:
            mine = part(weights, at, at + b - a)
            if b <= GRID_SIZE:
                sloped = op.matmul(mine * part(self.slopes, a, b), part(self.shares, a, b, 0))  # [V * B, dampings]
                rise = [r + part(sloped, k, k + 1) for k, r in enumerate(rise)]
            else:
                rise[-1] = rise[-1] + total(mine) * self.drifts[(a - GRID_SIZE) // SIMPLE]
            at += b - a
        return extra(joined([origin, *rise]), 1), error


def view_forecasts(views: Var, mask_once: Var, basis: TimeBasis) -> ViewForecasts:
    """Forecast all ``views`` [V * B, R]; ``mask_once`` [B, R] is 1 where a value is known."""
    filled = _fill_gaps(views, mask_once, basis)
    trend = fit_line(filled.views, filled.time, filled.mask)
    recent = fit_line(filled.views, filled.time, filled.mask * extra(basis.local, 0))
    ending = last(filled.views, 1)
    span = at_least(op.concat([total(mask_once)] * VIEWS, axis=0) - const(1.0), 1.0)
    drift = (ending - filled.start) / span
    smoothers = _smooth(filled, trend, basis)

    def straight(origin: Var, rise: Var | None = None) -> Var:
        """Coefficients of a straight line."""
        zero = smoothers.zero
        return extra(joined([origin, zero, zero, zero if rise is None else rise]), 1)

    blended = [smoothers.blend((group,)) for group in (SIMPLE_GROUP, DAMPED_GROUP, HOLT_GROUP)]
    simple = op.squeeze(part(blended[0][0], 0, 1, 2), ints(2))
    coefficients = [
        *[made for made, _ in blended],
        straight(simple, const(0.5) * trend.slope),
        straight(trend.intercept(), trend.slope),
        straight(ending, drift),
        straight(recent.intercept(), recent.slope),
        straight(recent.mean),
        straight(ending),
        straight(simple, const(0.25) * trend.slope + const(0.25) * recent.slope),
        *[smoothers.blend((group,))[0] for group in THETA_GROUPS],
        smoothers.blend((SIMPLE_GROUP, *THETA_GROUPS))[0],
        smoothers.blend(((0, GRID_SIZE), *THETA_GROUPS))[0],
    ]
    forecasts = op.matmul(op.concat(coefficients, axis=1), basis.growth)  # [V * B, C, S]
    returning = [_mean_reverting(filled, mean, ending, basis) for mean in (recent.mean, trend.mean)]
    return ViewForecasts(
        op.concat([forecasts, *returning], axis=1), joined([error for _, error in blended]), filled.views
    )


def _fill_gaps(views: Var, mask_once: Var, basis: TimeBasis) -> _Filled:
    mask = op.concat([mask_once] * VIEWS, axis=0)
    seen = op.cumsum(mask_once, op.const(np.int64(1)))
    early_once = number(op.less(seen, const(2.5) + const(2.0) * basis.seasonal)) * mask_once
    local_once = op.matmul(mask_once, basis.fill)
    early, local_weight = op.concat([early_once] * VIEWS, axis=0), op.concat([local_once] * VIEWS, axis=0)
    time = extra(basis.back, 0)
    filled, start = _filled(views, mask, (early, local_weight), basis)
    ramp, ramp_start = _filled(time * mask_once, mask_once, (early_once, local_once), basis)
    scored_once = last(mask_once * number(op.greater(seen, const(1.5))), basis.errors)
    return _Filled(
        rows=dim(views, 0),
        mask=mask,
        known=op.concat([total(scored_once)] * VIEWS, axis=0),
        scored=extra(op.concat([scored_once] * VIEWS, axis=0), 1),
        views=filled,
        start=start,
        mask_once=mask_once,
        scored_once=scored_once,
        time=time,
        ramp=ramp,
        ramp_start=ramp_start,
    )


def _filled(view: Var, mask: Var, weights: tuple[Var, Var], basis: TimeBasis) -> tuple[Var, Var]:
    """Fill gaps with the local mean of earlier values (the start value where there are none); return that start value
    too. ``weights``: the mask of the earliest values, and the weight of the local mean."""
    early, local_weight = weights
    start = weighted(view * mask, early)
    local = op.matmul(view * mask, basis.fill) / (local_weight + const(EPS))
    began = number(op.greater(local_weight, const(EPS)))
    return view * mask + (const(1.0) - mask) * (local * began + start * (const(1.0) - began)), start


def _smooth(filled: _Filled, trend: Line, basis: TimeBasis) -> _Smoothers:
    """Run the smoothing grid and simple smoothing with drift: the theta method (Hyndman and Billah 2003)."""
    deviation, ramp_deviation = filled.views - filled.start, filled.ramp - filled.ramp_start
    views, product, ramp = _squared_errors(filled, deviation, ramp_deviation, basis)
    level = op.matmul(deviation, basis.level) + filled.start  # [V * B, G]
    ramp_level = op.concat(
        [op.matmul(ramp_deviation, part(basis.level, 0, SIMPLE)) + filled.ramp_start] * VIEWS, axis=0
    )  # [V * B, SIMPLE]
    squared, levels, drifts = [views], [level], []
    for share in THETA_SHARES:
        b = const(share) * trend.slope
        squared.append(part(views, 0, SIMPLE) - const(2.0) * b * product + b * b * ramp)
        levels.append(part(level, 0, SIMPLE) - b * ramp_level)
        drifts.append(b)
    mean_squared = at_least(joined(squared), 0.0) / (filled.known + const(EPS)) + const(1e-10)
    return _Smoothers(
        mean_squared=mean_squared,
        log_error=op.log(mean_squared),
        levels=joined(levels),
        slopes=op.matmul(deviation, basis.slope),
        shares=op.const(DAMPING_SHARES),
        drifts=drifts,
        strength=op.min([filled.known, const(MAX_CHECKS)]),
        zero=trend.mean * const(0.0),
    )


def _squared_errors(filled: _Filled, deviation: Var, ramp_deviation: Var, basis: TimeBasis) -> tuple[Var, Var, Var]:
    """Sums of squared one-step errors: of the views [V * B, G], of view times ramp and of the ramp [V * B, SIMPLE]."""
    rows, once = filled.rows, filled.mask_once
    missed = op.matmul(deviation, basis.misses)
    missed = op.reshape(missed, op.concat([rows, ints(GRID_SIZE), ints(-1)], axis=0)) * filled.scored  # [V * B, G, E]
    simple_misses = part(basis.misses, ints(0), basis.errors * ints(SIMPLE))
    ramp_shape = op.concat([dim(once, 0), ints(SIMPLE), ints(-1)], axis=0)
    ramp_missed = op.reshape(op.matmul(ramp_deviation, simple_misses), ramp_shape) * extra(filled.scored_once, 1)
    view_shape = op.concat([ints(VIEWS), dim(once, 0), ints(SIMPLE), ints(-1)], axis=0)
    by_view = op.reshape(part(missed, 0, SIMPLE), view_shape)
    product = op.reduce_sum(by_view * extra(ramp_missed, 0), ints(3), keepdims=0)
    return (
        op.reduce_sum_square(missed, ints(2), keepdims=0),
        op.reshape(product, op.concat([rows, ints(SIMPLE)], axis=0)),
        op.concat([op.reduce_sum_square(ramp_missed, ints(2), keepdims=0)] * VIEWS, axis=0),
    )


def _mean_reverting(filled: _Filled, mean: Var, ending: Var, basis: TimeBasis) -> Var:
    """Return to the mean as fast as a first-order autoregression says: [V * B, 1, S]."""
    away = (filled.views - mean) * filled.mask
    before, after = part(away, ints(0), basis.recent - ints(1)), part(away, 1, 2**31 - 1)
    memory = between(total(before * after) / (total(before * before) + const(EPS)), 0.01, 0.995)
    return extra(mean, 2) + extra(ending - mean, 2) * op.exp(extra(op.log(memory), 2) * extra(basis.ahead, 0))
