"""Forecasts from the models that ship with the program. Importing this is cheap; onnxruntime loads on first use."""

from almanac.forecasting.limits import default_horizon, max_horizon
from almanac.forecasting.run_models import ModelRequest, forecast
from almanac.forecasting.seasons import season_of

__all__ = ["ModelRequest", "default_horizon", "forecast", "max_horizon", "season_of"]
