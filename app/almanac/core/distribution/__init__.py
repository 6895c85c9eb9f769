"""What Almanac shows of a distribution: its quantile levels and its mean."""
