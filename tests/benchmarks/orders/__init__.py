"""Whether orders hold the certainty that was asked for."""
