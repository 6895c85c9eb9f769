"""What findings say about how Almanac took the file where it leaves a choice: questions, and answers from last time."""

from __future__ import annotations

from almanac.core.problems import Choice
from almanac.tables.findings.finding_type import Report, Treatment

AS_LAST_TIME = (
    Treatment("keep", "As last time", "Files like this will be read like this again."),
    Treatment("forget", "As Almanac proposes", "Your corrections from last time are forgotten."),
)
OFFERED = (
    Treatment("leave", "As Almanac proposes", "Your corrections are kept for files that they fit."),
    Treatment("apply", "As last time", "This file is read as you corrected the other one."),
)
_OTHERWISE = "If it is not, choose the other reading."


def day_or_month(column: str, question: str, choices: tuple[Choice, ...]) -> Report:
    """Dates that can be read in two orders."""
    return Report(
        what=question,
        why=f"Every date in “{column}” can be read with the day or with the month first.",
        fix=_OTHERWISE,
        choices=choices,
    )


def fiscal_start(column: str, question: str, choices: tuple[Choice, ...]) -> Report:
    """Periods of fiscal years of which nothing says when they begin."""
    return Report(
        what=question,
        why=f"“{column}” holds parts of fiscal years, and the file does not say with which month such a year begins.",
        fix="If it is not, choose when the year begins. The periods keep their names.",
        choices=choices,
    )


def point_or_comma(question: str, choices: tuple[Choice, ...]) -> Report:
    """Numbers that can be read with either decimal sign."""
    return Report(
        what=question,
        why="Every number with a point or comma has exactly three digits after it.",
        fix=_OTHERWISE,
        choices=choices,
    )


def read_as_corrected(corrections: str, used: str) -> Report:
    """A file read with the options kept from a file of the same shape; ``corrections``: what was chosen."""
    return Report(
        what="Almanac read this file as you corrected it last time.",
        why=f"You used a file with the same columns like this: {corrections}.",
        fix="Nothing to do.",
        used=used,
    )


def corrections_not_used(corrections: str, reason: str) -> Report:
    """Corrections kept from a file of the same shape that make the reading of this one worse; ``reason``: a finding."""
    return Report(
        what="Almanac did not use all your corrections from last time.",
        why=f"You used a file with the same columns like this: {corrections}. Here it fits less well: {reason}",
        fix="Choose “As last time” if it is right for this file as well.",
        used="leave",
    )
