"""Simple methods to compare the model with: seasonal naive, theta, exponential smoothing."""
