"""The Problems that the window itself reports."""

from __future__ import annotations

from almanac.core.problems import Problem

WORKER_DIED = Problem(
    "worker_crashed",
    "Almanac’s background process stopped unexpectedly. It has been started again.",
    "This can happen when the computer runs out of memory, or through a fault in Almanac.",
    "Nothing was lost. Please try again.",
)
STILL_BUSY = Problem(
    "still_busy",
    "Almanac is still working on the last thing you asked for.",
    "It does one thing at a time.",
    "Wait a moment, or press Stop, and then try again.",
)
UNSAVED = Problem(
    "unsaved",
    "Your forecast is not saved yet.",
    "Almanac does not keep it when it closes.",
    "Save it first, or close again to leave without saving.",
)
CRASH = Problem(
    "fault",
    "Something in Almanac did not work as it should.",
    "This is a fault in Almanac, not in your file. Nothing was lost.",
    "You can go on. To help us fix it, copy the details and send them to the makers of Almanac.",
)
