"""The separators of a CSV file: those that programs expect, or those that spreadsheets of a locale open."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Languages that write 1,5 for one and a half, and places that do so or not against their language: Unicode CLDR 47.
_COMMA = """
af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv
tr uk uz vi
"""
_POINT = "de_CH de_LI it_CH es_MX es_US es_PR es_GT es_HN es_SV es_NI es_PA es_DO es_PE es_CU es_BZ es_BR es_419"
_COMMA_IN_ENGLISH = "AT BE CZ DE DK EE ES FI FR GE HU ID IT LT LV NL NO PL PT RO SE SI SK UA ZA"
_LANGUAGES = frozenset(_COMMA.split())
_POINT_PLACES = frozenset(_POINT.split())
_COMMA_PLACES = frozenset(_COMMA_IN_ENGLISH.split())
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:\..*)?")


@dataclass(frozen=True)
class CsvStyle:
    """``separator`` between cells and ``decimal`` sign within numbers."""

    separator: str = ","
    decimal: str = "."


FOR_PROGRAMS = CsvStyle()
WITH_COMMA = CsvStyle(";", ",")


def csv_style_of(locale: str) -> CsvStyle | None:
    """What a spreadsheet set to a locale ("de", "fr_CA", "pt-BR") expects; None when that is no locale."""
    match = _CODE.fullmatch(locale)
    if match is None:
        return None
    language = match[1].lower()
    place = f"{language}_{(match[2] or '').upper()}"
    comma = language in _LANGUAGES and place not in _POINT_PLACES
    if language == "en":
        comma = (match[2] or "").upper() in _COMMA_PLACES
    return WITH_COMMA if comma else FOR_PROGRAMS
