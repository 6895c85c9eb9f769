"""Plain methods to compare the model with, never used silently instead of it."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

from almanac.jobs import Job, Progress
from almanac.series import Floats, Forecast, SeriesSet

SEASONS_NEEDED = 2
THETA_NEEDS = 5


def seasonal_naive(series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Forecast:
    """Repeat the last season; ranges from the past errors of doing just that, wider with each further season.

    Hyndman and Athanasopoulos, *Forecasting: Principles and Practice*, 3rd ed., sections 5.2 and 5.5. Missing
    values are taken from the latest known value before them.
    """
    from statistics import NormalDist

    m = series.frequency.season_length
    steps = np.arange(horizon)
    z = np.array([NormalDist().inv_cdf(level) for level in levels])
    quantiles = np.empty((len(series), horizon, len(levels)))
    for i, history in enumerate(series):
        y = _filled(history)
        lag = m if len(y) >= m else 1
        point = y[len(y) - lag + steps % lag]
        errors = y[lag:] - y[:-lag]
        sigma = float(np.sqrt(np.mean(errors**2))) if len(errors) else 0.0
        spread = sigma * np.sqrt(steps // lag + 1)
        quantiles[i] = point[:, None] + spread[:, None] * z
    return _result(series, np.arange(len(series)), quantiles, levels, "seasonal-naive")


def ets(series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Job[Forecast]:
    """Exponential smoothing through statsmodels, the form of smallest AICc for each series.

    Hyndman et al. (2008), *Forecasting with Exponential Smoothing*. Series too short for any form are left out.
    """
    done: list[int] = []
    quantiles: list[Floats] = []
    for i, history in enumerate(series):
        yield Progress(i, len(series), f"{i:,} of {len(series):,} series")
        made = _ets_one(_filled(history), series.frequency.season_length, horizon, levels)
        if made is not None:
            done.append(i)
            quantiles.append(made)
    stacked = np.stack(quantiles) if quantiles else np.empty((0, horizon, len(levels)))
    return _result(series, np.array(done, dtype=np.int64), stacked, levels, "ets")


def _ets_one(y: Floats, m: int, horizon: int, levels: Sequence[float]) -> Floats | None:
    from statistics import NormalDist

    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    history = pd.Series(y)  # statsmodels predicts with ranges only for labelled data
    seasonal = [None, "add"] if 1 < m <= 24 and len(y) >= SEASONS_NEEDED * m + 2 else [None]
    best = None
    for season in seasonal:
        for trend, damped in ((None, False), ("add", False), ("add", True)):
            if len(y) < 4 + 2 * (trend is not None) + (m if season else 0):
                continue
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a form that does not converge just loses by its AICc
                try:
                    fitted = ETSModel(
                        history,
                        trend=trend,
                        damped_trend=damped,
                        seasonal=season,
                        seasonal_periods=m if season else None,
                    ).fit(disp=False)
                except (ValueError, np.linalg.LinAlgError):
                    continue
            if np.isfinite(fitted.aicc) and (best is None or fitted.aicc < best.aicc):
                best = fitted
    if best is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        prediction = best.get_prediction(start=len(y), end=len(y) + horizon - 1)
    mean, variance = np.asarray(prediction.predicted_mean), np.asarray(prediction.forecast_variance)
    z = np.array([NormalDist().inv_cdf(level) for level in levels])
    return np.asarray(mean[:, None] + np.sqrt(np.maximum(variance, 0))[:, None] * z)


def theta(series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Job[Forecast]:
    """The theta method through statsmodels, deseasonalised where a test finds a season.

    Assimakopoulos and Nikolopoulos (2000); Hyndman and Billah (2003) for its ranges. Series of fewer than five
    values are left out.
    """
    done: list[int] = []
    quantiles: list[Floats] = []
    for i, history in enumerate(series):
        yield Progress(i, len(series), f"{i:,} of {len(series):,} series")
        y = _filled(history)
        if len(y) >= THETA_NEEDS:
            done.append(i)
            quantiles.append(_theta_one(y, series.frequency.season_length, horizon, levels))
    stacked = np.stack(quantiles) if quantiles else np.empty((0, horizon, len(levels)))
    return _result(series, np.array(done, dtype=np.int64), stacked, levels, "theta")


def _theta_one(y: Floats, m: int, horizon: int, levels: Sequence[float]) -> Floats:
    from statistics import NormalDist

    from statsmodels.tsa.forecasting.theta import ThetaModel

    constant = np.ptp(y) < 1e-12 * max(np.abs(y).max(), 1.0)
    if constant:  # nothing to fit
        return np.full((horizon, len(levels)), y[-1])
    seasonal = m > 1 and len(y) >= SEASONS_NEEDED * m
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit at the edge of its range still forecasts
        fitted = ThetaModel(y, period=m if seasonal else 1, deseasonalize=seasonal, method="additive").fit()
        point = np.asarray(fitted.forecast(horizon))
        ranges = np.asarray(fitted.prediction_intervals(horizon, alpha=0.2))
    z = np.array([NormalDist().inv_cdf(level) for level in levels])
    sigma = (ranges[:, 1] - ranges[:, 0]) / 2 / NormalDist().inv_cdf(0.9)
    return np.asarray(point[:, None] + sigma[:, None] * z)


def _filled(history: Floats) -> Floats:
    """Without leading gaps; each later gap takes the value before it."""
    known = np.flatnonzero(np.isfinite(history))
    if len(known) == 0:
        return np.zeros(1)
    y = history[known[0] :]
    at = np.maximum.accumulate(np.where(np.isfinite(y), np.arange(len(y)), 0))
    return y[at]


def _result(series: SeriesSet, rows: np.ndarray, quantiles: Floats, levels: Sequence[float], name: str) -> Forecast:
    return Forecast(
        names=tuple(series.names[i] for i in rows),
        first=series.last[rows] + 1,
        frequency=series.frequency,
        levels=np.asarray(levels, dtype=np.float64),
        quantiles=quantiles,
        model=name,
        checksum="",
        device="processor (CPU)",
    )
