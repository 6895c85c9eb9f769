"""Small SeriesSets and Forecasts for tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from nacl.signing import SigningKey

from almanac.core.calendar.frequency import MONTHLY, Frequency
from almanac.core.series import Forecast, SeriesSet

TOY = Path(__file__).resolve().parent / "models" / "toy"  # a model in form only; see models/training/toy.py
TEST_KEY = SigningKey(bytes.fromhex(TOY.with_name("test.key").read_text("ascii").strip()))  # only tests trust it


def series_set(
    *members: list[float] | np.ndarray, frequency: Frequency = MONTHLY, names: tuple[str, ...] = ()
) -> SeriesSet:
    """A SeriesSet of these values, each starting in period 600 (January 2020 for months)."""
    arrays = [np.asarray(m, dtype=np.float64) for m in members]
    return SeriesSet(
        names=names or tuple(f"s{i}" for i in range(len(arrays))),
        values=np.concatenate(arrays),
        offsets=np.concatenate([[0], np.cumsum([len(a) for a in arrays])]).astype(np.int64),
        first=np.full(len(arrays), 600, np.int64),
        frequency=frequency,
    )


def seasonal(points: int, season: int = 12, *, level: float = 100.0, seed: int = 0, noise: float = 3.0) -> np.ndarray:
    """A growing seasonal series."""
    t = np.arange(points)
    wave = 20 * np.sin(2 * np.pi * t / season)
    return level + 0.3 * t + wave + noise * np.random.default_rng(seed).standard_normal(points)


def forecast_of(series: SeriesSet, horizon: int = 3, **changes: object) -> Forecast:
    """A Forecast of plain numbers: medians 10 × (series number + 1) + step, quantiles one apart for each tenth."""
    levels = np.arange(1, 10) / 10
    middle = 10.0 * (np.arange(len(series)) + 1)[:, None] + np.arange(1, horizon + 1)
    given: dict[str, object] = {
        "names": series.names,
        "first": series.last + 1,
        "frequency": series.frequency,
        "levels": levels,
        "quantiles": middle[:, :, None] + (levels - 0.5) * 10,
        "model": "careful@1.0.0",
        "checksum": "0" * 64,
        "device": "processor (CPU)",
    }
    return Forecast(**(given | changes))  # type: ignore[arg-type]
