"""What depends on lengths, seasons and steps alone, computed once for the whole batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import spox.opset.ai.onnx.v18 as op
from models.training.graph.smoothing import DAMPINGS, grid, without_tails
from models.training.graph.tensors import (
    between,
    const,
    extra,
    ints,
    last,
    number,
    part,
    upto,
)
from spox import Var

RECENT = 336  # everything but the seasons is read from this many latest points: older ones have no weight left
ERRORS = 72  # one-step errors older than this say little about the coming steps; chosen by judgement
OCTAVES = 9  # harmonics 1, 2-3, 4-7 … 256-: enough for seasons of up to 1,023 periods
SMOOTHERS = grid(RECENT)
SIMPLE = SMOOTHERS.groups[0]


@dataclass
class Season:
    """One season length m: ``phase`` [L, m] one-hot; ``waves`` [m, H] orthonormal, the cosines and sines of its
    harmonics; ``member`` [H, O] the octave of each, and ``freedom`` [1, O] how many there are."""

    m: Var  # int64 [1]
    phase: Var
    waves: Var
    member: Var
    freedom: Var


@dataclass
class Ahead:
    """Steps to forecast, S of them: ``phases`` int64 [S] of the first and of the second season; ``growth`` [4, S]: how
    a level, and slopes of each damping, add up over the steps."""

    steps: Var  # int64 [S]
    count: Var  # float [1, S]
    phases: tuple[Var, Var]
    growth: Var


@dataclass
class TimeBasis:
    """``back`` [R]: 0 for the last point, -1 before it …; the steps to forecast; the filters of the smoothing grid;
    weights over the recent points."""

    first: Season
    second: Season
    length: Var  # int64 [1], L
    recent: Var  # int64 [1], R
    errors: Var  # int64 [1], E
    ahead: Ahead  # the anchors, then the steps asked for
    season: Var  # float [1], the first season's length
    long_season: Var  # float [1], the longer of the two
    seasonal: Var  # 1.0 if there is a season
    two: Var  # 1.0 if there are two
    back: Var
    moving: tuple[Var, Var]  # [L, L] centred moving averages over the first and over the longer season
    decay: tuple[Var, Var]  # [L] weights that shrink by .6 each season, and each longer one
    misses: Var  # [R, G * E] one-step errors of the last E points
    fill: Var  # [R, R] local mean of what came before
    level: Var  # [R, G]
    slope: Var  # [R, G]
    local: Var  # [R] weights that halve every 1.5 seasons


def time_basis(length: Var, seasons: Var, steps: Var) -> TimeBasis:
    """Compute the basis. ``seasons`` int64 [2]: the season and a longer one (1 where there is none)."""
    m, longer = part(seasons, 0, 1, 0), op.max([part(seasons, 1, 2, 0), part(seasons, 0, 1, 0)])
    back = upto(length) - (length - ints(1))
    recent = op.min([length, ints(RECENT)])
    errors = op.min([recent, ints(ERRORS)])
    t = upto(recent)
    m_float = number(m)
    lags = extra(t, 0) - extra(t, 1) - ints(1)  # [R, R]
    ends = op.add(upto(errors), recent - errors)
    one_step = SMOOTHERS.level + SMOOTHERS.damping[:, None] * SMOOTHERS.slope
    ahead_of = _kernel(one_step, extra(ends, 0) - extra(t, 1) - ints(1))  # [G, R, E]
    itself = number(op.equal(extra(ends, 0), extra(t, 1)))
    misses = op.transpose(ahead_of - extra(itself, 0), perm=[1, 0, 2])
    first, second = _season(m, back), _season(part(seasons, 1, 2, 0), back)
    return TimeBasis(
        first=first,
        second=second,
        length=length,
        recent=recent,
        errors=errors,
        ahead=steps_ahead(steps, (first, second)),
        season=m_float,
        long_season=number(longer),
        seasonal=number(op.greater(m, ints(1))),
        two=number(op.greater(part(seasons, 1, 2, 0), ints(1))),
        back=number(last(back, recent, 0)),
        moving=(_moving(back, m), _moving(back, longer)),
        decay=(op.pow(const(0.6), number(op.neg(back) / m)), op.pow(const(0.6), number(op.neg(back) / longer))),
        misses=op.reshape(misses, op.concat([recent, ints(-1)], axis=0)),
        fill=op.squeeze(_kernel(without_tails(0.7 ** np.arange(RECENT))[None], lags), ints(0)),
        level=last(_reversed(SMOOTHERS.level), recent, 0),
        slope=last(_reversed(SMOOTHERS.slope), recent, 0),
        local=op.pow(const(0.5), number(op.neg(last(back, recent, 0))) / op.max([m_float * const(1.5), const(4.0)])),
    )


def _kernel(k: np.ndarray, lags: Var) -> Var:
    """Filter matrix [G, *lags.shape] from a kernel [G, lags]: its value at that lag, 0 where the lag is negative."""
    padded = np.concatenate([k, np.zeros((k.shape[0], 1), np.float32)], axis=1)
    nowhere = op.const(np.int64(k.shape[1]))
    safe = op.where(op.less(lags, op.const(np.int64(0))), nowhere, lags)
    return op.gather(op.const(padded), safe, axis=1)


def _reversed(k: np.ndarray) -> Var:
    """Kernels [G, lags] as [lags, G], the oldest lag first."""
    return op.const(np.ascontiguousarray(k[:, ::-1].T))


def _moving(back: Var, m: Var) -> Var:
    distance = number(op.abs(extra(back, 1) - extra(back, 0)))
    width = number(m)
    return between((width + const(1.0)) / const(2.0) - distance, 0.0, 1.0) / width


def steps_ahead(steps: Var, seasons: tuple[Season, Season]) -> Ahead:
    """What depends on the steps alone. ``steps`` int64 [S], from 1."""
    count = extra(number(steps), 0)
    rises = [
        count if phi == 1.0 else const(phi / (1 - phi)) * (const(1.0) - op.pow(const(phi), count)) for phi in DAMPINGS
    ]
    first, second = (op.mod(s.m - op.mod(steps, s.m), s.m) for s in seasons)
    return Ahead(steps, count, (first, second), op.concat([count * const(0.0) + const(1.0), *rises], axis=0))


def _season(m: Var, back: Var) -> Season:
    """Without a season (m = 1) one harmonic of size zero is kept: a matrix product over no harmonics at all ends the
    drivers of some graphics cards."""
    phases = upto(m)
    phase = number(op.equal(extra(op.mod(op.neg(back), m), 1), extra(phases, 0)))
    half = op.max([m / ints(2), ints(1)])
    harmonics = upto(half) + ints(1)
    turns = op.mod(extra(phases, 1) * extra(harmonics, 0), m)  # whole numbers keep the cosine exact for long seasons
    angle = number(turns) * const(2 * np.pi) / number(m)  # [m, half]
    nyquist = number(op.equal(harmonics + harmonics, m))
    seasonal = number(op.greater(m, ints(1)))
    size = op.sqrt((const(2.0) - nyquist) * seasonal / number(m))
    waves = op.concat([op.cos(angle) * size, op.sin(angle) * size * (const(1.0) - nyquist)], axis=1)
    octave = op.floor(op.log(number(harmonics) + const(0.01)) / const(np.log(2)))
    member = number(op.equal(extra(octave, 1), op.const(np.arange(OCTAVES, dtype=np.float32)[None])))  # [half, O]
    freedom = op.matmul(extra((const(2.0) - nyquist) * seasonal, 0), member)
    return Season(m, phase, waves, op.concat([member, member], axis=0), freedom)
