"""How much evidence dependent checks hold, demand patterns, and a common scale."""
