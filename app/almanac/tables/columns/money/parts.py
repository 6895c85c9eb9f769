"""Names of parts next to the name of their whole: "Sales – online" or "of which online" next to "Sales"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from almanac.tables.columns.column_words import FLOWS, Meaning, meaning_of
from almanac.tables.columns.money.movements import movement_side
from almanac.tables.values.dates.calendar_names import plain

_OF_WHICH = re.compile(
    r"\b(?:of which|of whom|there(?:of)|davon|darunter|dont|de los cuales|de las cuales|de ellos|di cui|dei quali|"
    r"dos quais|das quais|do qual|waarvan|w tym|z tego|varav|darav|heraf|herav)\b"
)
_WORD = re.compile(r"[^\W_]+")
_SEPARATED = re.compile(r"\s*(?:\s[-–—]|[–—:,|·>])\s*(\w.*)")  # not a slash or bracket: Sales/day, Sales (€)
_TOTAL = frozenset(["total", "totale", "totaal", "gesamt", "totalt", "razem", "toplam", "celkem"])
_MEASURES = FLOWS | {Meaning.WEIGHT}
# Words after the name of a measure that do not make it a part.
_OF_ANOTHER_KIND = frozenset(["min", "max", "peak", "unique", "forecast", "growth", "change", "day", "week", "month"])


@dataclass(frozen=True)
class Whole:
    """``name``: of a whole; ``parts``: names of parts of it; ``says_so``: whether the names alone tell they are."""

    name: str
    parts: tuple[str, ...]
    says_so: bool


def wholes_by_name(names: Sequence[str]) -> list[Whole]:
    """The names that others continue, and these; "Coffee beans" alone do not tell that they are part of "Coffee"."""
    words = {name: _WORD.findall(plain(name)) for name in names}
    bare = {name: _without_total(own) for name, own in words.items()}
    parts: dict[str, list[str]] = {}
    sure: dict[str, bool] = {}
    above = ""
    for name in names:
        of_which = _OF_WHICH.search(plain(name)) is not None
        wholes = [other for other in names if other != name and _goes_on(words[other], words[name])]
        if not wholes and bare[name] == words[name] and _OF_ANOTHER_KIND.isdisjoint(words[name]):
            totals = [other for other in names if bare[other] != words[other]]
            wholes = [other for other in totals if _goes_on(bare[other], words[name])]
        whole = max(wholes, key=lambda other: len(words[other]), default=above if of_which else "")
        if not of_which and not whole:
            above = name
        if not whole:
            continue
        says_so = (
            of_which or bare[whole] != words[whole] or (_separated(name, whole) and meaning_of(whole) in _MEASURES)
        )
        parts.setdefault(whole, []).append(name)
        sure[whole] = sure.get(whole, True) and says_so
    return [Whole(whole, tuple(found), sure[whole]) for whole, found in parts.items()]


def _without_total(words: list[str]) -> list[str]:
    """The words of a name without one for a total at either end: "Total sleep" is that of "Deep sleep"."""
    if words and words[0] in _TOTAL:
        return words[1:]
    return words[:-1] if words and words[-1] in _TOTAL else words


def _goes_on(whole: list[str], part: list[str]) -> bool:
    """Whether a name begins or ends with all the words of another, and has more."""
    size = len(whole)
    return 0 < size < len(part) and whole in (part[:size], part[-size:])


def _separated(part: str, whole: str) -> bool:
    match = _SEPARATED.fullmatch(part, len(whole)) if part.startswith(whole) else None
    if match is None or meaning_of(match[1]) is not None or movement_side(match[1]) is not None:
        return False
    return _OF_ANOTHER_KIND.isdisjoint(_WORD.findall(plain(match[1])))
