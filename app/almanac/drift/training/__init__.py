"""Whether series are like those that a model learned from."""
