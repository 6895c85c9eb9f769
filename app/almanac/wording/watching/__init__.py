"""Kept work in words: new data, scores of earlier forecasts, alerts and what they trigger."""
