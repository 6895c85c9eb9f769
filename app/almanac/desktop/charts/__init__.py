"""Charts: the fan chart, reliability, the PIT histogram, and the fan chart on paper."""
