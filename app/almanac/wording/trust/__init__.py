"""How far to trust a forecast, in words: verdicts, their evidence, and notes about a backtest."""
