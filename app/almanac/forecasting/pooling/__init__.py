"""What the series of one file learn from one another: short ones borrow season and noise from long ones."""

from almanac.forecasting.pooling.note import pooling_note
from almanac.forecasting.pooling.pool import PooledForecasts, pooled_forecasts
from almanac.forecasting.pooling.replay import Predictor

__all__ = ["PooledForecasts", "Predictor", "pooled_forecasts", "pooling_note"]
