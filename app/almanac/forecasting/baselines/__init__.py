"""Simple methods to compare a model with, and to use where they do better: seasonal naive, theta, ETS."""
