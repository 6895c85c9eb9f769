"""The Problems that the window itself reports, and the details of a crash for the makers of Almanac."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

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
EARLIER_KEPT = Problem(
    "earlier_kept",
    "You stopped, so the forecast before is shown again.",
    "The new one was not checked on your past; the one before was.",
    "Press Forecast Again for the new one.",
)
SAVED_AFTER_CHECK = Problem(
    "saved_after_check",
    "Your forecast will be saved as soon as its ranges are checked.",
    "The check may still change them.",
    "Press Stop to save it unchecked.",
)
CRASH = Problem(
    "fault",
    "Something in Almanac did not work as it should.",
    "This is a fault in Almanac, not in your file. Nothing was lost.",
    "You can go on. To help us fix it, copy the details and send them to the makers of Almanac.",
)


def copy_details(description: str = "") -> None:
    """Copy what is known about a crash to the clipboard: ``description``, then the latest lines of the logs.

    Neither holds a name or a value from the person's file (see ``core.system.logs``).
    """
    from almanac.core.system import logs  # only here: start-up time

    QGuiApplication.clipboard().setText("\n\n".join(part for part in (description, logs.recent()) if part))
