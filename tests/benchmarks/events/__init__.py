"""Simulated retail with promotions and moving holidays, forecast with and without events, and by others."""
