"""Whether data, or a forecast's fit to it, drifts: made for the model, changed since, or a broken spreadsheet."""

from almanac.drift.changes.error_model import PastScores
from almanac.drift.changes.find import Promise, find_changes
from almanac.drift.changes.scores import raw_scores
from almanac.drift.changes.watched import Watched, middle_and_width
from almanac.drift.spreadsheet import SHORTEST_HISTORY, Comparison, spreadsheet_changes
from almanac.drift.training.profile import Profile, likeness
from almanac.drift.triggers.events import as_event
from almanac.drift.triggers.fire import awake, fired
from almanac.drift.triggers.said import unsaid

__all__ = [
    "SHORTEST_HISTORY",
    "Comparison",
    "PastScores",
    "Profile",
    "Promise",
    "Watched",
    "as_event",
    "awake",
    "find_changes",
    "fired",
    "likeness",
    "middle_and_width",
    "raw_scores",
    "spreadsheet_changes",
    "unsaid",
]
