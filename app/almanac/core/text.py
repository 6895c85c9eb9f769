"""Small helpers for text: counts with their noun, lists of names, and names that are nearly the same.

English with "," between thousands, for the command line, findings and files. The window writes numbers in the person's
locale (``desktop.formatting.numbers``).
"""

from __future__ import annotations

from collections.abc import Sequence

MIN_SIMILARITY = 0.5  # of difflib's ratio, for a name to be suggested: chosen by judgement

_SYMBOLS = {
    **{n: 0x2400 + n for n in range(32) if chr(n) not in "\n\t"},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD),
}


def normalise(name: str) -> str:
    """The name as it is compared with others: without outer spaces, in lower case."""
    return name.strip().lower()


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 row", "1,200 rows"; ``many`` where the plural is not ``one`` + "s"."""
    return f"{count:,} {agree(count, one, many or one + 's')}"


def agree(count: int, one: str, many: str) -> str:
    """The word that goes with a count: ``one`` for 1, otherwise ``many``."""
    return one if count == 1 else many


def some(names: Sequence[str], most: int = 3) -> str:
    """The first few names: "Milk, Bread, Eggs and 9 more"."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"


def shortened(text: str, most: int) -> str:
    """The text in at most so many letters: the middle of a longer one is left out, as names often differ at the end."""
    if len(text) <= most:
        return text
    end = (most - 1) // 2
    return f"{text[: most - 1 - end]}…{text[len(text) - end :]}"


def did_you_mean(name: str, candidates: Sequence[str], otherwise: str) -> str:
    """A question that offers the candidate most like ``name``; ``otherwise`` when none is much like it."""
    from difflib import get_close_matches  # only for a name that is not there: start-up time

    by_key = {normalise(candidate): candidate for candidate in candidates}
    closest = get_close_matches(normalise(name), list(by_key), n=1, cutoff=MIN_SIMILARITY)
    return f"Did you mean “{by_key[closest[0]]}”?" if closest else otherwise


def plain(text: str) -> str:
    """The text with its control characters as symbols (␛), so that it can do nothing to a terminal or a file of XML."""
    return text.translate(_SYMBOLS)
