"""What a summary with noise protects, and how exact it is, in words."""

from __future__ import annotations

from almanac.core.text import plural


def exactness_sentence(within: int, missed: float) -> str:
    """How far a shared count is from the true one."""
    if within == 0:
        return f"{1 - missed:.0%} of the numbers are exact; the others are off by a little."
    return f"{1 - missed:.0%} of the numbers are at most {within:,} away from the true ones."


def protection_sentence(certainty: float, rows_per_person: int) -> str:
    """What can be learned about one person at most."""
    rows = "one row" if rows_per_person == 1 else plural(rows_per_person, "row")
    return (
        f"Somebody who knows everyone else in the list, and thinks it as likely as not that a person with {rows} is in "
        f"it too, can be {_hundredths(certainty)} of 100 sure after seeing the summary. It was 50 before."
    )


def spent_sentence(certainty: float) -> str:
    """What several summaries of such files reveal together."""
    return (
        "You have shared summaries of such a file before. What they reveal adds up: together, somebody can be "
        f"{_hundredths(certainty)} of 100 sure."
    )


NOT_PROTECTED = "The names of the series and the periods are as they are in the file: leave out what must not be seen."


def _hundredths(share: float) -> str:
    return "over 99" if share > 0.99 else f"{100 * share:.0f}"
