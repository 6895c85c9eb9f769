"""Events: when they are, what they do, and forecasts that carry it.

Nothing here makes forecasts or reads files: functions take arrays, rows of text and a forecaster, and ``workflow``
brings them together.
"""

from almanac.events.dates.holidays import public_holidays
from almanac.events.dates.kept import KeptEvents, keep_events, keeps_any, kept_events
from almanac.events.dates.touched import points_during
from almanac.events.effects.practice import PracticeBudget
from almanac.events.forecaster import EventModel, learn

__all__ = [
    "EventModel",
    "KeptEvents",
    "PracticeBudget",
    "keep_events",
    "keeps_any",
    "kept_events",
    "learn",
    "points_during",
    "public_holidays",
]
