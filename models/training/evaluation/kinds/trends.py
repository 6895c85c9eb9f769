"""Kinds that rise or fall: lines, curves, growth, saturation, ramps, running totals, a change of unit."""

from __future__ import annotations

import numpy as np
from models.training.evaluation.kinds.estimators import (
    SAMPLES,
    StateSpace,
    certain,
    line,
    posterior,
    regression,
    tenths,
    waves,
)
from models.training.evaluation.kinds.kind import Draw, Drawn, Kind, drawn
from models.training.prior.sampling import Floats, Rng

from almanac.core.calendar.frequency import DAILY, MONTHLY, QUARTERLY, ROWS, WEEKLY, YEARLY


def polynomial(degree: int, size: tuple[float, ...], noise: float) -> Draw:
    """A curve of this degree from 100 on; its coefficients are of these sizes over the span of the history."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        design = line(np.arange(t + h, dtype=float), degree)
        parts = np.array(size) * rng.uniform(0.3, 1, (n, degree))
        y = 100 + parts @ design[:, 1:].T + 100 * noise * rng.standard_normal((n, t + h))
        return drawn(y, t, regression(design, y[:, :t], 100 * noise))

    return draw


def growth(rate: float, noise: float) -> Draw:
    """Growth by the same percentage in each period; the noise is a percentage too."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        when = np.arange(t + h, dtype=float)
        logs = np.log(100) + when * np.log1p(rate) + noise * rng.standard_normal((n, t + h))
        return drawn(np.exp(logs), t, np.exp(regression(line(when), logs[:, :t], noise)))

    return draw


def constant(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """The same number without end."""
    y = np.tile(np.round(10 ** rng.uniform(0, 4, (n, 1)), 1), (1, t + h))
    return drawn(y, t, certain(y[:, t:]))


def damped(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A level whose slope wears off and is pushed again."""
    law = StateSpace(
        np.array([[1.0, 0.9], [0.0, 0.9]]),
        np.array([1.0, 0.0]),
        np.array([0.5, 0.5]),
        1.0,
        np.array([100.0, 1.5]),
        np.array([5.0, 1.0]),
    )
    y = law.simulate(rng, n, t + h)
    return drawn(y, t, law.forecast(y[:, :t], h))


def saturation(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """S-shaped adoption, half of it reached in the last 60% of the history; the noise is 2% of the final level."""
    when = np.arange(t + h)
    middles, widths = np.linspace(0.4, 1.0, 25) * t, np.geomspace(0.05, 0.2, 9) * t
    curves = np.array([1 / (1 + np.exp((m - when) / w)) for m in middles for w in widths])
    y = 100 * curves[rng.integers(0, len(curves), n)] + 2 * rng.standard_normal((n, t + h))
    return drawn(y, t, posterior(rng, curves[:, :, None], y[:, :t], 2.0))


def ramp(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """Flat, then straight up or down from some moment in the middle of the history on; 2% noise."""
    when, starts = np.arange(t + h), np.arange(t // 4, 3 * t // 4)
    bends = np.maximum(when - starts[:, None], 0) / t
    slope = 100 * rng.choice((-1, 1), n) * rng.uniform(0.4, 0.8, n)
    y = 100 + slope[:, None] * bends[rng.integers(0, len(starts), n)] + 2 * rng.standard_normal((n, t + h))
    designs = np.stack([np.ones_like(bends), bends], axis=2)
    return drawn(y, t, posterior(rng, designs, y[:, :t], 2.0))


def step(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A smooth year around a level that moved once, up or down by a fifth to a half; 3% noise."""
    when, starts = np.arange(t + h, dtype=float), np.arange(t // 3, t - 8)
    moved = (when >= starts[:, None]).astype(float)
    season = waves(when, 12, 2)
    size = rng.choice((-1, 1), n) * rng.uniform(20, 50, n)
    y = 100 + size[:, None] * moved[rng.integers(0, len(starts), n)] + rng.normal(0, 8, (n, 4)) @ season.T
    y += 3 * rng.standard_normal(y.shape)
    base = np.concatenate([np.ones((t + h, 1)), season], axis=1)
    designs = np.concatenate([np.tile(base, (len(starts), 1, 1)), moved[:, :, None]], axis=2)
    return drawn(y, t, posterior(rng, designs, y[:, :t], 3.0))


def unit_change(factor: float) -> Draw:
    """A smooth year with 3% noise, counted in another unit from some month on, which anybody can see."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        when = np.arange(t + h, dtype=float)
        design = np.concatenate([np.ones((t + h, 1)), waves(when, 12, 2)], axis=1)
        y = 100 + rng.normal(0, 10, (n, 4)) @ design[:, 1:].T + 3 * rng.standard_normal((n, t + h))
        change = np.where(when >= rng.integers(t // 4, 3 * t // 4, (n, 1)), factor, 1.0)
        return drawn(y * change, t, regression(design, y[:, :t], 3.0) * factor)

    return draw


def running_total(reset: int) -> Draw:
    """The sum of amounts so far; it begins again every ``reset`` periods (0: never)."""
    shape = 4.0  # amounts of a gamma distribution

    def totals(amounts: Floats, before: Floats, start: int) -> Floats:
        out, total = np.empty_like(amounts), before
        for i in range(amounts.shape[-1]):
            total = amounts[..., i] + (0 if reset and (start + i) % reset == 0 else total)
            out[..., i] = total
        return out

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        amounts = 10 * rng.gamma(shape, 1 / shape, (n, t + h))
        y = totals(amounts, np.zeros(n), 0)
        mean = amounts[:, :t].sum(axis=1, keepdims=True) / rng.gamma(shape * t, 1 / shape, (n, SAMPLES))
        ahead = mean[:, :, None] * rng.gamma(shape, 1 / shape, (n, SAMPLES, h))
        return drawn(y, t, tenths(totals(ahead, np.repeat(y[:, t - 1 : t], SAMPLES, axis=1), t)))

    return draw


KINDS = (
    Kind("the same number without end", MONTHLY, 48, 12, constant),
    Kind("straight line, no noise", MONTHLY, 48, 12, polynomial(1, (100.0,), 0.0)),
    Kind("straight line, 2% noise", MONTHLY, 60, 12, polynomial(1, (60.0,), 0.02)),
    Kind("straight line in rows without dates, 2% noise", ROWS, 60, 12, polynomial(1, (60.0,), 0.02)),
    Kind("parabola, 1% noise", QUARTERLY, 40, 8, polynomial(2, (20.0, 80.0), 0.01)),
    Kind("exponential growth 2% a month, 2% noise", MONTHLY, 60, 12, growth(0.02, 0.02)),
    Kind("exponential growth 1% a month, 3% noise, 120 points", MONTHLY, 120, 24, growth(0.01, 0.03)),
    Kind("exponential growth 5% a year, 3% noise", YEARLY, 30, 6, growth(0.05, 0.03)),
    Kind("exponential decline 2% a week, 5% noise", WEEKLY, 104, 13, growth(-0.02, 0.05)),
    Kind("damped trend", MONTHLY, 84, 12, damped, "parameters"),
    Kind("saturation", MONTHLY, 60, 12, saturation),
    Kind("ramp", MONTHLY, 72, 12, ramp),
    Kind("one step of the level", MONTHLY, 72, 12, step),
    Kind("unit change, ×1000", MONTHLY, 84, 12, unit_change(1000.0)),
    Kind("unit change, ×12", MONTHLY, 84, 12, unit_change(12.0)),
    Kind("running total", DAILY, 200, 28, running_total(0)),
    Kind("running total that begins again each year", MONTHLY, 84, 12, running_total(12)),
)
