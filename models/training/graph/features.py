"""What the careful network sees: the candidates, how well they did, and the latest values."""

from __future__ import annotations

import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import steps_ahead, time_basis
from models.training.graph.candidates import (
    Candidates,
    candidates,
    origins,
    seasonal_changes,
)
from models.training.graph.common import (
    ANCHORS,
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
from models.training.graph.view_forecasts import ORIGINS
from spox import Var

RECENT = 24  # latest values that the network sees directly
LAGS = (2, 4, 8, 16)  # steps over which the mean change is shown, besides one step and a season
EVIDENCE = 2.0  # chosen by judgement
SCORES = 3  # of each candidate: its error over the nearer steps, over the rest, and its bias
MIN_LOG_ERROR, MAX_LOG_ERROR = -6.0, 4.0  # of a candidate, in units of the scale


def features(values: Var, mask: Var, seasons: Var, steps: Var) -> tuple[Features, Scaled]:
    """``values``, ``mask`` [B, L], ``seasons`` int64 [2], ``steps`` int64 [S]."""
    season = part(seasons, 0, 1, 0)
    known = scaled(values, mask, season)
    basis = time_basis(dim(values, 1), seasons, op.concat([anchors(seasons), steps], axis=0))
    held = _held(season)
    found = candidates(known, mask, held, basis)
    context = Context(known, mask, last(mask, basis.recent), seasons, season, basis)
    changes = _changes(found.deseasonalised, context)
    naive, one_step, latest = changes[:3]
    scale = const(0.4) * naive + const(0.4) * one_step + const(0.2) * latest + const(1e-3)
    values_ahead = found.at(basis.ahead)
    scores, enough = _scores(found, held, scale)
    base = _base(found, values_ahead, context)
    units = Units(base, _path(values_ahead, scores, enough, base), scale, naive)
    at_anchors, relative = relative_to(values_ahead, units)
    inputs = [
        op.flatten(squash(at_anchors), axis=1),
        op.flatten(scores, axis=1),
        enough,
        squash((part(units.path, 0, ANCHORS) - units.base) / scale),
        op.log(found.errors + const(1e-4)),
        *[op.log(x + const(1e-4)) for x in (scale, *changes)],
        *_descriptors(found, units, context),
    ]
    return to_features(inputs, relative, _season_ahead(found, scale), units, context), known


def _season_ahead(found: Candidates, scale: Var) -> Var:
    """What the season adds at each step [B, ANCHORS + S]: as a logarithm where it multiplies, else in units of the
    scale."""
    pattern = found.seasons.multiplicative.of(lambda x: origins(x, 0, 1)).ahead(found.basis.ahead)
    multiplies = op.greater(origins(found.scales.ratio_ok, 0, 1), const(0.5))
    return op.where(multiplies, pattern, squash(pattern / scale))


def _held(season: Var) -> Var:
    """How many of the latest values each candidate is tried on: int64 [1]."""
    return op.where(op.equal(season, ints(1)), ints(4), op.min([op.max([season, ints(6)]), ints(24)]))


def _base(found: Candidates, values: Var, context: Context) -> Var:
    """Where the series is now [B, 1]: near its last values without their season; without a season, the first
    candidate."""
    view, mask, basis = found.deseasonalised, context.mask, context.basis
    window = op.min([op.max([context.season / ints(2), ints(3)]), ints(6)])
    seasonal = const(0.3) * last(view, 1) + const(0.7) * weighted(last(view, window), last(mask, window) + const(EPS))
    plain = op.squeeze(part(part(values, 0, 1), 0, 1, axis=2), ints(2))
    return basis.seasonal * seasonal + (const(1.0) - basis.seasonal) * plain


def _path(values: Var, scores: Var, enough: Var, base: Var) -> Var:
    """The usual forecast [B, S]: the candidates, each weighted by its errors to the power -``EVIDENCE``; where history
    is too short to try them, where the series is now."""
    tried = op.reduce_sum(part(scores, 0, 2, 2), ints(2), keepdims=0)  # [B, K]
    weights = op.softmax(const(-EVIDENCE) * tried, axis=1)
    return base + enough * (op.squeeze(op.matmul(extra(weights, 1), values), ints(1)) - base)


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
        *[origins(kept, 0, 1) for p in patterns for kept in p.kept],
        smallest(y * mask + (const(1.0) - mask)),
        context.known.positive,
        origins(found.scales.ratio_ok, 0, 1),
        total(zero) / (count + const(EPS)),
        total(last(zero, 2 * RECENT)) / (total(near_mask) + const(EPS)),
        *_autocorrelations(view, context.recent_mask, basis.recent, lag),
    ]


def _changes(view: Var, context: Context) -> list[Var]:
    """Mean absolute change over a season, over a step of the deseasonalised series, over its latest steps, and over
    each of ``LAGS``."""
    basis = context.basis
    seasonal_change, seasonal_both = seasonal_changes(context.y, context.mask, basis)

    def change(by: Var) -> tuple[Var, Var]:
        known, length = context.recent_mask, basis.recent
        both = part(known, by, 2**31 - 1) * part(known, ints(0), length - by)
        return op.abs(part(view, by, 2**31 - 1) - part(view, ints(0), length - by)) * both, both

    steps_change, steps_both = change(ints(1))
    near = op.max([basis.first.m + basis.first.m, ints(6)])
    one_step = total(steps_change) / (total(steps_both) + const(EPS))
    latest = total(last(steps_change, near)) / (total(last(steps_both, near)) + const(EPS))
    has_season = number(op.greater(total(seasonal_both), const(0.5)))
    naive = total(op.abs(seasonal_change)) / (total(seasonal_both) + const(EPS))
    longer = [change(ints(lag)) for lag in LAGS]
    return [
        naive * has_season + one_step * (const(1.0) - has_season),
        one_step,
        latest,
        *[total(moved) / (total(both) + const(EPS)) for moved, both in longer],
    ]


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


def _scores(found: Candidates, held: Var, scale: Var) -> tuple[Var, Var]:
    """How well each candidate would have forecast the latest values, from the earlier origins.

    Logarithm of its error over the first third of the steps and over the rest, and its bias: [B, K, 3], 0 where history
    is too short to tell; and whether it is long enough: [B, 1].
    """
    basis = found.basis
    season = basis.first.m
    ahead = steps_ahead(upto(held) + ints(1), (basis.first, basis.second))
    made = found.at(ahead, 1, ORIGINS)  # [(ORIGINS - 1) * B, K, H]
    after_mask, before_mask = (origins(found.mask, a, a + ORIGINS - 1) for a in (0, 1))
    needed = op.where(op.equal(season, ints(1)), const([4.5]), const(1.5) * number(season))
    enough = number(op.greater(total(before_mask), needed))
    enough = enough * number(op.greater(total(last(after_mask, held)), const(1.5)))
    known = last(after_mask, held) * enough
    near = (held + ints(2)) / ints(3)
    early = number(op.less(upto(held), near))
    parts = op.concat([extra(x, 1) for x in (early, const(1.0) - early, early * const(0.0) + const(1.0))], axis=1)
    weights = extra(known, 2) * parts  # [(ORIGINS - 1) * B, H, 3]: nearer steps, the rest, all of them
    miss = made - extra(last(origins(found.y, 0, ORIGINS - 1), held), 1)
    absolute = op.abs(miss) / extra(op.concat([scale] * (ORIGINS - 1), axis=0), 2)
    absolute = absolute / (const(1.0) + const(1 / 3) * absolute)  # a holiday that no candidate knew must not decide

    def over_origins(x: Var) -> Var:
        """Sums over the origins [B, ...]."""
        by_origin = op.concat([ints(ORIGINS - 1, -1), op.shape(x, start=1)], axis=0)
        return op.reduce_sum(op.reshape(x, by_origin), ints(0), keepdims=0)

    counts = over_origins(op.reduce_sum(weights, ints(1))) + const(EPS)  # [B, 1, 3]
    error = over_origins(op.matmul(absolute, part(weights, 0, 2, 2))) / part(counts, 0, 2, 2)
    bias = over_origins(op.matmul(miss, part(weights, 2, 3, 2))) / part(counts, 2, 3, 2) / extra(scale, 2)
    columns = [between(x, MIN_LOG_ERROR, MAX_LOG_ERROR) for x in (op.log(error + const(0.005)), squash(bias))]
    any_enough = op.reduce_max(op.reshape(enough, ints(ORIGINS - 1, -1, 1)), ints(0), keepdims=0)
    return op.concat(columns, axis=2) * extra(any_enough, 2), any_enough
