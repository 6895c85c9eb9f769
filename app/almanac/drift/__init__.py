"""Whether data, or a forecast's fit to it, drifts: made for the model, changed since, or a broken spreadsheet."""

from almanac.drift.changes.error_model import PastScores
from almanac.drift.changes.find import Promise, find_changes
from almanac.drift.changes.scores import raw_scores
from almanac.drift.changes.watched import Watched
from almanac.drift.spreadsheet import SHORTEST_HISTORY, Comparison, spreadsheet_changes

__all__ = [
    "SHORTEST_HISTORY",
    "Comparison",
    "PastScores",
    "Promise",
    "Watched",
    "find_changes",
    "raw_scores",
    "spreadsheet_changes",
]
