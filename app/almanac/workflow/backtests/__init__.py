"""The backtest, and the baselines it compares a model with."""
