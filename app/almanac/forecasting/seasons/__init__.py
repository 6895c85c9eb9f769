"""The season of each series, where its past shows another one than its frequency suggests.

A few promising periods of each series (``candidates``) are tested one by one (``evidence``).
"""

from almanac.forecasting.seasons.notes import season_notes
from almanac.forecasting.seasons.search import other_seasons, season_of

__all__ = ["other_seasons", "season_notes", "season_of"]
