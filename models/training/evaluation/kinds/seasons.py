"""Kinds with seasons that are not merely repeated: with a trend, two at once, moving, evolving, with closed days."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from models.training.evaluation.kinds.estimators import (
    SAMPLES,
    StateSpace,
    dummies,
    gaussian,
    line,
    posterior,
    regression,
    tenths,
    waves,
)
from models.training.evaluation.kinds.kind import Draw, Drawn, Kind, drawn
from models.training.evaluation.kinds.patterns import FOUR_WEEKLY
from models.training.prior.sampling import Floats, Rng

from almanac.core.calendar.frequency import BUSINESS_DAILY, DAILY, HOURLY, MONTHLY, QUARTERLY, WEEKLY, Frequency, Unit

HALF_HOURLY, QUARTERS_OF_AN_HOUR = Frequency(Unit.MINUTE, 30), Frequency(Unit.MINUTE, 15)


def smooth(period: int, noise: float, slope: float = 0.0, center: float = 100.0) -> Draw:
    """A smooth season of two harmonics added to a line; noise and slope (over the history) in percent of 100."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        when = np.arange(t + h, dtype=float)
        season = waves(when, period, min(2, period // 3))
        y = center + rng.normal(0, 15, (n, season.shape[1])) @ season.T + 100 * noise * rng.standard_normal((n, t + h))
        y += slope * rng.uniform(0.5, 1.5, (n, 1)) * when / t
        design = np.concatenate([line(when, 1 if slope else 0), season], axis=1)
        return drawn(y, t, regression(design, y[:, :t], 100 * noise))

    return draw


def trend_times_season(noise: float) -> Draw:
    """A line that doubles the level or less, multiplied by a smooth season and by noise."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        when = np.arange(t + h, dtype=float)
        rises = np.linspace(-0.3, 1.0, 131)
        lines = np.log(1 + rises[:, None] * when / t)
        season = waves(when, 12, 2)
        logs = np.log(100) + lines[rng.integers(0, len(rises), n)] + rng.normal(0, 0.12, (n, 4)) @ season.T
        logs += noise * rng.standard_normal(logs.shape)
        design = np.concatenate([np.ones((t + h, 1)), season], axis=1)
        designs = np.broadcast_to(design, (len(rises), *design.shape))
        return drawn(np.exp(logs), t, np.exp(posterior(rng, designs, logs[:, :t], noise, lines)))

    return draw


def any_scale(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """From millionths to billions."""
    one = trend_times_season(0.03)(rng, n, t, h)
    size = 10 ** rng.uniform(-8, 7, n)
    return Drawn(
        one.history * size[:, None],
        one.future * size[:, None],
        one.achievable * size[:, None, None],
        one.level * size,
    )


def with_gaps(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A line and a smooth year, 15% of whose history is missing."""
    when = np.arange(t + h, dtype=float)
    design = np.concatenate([line(when), waves(when, 12, 2)], axis=1)
    y = 100 + rng.normal(0, 12, (n, 5)) @ design[:, 1:].T + 3 * rng.standard_normal((n, t + h))
    y[:, 1 : t - 1][rng.random((n, t - 2)) < 0.15] = np.nan
    return drawn(y, t, regression(design, y[:, :t], 3.0))


def two_seasons(short: Floats, long: Floats, noise: float) -> Draw:
    """Two seasons that multiply, given by the columns of each [T + H, k], and noise that does so too."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        design = np.concatenate([short[: t + h], long[: t + h]], axis=1)
        logs = np.log(100) + rng.normal(0, 0.35, (n, short.shape[1])) @ short[: t + h].T
        logs += rng.normal(0, 0.25, (n, long.shape[1])) @ long[: t + h].T + noise * rng.standard_normal(logs.shape)
        whole = np.concatenate([np.ones((t + h, 1)), design], axis=1)
        return drawn(np.exp(logs), t, np.exp(regression(whole, logs[:, :t], noise)))

    return draw


def working_days(per_day: int, length: int) -> tuple[Floats, Floats]:
    """A jagged day on working days and another at weekends: columns for the former, and for the latter."""
    when = np.arange(length)
    weekend = (when // per_day % 7 >= 5)[:, None]
    day = waves(when.astype(float), per_day, 4)
    return day * ~weekend, np.concatenate([day * weekend, weekend], axis=1)


def week_and_line(period: int, noise: float) -> Draw:
    """A week of days with different levels, times a straight growth in logarithms."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        when = np.arange(t + h, dtype=float)
        design = np.concatenate([dummies(when % period, period), line(when)[:, 1:]], axis=1)
        parts = np.concatenate([np.log(100) + rng.normal(0, 0.25, (n, period)), rng.normal(0, 0.5, (n, 1))], axis=1)
        logs = parts @ design.T + noise * rng.standard_normal((n, t + h))
        return drawn(np.exp(logs), t, np.exp(regression(design, logs[:, :t], noise)))

    return draw


def closed(period: int, first: int, until: int, noise: float) -> Draw:
    """A season of phases with different levels, with nothing at all from one phase until another."""

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        phase = np.arange(t + h) % period
        shut = (phase >= first) & (phase < until)
        logs = np.log(100) + rng.normal(0, 0.3, (n, period))[:, phase] + noise * rng.standard_normal((n, t + h))
        made = np.exp(regression(dummies(phase.astype(float), period), logs[:, :t], noise))
        return drawn(np.where(shut, 0.0, np.exp(logs)), t, np.where(shut[t:, None], 0.0, made))

    return draw


def amplitude(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A smooth year that swings more every year; 2% noise."""
    when = np.arange(t + h, dtype=float)
    season = waves(when, 12, 1)
    design = np.concatenate([np.ones((t + h, 1)), season, season * (when / t)[:, None]], axis=1)
    now = rng.normal(0, 8, (n, 2))
    y = 100 + np.concatenate([now, now * rng.uniform(1.0, 2.0, (n, 1))], axis=1) @ design[:, 1:].T
    y += 2 * rng.standard_normal(y.shape)
    return drawn(y, t, regression(design, y[:, :t], 2.0))


def evolving(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A level and a season that both wander: the basic structural model (Harvey 1989)."""
    m = 12
    move = np.zeros((m, m))
    move[0, 0], move[1, 1:], move[2:, 1:-1] = 1, -1, np.eye(m - 2)
    see = np.concatenate([[1.0, 1.0], np.zeros(m - 2)])
    shake = np.concatenate([[1.5, 2.0], np.zeros(m - 2)])
    spread = np.concatenate([[10.0], np.full(m - 1, 12.0)])
    law = StateSpace(move, see, shake, 3.0, np.concatenate([[150.0], np.zeros(m - 1)]), spread)
    y = law.simulate(rng, n, t + h)
    return drawn(y, t, law.forecast(y[:, :t], h), np.full(n, 150.0))


def moving_holiday(period: int, weights: dict[int, float], effect: float, noise: float) -> Draw:
    """A smooth season with one peak a year, in one of several periods by chance: without a calendar nobody knows."""
    places, chances = np.array(list(weights)), np.array(list(weights.values()))

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        when = np.arange(t + h, dtype=float)
        years = (t + h) // period + 1

        def peaks(shape: tuple[int, ...]) -> Floats:
            place = rng.choice(places, (*shape, years), p=chances)
            at = place[..., None] == np.arange(period)
            return at.reshape(*shape, -1)[..., : t + h].astype(float)

        peak = peaks((n,))
        season = np.concatenate([np.ones((t + h, 1)), waves(when, period, 2)], axis=1)
        y = 100 + rng.normal(0, 10, (n, 4)) @ season[:, 1:].T + effect * peak + noise * rng.standard_normal((n, t + h))
        known = np.concatenate([peak[:, :, None] * (when < t)[:, None], np.tile(season, (n, 1, 1))], axis=2)
        made = regression(known, y[:, :t], noise)
        past = np.array([np.linalg.lstsq(known[i, :t], y[i, :t], rcond=None)[0][0] for i in range(n)])
        middle, sd = made[:, None, :, 4], (made[:, None, :, 8] - made[:, None, :, 0]) / (2 * 1.2815515655446004)
        ahead = middle + sd * rng.standard_normal((n, SAMPLES, h)) + past[:, None, None] * peaks((n, SAMPLES))[:, :, t:]
        return drawn(y, t, tenths(ahead))

    return draw


def shutdown(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """A smooth year with 3% noise; for three to six months in the past there was hardly anything, as in a lockdown."""
    one = smooth(12, 0.03)(rng, n, t, h)
    start, length = rng.integers(t // 4, t - 14, (n, 1)), rng.integers(3, 7, (n, 1))
    shut = (np.arange(t) >= start) & (np.arange(t) < start + length)
    design = np.concatenate([np.ones((t + h, 1)), waves(np.arange(t + h, dtype=float), 12, 2)], axis=1)
    made = regression(design, np.where(shut, np.nan, one.history), 3.0)
    return replace(one, history=np.where(shut, 0.2, 1.0) * one.history, achievable=made)


def sisters(points: int, noise: float) -> Draw:
    """New products with so many months of history, and twenty old ones in the same file that share their season."""
    old = 20

    def draw(rng: Rng, n: int, t: int, h: int) -> Drawn:
        design = dummies(np.arange(t + h) % 12.0, 12)
        season = design @ rng.normal(0, 0.4, 12)
        logs = np.log(100) + rng.normal(0, 1, (n + old, 1)) + season + noise * rng.standard_normal((n + old, t + h))
        of_old = logs[n:, :t] - logs[n:, :t].mean(axis=1, keepdims=True)
        found = design @ np.linalg.lstsq(design[:t], of_old.mean(axis=0), rcond=None)[0]
        level = (logs[:n, t - points : t] - found[t - points : t]).mean(axis=1, keepdims=True)
        sd = noise * np.sqrt(1 + 1 / points + 12 / (old * t))
        history = np.exp(logs[:, :t])
        history[:n, : t - points] = np.nan
        whole = np.concatenate([history[:n], np.exp(logs[:n, t:])], axis=1)
        one = drawn(whole, t, np.exp(gaussian(level + found[t:], sd)))
        return replace(one, history=history)

    return draw


def sunshine(rng: Rng, n: int, t: int, h: int) -> Drawn:
    """Nothing at night, an arch by day whose height differs from day to day: solar power."""
    hour, days, cloudy = np.arange(24), (t + h) // 24, 0.3
    arch = np.maximum(np.sin(np.pi * (hour - 6) / 13), 0.0) ** 1.2
    heights = np.log(100) + cloudy * rng.standard_normal((n, days))
    made = np.exp(regression(np.ones((days, 1)), heights[:, : t // 24], cloudy))
    y = (np.exp(heights)[:, :, None] * arch).reshape(n, -1)
    return drawn(y, t, (made[:, :, None] * arch[:, None]).reshape(n, h, 9))


def year_of_days(length: int) -> Floats:
    """Three harmonics of a year."""
    return waves(np.arange(length, dtype=float), 365, 3)


def week_of_days(length: int) -> Floats:
    """A column for each day of the week but one."""
    return dummies(np.arange(length) % 7.0, 6)


KINDS = (
    Kind("smooth year, no noise", MONTHLY, 60, 12, smooth(12, 0.0)),
    Kind("smooth year, 5% noise", MONTHLY, 96, 12, smooth(12, 0.05)),
    Kind("smooth year of weeks with a line, 5% noise", WEEKLY, 208, 26, smooth(52, 0.05, 30.0)),
    Kind("smooth year of four-week periods, 3% noise", FOUR_WEEKLY, 78, 13, smooth(13, 0.03)),
    Kind("smooth year of quarters with a line, 3% noise", QUARTERLY, 40, 8, smooth(4, 0.03, 40.0)),
    Kind("temperatures around 0", MONTHLY, 96, 12, smooth(12, 0.05, center=0.0)),
    Kind("trend × smooth season, 1% noise", MONTHLY, 60, 12, trend_times_season(0.01)),
    Kind("tiny and huge numbers", MONTHLY, 96, 12, any_scale),
    Kind("missing values", MONTHLY, 96, 12, with_gaps),
    Kind(
        "daily: week × year, 5% noise, 800 days",
        DAILY,
        800,
        28,
        two_seasons(week_of_days(828), year_of_days(828), 0.05),
    ),
    Kind("hourly: day and weekend, 5% noise", HOURLY, 840, 48, two_seasons(*working_days(24, 888), 0.05)),
    Kind("half-hourly: day and weekend, 5% noise", HALF_HOURLY, 1344, 96, two_seasons(*working_days(48, 1440), 0.05)),
    Kind(
        "every 15 minutes: day and weekend, 5% noise",
        QUARTERS_OF_AN_HOUR,
        1344,
        96,
        two_seasons(*working_days(96, 1440), 0.05),
    ),
    Kind("business-daily week with growth, 5% noise", BUSINESS_DAILY, 250, 20, week_and_line(5, 0.05)),
    Kind("always closed on Sundays", DAILY, 365, 28, closed(7, 6, 7, 0.08)),
    Kind("closed in winter", MONTHLY, 84, 12, closed(12, 8, 12, 0.08)),
    Kind("a shutdown in the past", MONTHLY, 96, 12, shutdown),
    Kind("sun: nothing at night", HOURLY, 504, 48, sunshine),
    Kind("a season that swings more every year", MONTHLY, 96, 12, amplitude),
    Kind("an evolving season", MONTHLY, 120, 12, evolving, "parameters"),
    Kind("a holiday in March or April", MONTHLY, 96, 12, moving_holiday(12, {2: 0.25, 3: 0.75}, 30.0, 2.0)),
    Kind(
        "a holiday week that moves", WEEKLY, 260, 26, moving_holiday(52, dict.fromkeys(range(10, 15), 0.2), 60.0, 3.0)
    ),
    Kind("18 months: smooth year, 3% noise", MONTHLY, 18, 12, smooth(12, 0.03)),
    Kind("new products of 3 months next to older sisters", MONTHLY, 60, 12, sisters(3, 0.08), files=12),
    Kind("new products of 6 months next to older sisters", MONTHLY, 60, 12, sisters(6, 0.08), files=12),
    Kind("new products of 12 months next to older sisters", MONTHLY, 60, 12, sisters(12, 0.08), files=12),
    Kind("new products of 18 months next to older sisters", MONTHLY, 60, 12, sisters(18, 0.08), files=12),
)
