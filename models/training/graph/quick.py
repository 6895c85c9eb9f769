"""What the quick network sees: one deseasonalised view, a few plain courses from it, and the latest values.

No smoothing grid, no practice run: everything here is a handful of small matrix products, so that hundreds of
thousands of series take seconds. What the courses lack, the careful model teaches.
"""

from __future__ import annotations

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.candidates import repeated_seasons
from models.training.graph.clock import Clock, clock
from models.training.graph.common import (
    ANCHORS,
    Features,
    Scaled,
    anchors,
    empirical_quantiles,
    finite,
    hats,
    per_step,
    scaled,
)
from models.training.graph.seasons import one_pattern
from models.training.graph.tensors import (
    EPS,
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
    squash,
    total,
    weighted,
)
from spox import Var

RECENT = 24
SMOOTHING = (0.1, 0.25, 0.5)
LAGS = 64


def quick_features(values: Var, mask: Var, seasons: Var, steps: Var) -> tuple[Features, Scaled]:
    """The same contract as ``features``, with fewer candidates."""
    season = part(seasons, 0, 1, 0)
    known = scaled(values, mask, season)
    y = known.y
    clk = clock(dim(values, 1), seasons, op.concat([anchors(seasons), steps], axis=0))
    count = total(mask)
    low = smallest(y + (const(1.0) - mask) * const(1e9))
    high = largest(y - (const(1.0) - mask) * const(1e9))
    zero = number(op.less(op.abs(y), const(EPS))) * mask
    zeros = total(zero) / (count + const(EPS))
    ratio = op.and_(op.greater(low, const(-EPS)), op.less(zeros, const(0.1)))
    pattern = one_pattern(y, mask, ratio, clk)
    past, near_mask = last(pattern.past, clk.recent), last(mask, clk.recent)
    plain = last(y, clk.recent)
    view = op.where(ratio, plain * op.exp(op.neg(past)), (plain - past) * near_mask)
    view = view + (const(1.0) - near_mask) * weighted(view, near_mask * extra(clk.local, 0))

    courses, one_step, near_value, spread_near = _courses(view, near_mask, clk)
    ahead = extra(pattern.ahead, 1)
    forecasts = op.where(extra(ratio, 2), courses * op.exp(ahead), courses + ahead)
    ones = extra(clk.ahead, 0) * const(0.0) + const(1.0)
    flat = extra(weighted(y, mask), 2) * ones
    naive_courses, naive = repeated_seasons(y, mask, last(view, 1), clk)
    everything = side_by_side([forecasts, naive_courses, flat, flat * const(0.0)])
    reach = high - low
    everything = op.min([op.max([everything, extra(low - const(3.0) * reach, 2)]), extra(high + const(5.0) * reach, 2)])

    scale = const(0.5) * naive + const(0.5) * one_step + const(1e-3)
    base = op.squeeze(part(part(courses, 1, 2), 0, 1, 2), ints(2))
    relative = between(finite((everything - extra(base, 2)) / extra(scale, 2)), -60.0, 60.0)
    at_anchors = part(relative, 0, ANCHORS, axis=2)
    relative = part(relative, ANCHORS, 2**31 - 1, axis=2)
    row = count * const(0.0) + const(1.0)
    inputs = [
        op.flatten(squash(at_anchors), axis=1),
        *[op.log(x + const(1e-4)) for x in (scale, naive, one_step, spread_near)],
        squash((last(y, RECENT) - base) / scale) * last(mask, RECENT),
        squash((last(view, RECENT) - base) / scale) * last(mask, RECENT),
        squash((near_value - base) / scale),
        op.log(count + const(1.0)),
        between(count / clk.season, 0.0, 8.0),
        between(count / clk.long_season, 0.0, 8.0),
        row * op.log(clk.season),
        row * op.log(clk.long_season),
        row * clk.seasonal,
        *pattern.kept,
        low,
        zeros,
        total(last(zero, 2 * RECENT)) / (total(last(mask, 2 * RECENT)) + const(EPS)),
    ]
    step_count = part(clk.ahead, ANCHORS, 2**31 - 1)
    future = part(pattern.ahead, ANCHORS, 2**31 - 1)
    return (
        Features(
            inputs=between(finite(side_by_side(inputs)), -15.0, 15.0),
            candidates=relative,
            steps=per_step(relative, future, step_count, clk),
            hats=hats(seasons, step_count),
            spread=op.sqrt(op.squeeze(step_count, ints(0)) / op.max([clk.season, const(2.0)]) + const(0.5)),
            empirical=between((empirical_quantiles(y, mask) - base) / scale, -60.0, 60.0),
            base=base,
            scale=scale,
            naive_error=naive / scale,
        ),
        known,
    )


def _courses(view: Var, mask: Var, clk: Clock) -> tuple[Var, Var, Var, Var]:
    """Ten courses [B, 10, S]; mean absolute one-step change, local mean, and mean distance from it, each [B, 1]."""
    row = extra(clk.back, 0)

    def line(w: Var) -> tuple[Var, Var, Var]:
        value, when = weighted(view, w), weighted(row, w)
        gap = (row - when) * w
        return value, when, total(gap * (view - value)) / (total(gap * (row - when)) + const(EPS))

    near = mask * extra(clk.local, 0)
    value, when, trend = line(mask)
    near_value, near_when, near_trend = line(near)
    kernels = np.stack([a * (1 - a) ** np.arange(LAGS) for a in SMOOTHING], axis=1)[::-1].astype(np.float32)
    count = op.min([clk.recent, ints(LAGS)])
    smooth = (
        op.matmul(last(view - near_value, count), last(op.const(np.ascontiguousarray(kernels)), count, 0)) + near_value
    )
    ending, zero = last(view, 1), value * const(0.0)
    before, after = part(view, ints(0), clk.recent - ints(1)), part(view, 1, 2**31 - 1)
    both = part(mask, ints(0), clk.recent - ints(1)) * part(mask, 1, 2**31 - 1)
    one_step = total(op.abs(after - before) * both) / (total(both) + const(EPS))
    middle = part(smooth, 1, 2)
    pairs: list[tuple[Var, Var]] = [
        (part(smooth, 0, 1), zero),
        (middle, zero),
        (part(smooth, 2, 3), zero),
        (ending, zero),
        (near_value, zero),
        (value - trend * when, trend),
        (near_value - near_trend * near_when, near_trend),
        (middle, const(0.5) * trend),
        (middle, trend),
        (ending, const(0.5) * near_trend),
    ]
    origin = extra(side_by_side([o for o, _ in pairs]), 2)
    rise = extra(side_by_side([r for _, r in pairs]), 2)
    away = weighted(op.abs(view - near_value), near)
    return origin + rise * extra(clk.ahead, 0), one_step, near_value, away
