"""Kinds that repeat a pattern: exactly, nearly, jagged, with a period that the frequency does not suggest."""

from __future__ import annotations

import numpy as np
from models.training.evaluation.kinds.estimators import SAMPLES, certain, gaussian, tenths
from models.training.evaluation.kinds.kind import Draw, Drawn, Kind, drawn
from models.training.prior.sampling import Floats, Rng

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, QUARTERLY, ROWS, WEEKLY, Frequency, Unit

FOUR_WEEKLY = Frequency(Unit.WEEK, 4)
STAFF = (8.0, 8.0, 8.0, 8.0, 8.0, 4.0, 0.0)


def phase_means(history: Floats, period: int, horizon: int) -> tuple[Floats, Floats]:
    """The mean of each phase ahead [n, H], and how many values made it [H]."""
    t = history.shape[1]
    mean, count = np.empty((len(history), horizon)), np.empty(horizon)
    for h in range(horizon):
        same = history[:, (t + h) % period :: period]
        mean[:, h], count[h] = same.mean(axis=1), same.shape[1]
    return mean, count


def jagged(period: int, noise: float, zeros: float = 0.0) -> Draw:
    """Phases without any order between 0 and twice the level, a share of them 0; the noise is a share of the level."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        pattern = 100 * rng.uniform(0.1, 1.9, (n, period)) * (rng.random((n, period)) >= zeros)
        y = pattern[:, np.arange(t + h) % period]
        sd = 100 * noise * np.where(y > 0, 1.0, 0.0)  # nothing is exactly nothing
        y = y + sd * rng.standard_normal(y.shape)
        mean, count = phase_means(y[:, :t], period, h)
        return drawn(y, t, gaussian(mean, sd[:, t:] * np.sqrt(1 + 1 / count)))

    return draw


def repeated(cycle: tuple[float, ...], noise: float = 0.0) -> Draw:
    """Repeat these numbers, in other series a multiple of them; the noise is a share of each number, so 0 stays 0."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        size = np.where(np.arange(n) % 2, np.round(10 ** rng.uniform(-1, 1, n), 2), 1.0)[:, None]
        start = rng.integers(0, len(cycle), (n, 1))
        y = np.array(cycle)[(start + np.arange(t + h)) % len(cycle)] * size
        y *= 1 + noise * rng.standard_normal(y.shape)
        mean, count = phase_means(y[:, :t], len(cycle), h)
        return drawn(y, t, gaussian(mean, mean * noise * np.sqrt(1 + 1 / count)))

    return draw


def days_off(cycle: tuple[float, ...], share: float) -> Draw:
    """Repeat these numbers, except on a few days that are 0."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        whole = np.array(cycle)[(rng.integers(0, len(cycle), (n, 1)) + np.arange(t + h)) % len(cycle)]
        y = whole * (rng.random(whole.shape) >= share)
        return drawn(y, t, certain(whole[:, t:]))

    return draw


def plans(every: float) -> Draw:
    """A plan for the days of the week, exactly kept until another takes its place at the beginning of some week."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        def weeks(shape: tuple[int, ...], plan: Floats) -> Floats:
            fresh = 4.0 * rng.integers(0, 3, (*shape, 7))
            change = rng.random(shape) < 1 / every
            for i in range(shape[-1]):
                plan = fresh[..., i, :] = np.where(change[..., i, None], fresh[..., i, :], plan)
            return fresh.reshape(*shape[:-1], -1)

        y = weeks((n, (t + h) // 7), 4.0 * rng.integers(0, 3, (n, 7)))
        ahead = weeks((n, SAMPLES, h // 7), np.repeat(y[:, None, t - 7 : t], SAMPLES, axis=1))
        return drawn(y, t, tenths(ahead), y.mean(axis=1))

    return draw


def any_period(noise: float) -> Draw:
    """Jagged, each series with another period from 2 to 53."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        y, achievable = np.empty((n, t + h)), np.empty((n, h, 9))
        for i, period in enumerate(np.linspace(2, 53, n).round().astype(int).tolist()):
            one = jagged(period, noise)(rng, 1, t, h)
            y[i], achievable[i] = np.concatenate([one.history[0], one.future[0]]), one.achievable[0]
        return drawn(y, t, achievable)

    return draw


KINDS = (
    Kind("jagged yearly pattern, no noise", MONTHLY, 72, 12, jagged(12, 0.0)),
    Kind("jagged yearly pattern, noise 0.05%", MONTHLY, 120, 12, jagged(12, 0.0005)),
    Kind("jagged yearly pattern with months of nothing, noise 0.05%", MONTHLY, 72, 12, jagged(12, 0.0005, 0.4)),
    Kind("jagged yearly pattern with months of nothing, noise 3%", MONTHLY, 72, 12, jagged(12, 0.03, 0.4)),
    Kind("jagged yearly pattern, noise 1%", MONTHLY, 72, 12, jagged(12, 0.01)),
    Kind("jagged yearly pattern, noise 3%", MONTHLY, 72, 12, jagged(12, 0.03)),
    Kind("jagged year of weeks, noise 1%", WEEKLY, 260, 26, jagged(52, 0.01)),
    Kind("jagged year of four-week periods, noise 3%", FOUR_WEEKLY, 65, 13, jagged(13, 0.03)),
    Kind("jagged quarters, noise 1%", QUARTERLY, 40, 8, jagged(4, 0.01)),
    Kind("jagged week, noise 3%", DAILY, 140, 28, jagged(7, 0.03)),
    Kind("jagged day of hours, noise 3%", HOURLY, 240, 48, jagged(24, 0.03)),
    Kind("1000, 0, 1000, 0", MONTHLY, 48, 12, repeated((1000.0, 0.0))),
    Kind("1000, 0, 1000, 0, noise 1%", MONTHLY, 48, 12, repeated((1000.0, 0.0), 0.01)),
    Kind("0, 0, 412.5", MONTHLY, 60, 12, repeated((0.0, 0.0, 412.5))),
    Kind("0, 0, 412.5, noise 0.05%", MONTHLY, 60, 12, repeated((0.0, 0.0, 412.5), 0.0005)),
    Kind("staff hours 8 8 8 8 8 4 0", DAILY, 140, 28, repeated(STAFF)),
    Kind("staff hours 8 8 8 8 8 4 0, some days off", DAILY, 140, 28, days_off(STAFF, 0.03), "parameters"),
    Kind("a plan of the week that changes twice a year", DAILY, 182, 28, plans(26.0), "parameters"),
    Kind("any period from 2 to 53, no noise", ROWS, 212, 24, any_period(0.0)),
    Kind("any period from 2 to 53, noise 1%", ROWS, 212, 24, any_period(0.01)),
    Kind("any period from 2 to 53 days, noise 1%", DAILY, 265, 28, any_period(0.01)),
)
