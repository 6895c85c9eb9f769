"""Classical forecasts of a whole batch at once, as part of the ONNX graph.

Every candidate of a view is ``origin + slopes x growth``, so a few coefficients describe all its steps; all views of
all series go through one set of matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass

import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import TimeBasis
from models.training.graph.seasons import Seasons, seasons
from models.training.graph.tensors import (
    EPS,
    at_least,
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
    total,
    weighted,
    whole,
)
from models.training.graph.view_forecasts import VIEWS, view_forecasts
from spox import Var


@dataclass
class Candidates:
    """``values`` [B, K, S]; ``errors`` [B, V * groups]: in-sample root mean squared errors of the smoothing groups;
    ``deseasonalised`` [B, R]: the series without its season; ``future_season`` [B, S]."""

    values: Var
    errors: Var
    deseasonalised: Var
    seasons: Seasons
    future_season: Var


@dataclass
class _Scales:
    """Where a multiplicative or logarithmic view is possible ([B, 1], 1 or 0), and how low and high the past went."""

    ratio_ok: Var
    log_ok: Var
    low: Var
    high: Var


def candidates(y: Var, mask: Var, basis: TimeBasis) -> Candidates:
    """K classical forecasts for every step. ``y`` [B, L] scaled to about 1, zero where ``mask`` [B, L] is 0."""
    found = seasons(y, mask, basis)
    scales = _scales(y, mask)
    made = view_forecasts(_views(y, found, scales, basis), last(mask, basis.recent), basis)
    size = dim(y, 0)

    def of_view(x: Var, k: int) -> Var:
        return part(x, size * ints(k), size * ints(k + 1), 0)

    ceiling = extra(largest(of_view(made.filled, 3)) + const(1.5), 2)
    values = _reseasonalised([of_view(made.forecasts, k) for k in range(VIEWS)], found, scales, ceiling)
    deseasonalised = of_view(made.filled, 1)
    ones = extra(basis.ahead, 0) * const(0.0) + const(1.0)
    flat = extra(weighted(y, mask), 2) * ones
    naive = repeated_seasons(y, mask, last(deseasonalised, 1), basis)[0]
    everything = joined([*values, naive, flat, flat * const(0.0)])
    reach = scales.high - scales.low
    floor, ceiling = extra(scales.low - const(3.0) * reach, 2), extra(scales.high + const(5.0) * reach, 2)
    return Candidates(
        op.min([op.max([everything, floor]), ceiling]),
        joined([of_view(made.errors, k) for k in range(VIEWS)]),
        deseasonalised,
        found,
        found.multiplicative.ahead * scales.ratio_ok,
    )


def _scales(y: Var, mask: Var) -> _Scales:
    count = total(mask)
    low = smallest(y + (const(1.0) - mask) * const(1e9))
    high = largest(y - (const(1.0) - mask) * const(1e9))
    zeros = total(number(op.less(op.abs(y), const(EPS))) * mask) / (count + const(EPS))
    ratio_ok = number(op.greater(low, const(-EPS))) * number(op.less(zeros, const(0.1)))
    return _Scales(ratio_ok, number(op.greater(low, const(1e-4))), low, high)


def _choose(flag: Var, yes: Var, no: Var) -> Var:
    return op.where(op.greater(flag, const(0.5)), yes, no)


def _views(y: Var, found: Seasons, scales: _Scales, basis: TimeBasis) -> Var:
    """The series as it is, and deseasonalised by ratio, by difference, in logarithms, and by its recent seasons:
    [V * B, R]."""
    near = basis.recent
    plain = last(y, near)
    additive = plain - last(found.additive.past, near)
    usual, latest = last(found.multiplicative.past, near), last(found.recent.past, near)
    return op.concat(
        [
            plain,
            _choose(scales.ratio_ok, plain * op.exp(op.neg(usual)), additive),
            additive,
            _choose(scales.log_ok, op.log(at_least(plain, 1e-4)) - usual, additive),
            _choose(scales.ratio_ok, plain * op.exp(op.neg(latest)), additive),
        ],
        axis=0,
    )


def _reseasonalised(forecasts: list[Var], found: Seasons, scales: _Scales, ceiling: Var) -> list[Var]:
    """The forecasts of each view [B, C, S], with the season that the view had removed put back."""
    added = extra(found.additive.ahead, 1)
    ratio, recent_ratio = extra(found.multiplicative.ahead, 1), extra(found.recent.ahead, 1)
    ratio_flag, log_flag = extra(scales.ratio_ok, 2), extra(scales.log_ok, 2)
    return [
        forecasts[0],
        _choose(ratio_flag, forecasts[1] * op.exp(ratio), forecasts[1] + added),
        forecasts[2] + added,
        _choose(log_flag, op.exp(op.min([forecasts[3] + ratio, ceiling])), forecasts[3] + added),
        _choose(ratio_flag, forecasts[4] * op.exp(recent_ratio), forecasts[4] + added),
    ]


def repeated_seasons(y: Var, mask: Var, ending: Var, basis: TimeBasis) -> tuple[Var, Var]:
    """Repeat earlier seasons [B, 6, S]: the last one, the mean of three, the last with all and with half of its growth,
    the last longer season and the mean of three of those (the ordinary ones where there is no longer season).

    ``ending`` [B, 1] is used where no value is known. Also returns the mean absolute change over a season [B, 1]: the
    in-sample error of seasonal naive.
    """
    m = basis.first.m
    one, three = _repeated(y, mask, m, ending, basis)
    far_one, far_three = _repeated(y, mask, whole(basis.long_season), ending, basis)
    lag = op.min([m, basis.length - ints(1)])
    both = part(mask, lag, 2**31 - 1) * part(mask, ints(0), basis.length - lag)
    change = (part(y, lag, 2**31 - 1) - part(y, ints(0), basis.length - lag)) * both
    gain = last(change, lag)
    growth = total(gain) / at_least(total(last(both, lag)), 1.0)
    rise = growth * extra(number((basis.steps - ints(1)) / m + ints(1)), 0)
    parts = (one, three, one + rise, one + const(0.5) * rise, far_one, far_three)
    error = total(op.abs(change)) / (total(both) + const(EPS))
    return op.concat([extra(v, 1) for v in parts], axis=1), error


def _repeated(y: Var, mask: Var, m: Var, ending: Var, basis: TimeBasis) -> tuple[Var, Var]:
    """The last season of ``m`` periods and the mean of the last three, each [B, S]."""
    found, have = [], []
    base = basis.length - m + op.mod(basis.steps - ints(1), m)
    for back in range(3):
        index = base - m * ints(back)
        safe = op.max([index, ints(0)])
        known = op.gather(mask, safe, axis=1) * extra(number(op.greater_or_equal(index, ints(0))), 0)
        found.append(op.gather(y, safe, axis=1) * known)
        have.append(known)
    one = found[0] + (const(1.0) - have[0]) * ending
    small = const(1e-3)
    return one, (found[0] + found[1] + found[2] + ending * small) / (have[0] + have[1] + have[2] + small)
