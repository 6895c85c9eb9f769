"""Writes ``territory_words.py`` of the program from the Unicode CLDR: ``python -m tests.tables.columns.territories``.

Babel brings that data. It is as large as the rest of the program, so the few names that are needed are stored.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from holidays.registry import COUNTRIES

from almanac.tables.columns.keys import territory_words
from almanac.tables.values.dates.calendar_names import plain

LANGUAGES = "en de fr es it pt nl pl sv"
OWN_CODES = {"GR": "el", "GB": "uk"}  # of the statistics office of the European Union
OWN_NAMES = {"US": "usa,united states of america", "CZ": "czech republic", "GB": "great britain", "TR": "turkey"}
AREAS = {"001": "world", "150": "europe", "002": "africa", "142": "asia", "009": "oceania", "003": "north america"}
AREAS |= {"005": "south america", "419": "latin america", "019": "americas", "EU": "eu", "EZ": "euro area"}


def lines() -> list[str]:
    """A line for each territory: its codes of two and three letters, and its names in nine languages."""
    long = {codes[1]: codes[2] for codes in COUNTRIES.values()}
    found = []
    for code in sorted(Locale("en").territories):
        if code not in long:
            continue
        own = ([OWN_CODES[code]] if code in OWN_CODES else []) + OWN_NAMES.get(code, "").split(",")
        found.append(",".join(dict.fromkeys([code.lower(), long[code].lower(), *filter(None, own), *names(code)])))
    return found


def areas() -> list[str]:
    """A line for each larger area: its English name, and its names in nine languages."""
    return [f"{name}|" + ",".join(dict.fromkeys(names(code))) for code, name in AREAS.items()]


def names(code: str) -> list[str]:
    """What a territory is called, in lower case without accents and signs."""
    texts = (Locale(language).territories.get(code, "") for language in LANGUAGES.split())
    return [" ".join(plain(text).replace("-", " ").replace(".", "").replace(",", "").split()) for text in texts if text]


def main() -> None:
    """Write the module."""
    text = f'"""{territory_words.__doc__}"""\n\nfrom __future__ import annotations\n\n'
    text += "# One line for each: codes of two and three letters, and names.\n"
    text += 'TERRITORIES = """\n' + "\n".join(lines()) + '\n"""\n# The name in the program, and what it is called.\n'
    text += 'AREAS = """\n' + "\n".join(areas()) + '\n"""\n'
    Path(territory_words.__file__).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
