"""What the quick network sees: one deseasonalised view, a few simple forecasts of it, and the latest values.

No smoothing grid, no holdout: everything here is a handful of small matrix products, so that hundreds of thousands of
series take seconds. What these forecasts lack, the careful model teaches.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import TimeBasis, time_basis
from models.training.graph.candidates import repeated_seasons, seasonal_changes
from models.training.graph.common import (
    Context,
    Features,
    Scaled,
    Units,
    anchors,
    fit_line,
    relative_to,
    scaled,
    to_features,
)
from models.training.graph.seasons import Pattern, one_pattern
from models.training.graph.tensors import (
    EPS,
    between,
    const,
    dim,
    extra,
    ints,
    joined,
    largest,
    last,
    number,
    part,
    smallest,
    squash,
    total,
    weighted,
)
from spox import Var

RECENT = 24
SMOOTHING = (0.1, 0.25, 0.5)
LAGS = 64
REFERENCE = 7  # among the forecasts: smoothing with half the trend, which all others are measured from


@dataclass
class _Past:
    """The lowest and highest value, the share of zeros, and whether the season multiplies: each [B, 1]; ``zero``
    [B, L]."""

    low: Var
    high: Var
    zeros: Var
    ratio: Var
    zero: Var


@dataclass
class _Forecasts:
    """Ten forecasts of the view [B, 10, S]; mean absolute one-step change, local mean, and mean distance from it, each
    [B, 1]."""

    values: Var
    one_step: Var
    local_mean: Var
    distance: Var


def quick_features(values: Var, mask: Var, seasons: Var, steps: Var) -> tuple[Features, Scaled]:
    """The same contract as ``features``, with fewer candidates."""
    season = part(seasons, 0, 1, 0)
    known = scaled(values, mask, season)
    y = known.y
    basis = time_basis(dim(values, 1), seasons, op.concat([anchors(seasons), steps], axis=0))
    context = Context(known, mask, last(mask, basis.recent), seasons, season, basis)
    count = total(mask)
    past = _past(known, mask, count)
    pattern = one_pattern(y, mask, past.ratio, basis)
    view = _view(pattern, past.ratio, context)
    made = _forecasts(view, context.recent_mask, basis)
    naive_forecasts = repeated_seasons(y, mask, last(view, 1), basis.ahead, basis)
    moved, both = seasonal_changes(y, mask, basis)
    has_season = number(op.greater(total(both), const(0.5)))
    seasonal_naive = total(op.abs(moved)) / (total(both) + const(EPS))
    naive = has_season * seasonal_naive + (const(1.0) - has_season) * made.one_step
    ahead = pattern.ahead(basis.ahead)
    candidates = _candidates(made.values, naive_forecasts, ahead, past, context)
    scale = const(0.5) * naive + const(0.5) * made.one_step + const(1e-3)
    base = op.squeeze(part(part(made.values, 1, 2), 0, 1, 2), ints(2))
    path = op.squeeze(part(candidates, REFERENCE, REFERENCE + 1), ints(1))
    units = Units(base, path, scale, naive)
    at_anchors, relative = relative_to(candidates, units)
    row = count * const(0.0) + const(1.0)
    inputs = [
        op.flatten(squash(at_anchors), axis=1),
        *[op.log(x + const(1e-4)) for x in (scale, naive, made.one_step, made.distance)],
        squash((last(y, RECENT) - base) / scale) * last(mask, RECENT),
        squash((last(view, RECENT) - base) / scale) * last(mask, RECENT),
        squash((made.local_mean - base) / scale),
        op.log(count + const(1.0)),
        between(count / basis.season, 0.0, 8.0),
        between(count / basis.long_season, 0.0, 8.0),
        row * op.log(basis.season),
        row * op.log(basis.long_season),
        row * basis.seasonal,
        *pattern.kept,
        past.low,
        known.positive,
        past.zeros,
        total(last(past.zero, 2 * RECENT)) / (total(last(mask, 2 * RECENT)) + const(EPS)),
    ]
    season_ahead = op.where(past.ratio, ahead, squash(ahead / scale))
    return to_features(inputs, relative, season_ahead, units, context), known


def _past(known: Scaled, mask: Var, count: Var) -> _Past:
    y = known.y
    low = smallest(y + (const(1.0) - mask) * const(1e9))
    high = largest(y - (const(1.0) - mask) * const(1e9))
    zero = number(op.less(op.abs(y), const(EPS))) * mask
    zeros = total(zero) / (count + const(EPS))
    ratio = op.and_(op.greater(known.positive, const(0.5)), op.less(zeros, const(0.1)))
    return _Past(low, high, zeros, ratio, zero)


def _view(pattern: Pattern, ratio: Var, context: Context) -> Var:
    """The recent values without their season [B, R]; gaps take the local mean."""
    basis, near_mask = context.basis, context.recent_mask
    past, plain = last(pattern.past, basis.recent), last(context.y, basis.recent)
    view = op.where(ratio, plain * op.exp(op.neg(past)), (plain - past) * near_mask)
    return view + (const(1.0) - near_mask) * weighted(view, near_mask * extra(basis.local, 0))


def _candidates(made: Var, naive: Var, pattern: Var, past: _Past, context: Context) -> Var:
    """The forecasts with their season put back, repeated seasons, the mean and zero, not far outside the past:
    [B, K, S]."""
    ahead = extra(pattern, 1)
    forecasts = op.where(extra(past.ratio, 2), made * op.exp(ahead), made + ahead)
    ones = extra(context.basis.ahead.count, 0) * const(0.0) + const(1.0)
    flat = extra(weighted(context.y, context.mask), 2) * ones
    everything = joined([forecasts, naive, flat, flat * const(0.0)])
    reach = past.high - past.low
    floor, ceiling = extra(past.low - const(3.0) * reach, 2), extra(past.high + const(5.0) * reach, 2)
    return op.min([op.max([everything, floor]), ceiling])


def _forecasts(view: Var, mask: Var, basis: TimeBasis) -> _Forecasts:
    time = extra(basis.back, 0)
    near = mask * extra(basis.local, 0)
    trend = fit_line(view, time, mask)
    recent = fit_line(view, time, near)
    kernels = np.stack([a * (1 - a) ** np.arange(LAGS) for a in SMOOTHING], axis=1)[::-1].astype(np.float32)
    count = op.min([basis.recent, ints(LAGS)])
    kernel = last(op.const(np.ascontiguousarray(kernels)), count, 0)
    smooth = op.matmul(last(view - recent.mean, count), kernel) + recent.mean
    ending, zero = last(view, 1), trend.mean * const(0.0)
    before, after = part(view, ints(0), basis.recent - ints(1)), part(view, 1, 2**31 - 1)
    both = part(mask, ints(0), basis.recent - ints(1)) * part(mask, 1, 2**31 - 1)
    one_step = total(op.abs(after - before) * both) / (total(both) + const(EPS))
    middle = part(smooth, 1, 2)
    lines: list[tuple[Var, Var]] = [
        (part(smooth, 0, 1), zero),
        (middle, zero),
        (part(smooth, 2, 3), zero),
        (ending, zero),
        (recent.mean, zero),
        (trend.intercept(), trend.slope),
        (recent.intercept(), recent.slope),
        (middle, const(0.5) * trend.slope),
        (middle, trend.slope),
        (ending, const(0.5) * recent.slope),
    ]
    origin = extra(joined([o for o, _ in lines]), 2)
    rise = extra(joined([r for _, r in lines]), 2)
    distance = weighted(op.abs(view - recent.mean), near)
    return _Forecasts(origin + rise * extra(basis.ahead.count, 0), one_step, recent.mean, distance)
