"""Sixteen classical forecasts of every view of a batch.

Subtracting a start value makes every linear smoother a fixed filter, so the one-step errors of the whole smoothing grid
are one matrix product. Smoothing with a drift (the theta method) adds the same filters of a straight line, the ramp,
scaled by the drift. Each series comes several times, cut at different origins. At each, the smoothers are blended by
the one-step errors of the whole history that lie before it, so an earlier origin costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import SIMPLE, SMOOTHERS, Ahead, TimeBasis
from models.training.graph.common import Line
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
    upto,
    weighted,
)
from spox import Var

VIEWS = 5
ORIGINS = 3  # the end of history, and two earlier ones
DAMPING_SHARES = SMOOTHERS.shares()
GRID_SIZE = len(SMOOTHERS.damping)
THETA_SHARES = (0.5, 1.0)  # of the trend that simple smoothing drifts by
MAX_CHECKS = 60.0  # one-step errors that count as evidence when smoothers are blended; chosen by judgement
LOCAL_MEANS = (4, 12)  # values: what a level was since a step not long ago
# Columns of the smoothers: the grid's three groups, then simple smoothing with each share of the trend as drift.
SIMPLE_GROUP = (0, SIMPLE)
DAMPED_GROUP = (SIMPLE, SIMPLE + SMOOTHERS.groups[1])
HOLT_GROUP = (SIMPLE + SMOOTHERS.groups[1], GRID_SIZE)
THETA_GROUPS = ((GRID_SIZE, GRID_SIZE + SIMPLE), (GRID_SIZE + SIMPLE, GRID_SIZE + 2 * SIMPLE))


@dataclass
class ViewForecasts:
    """Forecasts of N rows: VIEWS x ORIGINS x B of them, in this order.

    ``coefficients`` [N, C - 2, 4] of level and slopes; ``returning``: two means [N, 1] that the last value returns to,
    with its distance and the logarithm of its memory; ``errors`` [VIEWS * B, 3], the in-sample root mean squared error
    of each smoothing group; ``filled`` [N, R], the views with gaps filled.
    """

    coefficients: Var
    returning: list[tuple[Var, Var, Var]]
    errors: Var
    filled: Var

    def at(self, ahead: Ahead, first: int, stop: int) -> list[Var]:
        """The forecasts from the origins ``first`` … ``stop`` - 1: for each view [origins * B, C, S]."""
        coefficients = of_origins(self.coefficients, first, stop)
        returning = [tuple(of_origins(x, first, stop) for x in parts) for parts in self.returning]
        lines = op.matmul(coefficients, ahead.growth)
        curves = [
            extra(mean, 2) + extra(away, 2) * op.exp(extra(memory, 2) * extra(ahead.count, 0))
            for mean, away, memory in returning
        ]
        everything = op.concat([lines, *curves], axis=1)
        size = dim(everything, 0) / ints(VIEWS)
        return [part(everything, size * ints(k), size * ints(k + 1), 0) for k in range(VIEWS)]


def of_origins(x: Var, first: int, stop: int) -> Var:
    """Keep some origins of [VIEWS * ORIGINS * B, ...]."""
    rest = op.shape(x, start=1)
    split = op.reshape(x, op.concat([ints(VIEWS, ORIGINS, -1), rest], axis=0))
    return op.reshape(part(split, first, stop, 1), op.concat([ints(-1), rest], axis=0))


@dataclass
class _Filled:
    """The views with gaps filled, and the ramp with the same gaps. ``*_once``: the same for all views of a series."""

    mask: Var  # [N, R]
    known: Var  # [N, 1], how many one-step errors count
    counted: Var  # [E, ORIGINS], 1 where a one-step error lies before an origin
    views: Var  # [N, R]
    known_views: Var  # [N, R], 0 where a value is unknown
    start: Var  # [N, 1]
    mask_once: Var  # [ORIGINS * B, R]
    scored_once: Var  # [B, E]
    time: Var  # [1, R]
    ramp: Var  # [ORIGINS * B, R]
    ramp_start: Var  # [ORIGINS * B, 1]


@dataclass
class _Smoothers:
    """Every smoother of every view, as columns: the grid (G), then simple smoothing with each drift."""

    mean_squared: Var  # [N, G + 2 * SIMPLE] one-step errors
    log_error: Var  # its logarithm
    levels: Var  # [N, G + 2 * SIMPLE]
    slopes: Var  # [N, G]
    shares: Var  # [G, dampings], which damping each smoother has
    drifts: list[Var]  # [N, 1] each
    strength: Var  # [N, 1], how many errors count as evidence
    zero: Var  # [N, 1]

    def blend(self, pieces: tuple[tuple[int, int], ...]) -> tuple[Var, Var]:
        """Blend the smoothers of these column ranges with weights MSE^(-n/2), the likelihood of each: coefficients
        [N, 1, 4] and the blended error [N, 1]."""
        logs = joined([part(self.log_error, a, b) for a, b in pieces])
        weights = op.softmax(const(-0.5) * self.strength * (logs - smallest(logs)), axis=1)
        origin = total(weights * joined([part(self.levels, a, b) for a, b in pieces]))
        error = op.sqrt(total(weights * joined([part(self.mean_squared, a, b) for a, b in pieces])))
        rise: list[Var] = [self.zero] * len(DAMPINGS)
        at = 0
        for a, b in pieces:
            mine = part(weights, at, at + b - a)
            if b <= GRID_SIZE:
                sloped = op.matmul(mine * part(self.slopes, a, b), part(self.shares, a, b, 0))  # [N, dampings]
                rise = [r + part(sloped, k, k + 1) for k, r in enumerate(rise)]
            else:
                rise[-1] = rise[-1] + total(mine) * self.drifts[(a - GRID_SIZE) // SIMPLE]
            at += b - a
        return extra(joined([origin, *rise]), 1), error


def view_forecasts(views: Var, mask_once: Var, held: Var, basis: TimeBasis) -> ViewForecasts:
    """Fit all ``views`` [N, R]; ``mask_once`` [ORIGINS * B, R] is 1 where a value is known; each origin lies ``held``
    points before the one before."""
    filled = _fill_gaps(views, mask_once, held, basis)
    trend, recent = _lines(filled, basis)
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
        *[straight(_latest_mean(filled, count)) for count in LOCAL_MEANS],
        smoothers.blend((SIMPLE_GROUP, *THETA_GROUPS))[0],
        smoothers.blend(((0, GRID_SIZE), *THETA_GROUPS))[0],
    ]
    returning = [_mean_reverting(filled, mean, ending, basis) for mean in (recent.mean, trend.mean)]
    return ViewForecasts(
        op.concat(coefficients, axis=1),
        returning,
        of_origins(joined([error for _, error in blended]), 0, 1),
        filled.views,
    )


def _lines(filled: _Filled, basis: TimeBasis) -> tuple[Line, Line]:
    """Straight lines through all values and through the latest, by weighted least squares from moments [N, ·]."""
    t, local = filled.time, extra(basis.local, 0)
    columns = op.transpose(op.concat([t * const(0.0) + const(1.0), t, local, t * local], axis=0))
    sums = op.matmul(filled.known_views, columns)
    squares = op.transpose(op.concat([t * t, t * t * local], axis=0))
    once = op.matmul(filled.mask_once, joined([columns, squares]))
    counts = op.concat([once] * VIEWS, axis=0)
    out = []
    for k in range(2):
        weight, moment, square = (part(counts, i, i + 1) for i in (2 * k, 2 * k + 1, 4 + k))
        values, moments = (part(sums, i, i + 1) for i in (2 * k, 2 * k + 1))
        value, when = values / (weight + const(EPS)), moment / (weight + const(EPS))
        covariance = moments - when * values - value * (moment - when * weight)
        variance = square - when * (moment + moment - when * weight)
        out.append(Line(value, when, covariance / (variance + const(EPS))))
    return out[0], out[1]


def _latest_mean(filled: _Filled, count: int) -> Var:
    """The mean of the latest values [N, 1]."""
    return weighted(last(filled.views, count), last(filled.mask, count) + const(EPS))


def _fill_gaps(views: Var, mask_once: Var, held: Var, basis: TimeBasis) -> _Filled:
    mask = op.concat([mask_once] * VIEWS, axis=0)
    seen = op.cumsum(mask_once, op.const(np.int64(1)))
    early = number(op.less(seen, const(2.5) + const(2.0) * basis.seasonal)) * mask_once
    gaps = _gaps(mask_once, early, basis)
    time = extra(basis.back, 0)
    known_views = views * mask
    by_view = op.reshape(known_views, op.concat([ints(VIEWS), op.shape(mask_once)], axis=0))
    filled, start = (_rows(x) for x in _filled(by_view, gaps.of_views(), basis))
    ramp, ramp_start = _filled(time * mask_once, gaps, basis)
    ending_first = part(op.reshape(mask_once * number(op.greater(seen, const(1.5))), _by_origin(mask_once)), 0, 1, 0)
    scored_once = last(op.squeeze(ending_first, ints(0)), basis.errors)
    back = extra(upto(basis.errors) - basis.errors, 1)  # -1 for the last error
    counted = number(op.less(back, op.neg(extra(held * ints(*range(ORIGINS)), 0))))
    known = op.reshape(op.transpose(op.matmul(scored_once, counted)), ints(-1, 1))  # [ORIGINS * B, 1]
    return _Filled(
        mask=mask,
        known=op.concat([known] * VIEWS, axis=0),
        counted=counted,
        views=filled,
        known_views=known_views,
        start=start,
        mask_once=mask_once,
        scored_once=scored_once,
        time=time,
        ramp=ramp,
        ramp_start=ramp_start,
    )


def _rows(x: Var) -> Var:
    """[VIEWS, N, ·] as [VIEWS * N, ·]."""
    return op.reshape(x, op.concat([ints(-1), dim(x, 2)], axis=0))


def _by_origin(x: Var) -> Var:
    """The shape [ORIGINS, B, ...] of [ORIGINS * B, ...]."""
    return op.concat([ints(ORIGINS, -1), op.shape(x, start=1)], axis=0)


@dataclass
class _Gaps:
    """Where a value is missing (1, else 0), which are the earliest known, the inverse weight of the local mean before
    each point, 0 where there is none, and where there is none: [·, R]."""

    missing: Var
    early: Var
    local_share: Var
    nothing: Var

    def of_views(self) -> _Gaps:
        """The same with an axis of views before."""
        return _Gaps(*(extra(x, 0) for x in (self.missing, self.early, self.local_share, self.nothing)))


def _gaps(mask: Var, early: Var, basis: TimeBasis) -> _Gaps:
    weight = op.matmul(mask, basis.fill)
    some = number(op.greater(weight, const(EPS)))
    return _Gaps(const(1.0) - mask, early, some / (weight + const(EPS)), const(1.0) - some)


def _filled(view: Var, gaps: _Gaps, basis: TimeBasis) -> tuple[Var, Var]:
    """Fill gaps, where ``view`` is 0, with the local mean of earlier values (the start value where there are none);
    return that start value too."""
    start = op.reduce_sum(view * gaps.early, ints(-1)) / (op.reduce_sum(gaps.early, ints(-1)) + const(EPS))
    local = op.matmul(view, basis.fill) * gaps.local_share + start * gaps.nothing
    return view + local * gaps.missing, start


def _smooth(filled: _Filled, trend: Line, basis: TimeBasis) -> _Smoothers:
    """Run the smoothing grid and simple smoothing with drift: the theta method (Hyndman and Billah 2003)."""
    deviation, ramp_deviation = filled.views - filled.start, filled.ramp - filled.ramp_start
    first_ramp = op.squeeze(part(op.reshape(ramp_deviation, _by_origin(ramp_deviation)), 0, 1, 0), ints(0))
    views, product, ramp = _squared_errors(filled, of_origins(deviation, 0, 1), first_ramp, basis)
    level = op.matmul(deviation, basis.level) + filled.start  # [N, G]
    ramp_level = op.concat(
        [op.matmul(ramp_deviation, part(basis.level, 0, SIMPLE)) + filled.ramp_start] * VIEWS, axis=0
    )  # [N, SIMPLE]
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
    """Sums of squared one-step errors before each origin: of the views [N, G], of view times ramp and of the ramp
    [N, SIMPLE]."""
    once = filled.scored_once
    missed = op.matmul(deviation, basis.misses)
    by_view = op.concat([ints(VIEWS), dim(once, 0), ints(GRID_SIZE, -1)], axis=0)
    missed = op.reshape(missed, by_view)  # [VIEWS, B, G, E]
    simple_misses = part(basis.misses, ints(0), basis.errors * ints(SIMPLE))
    ramp_shape = op.concat([dim(once, 0), ints(SIMPLE), ints(-1)], axis=0)
    ramp_missed = extra(op.reshape(op.matmul(ramp_deviation, simple_misses), ramp_shape), 0)
    counted = extra(once, 0, 3) * filled.counted  # [1, B, E, ORIGINS]

    def before_each(x: Var) -> Var:
        """From errors [·, B, K, E] to sums [· * ORIGINS * B, K]."""
        sums = op.transpose(op.matmul(x, counted), perm=[0, 3, 1, 2])
        return op.reshape(sums, op.concat([ints(-1), dim(x, 2)], axis=0))

    product = before_each(part(missed, 0, SIMPLE, 2) * ramp_missed)
    ramp = before_each(ramp_missed * ramp_missed)
    return before_each(missed * missed), product, op.concat([ramp] * VIEWS, axis=0)


def _mean_reverting(filled: _Filled, mean: Var, ending: Var, basis: TimeBasis) -> tuple[Var, Var, Var]:
    """Return to the mean as fast as a first-order autoregression says: the mean, the distance from it now, and the
    logarithm of what is left of it after a step, each [N, 1]."""
    away = (filled.views - mean) * filled.mask
    before, after = part(away, ints(0), basis.recent - ints(1)), part(away, 1, 2**31 - 1)
    memory = between(total(before * after) / (total(before * before) + const(EPS)), 0.01, 0.995)
    return mean, ending - mean, op.log(memory)
