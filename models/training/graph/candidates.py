"""Classical forecasts of a whole batch at once, as part of the ONNX graph.

Every candidate of a view is ``origin + slopes x growth``, so a few coefficients describe all its steps; all views of
all series, from all origins, go through one set of matrix products.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import Ahead, TimeBasis
from models.training.graph.common import Scaled
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
from models.training.graph.view_forecasts import ORIGINS, VIEWS, ViewForecasts, view_forecasts
from spox import Var


@dataclass
class Candidates:
    """What all candidates are made from, at every origin: the series ``y`` and ``mask`` [ORIGINS * B, L], the fitted
    views and their patterns.

    ``errors`` [B, VIEWS * groups]: in-sample root mean squared errors of the smoothing groups; ``deseasonalised``
    [B, R]: the series without its season.
    """

    y: Var
    mask: Var
    seasons: Seasons
    scales: _Scales
    views: ViewForecasts
    ending: Var  # [ORIGINS * B, 1], the last value of the deseasonalised series
    ceiling: Var  # [ORIGINS * B, 1] of logarithms
    errors: Var
    deseasonalised: Var
    basis: TimeBasis

    def at(self, ahead: Ahead, first: int = 0, stop: int = 1) -> Var:
        """K classical forecasts from these origins for every step: [origins * B, K, S]."""

        def of(x: Var) -> Var:
            return origins(x, first, stop)

        found, scales = self.seasons.of(of), self.scales.of(of)
        values = _reseasonalised(self.views.at(ahead, first, stop), found, scales, extra(of(self.ceiling), 2), ahead)
        y, mask = of(self.y), of(self.mask)
        ones = extra(ahead.count, 0) * const(0.0) + const(1.0)
        flat = extra(weighted(y, mask), 2) * ones
        repeated = repeated_seasons(y, mask, of(self.ending), ahead, self.basis)
        everything = joined([*values, repeated, _phase_mean(y, mask, ahead, self.basis), flat, flat * const(0.0)])
        reach = scales.high - scales.low
        floor, ceiling = extra(scales.low - const(3.0) * reach, 2), extra(scales.high + const(5.0) * reach, 2)
        return op.min([op.max([everything, floor]), ceiling])


@dataclass
class _Scales:
    """Where a multiplicative or logarithmic view is possible ([B, 1], 1 or 0), and how low and high the past went."""

    ratio_ok: Var
    log_ok: Var
    low: Var
    high: Var

    def of(self, keep: Callable[[Var], Var]) -> _Scales:
        """The same for some rows."""
        return _Scales(keep(self.ratio_ok), keep(self.log_ok), keep(self.low), keep(self.high))


def origins(x: Var, first: int, stop: int) -> Var:
    """Keep some origins of [ORIGINS * B, ...]."""
    size = dim(x, 0) / ints(ORIGINS)
    return part(x, size * ints(first), size * ints(stop), 0)


def candidates(known: Scaled, mask_now: Var, held: Var, basis: TimeBasis) -> Candidates:
    """Fit everything: to the whole history of ``known``, then to what was known ``held`` points earlier each time."""
    y, mask = (earlier_origins(x, held, basis.length) for x in (known.y, mask_now))
    scales = _scales(y, mask, op.concat([known.positive] * ORIGINS, axis=0))
    found = seasons(y, mask, scales.ratio_ok, basis)
    made = view_forecasts(_views(y, found, scales, basis), last(mask, basis.recent), held, basis)
    size = dim(y, 0)

    def of_view(x: Var, k: int, rows: Var) -> Var:
        return part(x, rows * ints(k), rows * ints(k + 1), 0)

    deseasonalised = of_view(made.filled, 1, size)
    once = size / ints(ORIGINS)
    return Candidates(
        y=y,
        mask=mask,
        seasons=found,
        scales=scales,
        views=made,
        ending=last(deseasonalised, 1),
        ceiling=largest(of_view(made.filled, 3, size)) + const(1.5),
        errors=joined([of_view(made.errors, k, once) for k in range(VIEWS)]),
        deseasonalised=origins(deseasonalised, 0, 1),
        basis=basis,
    )


def earlier_origins(y: Var, held: Var, length: Var) -> Var:
    """The series as it is, and cut ``held`` and twice as many points earlier: [ORIGINS * B, L]."""
    cuts = [op.min([held * ints(k), length - ints(1)]) for k in range(1, ORIGINS)]  # no part is ever empty
    shifted = [joined([part(y, ints(0), cut) * const(0.0), part(y, ints(0), length - cut)]) for cut in cuts]
    return op.concat([y, *shifted], axis=0)


def _scales(y: Var, mask: Var, positive: Var) -> _Scales:
    count = total(mask)
    low = smallest(y + (const(1.0) - mask) * const(1e9))
    high = largest(y - (const(1.0) - mask) * const(1e9))
    zeros = total(number(op.less(op.abs(y), const(EPS))) * mask) / (count + const(EPS))
    ratio_ok = positive * number(op.less(zeros, const(0.1)))
    return _Scales(ratio_ok, positive * number(op.greater(low, const(1e-4))), low, high)


def _choose(flag: Var, yes: Var, no: Var) -> Var:
    return op.where(op.greater(flag, const(0.5)), yes, no)


def _views(y: Var, found: Seasons, scales: _Scales, basis: TimeBasis) -> Var:
    """The series as it is, and deseasonalised by ratio, by difference, in logarithms, and by its recent seasons:
    [VIEWS * ORIGINS * B, R]."""
    near = basis.recent
    plain = last(y, near)
    additive = plain - last(found.additive.past, near)
    usual, latest = last(found.multiplicative.past, near), last(found.recent.past, near)
    return op.concat(
        [
            plain,
            _choose(scales.ratio_ok, plain * op.exp(op.neg(usual)), plain - usual),
            additive,
            _choose(scales.log_ok, op.log(at_least(plain, 1e-4)) - usual, additive),
            _choose(scales.ratio_ok, plain * op.exp(op.neg(latest)), plain - latest),
        ],
        axis=0,
    )


def _reseasonalised(forecasts: list[Var], found: Seasons, scales: _Scales, ceiling: Var, ahead: Ahead) -> list[Var]:
    """The forecasts of each view [B, C, S], with the season that the view had removed put back."""
    added = extra(found.additive.ahead(ahead), 1)
    ratio, recent_ratio = (extra(p.ahead(ahead), 1) for p in (found.multiplicative, found.recent))
    ratio_flag, log_flag = extra(scales.ratio_ok, 2), extra(scales.log_ok, 2)
    return [
        forecasts[0],
        _choose(ratio_flag, forecasts[1] * op.exp(ratio), forecasts[1] + ratio),
        forecasts[2] + added,
        _choose(log_flag, op.exp(op.min([forecasts[3] + ratio, ceiling])), forecasts[3] + added),
        _choose(ratio_flag, forecasts[4] * op.exp(recent_ratio), forecasts[4] + recent_ratio),
    ]


def repeated_seasons(y: Var, mask: Var, ending: Var, ahead: Ahead, basis: TimeBasis) -> Var:
    """Repeat earlier seasons [B, 6, S]: the last one, the mean of three, the last with all and with half of its growth,
    the last longer season and the mean of three of those (the ordinary ones where there is no longer season).

    ``ending`` [B, 1] is used where no value is known.
    """
    m = basis.first.m
    past = (y, mask, ending)
    one, three = _repeated(past, m, ahead, basis)
    far_one, far_three = _repeated(past, whole(basis.long_season), ahead, basis)
    change, both = seasonal_changes(y, mask, basis)
    lag = op.min([m, basis.length - ints(1)])
    growth = total(last(change, lag)) / at_least(total(last(both, lag)), 1.0)
    rise = growth * extra(number((ahead.steps - ints(1)) / m + ints(1)), 0)
    parts = (one, three, one + rise, one + const(0.5) * rise, far_one, far_three)
    return op.concat([extra(v, 1) for v in parts], axis=1)


def seasonal_changes(y: Var, mask: Var, basis: TimeBasis) -> tuple[Var, Var]:
    """Changes over a season, 0 where one of both values is unknown, and where both are known: [B, L - lag] each."""
    lag = op.min([basis.first.m, basis.length - ints(1)])
    both = part(mask, lag, 2**31 - 1) * part(mask, ints(0), basis.length - lag)
    return (part(y, lag, 2**31 - 1) - part(y, ints(0), basis.length - lag)) * both, both


def _repeated(past: tuple[Var, Var, Var], m: Var, ahead: Ahead, basis: TimeBasis) -> tuple[Var, Var]:
    """The last season of ``m`` periods and the mean of the last three, each [B, S]. ``past``: the series, where it is
    known, and its last value."""
    y, mask, ending = past
    found, have = [], []
    base = basis.length - m + op.mod(ahead.steps - ints(1), m)
    for back in range(3):
        index = base - m * ints(back)
        safe = op.max([index, ints(0)])
        known = op.gather(mask, safe, axis=1) * extra(number(op.greater_or_equal(index, ints(0))), 0)
        found.append(op.gather(y, safe, axis=1) * known)
        have.append(known)
    one = found[0] + (const(1.0) - have[0]) * ending
    small = const(1e-3)
    return one, (found[0] + found[1] + found[2] + ending * small) / (have[0] + have[1] + have[2] + small)


def _phase_mean(y: Var, mask: Var, ahead: Ahead, basis: TimeBasis) -> Var:
    """The mean of all values of the same phase of the season [B, 1, S]; the mean of all where there is none."""
    phase = basis.first.phase
    known = op.matmul(mask, phase)
    means = (op.matmul(y, phase) + const(1e-3) * weighted(y, mask)) / (known + const(1e-3))
    return extra(op.gather(means, ahead.phases[0], axis=1), 1)
