"""Use cases about new data: compare it with the table before, score earlier forecasts by it, and forecast again."""
