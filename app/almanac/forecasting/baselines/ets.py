"""ETS (exponential smoothing) through statsmodels, to compare the model with; never used silently instead of it.

The installed program leaves statsmodels out, and this with it: see docs/decisions/0006.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast, SeriesSet
from almanac.forecasting.baselines.seasonal_naive import fill_gaps, make_forecast
from almanac.wording.methods.names import ETS

MIN_SEASONS = 2  # of history before a seasonal form is tried, a convention
MAX_SEASON = 24  # longer seasons take statsmodels minutes a series


def ets(series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Job[Forecast]:
    """Exponential smoothing through statsmodels, in the form with the smallest AICc for each series.

    Hyndman, Koehler, Ord and Snyder (2008), *Forecasting with Exponential Smoothing*. Series too short for any form are
    left out.
    """
    done: list[int] = []
    quantiles: list[Floats] = []
    for i, history in enumerate(series):
        yield Progress(i, len(series), f"{i:,} of {len(series):,} series")
        made = _ets_one(fill_gaps(history), series.frequency.season_length, horizon, levels)
        if made is not None:
            done.append(i)
            quantiles.append(made)
    stacked = np.stack(quantiles) if quantiles else np.empty((0, horizon, len(levels)))
    return make_forecast(series, np.array(done, dtype=np.int64), stacked, levels, ETS)


def _ets_one(y: Floats, m: int, horizon: int, levels: Sequence[float]) -> Floats | None:
    """Quantiles [H, Q] of one series of season ``m``; None when it is too short for any form."""
    fitted = [made for form in _forms(len(y), m) if (made := _fit(y, form)) is not None]
    if not fitted:
        return None
    best = min(fitted, key=lambda made: float(made.aicc))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        prediction = best.get_prediction(start=len(y), end=len(y) + horizon - 1)
    mean, variance = np.asarray(prediction.predicted_mean), np.asarray(prediction.forecast_variance)
    z = np.array([NormalDist().inv_cdf(level) for level in levels])
    return np.asarray(mean[:, None] + np.sqrt(np.maximum(variance, 0))[:, None] * z)


def _forms(points: int, m: int) -> list[dict[str, Any]]:
    """The forms that a series is long enough for, as arguments of ``ETSModel``."""
    seasonal = [None, "add"] if 1 < m <= MAX_SEASON and points >= MIN_SEASONS * m + 2 else [None]
    return [
        {"trend": trend, "damped_trend": damped, "seasonal": season, "seasonal_periods": m if season else None}
        for season in seasonal
        for trend, damped in ((None, False), ("add", False), ("add", True))
        if points >= 4 + 2 * (trend is not None) + (m if season else 0)
    ]


def _fit(y: Floats, form: dict[str, Any]) -> Any:
    """The fitted form; None when it does not converge."""
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a form that does not converge just loses by its AICc
        try:
            # statsmodels predicts with ranges only for labelled data
            fitted = ETSModel(pd.Series(y), **form).fit(disp=False)
        except ValueError:  # numpy.linalg.LinAlgError is one
            return None
    return fitted if np.isfinite(fitted.aicc) else None
