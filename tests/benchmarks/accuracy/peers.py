"""Other forecasters on the same series. Runs in its own environment and imports nothing of Almanac:
``python peers.py IN.npz OUT.npz``.

IN: ``values`` of all histories end to end, ``offsets``, ``season``, ``horizon``, ``methods``, ``longest``; ``bands``:
the ranges to forecast in percent, ascending, by default those whose ends are the deciles. OUT: for each method its
quantiles float64 [series, horizon, 2 × bands + 1] (0.1 … 0.9, ``METHOD``) and its seconds (``METHOD_seconds``).
"""

from __future__ import annotations

import itertools
import sys
import time
import warnings

import numpy as np

BANDS = (20, 40, 60, 80)


def statsforecast(model, y, horizon, bands):
    made = model.forecast(y=y, h=horizon, level=list(bands))
    low = [made[f"lo-{band}"] for band in reversed(bands)]
    high = [made[f"hi-{band}"] for band in bands]
    return np.stack([*low, made["mean"], *high], axis=1)


def from_moments(y, point):
    """A normal range around a point forecast from its one-step errors: Croston's methods give no range."""
    errors = np.abs(np.diff(y)).mean() * 1.2533 if len(y) > 1 else 0.0
    z = np.array([-1.2816, -0.8416, -0.5244, -0.2533, 0.0, 0.2533, 0.5244, 0.8416, 1.2816])
    return np.maximum(point[:, None] + errors * z[None], 0.0) if y.min() >= 0 else point[:, None] + errors * z[None]


def one(method, y, season, horizon, bands=BANDS):
    from statsforecast import models

    if method == "autoets":
        return statsforecast(models.AutoETS(season_length=season), y, horizon, bands)
    if method == "autotheta":
        return statsforecast(models.AutoTheta(season_length=season), y, horizon, bands)
    if method == "croston-sba":
        return from_moments(y, models.CrostonSBA().forecast(y=y, h=horizon)["mean"])
    if method == "tsb":
        return from_moments(y, models.TSB(alpha_d=0.1, alpha_p=0.1).forecast(y=y, h=horizon)["mean"])
    raise ValueError(method)


def naive(y, season, horizon, bands=BANDS):
    lag = season if len(y) >= season else 1
    point = y[len(y) - lag + np.arange(horizon) % lag]
    return np.repeat(point[:, None], 2 * len(bands) + 1, axis=1)


def whole(y):
    """The series with gaps interpolated: these methods allow none."""
    known = np.flatnonzero(np.isfinite(y))
    return np.interp(np.arange(len(y)), known, y[known])


def fracast(histories, season, horizon):
    """Forecast by Fracast, which needs eight points; shorter series repeat their last season."""
    from fracast import FracastModel

    model, out, fallen_back = FracastModel.from_pretrained(), [], 0
    for y in histories:
        try:
            out.append(model.forecast(y.astype(np.float32), horizon=horizon))
        except ValueError:
            out.append(naive(y, season, horizon))
            fallen_back += 1
    return np.array(out, dtype=float), fallen_back


def main(source, target):
    data = np.load(source)
    season, horizon, longest = int(data["season"]), int(data["horizon"]), int(data["longest"])
    bands = tuple(data["bands"].tolist()) if "bands" in data else BANDS
    offsets = data["offsets"]
    histories = [whole(data["values"][a:b])[-longest:] for a, b in itertools.pairwise(offsets)]
    out = {}
    for method in data["methods"]:
        if method != "fracast":
            one(method, histories[0], season, horizon, bands)  # compile once, outside the clock
        began, fallen_back = time.perf_counter(), 0
        if method == "fracast":
            made, fallen_back = fracast(histories, season, horizon)
        else:
            made = np.empty((len(histories), horizon, 2 * len(bands) + 1))
            for i, y in enumerate(histories):
                try:
                    made[i] = one(method, y, season, horizon, bands)
                except Exception:  # noqa: BLE001 - a peer that gives up on a series repeats its last season, and is counted
                    made[i], fallen_back = naive(y, season, horizon, bands), fallen_back + 1
        bad = ~np.isfinite(made).all(axis=(1, 2))
        for i in np.flatnonzero(bad):
            made[i] = naive(histories[i], season, horizon, bands)
        out[str(method)] = made
        out[f"{method}_seconds"] = time.perf_counter() - began
        print(
            f"  {method}: {len(histories) / out[f'{method}_seconds']:.0f} series/s, "
            f"gave up on {fallen_back + bad.sum()}"
        )
    np.savez(target, **out)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1], sys.argv[2])
