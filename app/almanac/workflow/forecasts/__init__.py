"""Making a forecast: ranges from the backtest, events, closed periods, and why it is what it is."""
