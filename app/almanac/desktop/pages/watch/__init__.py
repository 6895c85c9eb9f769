"""The station Watch: new data, what happened, what changed, and earlier forecasts."""
