"""What the window itself may have to tell, and where the details of a fault go."""

from __future__ import annotations

from almanac.core.problems import Problem

CRASHED = Problem(
    "worker_crashed",
    "The background helper stopped unexpectedly; it was started again.",
    "This can happen when memory runs out, or through a fault in Almanac.",
    "Nothing was lost. Please try once more.",
)
STILL_BUSY = Problem(
    "still_busy",
    "Almanac is still working on the last thing you asked for.",
    "It does one thing at a time.",
    "Wait a moment, or press Stop, and then try again.",
)
UNSAVED = Problem(
    "unsaved",
    "The forecast has not been saved.",
    "It is not kept when Almanac closes.",
    "Save it first, or close once more to leave without it.",
)


def fault() -> Problem:
    """Something no one foresaw."""
    return Problem(
        "fault",
        "Something in Almanac did not work as it should.",
        "This is a fault in Almanac, not in your file. Nothing was lost.",
        "You can go on. To have it mended, copy the details and send them to the makers of Almanac.",
    )
