"""Rows and columns for areas that others are part of: "World", "EU27_2020" or "OWID_EUR" next to countries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from almanac.tables.columns.column_words import has_word
from almanac.tables.columns.keys.territory_words import AREAS, TERRITORIES
from almanac.tables.values.dates.calendar_names import plain

_EURO = "at be cy de ee es fi fr gr hr ie it lt lu lv mt nl pt si sk bg"
_EU = f"{_EURO} cz dk hu pl ro se"
_MEMBERS = {
    "eu": _EU,
    "euro area": _EURO,
    "europe": f"{_EU} gb no ch is li ua by md ru rs ba me mk al xk ad mc sm va fo gi im je gg tr",
    "africa": """
        dz ao bj bw bf bi cv cm cf td km cg cd ci dj eg gq er sz et ga gm gh gn gw ke ls lr ly mg mw ml mr mu ma mz na
        ne ng rw st sn sc sl so za ss sd tz tg tn ug zm zw eh re yt
    """,
    "asia": """
        af am az bh bd bt bn kh cn ge hk in id ir iq il jp jo kz kw kg la lb mo my mv mn mm np kp om pk ps ph qa sa sg
        kr lk sy tw tj th tl tr tm ae uz vn ye
    """,
    "oceania": "au fj ki mh fm nr nz pw pg ws sb to tv vu nc pf gu",
    "north america": "us ca mx gt bz sv hn ni cr pa cu do ht jm bs bb tt pr gl",
    "south america": "ar bo br cl co ec gy py pe sr uy ve gf",
}
_MEMBERS["latin america"] = f"{_MEMBERS['south america']} mx gt bz sv hn ni cr pa cu do ht jm"
_MEMBERS["americas"] = f"{_MEMBERS['south america']} {_MEMBERS['north america']}"
_CODES = {
    "world": "wld, owid wrl, global, world total, all countries, w0, w1, worldwide",
    "eu": "euu, eun, owid eun, owid eu27, eu27 2020, eu27 2007, eu total",
    "euro area": "emu, ez, eurozone, euro area, euro area total, euro zone, euroraum, eurozona, zone euro",
    "europe": "owid eur, owid eurasia",
    "africa": "owid afr",
    "asia": "owid asi",
    "oceania": "owid oce",
    "north america": "owid nam",
    "south america": "owid sam",
}
# Groups of countries of the World Bank and others, which say nothing else next to countries: any country may be in one.
_GROUPS = """
    oecd, oecd members, oed, oecd total, g7, g8, g20, brics, asean, eea, efta, opec, high income, hic, low income, lic,
    lower middle income, lmc, upper middle income, umc, middle income, mic, low & middle income, lmy, ida total, ida,
    ida only, idx, ida blend, idb, ibrd only, ibd, ida & ibrd total, ibt, arab world, arb, least developed countries un
    classification, ldc, heavily indebted poor countries hipc, hpc, fragile and conflict affected situations, fcs, small
    states, sst, caribbean small states, css, pacific island small states, pss, other small states, oss, sub saharan
    africa, ssf, ssa, south asia, sas, east asia & pacific, eas, eap, europe & central asia, ecs, eca, latin america &
    caribbean, lcn, lac, middle east & north africa, mea, mna, middle east north africa afghanistan & pakistan,
    central europe and the baltics, ceb, africa eastern and southern, afe, africa western and central, afw,
    early demographic dividend, ear, late demographic dividend, lte, pre demographic dividend, pre, post demographic
    dividend, pst, high income countries, low income countries, owid hic, owid lic, owid lmc, owid umc,
    european union 27, european union 28, asia excl china, europe excl eu 27, europe excl eu 28
"""
_EU_CODE = re.compile(
    r"(eu|ea|eurozone|euro area|european union) ?(?:6|9|1[0-9]|2[0-9])(?: countries)?(?: (?:19|20)\d\d)?"
)
_NOTE = re.compile(r"\((?:[^()]*(?:countries|from|owid|total|excl)[^()]*)\)|\[[^\]]*\]|: total$")
# A whole country next to its regions, perhaps with its number in front: "00 Riket".
_NATION = """
    total nacional, nacional, total pais, pais, todo el pais, national, nationally, national total, total national,
    nationwide, whole country, entire country, country total, bundesgebiet, bundesgebiet insgesamt, deutschland
    insgesamt, deutschland gesamt, gesamtdeutschland, bund, bundesweit, osterreich gesamt, osterreich insgesamt,
    gesamtosterreich, schweiz total, ganze schweiz, gesamtschweiz, niveau national, ensemble du pays, france entiere,
    france metropolitaine, total france, nazionale, totale nazionale, totale italia, total brasil, landelijk, heel
    nederland, nederland totaal, kraj, caly kraj, kraj ogołem, polska ogołem, riket, hela riket, hela landet, hele
    landet, hele riket, koko maa, cela cr, cela ceska republika, orszag osszesen, orszagos, 全国, 全國, 전국
"""
_PARTS_OF_COUNTRIES = """
    bundesland, bundeslander, kanton, kantone, canton, cantons, state, states, province, provinces, county, counties,
    departement, departements, comunidad, comunidades, comunidad autonoma, ccaa, provincia, provincias, estado,
    estados, uf, regioni, province, provincie, provincies, wojewodztwo, wojewodztwa, lan, fylke, fylker, landsdel,
    maakunta, okres, megye, judet, prefecture, prefectures, distrito, distritos
"""
_NUMBER, _NUMBERED = re.compile(r"^\d+ "), re.compile(r"\d+[ .:_-]+[^\W\d_]")
_ABROAD = re.compile(
    r"\b(?:intern?a[ct]ion\w*|abroad|foreign|export\w*|overseas|ausland\w*|extranjer\w*|etranger|estero|utland\w*)\b"
)
_MIN_REGIONS = 2  # of a country; chosen by judgement
_SURE = frozenset(["world", "eu", "euro area", "group"])
_MIN_OF_CONTINENT = 2  # countries: "Europe" next to "UK" may be the rest of it; chosen by judgement
_LONGEST = 60  # characters of the name of an area


def areas_among(texts: Sequence[str]) -> dict[str, list[str]]:
    """The texts that name areas which others are part of, each with these others; empty where there are none."""
    areas = {text: area for text in texts if (area := _area_of(text)) is not None}
    if not areas:
        return {}
    countries = {text: code for text in texts if text not in areas and (code := _country_of(text)) is not None}
    found: dict[str, list[str]] = {}
    for text, area in areas.items():
        if area == "world":
            parts = list(countries) or [other for other in areas if areas[other] not in ("world", "group")]
        elif area == "group":
            parts = list(countries)
        else:
            parts = [other for other, code in countries.items() if code in _members()[area]]
        if len(parts) >= (1 if area in _SURE or "_" in text else _MIN_OF_CONTINENT):
            found[text] = parts
    return found


def country_among(column: str, texts: Sequence[str]) -> dict[str, list[str]]:
    """The only text that names a whole country, with the others, which are its regions if it is as large as each.

    By a word for it, or by its name where the ``column`` is called after parts of a country, or all texts have numbers:
    "USA" next to "Online" is a market.
    """
    bare = {text: _NUMBER.sub("", _simple(text)) for text in texts if len(text) <= _LONGEST}
    named = [text for text, name in bare.items() if name in _nations()]
    if not named and (has_word(column, _PARTS_OF_COUNTRIES) or all(_NUMBERED.match(text) for text in texts)):
        named = [text for text, name in bare.items() if name in _countries()]
    others = [text for text in texts if text not in named]
    abroad = any(_ABROAD.search(_simple(text)) for text in others)  # next to what was sold there
    return {named[0]: others} if len(named) == 1 and len(others) >= _MIN_REGIONS and not abroad else {}


@cache
def _nations() -> frozenset[str]:
    return frozenset(" ".join(plain(name).split()) for name in _NATION.split(","))


@cache
def _members() -> dict[str, frozenset[str]]:
    return {area: frozenset(codes.split()) for area, codes in _MEMBERS.items()}


def _area_of(text: str) -> str | None:
    """The area that a text names; "group" for one of countries in any place, None where it names none."""
    if len(text) > _LONGEST:
        return None
    name = _simple(text)
    found = _areas().get(name)
    if found is not None:
        return found
    match = _EU_CODE.fullmatch(name)
    return (
        None
        if match is None
        else "euro area"
        if match[1].startswith(("ea", "euro")) and match[1][:5] != "europ"
        else "eu"
    )


def _country_of(text: str) -> str | None:
    """The code of two letters of the country that a text names."""
    return _countries().get(_simple(text)) if len(text) <= _LONGEST else None


@cache
def _areas() -> dict[str, str]:
    found = dict.fromkeys((" ".join(name.split()) for name in _GROUPS.split(",")), "group")
    for line in AREAS.split("\n"):
        area, _, names = line.partition("|")
        found |= dict.fromkeys(filter(None, names.split(",")), area)
    for area, names in _CODES.items():
        found |= dict.fromkeys((name.strip() for name in names.split(",")), area)
    return found | {"eu": "eu"}


@cache
def _countries() -> dict[str, str]:
    return {name: names[0] for line in TERRITORIES.split("\n") if (names := line.split(",")) for name in names if name}


def _simple(text: str) -> str:
    """A name in lower case without accents, notes and signs."""
    bare = (
        _NOTE.sub("", plain(text))
        .replace("_", " ")
        .replace("-", " ")
        .replace("–", " ")
        .replace(".", "")
        .replace(",", "")
    )
    return " ".join(bare.split())
