"""Writes ``calendar_words.py`` of the program from the Unicode CLDR: ``python -m tests.tables.values.dates.cldr``.

Babel brings that data. It is as large as the rest of the program, so the few words that are needed are stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale

from almanac.tables.values.dates import calendar_words
from almanac.tables.values.dates.calendar_names import plain

# Croatian, Serbian and Belarusian are not among them: their "listopad" and "srpanj" are other months than the Czech
# and Polish ones.
LANGUAGES = "en de fr es it pt nl sv da nb nn fi is et lv lt pl cs sk sl hu ro tr el ru uk bg ca eu gl id ja zh ko"
PARTS = ("year", "quarter", "month", "week", "day", "hour", "minute", "second")
# Short names of months that are common words of product names in English: "LED 60", "Pro 12".
COMMON_WORDS = {"led", "pro"}
MIN_LETTERS = 3  # of the name of a month
WIDTHS = ("wide", "abbreviated")


def months() -> list[tuple[str, ...]]:
    """The twelve months, one tuple for each way of a language to name them; "-" for a name that is left out."""
    found: dict[tuple[str, ...], None] = {}
    known: dict[str, int] = {}
    for locale in map(Locale.parse, LANGUAGES.split()):
        for width in WIDTHS:
            for context in ("stand-alone", "format"):
                names = [_word(locale.months[context][width][n]) for n in range(1, 13)]
                line = tuple(
                    name if _names_month(name) and known.setdefault(name, n) == n else "-"
                    for n, name in enumerate(names)
                )
                if line != ("-",) * 12:
                    found.setdefault(line)
    return list(found)


def thai_months() -> list[tuple[str, ...]]:
    """The twelve months in Thai as they are written: their names have signs that are no letters, and full stops."""
    names = Locale.parse("th").months["format"]
    return [tuple(names[width][n] for n in range(1, 13)) for width in WIDTHS]


def weekdays() -> list[tuple[str, ...]]:
    """The seven weekdays from Monday on, one tuple for each way of a language to name them."""
    found: dict[tuple[str, ...], None] = {}
    for locale in map(Locale.parse, LANGUAGES.split()):
        for width in (*WIDTHS, "short"):
            for context in ("stand-alone", "format"):
                names = tuple(_word(locale.days[context][width][n]) for n in range(7))
                if min(len(name) for name in names) > 1 or not names[0].isascii():
                    found.setdefault(names)
    return list(found)


def parts(part: str) -> list[str]:
    """The names of a part of a date: singular and plural, in all cases."""
    found: dict[str, None] = {}
    for locale in map(Locale.parse, LANGUAGES.split()):
        data = locale._data
        names = data["unit_display_names"].get(f"duration-{part}", {})
        patterns = data["unit_patterns"].get(f"duration-{part}", {})
        for text in (*_texts(names), *_texts(patterns)):
            word = _word(text.replace("{0}", "").replace("\u2068", "").replace("\u2069", ""))
            if word.isalpha() and (len(word) > 1 or not word.isascii()):
                found.setdefault(word)
    return sorted(found)


def _texts(names: Mapping[str, Any]) -> Iterator[str]:
    form = names.get("long", {})
    if isinstance(form, str):
        yield form
    else:
        yield from (text for case, text in form.items() if case != "per")


def _names_month(word: str) -> bool:
    enough = len(word) >= MIN_LETTERS or not word.isascii()
    return word.isalpha() and enough and word not in COMMON_WORDS


def _word(text: str) -> str:
    """The last word in plain letters, without a preposition before it: "de gener", "d’abril"."""
    return re.split(r"[\s’']+", plain(text).strip(" .\xa0\u202f"))[-1]


def source() -> str:
    """The text of the module."""
    lines = [
        '"""Names of months, weekdays and parts of dates in plain letters, from the Unicode CLDR.',
        "",
        "Written by ``python -m tests.tables.values.dates.cldr``: change that, not this.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "# From January to December, and from Monday to Sunday; one line for each way of a language to name them.",
        'MONTHS = """',
        *(" ".join(line) for line in months()),
        '"""',
        "",
        'THAI_MONTHS = """',
        *(" ".join(line) for line in thai_months()),
        '"""',
        "",
        'WEEKDAYS = """',
        *(" ".join(line) for line in weekdays()),
        '"""',
        "",
        "PARTS = {",
    ]
    for part in PARTS:
        lines += [f'    "{part}": """', *_wrapped(parts(part)), '    """,']
    return "\n".join([*lines, "}", ""])


def _wrapped(words: list[str], width: int = 100) -> Iterator[str]:
    line = ""
    for word in words:
        if len(line) + len(word) >= width:
            yield "        " + line
            line = ""
        line = f"{line} {word}".strip()
    yield "        " + line


def main() -> None:
    """Write the module."""
    Path(calendar_words.__file__).write_text(source(), encoding="utf-8")


if __name__ == "__main__":
    main()
