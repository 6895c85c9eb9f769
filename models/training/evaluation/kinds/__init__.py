"""Kinds of simulated series, each with the best forecast that anybody could make of it.

They show how far from the possible a model is. No kind is drawn from the prior that models learn from, and most laws
have one cause at a time.
"""

from models.training.evaluation.kinds import counts, levels, patterns, seasons, trends

KINDS = (*patterns.KINDS, *trends.KINDS, *levels.KINDS, *seasons.KINDS, *counts.KINDS)

__all__ = ["KINDS"]
