"""Exponential smoothing through statsmodels, to compare the model with; never used silently instead of it.

The installed program leaves statsmodels out, and this with it: see docs/decisions/0006.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast, SeriesSet
from almanac.forecasting.baselines.seasonal_naive import as_forecast, filled

SEASONS_NEEDED = 2


def ets(series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Job[Forecast]:
    """Exponential smoothing through statsmodels, the form of smallest AICc for each series.

    Hyndman et al. (2008), *Forecasting with Exponential Smoothing*. Series too short for any form are left out.
    """
    done: list[int] = []
    quantiles: list[Floats] = []
    for i, history in enumerate(series):
        yield Progress(i, len(series), f"{i:,} of {len(series):,} series")
        made = _ets_one(filled(history), series.frequency.season_length, horizon, levels)
        if made is not None:
            done.append(i)
            quantiles.append(made)
    stacked = np.stack(quantiles) if quantiles else np.empty((0, horizon, len(levels)))
    return as_forecast(series, np.array(done, dtype=np.int64), stacked, levels, "ets")


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
