"""The small inputs that were once read wrongly, and what must be true of each."""
