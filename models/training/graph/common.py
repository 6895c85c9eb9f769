"""What both models share: scale, anchor steps, trend lines, empirical quantiles, and what their networks see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import TimeBasis
from models.training.graph.tensors import (
    EPS,
    between,
    const,
    extra,
    finite,
    ints,
    joined,
    last,
    mean,
    number,
    part,
    smallest,
    squash,
    total,
    weighted,
    whole,
)
from spox import Tensor, Var, argument

LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99)
MEDIAN = LEVELS.index(0.5)
ANCHORS = 5
MAX_EMPIRICAL = 104  # values that make up the empirical distribution: two years of weeks
MAX_SCALED, MAX_INPUT = 60.0, 15.0  # beyond these a value tells the network nothing more; chosen by judgement
HOURS = 24  # of a day
DAY = "day"
Weights = dict[str, np.ndarray]  # of one network, or of several with "K/" or "dayK/" before each name


def joined_members(members: Sequence[Weights], of_days: Sequence[Weights] = ()) -> Weights:
    """The weights of several networks in one dictionary; ``of_days``: those for days of hours or less."""
    named = [*((str(k), w) for k, w in enumerate(members)), *((f"{DAY}{k}", w) for k, w in enumerate(of_days))]
    return {f"{member}/{name}": value for member, weights in named for name, value in weights.items()}


def members_of(weights: Weights, season: int = 1) -> list[Weights]:
    """The networks that forecast series of this first season, in order; a single network is a list of one."""
    if not any("/" in name for name in weights):
        return [weights]
    out: dict[str, Weights] = {}
    for name, value in weights.items():
        member, _, own = name.partition("/")
        out.setdefault(member, {})[own] = value
    of_days = [w for member, w in out.items() if member.startswith(DAY)]
    return of_days if of_days and within_day(season) else [w for m, w in out.items() if not m.startswith(DAY)]


def has_day_networks(weights: Weights) -> bool:
    """Whether days of hours or less have separate networks."""
    return any(name.startswith(DAY) for name in weights)


def within_day(season: int) -> bool:
    """Whether this season is a day of hours, or of halves or quarters of an hour."""
    return season % HOURS == 0


@dataclass
class Features:
    """``inputs`` [B, D]; ``candidates`` [B, K, S] in units of ``scale`` around ``base``; ``steps`` [B, S, F]; ``hats``
    [ANCHORS, S] hat functions that interpolate between anchor steps; ``spread`` [S] how the scale grows with the step;
    ``empirical`` [B, S, Q] quantiles of the latest values; ``base`` [B, S] the usual forecast; ``scale``,
    ``naive_error`` [B, 1]."""

    inputs: Var
    candidates: Var
    steps: Var
    hats: Var
    spread: Var
    empirical: Var
    base: Var
    scale: Var
    naive_error: Var


@dataclass
class Scaled:
    """``y`` [B, L] of size about 1, zero where unknown. ``center`` [B, 1]: what was subtracted, nothing from a series
    that was never negative; ``unit`` [B, 1]: what it was divided by; ``positive`` [B, 1]: 1 where never negative.
    ``latest`` [B, N]: its latest known values in order, ``count`` [B, 1] of them, then huge ones."""

    y: Var
    center: Var
    unit: Var
    positive: Var
    latest: Var
    count: Var


@dataclass
class Units:
    """What features are measured in: where the series is now [B, 1]; ``path`` [B, ANCHORS + S] the usual forecast,
    which candidates are measured from; the scale and the error of seasonal naive [B, 1]."""

    base: Var
    path: Var
    scale: Var
    naive: Var


@dataclass
class Context:
    """The scaled series, where it is known [B, L] and among the recent points [B, R], its seasons int64 [2] and the
    first of them [1], and the basis of its time."""

    known: Scaled
    mask: Var
    recent_mask: Var
    seasons: Var
    season: Var
    basis: TimeBasis

    @property
    def y(self) -> Var:
        """The scaled series [B, L]."""
        return self.known.y


@dataclass
class Line:
    """A straight line of each series, each [B, 1]: its mean value, its mean time and its slope per step."""

    mean: Var
    time: Var
    slope: Var

    def intercept(self) -> Var:
        """The value at time 0, the last point."""
        return self.mean - self.slope * self.time


def fit_line(view: Var, time: Var, weights: Var) -> Line:
    """Weighted least squares. ``view``, ``weights`` [B, R]; ``time`` [1, R]."""
    value, when = weighted(view, weights), weighted(time, weights)
    gap = (time - when) * weights
    return Line(value, when, total(gap * (view - value)) / (total(gap * (time - when)) + const(EPS)))


def arguments() -> dict[str, Var]:
    """The inputs of every graph."""
    return {
        "values": argument(Tensor(np.float32, ("batch", "length"))),
        "mask": argument(Tensor(np.float32, ("batch", "length"))),
        "seasons": argument(Tensor(np.int64, (2,))),
        "steps": argument(Tensor(np.int64, ("horizon",))),
    }


def scaled(values: Var, mask: Var, season: Var) -> Scaled:
    """Divide by the mean size of the last two seasons, or by a tenth of that of all history if that is more.

    Where a series has negative values, zero is a value like any other (temperatures, balances): its latest median is
    subtracted first, so that a shift of the whole series changes nothing that the network sees.
    """
    positive = number(op.greater_or_equal(smallest(values * mask), const(0.0)))
    latest, count = _latest_in_order(values, mask)
    middle = whole(op.floor(op.max([count - const(1.0), const(0.0)]) * const(0.5)))
    median = op.where(op.greater(count, const(0.5)), op.gather_elements(latest, middle, axis=1), weighted(values, mask))
    center = median * (const(1.0) - positive)
    values = (values - center) * mask
    size = total(op.abs(values)) / (total(mask) + const(EPS))
    near_count = op.max([season + season, ints(6)])
    near_size = total(op.abs(last(values, near_count))) / (total(last(mask, near_count)) + const(EPS))
    unit = op.max([near_size, const(0.1) * size])
    unit = op.where(op.greater(unit, const(0.0)), unit, const(1.0))
    return Scaled(values / unit, center, unit, positive, (latest - center) / unit, count)


def _latest_in_order(values: Var, mask: Var) -> tuple[Var, Var]:
    """The latest known values in order, with huge ones after them [B, N], and how many they are [B, 1]."""
    most = op.min([op.shape(values, start=1, end=2), ints(MAX_EMPIRICAL)])
    latest, known = last(values, most), last(mask, most)
    ordered, _ = op.top_k(latest * known + (const(1.0) - known) * const(1e9), most, axis=1, largest=0)
    return ordered, total(known)


def anchors(seasons: Var) -> Var:
    """Steps where the network looks at the candidates: 1, half, one, two and four seasons, or the longer season (at
    least 1, 2, 4, 8, 16)."""
    m, longer = part(seasons, 0, 1, 0), part(seasons, 1, 2, 0)
    half = (m + ints(1)) / ints(2)
    four = op.max([m * ints(4), longer, ints(16)])
    return op.concat([ints(1), op.max([half, ints(2)]), op.max([m, ints(4)]), op.max([m + m, ints(8)]), four], axis=0)


def hats(seasons: Var, step_count: Var) -> Var:
    """Linear interpolation weights [ANCHORS, S] between the anchors, over the logarithm of the step."""
    knots = op.log(number(anchors(seasons)))
    x = op.log(step_count)
    rise = [
        between((x - part(knots, a, a + 1, 0)) / (part(knots, a + 1, a + 2, 0) - part(knots, a, a + 1, 0)), 0.0, 1.0)
        for a in range(ANCHORS - 1)
    ]
    inner = [rise[a] - rise[a + 1] for a in range(ANCHORS - 2)]
    return op.concat([const(1.0) - rise[0], *inner, rise[-1]], axis=0)


def relative_to(values: Var, units: Units) -> tuple[Var, Var]:
    """Candidates [B, K, ANCHORS + S] in units of the scale around the usual forecast: at the anchors, and at the steps
    asked for."""
    relative = between((values - extra(units.path, 1)) / extra(units.scale, 2), -MAX_SCALED, MAX_SCALED)
    return part(relative, 0, ANCHORS, axis=2), part(relative, ANCHORS, 2**31 - 1, axis=2)


def to_features(inputs: Sequence[Var], relative: Var, pattern: Var, units: Units, context: Context) -> Features:
    """Put together what the network sees. ``inputs``: columns [B, ·]; ``relative``: the candidates [B, K, S] in units
    of the scale around the usual forecast; ``pattern`` [B, ANCHORS + S], the season ahead."""
    basis = context.basis
    step_count = part(basis.ahead.count, ANCHORS, 2**31 - 1)
    future, path = (part(x, ANCHORS, 2**31 - 1) for x in (pattern, units.path))
    empirical = empirical_quantiles(context.known)
    heights = (path - units.base, path * context.known.positive)
    empirical = (extra(empirical, 1) - extra(path, 2)) / extra(units.scale, 2)
    return Features(
        inputs=between(finite(joined(inputs)), -MAX_INPUT, MAX_INPUT),
        candidates=relative,
        steps=_per_step(relative, future, heights, units.scale, basis),
        hats=hats(context.seasons, step_count),
        spread=op.sqrt(op.squeeze(step_count, ints(0)) / op.max([basis.season, const(2.0)]) + const(0.5)),
        empirical=between(empirical, -MAX_SCALED, MAX_SCALED),
        base=path,
        scale=units.scale,
        naive_error=units.naive / units.scale,
    )


def _per_step(relative: Var, future: Var, heights: tuple[Var, Var], scale: Var, basis: TimeBasis) -> Var:
    """What the network sees of each step [B, S, 8]: mean and spread of the candidates, how far the usual forecast is
    from now and, in series that were never negative, from zero (``heights``, [B, S] each), the season there, how far
    ahead it is."""
    step_count = part(basis.ahead.count, ANCHORS, 2**31 - 1)
    middle = mean(relative)
    apart = op.sqrt(mean((relative - middle) * (relative - middle)) + const(EPS))
    nothing = op.transpose(middle * const(0.0), perm=[0, 2, 1])
    count = op.transpose(step_count)
    columns = [
        op.transpose(squash(middle), perm=[0, 2, 1]),
        op.transpose(squash(apart), perm=[0, 2, 1]),
        *[extra(squash(height / scale), 2) for height in heights],
        extra(future, 2),
        nothing + extra(op.log(count), 0),
        nothing + extra(between(count / basis.season, 0.0, 6.0), 0),
        nothing + extra(between(count / basis.long_season, 0.0, 6.0), 0),
    ]
    return between(finite(op.concat(columns, axis=2)), -MAX_INPUT, MAX_INPUT)


def empirical_quantiles(known: Scaled) -> Var:
    """Quantiles [B, Q] of the latest known values, by Hazen's positions: the best guide where sales are few."""
    ordered, n = known.latest, known.count
    highest = op.max([n - const(1.0), const(0.0)])
    position = op.min([op.max([n * const(LEVELS) - const(0.5), const(0.0)]), highest])
    below = op.floor(position)
    above = op.min([below + const(1.0), highest])
    low = op.gather_elements(ordered, op.cast(below, to=np.int64), axis=1)
    high = op.gather_elements(ordered, op.cast(above, to=np.int64), axis=1)
    return low + (high - low) * (position - below)
