"""What a rule knows better than a model: where a series begins, in which unit it is, that it repeats itself, how much
rare sales add up to."""
