"""Classical forecasts of a whole batch at once, as part of the ONNX graph.

Every candidate of a view is a course ``origin + rises x growth``, so a handful of coefficients stand for all its steps;
all views of all series go through one set of matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.clock import SIMPLE, SMOOTHERS, Clock
from models.training.graph.seasons import Seasons, seasons
from models.training.graph.smoothing import DAMPINGS
from models.training.graph.tensors import (
    EPS,
    at_least,
    between,
    const,
    dim,
    extra,
    ints,
    largest,
    last,
    number,
    part,
    side_by_side,
    smallest,
    total,
    weighted,
    whole,
)
from spox import Var

VIEWS = 5
SHARES = SMOOTHERS.shares()


@dataclass
class Candidates:
    """``values`` [B, K, S]; ``errors`` [B, V * groups]: in-sample root mean squared errors of the smoothing groups;
    ``levelled`` [B, R]: the deseasonalised series; ``future_season`` [B, S]."""

    values: Var
    errors: Var
    levelled: Var
    seasons: Seasons
    future_season: Var


def candidates(y: Var, mask: Var, clk: Clock) -> Candidates:
    """K classical forecasts for every step. ``y`` [B, L] scaled to about 1, zero where ``mask`` [B, L] is 0."""
    found = seasons(y, mask, clk)
    count = total(mask)
    low = smallest(y + (const(1.0) - mask) * const(1e9))
    high = largest(y - (const(1.0) - mask) * const(1e9))
    zeros = total(number(op.less(op.abs(y), const(EPS))) * mask) / (count + const(EPS))
    ratio_ok = number(op.greater(low, const(-EPS))) * number(op.less(zeros, const(0.1)))
    log_ok = number(op.greater(low, const(1e-4)))

    def choose(flag: Var, yes: Var, no: Var) -> Var:
        return op.where(op.greater(flag, const(0.5)), yes, no)

    near = clk.recent
    plain, mask_near = last(y, near), last(mask, near)
    additive = plain - last(found.additive.past, near)
    usual, latest = last(found.multiplicative.past, near), last(found.recent.past, near)
    views = op.concat(
        [
            plain,
            choose(ratio_ok, plain * op.exp(op.neg(usual)), additive),
            additive,
            choose(log_ok, op.log(at_least(plain, 1e-4)) - usual, additive),
            choose(ratio_ok, plain * op.exp(op.neg(latest)), additive),
        ],
        axis=0,
    )
    forecasts, errors, filled = _courses(views, mask_near, clk)
    size = dim(y, 0)

    def of_view(x: Var, k: int) -> Var:
        return part(x, size * ints(k), size * ints(k + 1), 0)

    added = extra(found.additive.ahead, 1)
    ratio, recent_ratio = extra(found.multiplicative.ahead, 1), extra(found.recent.ahead, 1)
    ratio_flag, log_flag = extra(ratio_ok, 2), extra(log_ok, 2)
    ceiling = extra(largest(of_view(filled, 3)) + const(1.5), 2)
    back = [of_view(forecasts, k) for k in range(VIEWS)]
    values = [
        back[0],
        choose(ratio_flag, back[1] * op.exp(ratio), back[1] + added),
        back[2] + added,
        choose(log_flag, op.exp(op.min([back[3] + ratio, ceiling])), back[3] + added),
        choose(ratio_flag, back[4] * op.exp(recent_ratio), back[4] + added),
    ]
    levelled = of_view(filled, 1)
    ones = extra(clk.ahead, 0) * const(0.0) + const(1.0)
    flat = extra(weighted(y, mask), 2) * ones
    values += [_seasonal_naive(y, mask, levelled, clk), flat, flat * const(0.0)]
    everything = side_by_side(values)
    reach = high - low
    floor, ceiling = extra(low - const(3.0) * reach, 2), extra(high + const(5.0) * reach, 2)
    everything = op.min([op.max([everything, floor]), ceiling])
    return Candidates(
        everything,
        side_by_side([of_view(errors, k) for k in range(VIEWS)]),
        levelled,
        found,
        found.multiplicative.ahead * ratio_ok,
    )


def _filled(view: Var, mask: Var, early: Var, local_weight: Var, clk: Clock) -> tuple[Var, Var]:
    """Gaps take the local mean of what came before (the start value where nothing did); and that start value."""
    start = weighted(view * mask, early)
    local = op.matmul(view * mask, clk.fill) / (local_weight + const(EPS))
    began = number(op.greater(local_weight, const(EPS)))
    return view * mask + (const(1.0) - mask) * (local * began + start * (const(1.0) - began)), start


def _courses(views: Var, mask_once: Var, clk: Clock) -> tuple[Var, Var, Var]:
    """Forecasts [V * B, C, S] of all views, their group errors [V * B, 3], and the views with gaps filled."""
    mask = op.concat([mask_once] * VIEWS, axis=0)
    seen = op.cumsum(mask_once, op.const(np.int64(1)))
    early_once = number(op.less(seen, const(2.5) + const(2.0) * clk.seasonal)) * mask_once
    local_once = op.matmul(mask_once, clk.fill)
    early, local_weight = op.concat([early_once] * VIEWS, axis=0), op.concat([local_once] * VIEWS, axis=0)
    row = extra(clk.back, 0)
    filled, start = _filled(views, mask, early, local_weight, clk)
    ramp, ramp_start = _filled(row * mask_once, mask_once, early_once, local_once, clk)  # the same of a straight line

    scored_once = last(mask_once * number(op.greater(seen, const(1.5))), clk.errors)
    known_once = total(scored_once)
    known = op.concat([known_once] * VIEWS, axis=0)
    strength = op.min([known, const(60.0)])
    rows, sizes = dim(views, 0), len(SMOOTHERS.damping)
    scored = extra(op.concat([scored_once] * VIEWS, axis=0), 1)

    deviation, ramp_deviation = filled - start, ramp - ramp_start
    missed = op.matmul(deviation, clk.misses)
    missed = op.reshape(missed, op.concat([rows, ints(sizes), ints(-1)], axis=0)) * scored  # [V * B, G, E]
    simple_misses = part(clk.misses, ints(0), clk.errors * ints(SIMPLE))
    ramp_missed = op.reshape(
        op.matmul(ramp_deviation, simple_misses), op.concat([dim(mask_once, 0), ints(SIMPLE), ints(-1)], axis=0)
    ) * extra(scored_once, 1)
    own = op.reduce_sum_square(missed, ints(2), keepdims=0)  # [V * B, G]
    by_view = op.reshape(
        part(missed, 0, SIMPLE), op.concat([ints(VIEWS), dim(mask_once, 0), ints(SIMPLE), ints(-1)], axis=0)
    )
    shared = op.reduce_sum(by_view * extra(ramp_missed, 0), ints(3), keepdims=0)
    shared = op.reshape(shared, op.concat([rows, ints(SIMPLE)], axis=0))
    ramp_own = op.concat([op.reduce_sum_square(ramp_missed, ints(2), keepdims=0)] * VIEWS, axis=0)

    def line(w: Var) -> tuple[Var, Var, Var]:
        """Weighted least squares: mean value, mean time, slope, each [V * B, 1]."""
        value, when = weighted(filled, w), weighted(row, w)
        gap = (row - when) * w
        return value, when, total(gap * (filled - value)) / (total(gap * (row - when)) + const(EPS))

    value, when, trend = line(mask)
    close = mask * extra(clk.local, 0)
    near_value, near_when, near_trend = line(close)
    ending = last(filled, 1)
    drift = (ending - start) / at_least(op.concat([total(mask_once)] * VIEWS, axis=0) - const(1.0), 1.0)

    level = op.matmul(deviation, clk.level) + start  # [V * B, G]
    slope = op.matmul(deviation, clk.slope)
    ramp_level = op.concat(
        [op.matmul(ramp_deviation, part(clk.level, 0, SIMPLE)) + ramp_start] * VIEWS, axis=0
    )  # [V * B, 8]
    squared = [own]
    levels = [level]
    rises = []
    for share in (0.5, 1.0):  # simple smoothing with drift: the theta method (Hyndman and Billah 2003)
        b = const(share) * trend
        squared.append(part(own, 0, SIMPLE) - const(2.0) * b * shared + b * b * ramp_own)
        levels.append(part(level, 0, SIMPLE) - b * ramp_level)
        rises.append(b)
    mean_squared = at_least(side_by_side(squared), 0.0) / (known + const(EPS)) + const(1e-10)
    every_level = side_by_side(levels)
    log_error = op.log(mean_squared)

    zero = value * const(0.0)
    slope_shares = op.const(SHARES)  # [G, dampings]

    def blend(pieces: list[tuple[int, int]]) -> tuple[Var, Var]:
        """Weights MSE^(-n/2), the likelihood of each smoother: coefficients [V * B, 1, 4] and the blended error."""
        logs = side_by_side([part(log_error, a, b) for a, b in pieces])
        weights = op.softmax(const(-0.5) * strength * (logs - smallest(logs)), axis=1)
        origin = total(weights * side_by_side([part(every_level, a, b) for a, b in pieces]))
        error = op.sqrt(total(weights * side_by_side([part(mean_squared, a, b) for a, b in pieces])))
        rise: list[Var] = [zero] * len(DAMPINGS)
        at = 0
        for a, b in pieces:
            mine = part(weights, at, at + b - a)
            if b <= sizes:
                sloped = op.matmul(mine * part(slope, a, b), part(slope_shares, a, b, 0))  # [V * B, dampings]
                rise = [r + part(sloped, k, k + 1) for k, r in enumerate(rise)]
            else:
                rise[-1] = rise[-1] + total(mine) * rises[(a - sizes) // SIMPLE]
            at += b - a
        return extra(side_by_side([origin, *rise]), 1), error

    def course(origin: Var, rise: Var | None = None) -> Var:
        return extra(side_by_side([origin, zero, zero, zero if rise is None else rise]), 1)

    a, b = SIMPLE, SIMPLE + SMOOTHERS.groups[1]
    theta = [(sizes, sizes + SIMPLE), (sizes + SIMPLE, sizes + 2 * SIMPLE)]
    blended = [blend([piece]) for piece in ((0, a), (a, b), (b, sizes))]
    simple = op.squeeze(part(blended[0][0], 0, 1, 2), ints(2))
    courses = [
        *[course_of for course_of, _ in blended],
        course(simple, const(0.5) * trend),
        course(value - trend * when, trend),
        course(ending, drift),
        course(near_value - near_trend * near_when, near_trend),
        course(near_value),
        course(ending),
        course(simple, const(0.25) * trend + const(0.25) * near_trend),
        *[blend([piece])[0] for piece in theta],
        blend([(0, a), *theta])[0],
        blend([(0, sizes), *theta])[0],
    ]
    forecasts = op.matmul(op.concat(courses, axis=1), clk.growth)  # [V * B, C, S]
    returning = [_returning(filled, mask, mean, ending, clk) for mean in (near_value, value)]
    return op.concat([forecasts, *returning], axis=1), side_by_side([error for _, error in blended]), filled


def _returning(filled: Var, mask: Var, mean: Var, ending: Var, clk: Clock) -> Var:
    """Back to the mean as fast as an autoregression of order one says: [V * B, 1, S]."""
    away = (filled - mean) * mask
    before, after = part(away, ints(0), clk.recent - ints(1)), part(away, 1, 2**31 - 1)
    memory = between(total(before * after) / (total(before * before) + const(EPS)), 0.01, 0.995)
    return extra(mean, 2) + extra(ending - mean, 2) * op.exp(extra(op.log(memory), 2) * extra(clk.ahead, 0))


def _seasonal_naive(y: Var, mask: Var, levelled: Var, clk: Clock) -> Var:
    return repeated_seasons(y, mask, last(levelled, 1), clk)[0]


def repeated_seasons(y: Var, mask: Var, ending: Var, clk: Clock) -> tuple[Var, Var]:
    """Repeating seasons [B, 6, S]: the last, the mean of three, the last with its growth; the last longer season and
    the
    mean of three of them (the ordinary ones where there is no longer season). ``ending`` [B, 1] where none is known.
    And the mean absolute change over a season [B, 1]: the error of seasonal naive in sample."""

    def repeated(m: Var) -> tuple[Var, Var]:
        found, have = [], []
        base = clk.length - m + op.mod(clk.steps - ints(1), m)
        for back in range(3):
            index = base - m * ints(back)
            safe = op.max([index, ints(0)])
            known = op.gather(mask, safe, axis=1) * extra(number(op.greater_or_equal(index, ints(0))), 0)
            found.append(op.gather(y, safe, axis=1) * known)
            have.append(known)
        one = found[0] + (const(1.0) - have[0]) * ending
        small = const(1e-3)
        return one, (found[0] + found[1] + found[2] + ending * small) / (have[0] + have[1] + have[2] + small)

    m = clk.first.m
    one, three = repeated(m)
    far_one, far_three = repeated(whole(clk.long_season))
    lag = op.min([m, clk.length - ints(1)])
    both = part(mask, lag, 2**31 - 1) * part(mask, ints(0), clk.length - lag)
    change = (part(y, lag, 2**31 - 1) - part(y, ints(0), clk.length - lag)) * both
    gain = last(change, lag)
    growth = total(gain) / at_least(total(last(both, lag)), 1.0)
    rise = growth * extra(number((clk.steps - ints(1)) / m + ints(1)), 0)
    parts = (one, three, one + rise, one + const(0.5) * rise, far_one, far_three)
    error = total(op.abs(change)) / (total(both) + const(EPS))
    return op.concat([extra(v, 1) for v in parts], axis=1), error
