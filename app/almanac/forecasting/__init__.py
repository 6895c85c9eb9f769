"""Forecasts from the models that ship with the program. Importing this is cheap; onnxruntime loads on first use."""

from almanac.forecasting.forecast import forecast
from almanac.forecasting.limits import default_horizon, max_horizon

__all__ = ["default_horizon", "forecast", "max_horizon"]
