"""What the careful network sees: the candidates, how well they did, and the latest values."""

from __future__ import annotations

import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import time_basis
from models.training.graph.candidates import Candidates, candidates
from models.training.graph.common import (
    Context,
    Features,
    Scaled,
    Units,
    anchors,
    relative_to,
    scaled,
    to_features,
)
from models.training.graph.tensors import (
    EPS,
    between,
    const,
    dim,
    extra,
    finite,
    ints,
    last,
    number,
    part,
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
    basis = time_basis(dim(values, 1), seasons, op.concat([anchors(seasons), steps], axis=0))
    found = candidates(y, mask, basis)
    context = Context(y, mask, last(mask, basis.recent), seasons, season, basis)
    changes = _changes(found.deseasonalised, context)
    naive, one_step, latest = changes
    scale = const(0.4) * naive + const(0.4) * one_step + const(0.2) * latest + const(1e-3)
    units = Units(_base(found, context), scale, naive)
    at_anchors, relative = relative_to(found.values, units)
    inputs = [
        op.flatten(squash(at_anchors), axis=1),
        op.log(found.errors + const(1e-4)),
        *[op.log(x + const(1e-4)) for x in (scale, *changes)],
        *_descriptors(found, units, context),
        *_holdout_errors(scale, context),
    ]
    return to_features(inputs, relative, found.future_season, units, context), known


def _base(found: Candidates, context: Context) -> Var:
    """Where the series is now [B, 1]: near its last values without their season; without a season, the first
    candidate."""
    view, mask, basis = found.deseasonalised, context.mask, context.basis
    window = op.min([op.max([context.season / ints(2), ints(3)]), ints(6)])
    seasonal = const(0.3) * last(view, 1) + const(0.7) * weighted(last(view, window), last(mask, window) + const(EPS))
    plain = op.squeeze(part(part(found.values, 0, 1), 0, 1, axis=2), ints(2))
    return basis.seasonal * seasonal + (const(1.0) - basis.seasonal) * plain


def _descriptors(found: Candidates, units: Units, context: Context) -> list[Var]:
    """The latest values, the length of history, the seasons and how strong they are, zeros and autocorrelation."""
    y, mask, basis, view = context.y, context.mask, context.basis, found.deseasonalised
    count = total(mask)
    ones = count * const(0.0) + const(1.0)
    lag = op.min([context.season, basis.recent - ints(1)])
    patterns = (found.seasons.additive, found.seasons.multiplicative, found.seasons.recent)
    zero = number(op.less(op.abs(y), const(EPS))) * mask
    near_mask = last(mask, 2 * RECENT)
    return [
        squash((last(y, RECENT) - units.base) / units.scale) * last(mask, RECENT),
        squash((last(view, RECENT) - units.base) / units.scale) * last(mask, RECENT),
        op.log(count + const(1.0)),
        between(count / basis.season, 0.0, 8.0),
        between(count / basis.long_season, 0.0, 8.0),
        ones * op.log(basis.season),
        ones * op.log(basis.long_season),
        ones * basis.seasonal,
        *[kept for p in patterns for kept in p.kept],
        smallest(y * mask + (const(1.0) - mask)),
        total(zero) / (count + const(EPS)),
        total(last(zero, 2 * RECENT)) / (total(near_mask) + const(EPS)),
        *_autocorrelations(view, context.recent_mask, basis.recent, lag),
    ]


def _changes(view: Var, context: Context) -> tuple[Var, Var, Var]:
    """Mean absolute change over a season, over a step of the deseasonalised series, and over its latest steps."""
    basis = context.basis
    lag = op.min([basis.first.m, basis.length - ints(1)])

    def change(x: Var, known: Var, by: Var, length: Var) -> tuple[Var, Var]:
        both = part(known, by, 2**31 - 1) * part(known, ints(0), length - by)
        return op.abs(part(x, by, 2**31 - 1) - part(x, ints(0), length - by)) * both, both

    seasonal_change, seasonal_both = change(context.y, context.mask, lag, basis.length)
    steps_change, steps_both = change(view, context.recent_mask, ints(1), basis.recent)
    near = op.max([basis.first.m + basis.first.m, ints(6)])
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


def _holdout_errors(scale: Var, context: Context) -> list[Var]:
    """How well each candidate would have forecast the latest values: log error, bias, whether history was enough."""
    y, mask, basis = context.y, context.mask, context.basis
    season = basis.first.m
    single = op.equal(season, ints(1))
    held = op.where(single, ints(4), op.min([op.max([season, ints(6)]), ints(24)]))
    pad = part(y, ints(0), held) * const(0.0)
    before = op.concat([pad, part(y, ints(0), basis.length - held)], axis=1)
    before_mask = op.concat([pad, part(mask, ints(0), basis.length - held)], axis=1)
    actual, known = extra(last(y, held), 1), extra(last(mask, held), 1)
    made = candidates(before, before_mask, time_basis(basis.length, context.seasons, upto(held) + ints(1))).values
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
