"""Durations as they are written: 7:45, 7:45:30, "1h 30m", "18:25 min", PT7H45M."""

from __future__ import annotations

import re

from almanac.tables.values.cells import Cell

CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,6})?)?")
_IN_WORDS = re.compile(r"(?:(\d{1,4}) ?h(?:ours?|rs?)?)? ?(?:(\d{1,2}) ?m(?:in(?:ute)?s?)?)? ?(?:(\d{1,2}) ?s(?:ec)?)?")
HOURS_AND_MINUTES = re.compile(
    r"\d{1,4} ?h(?:ours?|rs?)?,? ?\d{1,2} ?m(?:in(?:ute)?s?)?(?: ?\d{1,2} ?s(?:ec)?)?", re.IGNORECASE
)
ISO = re.compile(r"PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,2})M)?(?:(\d{1,2})(?:\.\d{1,6})?S)?")  # ISO 8601
_IN_MINUTES = re.compile(r"(\d{1,4}):([0-5]\d) ?min(?:utes)?")


def duration_hours(cell: Cell) -> float | None:
    """The hours of a duration as 7:45, 7:45:30, "1h 30m", "45 min", "18:25 min" or PT7H45M; None for other cells."""
    if not isinstance(cell, str) or not (cell[:1].isdigit() or cell.startswith("PT")):
        return None
    if match := CLOCK.fullmatch(cell) or _IN_WORDS.fullmatch(cell.lower()) or ISO.fullmatch(cell):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
    elif match := _IN_MINUTES.fullmatch(cell):
        hours, minutes, seconds = 0, int(match[1]), int(match[2])
    else:
        return None
    return round(hours + minutes / 60 + seconds / 3600, 6)
