"""Hours of the day as people write them: 7, H07, Hour 7, 7h, 7 pm, and from one hour to the next: 07 - 08, 23-00."""

from __future__ import annotations

import re
from functools import lru_cache

from almanac.tables.values.dates.calendar_names import parts_named, plain

_OTHER_WORDS = frozenset(["h", "hr", "hrs", "he", "std", "ora", "godz", "tim", "time"])
_ONE = r"(\d{1,2})(?:\s?([ap])\.?m\.?|[.:]00|\s?h(?:00)?|\s?uhr)?"
_SPAN = re.compile(rf"{_ONE}\s?(?:-|–|—|−|to|bis|à|a|do|/)\s?{_ONE}", re.IGNORECASE)
_HOUR = re.compile(
    r"(?:(?P<word>[^\W\d_]{1,12})[ ._-]?)?(?P<hour>\d{1,2})(?:\.0+)?|"
    r"(?P<before>\d{1,2})\s?(?:h|hrs?|uhr|:|h00|(?P<half>[ap])\.?m\.?)",
    re.IGNORECASE,
)
_NOON, _DAY = 12, 24


@lru_cache(maxsize=1 << 10)
def hour_span(text: str) -> int | None:
    """The hour in which a span of one hour begins: 7 for 07 - 08; None for other texts."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    begin, end = _in_day(match[1], match[2]), _in_day(match[3], match[4])
    return begin if 0 <= begin < _DAY and end in (begin + 1, (begin + 1) % _DAY) else None


@lru_cache(maxsize=1 << 10)
def hour_number(text: str) -> int | None:
    """The number of an hour, as it is written or that of the one in which a span begins; None for other texts."""
    match = _HOUR.fullmatch(text)
    if match is None:
        return hour_span(text)
    if match["before"]:
        return _in_day(match["before"], match["half"])
    word = plain(match["word"] or "h")
    return int(match["hour"]) if word in _OTHER_WORDS or "hour" in parts_named(word) else None


def _in_day(hour: str, half: str | None) -> int:
    return int(hour) if not half else int(hour) % _NOON + (_NOON if half in "pP" else 0)
