"""What the backtests say: coverage, slices, PIT, accuracy and verdicts."""
