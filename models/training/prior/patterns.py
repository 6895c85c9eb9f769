"""Seasonal patterns: smooth, rough, spiky, on-and-off, heavy-tailed; evolving; weeks of days, years of days."""

from __future__ import annotations

import numpy as np
from models.training.prior.sampling import Floats, Rng, log_uniform, standardised


def phase_patterns(rng: Rng, n: int, m: int) -> Floats:
    """Draw one pattern of ``m`` phases for each series [n, m]."""
    k = np.arange(m)
    rough = rng.standard_normal((n, m))
    smooth, decay = np.zeros((n, m)), rng.uniform(0.3, 2, n)
    for j in range(1, min(m // 2, 12) + 1):
        wave = rng.standard_normal((n, 2)) * (j**-decay)[:, None]
        smooth += wave[:, :1] * np.cos(2 * np.pi * j * k / m) + wave[:, 1:] * np.sin(2 * np.pi * j * k / m)
    spikes = np.where(rng.random((n, m)) < 1.5 / m, rng.normal(size=(n, m)) + 1.5, 0) + 0.15 * rough
    switches = (rng.random((n, m)) < 0.5) + 0.15 * rough
    tails = rng.standard_t(2.5, (n, m))
    shares = (0.1, 0.6, 0.15, 0.1, 0.05) if m >= 24 else (0.3, 0.35, 0.15, 0.1, 0.1)
    kind = rng.choice(5, n, p=shares)[:, None]
    return standardised(np.choose(kind, [rough, smooth, spikes, switches, tails]))


def seasonal(rng: Rng, n: int, t: int, m: int) -> Floats:
    """Repeat a pattern of ``m`` phases over ``t`` points [n, t]; in some series it changes from season to season."""
    pattern = phase_patterns(rng, n, m)
    seasons = t // m + 2
    constant = rng.random(n) < (0.2 if m >= 24 else 0.4)
    change = np.where(constant, 0, log_uniform(rng, 0.05, 0.9, n) if m >= 24 else log_uniform(rng, 0.02, 0.5, n))
    drift = rng.standard_normal((n, seasons, m)) * change[:, None, None]
    if m >= 24:  # neighbouring phases change together and return: a day follows the weather
        spectrum = np.fft.rfft(drift, axis=2)
        spectrum[:, :, max(m // 6, 4) :] = 0
        drift = np.fft.irfft(spectrum, m, axis=2) * 1.7
        memory = np.where(rng.random(n) < 0.2, 1.0, 1 - log_uniform(rng, 0.02, 0.6, n))[:, None]
        for i in range(1, seasons):
            drift[:, i] += memory * drift[:, i - 1]
    else:
        drift = np.cumsum(drift, axis=1)
    damping = min(1.0, np.sqrt(12 / seasons))  # with hundreds of seasons, each is much like the one before
    swelling = np.where(rng.random(n) < 0.3, log_uniform(rng, 0.02, 0.2, n), 0)[:, None] * damping
    amplitude = np.exp(np.cumsum(rng.normal(size=(n, seasons)) * swelling, axis=1))
    whole = ((pattern[:, None] + drift - drift.mean(axis=2, keepdims=True)) * amplitude[:, :, None]).reshape(n, -1)
    start = rng.integers(0, m, n)[:, None]
    return np.take_along_axis(whole, start + np.arange(t), axis=1)


def longer(rng: Rng, n: int, t: int, m: int, long: int) -> Floats:
    """Draw the longer season of series that also have one of ``m`` periods: [n, t], standardised."""
    pattern = _week(rng, n, m, long) if long <= 14 * m else _year(rng, n, long)
    start = rng.integers(0, long, n)[:, None]
    return standardised(np.take_along_axis(pattern, (start + np.arange(t)) % long, axis=1))


def _week(rng: Rng, n: int, m: int, long: int) -> Floats:
    """Days of a week with different levels, mostly at the weekend, and another pattern of the day then."""
    days = long // m
    working = np.arange(days) < max(days - 2, 1)
    free = np.where(working, 0.0, 1.0)[None] * rng.normal(-1.0, 1.0, (n, 1))
    single = rng.standard_normal((n, days)) * log_uniform(rng, 0.05, 0.8, n)[:, None]
    levels = np.where(rng.random((n, 1)) < 0.75, free, 0.0) + single
    pattern = phase_patterns(rng, n, m) * log_uniform(rng, 0.1, 1.0, n)[:, None] * (rng.random((n, 1)) < 0.7)
    whole = levels[:, :, None] + np.where(working, 0.0, 1.0)[None, :, None] * pattern[:, None]
    return np.resize(whole.reshape(n, -1), (n, days * m)) if days * m == long else _stretched(whole, long)


def _stretched(whole: Floats, long: int) -> Floats:
    flat = whole.reshape(len(whole), -1)
    return flat[:, np.arange(long) * flat.shape[1] // long]


def _year(rng: Rng, n: int, long: int) -> Floats:
    """A smooth year, in some series with holidays of a few days."""
    k = np.arange(long)
    out = np.zeros((n, long))
    for j in range(1, 5):
        wave = rng.standard_normal((n, 2)) * j ** -rng.uniform(0.7, 2.0, (n, 1))
        out += wave[:, :1] * np.cos(2 * np.pi * j * k / long) + wave[:, 1:] * np.sin(2 * np.pi * j * k / long)
    for _ in range(6):
        on = rng.random((n, 1)) < 0.25
        middle, width = rng.integers(0, long, (n, 1)), rng.uniform(0.6, 8, (n, 1))
        away = np.abs((k - middle + long // 2) % long - long // 2)
        out += on * rng.normal(0, 2.5, (n, 1)) * (away < width)
    return out
