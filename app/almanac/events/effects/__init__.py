"""What events do: measured on practice forecasts, and applied to history and forecasts."""
