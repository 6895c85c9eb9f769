"""What a person should know about series that learned from others of their file."""

from __future__ import annotations

from almanac.core.problems import Problem
from almanac.core.text import agree, some

_MAX_NAMES = 5


def pooling_note(names: list[str], donors: int) -> Problem:
    """``names``: of the series that learned; ``donors``: from how many others, at most."""
    have, their = agree(len(names), "has", "have"), agree(len(names), "its", "their")
    return Problem(
        "learned_from_others",
        f"{some(names, _MAX_NAMES)} {have} little history, so {their} forecast also uses what {donors:,} longer series "
        "of your data have in common.",
        "A short history hardly shows a season. The longer series do, and how much it differs between them.",
        "If they have nothing to do with each other, forecast them in separate files or with --no-pooling.",
        count=len(names),
    )
