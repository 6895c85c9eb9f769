"""Marks of footnotes and of preliminary or revised figures next to a text: 2023*, 2024 (p), 2024¹, 2024 provisional."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from almanac.tables.values.dates.calendar_names import plain

# In plain letters. A forecast, a budget and a part of a year are no figures of the past, and not among these.
_WORDS = r"""(?:
    preliminary|prelim|provisional|prov|revised|rev|estimate[ds]?|est|vorlaufige?|vorl|provisorisch|revidiert|geschatzt|
    provisoires?|revisee?s?|estimee?s?|provv?isori[oa]s?|provv|preliminare|rivist[oa]|stimat[oa]|provisionales|preliminar|
    revisad[oa]|estimad[oa]|voorlopige?|herzien|geschat|preliminart|reviderade?|forelopige?|forelobige?|wstepne|
    predbezne|ennakkotieto|предварительн(?:ые|о)
)\.?"""
MARK_WORDS = "".join(_WORDS.split())  # a pattern in plain letters
_SIGNS = r"[*#†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}"
_IN_BRACKETS = rf"(?:\d{{1,2}}|(?-i:[a-eg-zACDEPRS])|[*†‡]{{1,3}}|{_WORDS})"  # f, F and B are a forecast or a budget
_BRACKETS = rf"(?:\({_IN_BRACKETS}\)|\[{_IN_BRACKETS}\])"
_FLAGS = re.IGNORECASE | re.VERBOSE
_SIGN_BEHIND = re.compile(rf"(?:{_SIGNS}|{_BRACKETS}|(?<=\d{{4}})\d\)|(?<=\s)\d{{1,2}}[)/])$", _FLAGS)
_SIGN_BEFORE = re.compile(rf"(?:{_SIGNS}|{_BRACKETS})", _FLAGS)
_WORD_BEHIND = re.compile(rf"(?<=[\s\d,;:._–-]){_WORDS}$", _FLAGS)
_WORD_BEFORE = re.compile(rf"{_WORDS}(?=[\s_:-])", _FLAGS)
_LETTER_BEHIND = re.compile(r"(?<=[\s\d._-])[prebsPRESA]$")
_LETTER_BEFORE = re.compile(r"[prePRE](?=[\s.]?\d{4}$)")
_AROUND = " \t\xa0,;:._–-"  # between a text and its mark
_SAME_YEAR = re.compile(r"(\d{4})\s?\[YR\1\]")  # as the World Bank writes years
_SIGNS_BEHIND = frozenset("*#†‡§¹²³⁴⁵⁶⁷⁸⁹⁰)]")
_MAX_TEXT = 48  # characters of a text that is looked at; chosen by judgement


class MarkKind(IntEnum):
    """What a mark is, in the order in which it is ever more surely no part of the text."""

    NONE = 0
    LETTER = 1
    WORD = 2
    SIGN = 3


_PATTERNS = (
    (MarkKind.SIGN, _SIGN_BEHIND, _SIGN_BEFORE),
    (MarkKind.WORD, _WORD_BEHIND, _WORD_BEFORE),
    (MarkKind.LETTER, _LETTER_BEHIND, _LETTER_BEFORE),
)


def year_written_once(text: str) -> str:
    """The year of a text that writes it twice: 1990 [YR1990]; any other text as it is."""
    match = _SAME_YEAR.fullmatch(text) if text.endswith("]") else None
    return match[1] if match else text


@lru_cache(maxsize=1 << 15)  # a name is looked at alone, and next to those with a year
def without_mark(text: str) -> tuple[str, MarkKind]:
    """The text without the mark behind or before it, and what that is."""
    if len(text) > _MAX_TEXT:
        return text, MarkKind.NONE
    spelled = text if text.isascii() else "".join(map(_plain_letter, text))
    ends_with_digit = text[-1:].isdecimal()  # no mark behind does
    for kind, behind, before in _PATTERNS:
        if not ends_with_digit and (found := behind.search(spelled)):
            return text[: found.start()].rstrip(_AROUND), kind
        if found := before.match(spelled):
            return text[found.end() :].lstrip(_AROUND), kind
    return text, MarkKind.NONE


def without_sign(text: str) -> str:
    """The text without a sign or a number in brackets behind it, as 2023-12* and Dec 2023 (1)."""
    if text[-1:] not in _SIGNS_BEHIND or len(text) > _MAX_TEXT:
        return text
    found = _SIGN_BEHIND.search(text)
    return text if found is None else text[: found.start()].rstrip(_AROUND)


def _plain_letter(letter: str) -> str:
    """A letter in lower case without its accent; any other sign as it is."""
    spelled = plain(letter) if letter.isalpha() and not letter.isascii() else letter
    return spelled if len(spelled) == 1 else letter
