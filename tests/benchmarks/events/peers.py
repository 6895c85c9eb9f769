"""Other methods that take events, in an environment of their own: Prophet, and ARIMA of statsforecast with regressors.

Run by ``make bench-events PEERS=…/python`` as a script: it imports nothing of Almanac. It reads cases from ``.npz``
files and writes the quantiles of each method next to them.
"""

from __future__ import annotations

import logging
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

LEVELS = np.arange(1, 10) / 10


def prophet(frame: pd.DataFrame, future: pd.DataFrame, holidays: pd.DataFrame, daily: bool) -> np.ndarray:
    """Prophet with its own holidays, the two days before them, and the promotion as a regressor: [horizon, 9]."""
    from prophet import Prophet

    model = Prophet(
        holidays=holidays,
        weekly_seasonality=daily,
        yearly_seasonality=True,
        seasonality_mode="multiplicative",
        uncertainty_samples=500,
    )
    model.add_regressor("promo", mode="multiplicative")
    if not daily:
        model.add_regressor("holiday", mode="multiplicative")
        model.add_regressor("before", mode="multiplicative")
    model.fit(frame)
    samples = model.predictive_samples(future)["yhat"]
    return np.maximum(np.quantile(samples, LEVELS, axis=1).T, 0)


def arima(frame: pd.DataFrame, future: pd.DataFrame, season: int) -> np.ndarray:
    """AutoARIMA on the logarithm with promotion, holiday and the days before as regressors: [horizon, 9]."""
    from statsforecast.models import AutoARIMA

    known = ["promo", "holiday", "before"]
    model = AutoARIMA(season_length=season, approximation=True, max_p=2, max_q=2, max_P=1, max_Q=1)
    fitted = model.fit(np.log1p(frame["y"].to_numpy()), X=frame[known].to_numpy())
    made = fitted.predict(len(future), X=future[known].to_numpy(), level=[20, 40, 60, 80])
    columns = [made[f"lo-{100 - 20 * k}"] for k in range(1, 5)] + [made["mean"]]
    columns += [made[f"hi-{20 * k}"] for k in range(1, 5)]
    return np.maximum(np.expm1(np.stack(columns, axis=1)), 0)


def frames(case: dict[str, np.ndarray], i: int, history: int, days: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """History and future of one shop, with the share of each period's days that are holidays, or right before one."""
    dates = pd.to_datetime(case["dates"])
    span = pd.date_range(dates[0], periods=len(dates) * days)
    on = np.isin(span.to_numpy().astype("datetime64[D]"), case["days"].astype("datetime64[D]")).astype(float)
    before = np.zeros(len(span))
    before[:-1] += on[1:]
    before[:-2] += on[2:]
    before = np.minimum(before, 1) * (1 - on)
    share = {name: one.reshape(-1, days).mean(axis=1) for name, one in (("holiday", on), ("before", before))}
    frame = pd.DataFrame({"ds": dates, "y": case["sales"][i], "promo": case["promo"][i], **share})
    return frame[:history], frame[history:]


def main(folder: Path) -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    for path in sorted(folder.glob("case-*.npz")):
        case = dict(np.load(path, allow_pickle=False))
        history, days = int(case["history"]), int(case["period_days"])
        holidays = pd.DataFrame(
            {"holiday": case["names"], "ds": pd.to_datetime(case["days"]), "lower_window": -2, "upper_window": 0}
        )
        made: dict[str, list[np.ndarray]] = {"Prophet": [], "ARIMA": []}
        took = dict.fromkeys(made, 0.0)
        for i in range(len(case["sales"])):
            frame, future = frames(case, i, history, days)
            begun = time.perf_counter()
            made["Prophet"].append(prophet(frame, future.drop(columns="y"), holidays if days == 1 else None, days == 1))
            between = time.perf_counter()
            made["ARIMA"].append(arima(frame, future, 7 if days == 1 else 52))
            took["Prophet"] += between - begun
            took["ARIMA"] += time.perf_counter() - between
        np.savez(
            path.with_name(path.name.replace("case-", "peers-")), **{name: np.stack(q) for name, q in made.items()}
        )
        print(path.stem, *(f"{name} {seconds:.0f} s" for name, seconds in took.items()), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
