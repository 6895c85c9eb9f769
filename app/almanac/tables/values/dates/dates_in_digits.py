"""The numbers in dates such as 31.01.2024 09:30, of many texts at once, where these have digits in the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.values.dates.date_patterns import PIVOT_YEAR, Grain
from almanac.tables.values.plain_numbers import Bytes
from almanac.tables.values.texts import Texts

_MAX_LENGTH = 35  # characters of a date and time with fractions of a second and an offset from UTC
_MAX_SHAPES = 64  # among texts of one length: with and without leading zeros, before and after noon
_ZERO, _NINE = ord("0"), ord("9")
# A shape is a text with 0 for every digit. Without seconds, -05:00 could be the end of a slot of time.
_CLOCK = r"(?:[T ](?P<h>0{1,2}):(?P<n>00)(?::(?P<s>00)(?:[.,]0{1,9})?)?(?: ?(?P<half>[AaPp])[Mm])?"
_CLOCK += r"(?P<zone>Z|(?:\+|(?<=:00:00)-)(?P<zh>00):(?P<zn>00))?)?"
_DAY_OR_MONTH_FIRST = re.compile(rf"(?P<a>0{{1,2}})(?P<sep>[-./])(?P<b>0{{1,2}})(?P=sep)(?P<y>0000|00){_CLOCK}")
_YEAR_FIRST = re.compile(rf"(?P<y>0000)(?P<sep>[-./])(?P<a>0{{1,2}})(?P=sep)(?P<b>0{{1,2}}){_CLOCK}")


@dataclass(frozen=True, eq=False)
class DatesOfOneShape:
    """Some of many texts: ``rows``, int64 [k], are their places. The other arrays are int64 [k].

    ``first`` and ``second``: day and month as they are written; behind a year the month and the day. ``seconds`` after
    midnight; ``offsets``: seconds ahead of UTC, None when the texts have no zone.
    """

    rows: Integers
    year: Integers
    first: Integers
    second: Integers
    seconds: Integers
    offsets: Integers | None
    year_first: bool
    separator: str
    grain: Grain


def dates_in_digits(texts: Texts) -> Iterator[DatesOfOneShape]:
    """The texts of each known shape; those of other shapes are left out."""
    for rows, letters in texts.of_one_length(_MAX_LENGTH):
        digits = (letters >= _ZERO) & (letters <= _NINE)
        if not digits[:, 0].any():
            continue
        shapes = np.where(digits, np.uint8(_ZERO), letters).view(f"S{letters.shape[1]}")[:, 0]
        left = np.arange(len(rows))
        for _ in range(_MAX_SHAPES):
            shape = shapes[left[0]]
            alike = shapes[left] == shape
            some, left = left[alike], left[~alike]
            match = _match(bytes(shape))
            if match is not None:
                yield _read(rows[some], letters[some], match)
            if not len(left):
                break


def _match(shape: bytes) -> re.Match[str] | None:
    text = shape.decode("latin-1")
    return _DAY_OR_MONTH_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)


def _read(rows: Integers, letters: Bytes, match: re.Match[str]) -> DatesOfOneShape:
    """The numbers of texts of one shape, uint8 [k, length]."""
    year_first = match.re is _YEAR_FIRST
    year, a, b = (_number(letters, match, part) for part in ("y", "a", "b"))
    if len(match["y"]) == len("00"):
        year += np.where(year >= PIVOT_YEAR, 1900, 2000)
    timed = match["h"] is not None
    return DatesOfOneShape(
        rows,
        year,
        a,
        b,
        _seconds(letters, match) if timed else np.zeros_like(year),
        _offsets(letters, match) if match["zone"] else None,
        year_first,
        match["sep"],
        Grain.TIME if timed else Grain.DAY,
    )


def _number(letters: Bytes, match: re.Match[str], part: str) -> Integers:
    """The number that a group of the shape is in each text: int64 [k]."""
    number = np.zeros(len(letters), dtype=np.int64)
    for place in range(*match.span(part)):
        number = number * 10 + (letters[:, place] - _ZERO)
    return number


def _seconds(letters: Bytes, match: re.Match[str]) -> Integers:
    """Seconds after midnight: int64 [k]."""
    hour = _number(letters, match, "h")
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    seconds: Integers = hour * 3600 + _number(letters, match, "n") * 60
    return seconds + _number(letters, match, "s") if match["s"] else seconds


def _offsets(letters: Bytes, match: re.Match[str]) -> Integers:
    """Seconds ahead of UTC: int64 [k]."""
    if match["zone"] == "Z":
        return np.zeros(len(letters), dtype=np.int64)
    seconds: Integers = _number(letters, match, "zh") * 3600 + _number(letters, match, "zn") * 60
    return seconds if match["zone"].startswith("+") else -seconds
