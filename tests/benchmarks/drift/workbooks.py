"""Simulated workbooks whose pattern does not change, and changes to put into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import DAILY, MONTHLY, WEEKLY, Frequency

Rng = np.random.Generator


@dataclass(frozen=True)
class Setting:
    """Workbooks of one frequency: ``past`` periods, then ``ahead`` in one refresh; ``noise``: a share of the level."""

    frequency: Frequency
    past: int
    ahead: int
    noise: float
    year: int
    first: int  # period number of the first value

    @property
    def looks(self) -> float:
        """Refreshes a year."""
        return self.year / self.ahead


SETTINGS = {
    "monthly": Setting(MONTHLY, 60, 1, 0.10, 12, 600),
    "weekly": Setting(WEEKLY, 156, 4, 0.20, 52, 2600),
    "daily": Setting(DAILY, 450, 30, 0.15, 365, 18_300),
}


def unchanged(rng: Rng, series: int, steps: int, setting: Setting, memory: float) -> Floats:
    """Values [series, steps] with season, growth, remembered noise, and in some zeros, holidays, a common part.

    The laws are not those that the models learned from, and nothing about them changes with time.
    """
    t = np.arange(steps) + setting.first
    season = rng.uniform(0, 0.3, (series, 1)) * _waves(rng, series, t, setting.frequency.season_length)
    if setting.frequency is DAILY:
        season += rng.uniform(0, 0.1, (series, 1)) * _waves(rng, series, t, 365.25)
    growth = np.exp(rng.uniform(-0.05, 0.08, (series, 1)) * (t - setting.first) / setting.year)
    shared = rng.uniform(0, 0.2)
    shocks = np.sqrt(1 - shared) * rng.standard_normal((series, steps))
    shocks += np.sqrt(shared) * rng.standard_normal((1, steps))
    noise = _remembered(shocks, memory)
    values = np.maximum(1 + season, 0.1) * growth * np.maximum(1 + setting.noise * noise, 0.02)
    if setting.frequency is DAILY:
        day_of_year = t % 365.25
        values = values * np.where((day_of_year > 355) | (day_of_year < 2), rng.uniform(0.5, 2.5, (series, 1)), 1.0)
    closed = (rng.random((series, 1)) < 0.2) * rng.uniform(0.05, 0.6, (series, 1))
    level = np.exp(rng.normal(4.5, 1.0, (series, 1)))
    return np.where(rng.random((series, steps)) < closed, 0.0, level * values)


def clean(rng: Rng, series: int, steps: int, setting: Setting) -> Floats:
    """Values [series, steps] with a season, growth and white noise, for measuring delays."""
    t = np.arange(steps) + setting.first
    season = rng.uniform(0.05, 0.25, (series, 1)) * _waves(rng, series, t, setting.frequency.season_length)
    growth = np.exp(rng.uniform(-0.03, 0.06, (series, 1)) * (t - setting.first) / setting.year)
    noise = np.maximum(1 + setting.noise * rng.standard_normal((series, steps)), 0.02)
    return np.exp(rng.normal(4.5, 1.0, (series, 1))) * np.maximum(1 + season, 0.1) * growth * noise


def _waves(rng: Rng, series: int, t: np.ndarray, season: float) -> Floats:
    phase = rng.uniform(0, 2 * np.pi, (series, 2))
    angle = 2 * np.pi * t / season
    return np.sin(angle + phase[:, :1]) + 0.4 * np.sin(2 * angle + phase[:, 1:])


def _remembered(shocks: Floats, memory: float) -> Floats:
    noise = shocks.copy()
    for k in range(1, shocks.shape[1]):
        noise[:, k] = memory * noise[:, k - 1] + np.sqrt(1 - memory**2) * shocks[:, k]
    return noise


@dataclass(frozen=True)
class Case:
    """A workbook before it changes: ``past`` [N, T] and ``new`` [N, K] values of a ``setting``."""

    past: Floats
    new: Floats
    setting: Setting
    rng: Rng


Change = Callable[[Case], Floats]  # the new values, changed


def level(by: float) -> Change:
    """A level that is higher by this share from the first new value on."""
    return lambda case: case.new * (1 + by)


def spread(by: float) -> Change:
    """Noise that is so many times as wide."""

    def change(case: Case) -> Floats:
        extra = case.setting.noise * np.sqrt(by**2 - 1) * case.rng.standard_normal(case.new.shape)
        return np.maximum(case.new * (1 + extra), 0)

    return change


def trend(by: float) -> Change:
    """Growth by this share of the level in a year, in addition."""
    return lambda case: case.new * (1 + by * (np.arange(case.new.shape[1]) + 1) / case.setting.year)


def season(by: float) -> Change:
    """Highs and lows that come later by this share of a season."""

    def change(case: Case) -> Floats:
        m, past = case.setting.frequency.season_length, case.past
        usual = np.stack([np.nanmean(past[:, (past.shape[1] % m) + k :: m], axis=1) for k in range(m)], axis=1)
        at = np.arange(case.new.shape[1])
        return case.new * usual[:, (at - max(round(by * m), 1)) % m] / usual[:, at % m]

    return change


def zeros(share: float) -> Change:
    """Zeros in this share of periods."""
    return lambda case: np.where(case.rng.random(case.new.shape) < share, 0.0, case.new)


def gaps(share: float) -> Change:
    """No value in this share of periods."""
    return lambda case: np.where(case.rng.random(case.new.shape) < share, np.nan, case.new)


def times(factor: float) -> Change:
    """Another unit or sign."""
    return lambda case: case.new * factor
