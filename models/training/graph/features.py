"""What the careful network sees: the candidates, how well they did, and the latest values."""

from __future__ import annotations

import spox.opset.ai.onnx.v18 as op
from models.training.graph.candidates import candidates
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
from models.training.graph.tensors import (
    EPS,
    between,
    const,
    dim,
    extra,
    ints,
    last,
    number,
    part,
    side_by_side,
    smallest,
    squash,
    total,
    upto,
    weighted,
)
from spox import Var

RECENT = 24  # latest values that the network sees directly


def features(values: Var, mask: Var, seasons: Var, steps: Var) -> tuple[Features, Scaled]:
    """``values``, ``mask`` [B, L], ``seasons`` int64 [2], ``steps`` int64 [S]."""
    season = part(seasons, 0, 1, 0)
    known = scaled(values, mask, season)
    y = known.y
    length = dim(values, 1)
    clk = clock(length, seasons, op.concat([anchors(seasons), steps], axis=0))
    found = candidates(y, mask, clk)
    view, mask_near = found.levelled, last(mask, clk.recent)
    count = total(mask)
    naive, one_step, latest = _changes(y, mask, view, mask_near, clk)
    scale = const(0.4) * naive + const(0.4) * one_step + const(0.2) * latest + const(1e-3)

    window = op.min([op.max([season / ints(2), ints(3)]), ints(6)])
    seasonal_base = const(0.3) * last(view, 1) + const(0.7) * weighted(
        last(view, window), last(mask, window) + const(EPS)
    )
    plain_base = op.squeeze(part(part(found.values, 0, 1), 0, 1, axis=2), ints(2))
    base = clk.seasonal * seasonal_base + (const(1.0) - clk.seasonal) * plain_base

    relative = between(finite((found.values - extra(base, 2)) / extra(scale, 2)), -60.0, 60.0)
    at_anchors = part(relative, 0, ANCHORS, axis=2)
    relative = part(relative, ANCHORS, 2**31 - 1, axis=2)

    ones = count * const(0.0) + const(1.0)
    lag = op.min([season, clk.recent - ints(1)])
    latest_raw = squash((last(y, RECENT) - base) / scale) * last(mask, RECENT)
    latest_view = squash((last(view, RECENT) - base) / scale) * last(mask, RECENT)
    patterns = (found.seasons.additive, found.seasons.multiplicative, found.seasons.recent)
    zero = number(op.less(op.abs(y), const(EPS))) * mask
    near_mask = last(mask, 2 * RECENT)
    inputs = [
        op.flatten(squash(at_anchors), axis=1),
        op.log(found.errors + const(1e-4)),
        *[op.log(x + const(1e-4)) for x in (scale, naive, one_step, latest)],
        latest_raw,
        latest_view,
        op.log(count + const(1.0)),
        between(count / clk.season, 0.0, 8.0),
        between(count / clk.long_season, 0.0, 8.0),
        ones * op.log(clk.season),
        ones * op.log(clk.long_season),
        ones * clk.seasonal,
        *[kept for p in patterns for kept in p.kept],
        smallest(y * mask + (const(1.0) - mask)),
        total(zero) / (count + const(EPS)),
        total(last(zero, 2 * RECENT)) / (total(near_mask) + const(EPS)),
        *_autocorrelations(view, mask_near, clk.recent, lag),
        *_practice(y, mask, seasons, scale, clk),
    ]
    matrix = between(finite(side_by_side(inputs)), -15.0, 15.0)
    step_count = part(clk.ahead, ANCHORS, 2**31 - 1)
    future = part(found.future_season, ANCHORS, 2**31 - 1)
    return (
        Features(
            inputs=matrix,
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


def _changes(y: Var, mask: Var, view: Var, mask_near: Var, clk: Clock) -> tuple[Var, Var, Var]:
    """Mean absolute change over a season, over a step of the deseasonalised series, and over its latest steps."""
    lag = op.min([clk.first.m, clk.length - ints(1)])

    def change(x: Var, known: Var, by: Var, length: Var) -> tuple[Var, Var]:
        both = part(known, by, 2**31 - 1) * part(known, ints(0), length - by)
        return op.abs(part(x, by, 2**31 - 1) - part(x, ints(0), length - by)) * both, both

    seasonal_change, seasonal_both = change(y, mask, lag, clk.length)
    steps_change, steps_both = change(view, mask_near, ints(1), clk.recent)
    near = op.max([clk.first.m + clk.first.m, ints(6)])
    one_step = total(steps_change) / (total(steps_both) + const(EPS))
    latest = total(last(steps_change, near)) / (total(last(steps_both, near)) + const(EPS))
    has_season = number(op.greater(total(seasonal_both), const(0.5)))
    naive = total(seasonal_change) / (total(seasonal_both) + const(EPS))
    return naive * has_season + one_step * (const(1.0) - has_season), one_step, latest


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


def _practice(y: Var, mask: Var, seasons: Var, scale: Var, clk: Clock) -> list[Var]:
    """How well each candidate would have forecast the latest values: log error, bias, whether history was enough."""
    season = clk.first.m
    single = op.equal(season, ints(1))
    held = op.where(single, ints(4), op.min([op.max([season, ints(6)]), ints(24)]))
    pad = part(y, ints(0), held) * const(0.0)
    before = op.concat([pad, part(y, ints(0), clk.length - held)], axis=1)
    before_mask = op.concat([pad, part(mask, ints(0), clk.length - held)], axis=1)
    actual, known = extra(last(y, held), 1), extra(last(mask, held), 1)
    made = candidates(before, before_mask, clock(clk.length, seasons, upto(held) + ints(1))).values
    miss = finite(made - actual) * known
    weight = total(known, 2) + const(EPS)
    error = op.squeeze(total(op.abs(miss), 2) / weight, ints(2)) / scale
    bias = op.squeeze(total(miss, 2) / weight, ints(2)) / scale
    needed = op.where(single, const([4.5]), const(1.5) * number(season))
    enough = number(op.greater(total(before_mask), needed)) * number(op.greater(total(last(mask, held)), const(1.5)))
    return [
        between(op.log(error + const(0.02)), -4.0, 4.0) * enough,
        between(squash(bias), -4.0, 4.0) * enough,
        enough,
    ]
