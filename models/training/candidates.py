"""Classical forecasts of a whole batch at once, as part of the ONNX graph.

Shapes: B series, L points (right-aligned), m the season length, S steps, K candidates, E steps of one-step errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.smoothing import grid
from models.training.tensors import (
    EPS,
    at_least,
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
    whole,
)
from spox import Var

MAX_CONTEXT = 576
ERRORS = 96  # one-step errors older than this say little about the coming steps
SMOOTHERS = grid(MAX_CONTEXT)
SIMPLE = SMOOTHERS.groups[0]


@dataclass
class Time:
    """What depends on length, season and steps alone, computed once for the batch."""

    season: Var  # float scalar
    seasonal: Var  # 1.0 if season > 1
    phase: Var  # [L, m] one-hot
    future_phase: Var  # [S]
    back: Var  # [L]: 0 for the last point, -1 before it …
    ahead: Var  # [1, S] float
    moving: Var  # [L, L] centred moving average
    toeplitz: Var  # [L, G * E] one-step forecasts at the last E points
    fill: Var  # [L, L] local mean of what came before
    level: Var  # [L, G]
    slope: Var  # [L, G]
    growth: Var  # [G, S]: sum of damping powers
    local: Var  # [L] weights that halve every 1.5 seasons
    recent: Var  # [L] weights that shrink by .6 each season
    season_index: tuple[Var, Var, Var]  # [S] the same phase one, two, three seasons before
    cycles: Var  # [S] seasons ahead, from 1
    errors: Var  # int64 [1], E
    length: Var  # int64 [1], L


def _kernel(k: np.ndarray, lags: Var) -> Var:
    """Filter matrix [*lags.shape] from a kernel [G, lags]: entry is kernel at that lag, 0 where the lag is negative."""
    padded = np.concatenate([k, np.zeros((k.shape[0], 1), np.float32)], axis=1)
    nowhere = op.const(np.int64(k.shape[1]))
    safe = op.where(op.less(lags, op.const(np.int64(0))), nowhere, lags)
    return op.gather(op.const(padded), safe, axis=1)  # [G, *lags.shape]


def time(length: Var, season: Var, steps: Var) -> Time:
    t = upto(length)
    back = t - (length - ints(1))
    m = season
    phase_number = op.mod(op.neg(back), m)
    phase = number(op.equal(extra(phase_number, 1), extra(upto(m), 0)))
    errors = op.min([length, ints(ERRORS)])
    m_float = op.squeeze(number(m))
    distance = number(op.abs(extra(t, 1) - extra(t, 0)))
    moving = between((m_float + const(1.0)) / const(2.0) - distance, 0.0, 1.0) / m_float
    ends = op.add(upto(errors), length - errors)  # the points forecast one step ahead
    lags = extra(ends, 0) - extra(t, 1) - ints(1)  # [L, E]
    one_step = SMOOTHERS.level + SMOOTHERS.damping[:, None] * SMOOTHERS.slope
    toeplitz = op.transpose(_kernel(one_step, lags), perm=[1, 0, 2])
    toeplitz = op.reshape(toeplitz, op.concat([length, ints(-1)], axis=0))
    fill = op.squeeze(
        _kernel((0.7 ** np.arange(MAX_CONTEXT, dtype=np.float32))[None], extra(t, 0) - extra(t, 1) - ints(1)),
        ints(0),
    )
    ahead = extra(number(steps), 0)
    phi = SMOOTHERS.damping[:, None]
    steady = number(op.const(phi > 0.999))
    damped = op.const(phi) * (const(1.0) - op.pow(op.const(np.maximum(phi, 1e-6)), ahead))
    growth = steady * ahead + (const(1.0) - steady) * damped / op.const(np.maximum(1 - phi, 1e-3))
    span = op.max([m_float * const(1.5), const(4.0)])
    cycle = (steps - ints(1)) / m  # whole seasons before this step
    base = length - m + op.mod(steps - ints(1), m)
    return Time(
        season=m_float,
        seasonal=number(op.greater(m_float, const(1.5))),
        phase=phase,
        future_phase=op.mod(m - op.mod(steps, m), m),
        back=number(back),
        ahead=ahead,
        moving=moving,
        toeplitz=toeplitz,
        fill=fill,
        level=op.transpose(last(_reversed(SMOOTHERS.level), length)),
        slope=op.transpose(last(_reversed(SMOOTHERS.slope), length)),
        growth=growth,
        local=op.pow(const(0.5), number(op.neg(back)) / span),
        recent=op.pow(const(0.6), number(op.neg(back) / m)),
        season_index=(base, base - m, base - m - m),
        cycles=number(cycle + ints(1)),
        errors=errors,
        length=length,
    )


def _reversed(k: np.ndarray) -> Var:
    return op.const(np.ascontiguousarray(k[:, ::-1]))


@dataclass
class Season:
    """Shrunk seasonal indices [B, m] and how much of each was kept [B, 1]: additive, multiplicative, recent."""

    indices: tuple[Var, Var, Var]
    kept: tuple[Var, Var, Var]


def season(y: Var, mask: Var, tm: Time) -> Season:
    """Classical decomposition by centred moving averages, shrunk towards no season (James and Stein 1961; Miller and
    Williams 2003 for seasonal indices)."""
    weight = op.matmul(mask, tm.moving)
    level = op.matmul(y * mask, tm.moving) / (weight + const(EPS))
    ok = number(op.greater(weight, const(0.85))) * mask
    known = total(ok)
    additive = (y - level) * ok
    ratio = op.log(at_least(y, 1e-3)) - op.log(at_least(level, 1e-3))
    multiplicative = between(ratio, -4.0, 4.0) * ok

    def index(r: Var, w: Var) -> tuple[Var, Var]:
        w = w * ok
        count = op.matmul(w, tm.phase)
        raw = op.matmul(r * w, tm.phase) / (count + const(EPS))
        have = number(op.greater(count, const(EPS)))
        raw = (raw - weighted(raw, have)) * have
        rest = (r - op.matmul(raw, op.transpose(tm.phase))) * ok
        noise = weighted(op.mul(rest, rest), w)
        degrees = between(known / at_least(known - tm.season, 1.0), 0.0, 4.0)
        noise = noise * degrees / at_least(known / tm.season, 1.0)
        power = mean(raw * raw)
        kept = between((power - noise) / (power + const(1e-9)), 0.0, 1.0) * tm.seasonal
        return raw * kept, kept

    a, ka = index(additive, mask)
    g, kg = index(multiplicative, mask)
    r, kr = index(multiplicative, mask * extra(tm.recent, 0))
    return Season((a, g, r), (ka, kg, kr))


@dataclass
class Candidates:
    """``values`` [B, K, S]; ``errors``: in-sample root mean squared errors, one [B, 1] per smoothing group and view;
    ``levelled``: the deseasonalised series [B, L]; ``future_season`` [B, S]."""

    values: Var
    errors: list[Var]
    levelled: Var
    season: Season
    future_season: Var


def candidates(y: Var, mask: Var, tm: Time) -> Candidates:
    """K classical forecasts for every step. ``y`` [B, L] scaled to about 1, zero where ``mask`` [B, L] is 0."""
    seen = op.cumsum(mask, op.const(np.int64(1)))
    first = number(op.less(seen, const(1.5))) * mask
    early_count = const(2.5) + const(2.0) * tm.seasonal
    early = number(op.less(seen, early_count)) * mask
    count = total(mask)
    sn = season(y, mask, tm)
    past = [op.matmul(s, op.transpose(tm.phase)) for s in sn.indices]
    ahead = [op.gather(s, tm.future_phase, axis=1) for s in sn.indices]
    low = smallest(y + (const(1.0) - mask) * const(1e9))
    zeros = total(number(op.less(op.abs(y), const(EPS))) * mask) / (count + const(EPS))
    ratio_ok = number(op.greater(low, const(-EPS))) * number(op.less(zeros, const(0.1)))
    log_ok = number(op.greater(low, const(1e-4)))

    def choose(flag: Var, yes: Var, no: Var) -> Var:
        return op.where(op.greater(flag, const(0.5)), yes, no)

    plain_view = y
    additive_view = y - past[0]
    views = [
        (plain_view, lambda c: c),
        (
            choose(ratio_ok, y * op.exp(op.neg(past[1])), additive_view),
            lambda c: choose(extra(ratio_ok, 2), c * extra(op.exp(ahead[1]), 1), c + extra(ahead[0], 1)),
        ),
        (additive_view, lambda c: c + extra(ahead[0], 1)),
        (
            choose(log_ok, op.log(at_least(y, 1e-4)) - past[1], additive_view),
            None,  # needs the view's own ceiling, below
        ),
        (
            choose(ratio_ok, y * op.exp(op.neg(past[2])), additive_view),
            lambda c: choose(extra(ratio_ok, 2), c * extra(op.exp(ahead[2]), 1), c + extra(ahead[0], 1)),
        ),
    ]
    values: list[Var] = []
    errors: list[Var] = []
    levelled: Var | None = None
    for number_of, (view, back) in enumerate(views):
        forecasts, view_errors, filled = _view(view, mask, first, early, count, tm)
        if back is None:
            ceiling = extra(largest(filled) + const(1.5), 2)
            logs = op.exp(op.min([forecasts + extra(ahead[1], 1), ceiling]))
            forecasts = choose(extra(log_ok, 2), logs, forecasts + extra(ahead[0], 1))
        else:
            forecasts = back(forecasts)
        values.append(forecasts)
        errors += view_errors
        if number_of == 1:
            levelled = filled
    assert levelled is not None
    values.append(_seasonal_naive(y, mask, levelled, tm))
    overall = weighted(y, mask)
    flat = op.mul(extra(overall, 2), op.add(extra(tm.ahead, 0) * const(0.0), const(1.0)))
    values += [flat, flat * const(0.0)]
    everything = side_by_side(values)
    high = largest(y - (const(1.0) - mask) * const(1e9))
    reach = high - low
    floor, ceiling = extra(low - const(3.0) * reach, 2), extra(high + const(5.0) * reach, 2)
    everything = op.min([op.max([everything, floor]), ceiling])
    return Candidates(everything, errors, levelled, sn, ahead[1] * ratio_ok)


def _view(view: Var, mask: Var, first: Var, early: Var, count: Var, tm: Time) -> tuple[Var, list[Var], Var]:
    """Forecasts [B, 14, S] of one view of the series, its three group errors, and the series with gaps filled."""
    start = weighted(view * mask, early)
    local_sum = op.matmul(mask, tm.fill)
    local = op.matmul(view * mask, tm.fill) / (local_sum + const(EPS))
    began = number(op.greater(local_sum, const(EPS)))
    filled = view * mask + (const(1.0) - mask) * (local * began + start * (const(1.0) - began))
    deviation = filled - start
    groups, sizes = SMOOTHERS.groups, len(SMOOTHERS.damping)
    shape = op.concat([dim(view, 0), ints(sizes), ints(-1)], axis=0)
    errors_mask = extra(last(mask - first, tm.errors), 1)
    known = at_least(total(errors_mask, 2), 0.0)
    strength = op.min([known, const(60.0)])

    def fit(u: Var, target: Var, matrix: Var, rows: Var) -> Var:
        """Mean squared one-step error of each smoother: [B, G, 1]."""
        miss = (op.reshape(op.matmul(u, matrix), rows) - extra(last(target, tm.errors), 1)) * errors_mask
        return total(miss * miss, 2) / (known + const(EPS)) + const(1e-10)

    def blend(squared: Var, forecasts: Var) -> tuple[Var, Var]:
        """Weights MSE^(-n/2): the likelihood of each smoother. Returns [B, 1, S] and the blended error [B, 1]."""
        weights = op.softmax(const(-0.5) * strength * op.log(squared / smallest(squared)), axis=1)
        return total(weights * forecasts), op.squeeze(op.sqrt(total(weights * squared)), ints(2))

    squared = fit(deviation, deviation, tm.toeplitz, shape)
    level = op.matmul(deviation, tm.level) + start
    slope = op.matmul(deviation, tm.slope)
    forecasts = extra(level, 2) + extra(slope, 2) * extra(tm.growth, 0)
    out, errors, at = [], [], 0
    for size in groups:
        blended, error = blend(part(squared, at, at + size), part(forecasts, at, at + size))
        out.append(blended)
        errors.append(error)
        at += size
    ahead = extra(tm.ahead, 0)
    row = extra(tm.back, 0)

    def line(w: Var) -> tuple[Var, Var, Var]:
        """Weighted least squares: mean value, mean time, slope, each [B, 1]."""
        value, when = weighted(filled, w), weighted(row, w)
        gap = (row - when) * w
        return value, when, total(gap * (filled - value)) / (total(gap * (row - when)) + const(EPS))

    value, when, trend = line(mask)
    near = mask * extra(tm.local, 0)
    near_value, near_when, near_trend = line(near)
    ending = last(filled, 1)
    drift = (ending - start) / at_least(count - const(1.0), 1.0)
    ones = ahead * const(0.0) + const(1.0)

    def path(origin: Var, rise: Var | None = None) -> Var:
        flat = extra(origin, 2) * ones
        return flat if rise is None else flat + extra(rise, 2) * ahead

    simple = out[0]
    out += [
        simple + extra(const(0.5) * trend, 2) * ahead,
        path(value - trend * when, trend),
        path(ending, drift),
        path(near_value - near_trend * near_when, near_trend),
        path(near_value),
        path(ending),
        simple + extra(const(0.25) * trend + const(0.25) * near_trend, 2) * ahead,
    ]
    # Simple smoothing with drift: the theta method (Hyndman and Billah 2003), averaged over the share of the drift.
    simple_matrix = part(op.reshape(tm.toeplitz, op.concat([tm.length, ints(sizes), ints(-1)], axis=0)), 0, SIMPLE)
    simple_matrix = op.reshape(simple_matrix, op.concat([tm.length, ints(-1)], axis=0))
    simple_rows = op.concat([dim(view, 0), ints(SIMPLE), ints(-1)], axis=0)
    theta_squared, theta_forecasts = [part(squared, 0, SIMPLE)], [part(forecasts, 0, SIMPLE)]
    for share in (0.5, 1.0):
        rise = const(share) * trend
        levelled = filled - rise * row
        origin = weighted(levelled, early)
        u = (levelled - origin) * number(op.greater(op.cumsum(mask, op.const(np.int64(1))), const(0.5)))
        theta_squared.append(fit(u, levelled - origin, simple_matrix, simple_rows))
        flat = op.matmul(u, part(tm.level, 0, SIMPLE)) + origin
        theta_forecasts.append(extra(flat, 2) + extra(rise, 2) * ahead)
        out.append(blend(theta_squared[-1], theta_forecasts[-1])[0])
    out.append(blend(side_by_side(theta_squared), side_by_side(theta_forecasts))[0])
    rest = part(squared, SIMPLE, sizes), part(forecasts, SIMPLE, sizes)
    out.append(blend(side_by_side([*theta_squared, rest[0]]), side_by_side([*theta_forecasts, rest[1]]))[0])
    return side_by_side(out), errors, filled


def _seasonal_naive(y: Var, mask: Var, levelled: Var, tm: Time) -> Var:
    """Seasonal naive, the mean of three seasons, and seasonal naive with the last season's growth: [B, 4, S]."""
    seasons, have = [], []
    for index in tm.season_index:
        safe = op.max([index, ints(0)])
        reachable = extra(number(op.greater_or_equal(index, ints(0))), 0)
        known = op.gather(mask, safe, axis=1) * reachable
        seasons.append(op.gather(y, safe, axis=1) * known)
        have.append(known)
    ending = last(levelled, 1)
    one = seasons[0] + (const(1.0) - have[0]) * ending
    three = (seasons[0] + seasons[1] + seasons[2] + ending * const(1e-3)) / (have[0] + have[1] + have[2] + const(1e-3))
    lag = whole(op.unsqueeze(tm.season, ints(0)))
    lag = op.min([lag, tm.length - ints(1)])
    both = part(mask, lag, 2**31 - 1) * part(mask, ints(0), tm.length - lag)
    gain = last((part(y, lag, 2**31 - 1) - part(y, ints(0), tm.length - lag)) * both, lag)
    growth = total(gain) / at_least(total(last(both, lag)), 1.0)
    rise = growth * extra(tm.cycles, 0)
    return op.concat([extra(v, 1) for v in (one, three, one + rise, one + const(0.5) * rise)], axis=1)
