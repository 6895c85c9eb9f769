"""What a person reads about series that learned from others of their file."""

from __future__ import annotations

from almanac.core.arrays import Integers
from almanac.core.text import agree, plural

SWITCHED_OFF = "Off, as you asked."
NOTHING_LEARNED = "Each series is forecast from its own history alone."


def learning(donors: Integers | None, allowed: bool) -> str:
    """How many series learned, and from how many others. ``donors``: as in ``Forecast``."""
    if not allowed:
        return SWITCHED_OFF
    if donors is None or not (donors > 0).any():
        return NOTHING_LEARNED
    short, most = int((donors > 0).sum()), int(donors.max())
    one = agree(short, "learns", "learn")
    series = plural(short, "series with little history", "series with little history")
    return f"{series} {one} from {most:,} longer ones."
