"""Seasonal patterns of a whole batch, each shrunk by how noisy it is.

Classical decomposition by centred moving averages; the raw pattern is split into octaves of harmonics, and each octave
is shrunk towards zero by its own signal-to-noise ratio (James and Stein 1961; Miller and Williams 2003 for seasonal
indices). A second, longer season is estimated on what the first leaves, so that it shrinks towards the first alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import spox.opset.ai.onnx.v18 as op
from models.training.graph.basis import Ahead, Season, TimeBasis
from models.training.graph.tensors import (
    EPS,
    at_least,
    between,
    const,
    extra,
    mean,
    number,
    total,
    weighted,
)
from spox import Var


@dataclass
class Pattern:
    """What the seasons add: ``past`` [B, L]; ``indices`` of the phases of both seasons, [B, m] each; ``kept`` two
    [B, 1], the shares of the raw first and second pattern that shrinkage kept."""

    past: Var
    indices: tuple[Var, Var]
    kept: tuple[Var, Var]

    def ahead(self, ahead: Ahead) -> Var:
        """What the seasons add to each step [B, S]."""
        first, second = (op.gather(i, phases, axis=1) for i, phases in zip(self.indices, ahead.phases, strict=True))
        return first + second

    def of(self, keep: Callable[[Var], Var]) -> Pattern:
        """The same for some rows."""
        first, second = self.indices
        kept, kept_second = self.kept
        return Pattern(keep(self.past), (keep(first), keep(second)), (keep(kept), keep(kept_second)))


@dataclass
class Seasons:
    """The seasonal pattern estimated in three ways."""

    additive: Pattern
    multiplicative: Pattern  # additive where a season cannot multiply
    recent: Pattern  # the same, with more weight on recent seasons

    def of(self, keep: Callable[[Var], Var]) -> Seasons:
        """The same for some rows."""
        return Seasons(self.additive.of(keep), self.multiplicative.of(keep), self.recent.of(keep))


def seasons(y: Var, mask: Var, ratio_ok: Var, basis: TimeBasis) -> Seasons:
    """Estimate all three patterns. ``y`` [B, L] is zero where ``mask`` is 0; ``ratio_ok`` [B, 1]: 1 where a season can
    multiply, elsewhere all three are additive."""
    level, ok, long_enough = _level(y, mask, basis)
    additive = (y - level) * ok
    ratio = op.log(at_least(y, 1e-3)) - op.log(at_least(level, 1e-3))
    multiplicative = op.where(op.greater(ratio_ok, const(0.5)), between(ratio, -4.0, 4.0) * ok, additive)

    even = (ok, ok)
    recent = tuple(ok * extra(decay, 0) for decay in basis.decay)
    return Seasons(
        _pattern(additive, even, long_enough, basis, passes=2),
        _pattern(multiplicative, even, long_enough, basis, passes=2),
        _pattern(multiplicative, recent, long_enough, basis, passes=2),
    )


def one_pattern(y: Var, mask: Var, ratio: Var, basis: TimeBasis) -> Pattern:
    """Estimate a single pattern, for the quick model: multiplicative where ``ratio`` (bool [B, 1]), else additive."""
    level, ok, long_enough = _level(y, mask, basis)
    logs = between(op.log(at_least(y, 1e-3)) - op.log(at_least(level, 1e-3)), -4.0, 4.0)
    return _pattern(op.where(ratio, logs, y - level) * ok, (ok, ok), long_enough, basis, passes=1)


def _level(y: Var, mask: Var, basis: TimeBasis) -> tuple[Var, Var, Var]:
    """Return the moving average over the longer season where history holds two of them, else over the first; where it
    is known [B, L]; whether the longer one was used [B, 1]."""
    levels, known = [], []
    for moving in basis.moving:
        weight = op.matmul(mask, moving)
        levels.append(op.matmul(y, moving) / (weight + const(EPS)))
        known.append(number(op.greater(weight, const(0.85))) * mask)
    enough = op.greater_or_equal(total(mask), const(2.0) * basis.long_season)
    return (
        op.where(enough, levels[1], levels[0]),
        op.where(enough, known[1], known[0]),
        number(enough) * basis.two,
    )


def _pattern(r: Var, weights: tuple[Var, ...], long_enough: Var, basis: TimeBasis, passes: int) -> Pattern:
    """``r`` [B, L] around the level; ``weights`` [B, L] for the first and for the longer season."""
    w, w_long = weights
    known = total(w)
    rest = r
    for _ in range(passes):  # the second pass leaves out the outliers that the first has shown
        first = _raw(rest, w, basis.first)
        left = rest - op.matmul(first, op.transpose(basis.first.phase))
        second = _raw(left, w_long, basis.second) * long_enough
        left = (left - op.matmul(second, op.transpose(basis.second.phase))) * number(op.greater(w, const(0.0)))
        reach = const(3.0) * total(op.abs(left) * w) / (known + const(EPS))
        rest = rest - left + op.min([op.max([left, op.neg(reach)]), reach])
    count = total(number(op.greater(w, const(0.0))))
    used = basis.season + long_enough * basis.long_season
    degrees = between(count / at_least(count - used, 1.0), 0.0, 4.0)
    noise = weighted(left * left, w) * degrees

    def of_index(weight: Var, m: Var) -> Var:
        """Variance of one raw index: noise over the effective number of seasons."""
        effective = total(weight) * total(weight) / (total(weight * weight) + const(EPS))
        return noise / at_least(effective / m, 1.0)

    first, kept = _shrunk(first, of_index(w, basis.season), basis.first)
    left = rest - op.matmul(first, op.transpose(basis.first.phase))
    second = _raw(left, w_long, basis.second) * long_enough
    second, kept_second = _shrunk(second, of_index(w_long, basis.long_season), basis.second)
    past = op.matmul(first, op.transpose(basis.first.phase)) + op.matmul(second, op.transpose(basis.second.phase))
    return Pattern(
        past * basis.seasonal,
        (first * basis.seasonal, second * basis.seasonal),
        (kept * basis.seasonal, kept_second * long_enough),
    )


def _raw(r: Var, w: Var, season: Season) -> Var:
    """Mean of each phase [B, m], centred."""
    count = op.matmul(w, season.phase)
    raw = op.matmul(r * w, season.phase) / (count + const(EPS))
    have = number(op.greater(count, const(EPS)))
    return (raw - weighted(raw, have)) * have


def _shrunk(raw: Var, noise: Var, season: Season) -> tuple[Var, Var]:
    """Shrink each octave to the power that noise cannot explain. ``noise`` [B, 1]: variance of one raw index."""
    waves = op.matmul(raw, season.waves)  # [B, H]
    power = op.matmul(waves * waves, season.member)  # [B, O]
    kept = between((power - noise * season.freedom) / (power + const(1e-9) * number(season.m)), 0.0, 1.0)
    out = op.matmul(waves * op.matmul(kept, op.transpose(season.member)), op.transpose(season.waves))
    return out, op.sqrt(mean(out * out) / (mean(raw * raw) + const(1e-9)))
