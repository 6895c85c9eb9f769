"""Units: in a line below the names, in the names, or in every cell, where they are taken off the numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from almanac.core.number_signs import CURRENCY, GROUP_SIGNS, MINUS_SIGNS, usual_sign
from almanac.tables.values.cells import Cell, Column, Table
from almanac.tables.values.dates.calendar_names import month_number, plain
from almanac.tables.values.numbers import is_missing_word, looks_like_number
from almanac.tables.values.unread_numbers import AMOUNT

_WITH_UNIT = re.compile(
    rf"([{MINUS_SIGNS}+]?[\d.,{GROUP_SIGNS}\s]*\d)\s*([^\W\d_]{{1,6}}[²³/.]?[^\W\d_]{{0,4}}\.?|°\s?[CF]?)"
)
# Letters before an amount: Rp 12.500, RM8.90, Rs. 1,250. A code such as Q1 or R12 has no thousands set apart, no cents.
_WITH_UNIT_BEFORE = re.compile(
    rf"([{MINUS_SIGNS}+]?)([^\W\d_]{{1,4}}[./]?)\s?([{MINUS_SIGNS}+]?\d[\d.,{GROUP_SIGNS}\s]*)"
)
_SIGNS_BEFORE = f"{MINUS_SIGNS}+ "
_SIGN_IN_CELL = re.compile(rf"([%‰]|{CURRENCY})")
_SAMPLE = 50  # cells looked at first
_MAX_OTHERS = 0.2  # share of cells without a number; chosen by judgement
_MIN_AMOUNTS, _MIN_SHARE = 8, 0.5  # amounts behind the same letters, of different cells and of rows; by judgement
_MIN_UNITS = 0.6  # share of units among the cells of a line of units above numbers; chosen by judgement
_SHORT = 3  # characters of a scale that may be something else
_MAX_UNIT, _MAX_LABEL, _MAX_TITLE = 24, 40, 60  # characters of a unit, a label, the end of a title; by judgement

# Symbols of the International System of Units and of common others, currencies, and words for counts.
_SYMBOLS = """
° °c °f degc degf celsius fahrenheit kelvin mm cm dm km nm µm mm² cm² m² km² m2 km2 ft2 sqm sqft ha m³ m3 cm³ cbm nm³
ml cl dl hl kg mg µg ug lb lbs oz kt wh kwh mwh gwh twh kw mw gw kwp kv ma ah hz khz kva kvar kj mj gj kcal btu hpa kpa
mpa mbar psi mmhg mph % ‰ pct ppm ppb € $ £ ¥ ₹ us$ r$ eur usd gbp chf sek nok dkk pln czk huf brl inr aud cad jpy cny
nzd zar mxn rub zł kč ₽ ₴ ₩ ₺ ₫ руб грн 円 元 원 lux lx db dba bbl ntu
mmol µmol nmol pmol meq m/s l/min l/h
"""
_WORDS = """
k c f m a g t l w v j s h d in ft yd mi st p ct to pa va bar kn bft deg grad inch inches feet miles mile acre acres
liter litre liters litres gal gallon gallons barrels tonne tonnes tons ton sec secs ms min mins hr hrs hour hours std
stunden minute minutes second seconds tage day days jours heures horas dias días giorni ore uren dagen weeks months
years percent percentage percentages prozent pourcent pourcentage porcentaje percentuale procent ph okta oktas points
pts euro euros dollar dollars pound pounds kr cent cents stk stück stueck pcs pc pieces units unit number no anzahl
nombre número numero count persons people personen personnes personas heads kopf шт each ea items boxes index ratio
cases cal lm mol cd
"""
_SURE = frozenset(_SYMBOLS.split())
_UNITS = _SURE | frozenset(_WORDS.split())
_SCALE_WORDS = (
    r"millionen|millions|million|milliers|mill|mio|mrd|mn|billions|billion|bn|thousands|thousand|tausend|tsd|k|m|"
    r"'?000s?|1[ .,]?000|1000s|10\^?\d"
)
_SCALE = re.compile(rf"(?:{_SCALE_WORDS})\.?\s*(?:of\s|de\s|d')?\s*")
_SCALE_AFTER = re.compile(rf"\s(?:{_SCALE_WORDS})\.?")
_BASE_YEAR = re.compile(r"(?:base\s*)?(?:19|20)\d\d(?:[-/]\d\d)?\s*=\s*100|index")
_INDEX_LINE = re.compile(r"(?:[^\W\d_]+[ :,]{1,2}){0,2}+((?:19|20)\d\d(?:[-/]\d\d)? ?= ?100)\W?", re.IGNORECASE)
_BRACKETS = re.compile(r"\((.*)\)|\[(.*)\]|\{(.*)\}")
_IN_NAME = re.compile(r"(.*\S)\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])")
_LABEL_WORDS = """
unit, units, unit of measure, unit of measurement, measurement unit, uom, einheit, einheiten, masseinheit,
mengeneinheit, messeinheit, unite, unites, unite de mesure, unidad, unidades, unidad de medida, unita, unita di misura,
unidade, unidade de medida, eenheid, meeteenheid, jednostka, jednostka miary, jednotka, enhet, enhed, yksikko,
maleenhed, mertekegyseg, 単位, 单位, 單位, 단위
"""
_MEASURES = frozenset(["measure", "measures", "mesure", "medida", "misura", "maat", "miara", "massangabe", "matt"])
_LABELS = frozenset(plain(label.strip()) for label in _LABEL_WORDS.split(","))
_LABELLED = re.compile(r"[#;%*\s]*+([^\s:=：#][^:=：#]{1,60}+)[:=：]\s*+(\S.*)")
_IN_UNIT = re.compile(r"[(\[](?:in|en|w|i)\s([^()\[\]]+)[)\]]\s*$")
_NO_EXPONENT = ("%", "‰")  # %20 is a rate of a tax, and not a unit
_NOT_BEFORE = frozenset(["per", "pro", "par", "por", "je", "of", "a", "/", "-", "x"])  # "Price per kg" is not in kg


def unit_of_text(text: str) -> str:
    """The unit that a cell of a line of units holds, as it is written there: "(in kWh)" is "kWh"; empty for none."""
    inner = _without_brackets(text)
    return inner if _is_unit(inner, _UNITS) else ""


def is_unit_cell(text: str) -> bool:
    """Whether a cell below a name can only be its unit, or a remark in brackets, and no more of the name."""
    return _BRACKETS.fullmatch(text) is not None or _is_unit(text, _SURE)


def unit_in_name(name: str) -> str:
    """The unit in the name of a column, such as "Weight (kg)", "Temp [°C]" or "Sales in EUR"; empty for none."""
    match = _IN_NAME.fullmatch(name) if name.endswith((")", "]")) else None
    if match is not None:
        return unit_of_text(match[2] or match[3] or "")
    words = name[-2 * _MAX_UNIT :].replace(",", " ").replace("_", " ").split()
    tails = [" ".join(words[-count:]) for count in (2, 1) if len(words) > count and _may_name(words[-count - 1])]
    return next((tail for tail in tails if _is_unit(tail, _SURE)), "")


def _may_name(word: str) -> bool:
    """Whether a word before a unit can be what is measured in it."""
    return word.casefold() not in _NOT_BEFORE and not word[:1].isdecimal()


def is_units_label(text: str) -> bool:
    """Whether a line that begins with this text says in which unit each column is."""
    return len(text) <= _MAX_LABEL and plain(text).strip(" :.#") in _LABELS


def unit_of_lines(lines: Sequence[Sequence[str]]) -> str:
    """The unit that lines above a table give for all of it: "Unit: kWh", "Unit" next to it or above it; empty for none.

    Also that at the end of a title, "Sales (in thousand EUR)", and the base of an index alone: "2015 = 100".
    """
    for n, cells in enumerate(lines):
        filled = [(i, cell) for i, cell in enumerate(cells) if cell]
        below = lines[n + 1] if n + 1 < len(lines) else ()
        for place, (i, cell) in enumerate(filled):
            labelled = _LABELLED.fullmatch(cell) if len(cell) <= _MAX_LABEL + _MAX_UNIT else None
            found = [labelled[2]] if labelled is not None and is_units_label(labelled[1].strip()) else []
            if is_units_label(cell):
                beside = [text for _, text in filled[place + 1 :]]
                found = [*below[i : i + 1], *(beside if len(beside) == 1 else ())]  # in a line of names it is below
            elif place == 0 and len(filled) == 2 and plain(cell).strip(" :.#") in _MEASURES:
                found = [filled[1][1].partition(",")[0]]  # "Percentage, s.a."
            elif not found and len(filled) == 1 and (title := _IN_UNIT.search(cell[-_MAX_TITLE:])):
                found = [title[1]]
            elif not found and len(filled) == 1 and (base := _INDEX_LINE.fullmatch(cell[:_MAX_TITLE])):
                found = [base[1]]
            if unit := next((unit for text in found if (unit := unit_of_text(text.strip(" .;,")))), ""):
                return unit
    return ""


def is_units_line(names: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether ``cells``, below the ``names`` of columns of numbers, say in which unit each of them is."""
    filled = [(name, cell) for name, cell in zip(names, cells, strict=True) if cell]
    if not filled or not all(name for name, _ in filled):
        return False
    return sum(is_unit_cell(cell) or unit_of_text(cell) != "" for _, cell in filled) >= _MIN_UNITS * len(filled)


def _without_brackets(text: str) -> str:
    match = _BRACKETS.fullmatch(text.strip())
    inner = text if match is None else next(part for part in match.groups() if part is not None)
    inner = inner.strip()
    return inner[3:].strip() if inner[:3].lower() == "in " else inner


def _is_unit(text: str, known: frozenset[str]) -> bool:
    """Whether a text is a unit, perhaps with a scale before it and a unit below a stroke: "Mio. EUR", "µg/m³"."""
    if not text or len(text) > _MAX_UNIT or text.isdecimal():
        return False
    low = text.casefold().replace("μ", "µ").replace("º", "°").strip(" .")
    if _BASE_YEAR.fullmatch(low):
        return True
    scaled = _SCALE.match(low)
    forms = [low, low[scaled.end() :]] if scaled else [low]
    head, blank, tail = low.rpartition(" ")
    forms += [head] if _SCALE_AFTER.fullmatch(f"{blank}{tail}") else []  # "$ million"
    if scaled and scaled.end() == len(low) and low.isalpha() and len(low) > _SHORT:
        return True  # "thousands", not "m"
    for form in forms:
        for sign in (" per ", " pro ", "·"):
            form = form.replace(sign, "/")
        if form in known:
            return True
        first, *others = (_without_exponent(part.strip()) for part in form.split("/"))
        if first in known and _UNITS.issuperset(others):
            return True
    return False


def _without_exponent(unit: str) -> str:
    """A unit without its exponent: "m^2" and "s-1" are "m" and "s"."""
    if unit in _UNITS or unit.startswith(_NO_EXPONENT):
        return unit
    return unit.rstrip("0123456789").rstrip("^- ")


def with_units(table: Table, known: tuple[str, ...]) -> Table:
    """The table with the ``known`` units of its columns (an empty tuple: none), and those in every cell taken off."""
    pairs = [without_unit(column) for column in table.columns]
    units = tuple(unit or found for unit, (_, found) in zip(known or ("",) * len(pairs), pairs, strict=True))
    return replace(table, columns=tuple(column for column, _ in pairs), units=units if any(units) else ())


def without_unit(column: Column) -> tuple[Column, str]:
    """The column with plain numbers, and their unit, when nearly all its cells are a number and the same unit.

    Otherwise it is unchanged, and the unit that of a sign for money or percent in all first cells, which numbers may
    have.
    """
    if column.has_numbers or column.plain is not None:
        return column, ""
    found = _units_behind(column.cells) or _units_before(column)
    if not found:
        return column, _common_sign(column.cells[:_SAMPLE])
    units = Counter(unit for _, unit in found.values())
    if len(units) != 1:  # kilograms and grams
        return column, ""
    others = [c for n, c in enumerate(column.cells) if n not in found and c != ""]
    if len(others) > _MAX_OTHERS * len(column.cells) or any(
        looks_like_number(c) and not is_missing_word(c) for c in others
    ):
        return column, ""
    cells = [found[n][0] if n in found else cell for n, cell in enumerate(column.cells)]
    if len(set(cells)) < len(cells):
        return column, ""
    return Column(column.codes, cells), next(iter(units))


def _units_behind(cells: Sequence[Cell]) -> dict[int, tuple[str, str]]:
    """The number and the unit of each cell that has one behind it; empty where these are days or no such cells."""
    if not _likely(cells[:_SAMPLE]):
        return {}
    matches = ((n, _WITH_UNIT.fullmatch(cell)) for n, cell in enumerate(cells) if isinstance(cell, str))
    found = {n: (match[1].strip(), match[2]) for n, match in matches if match}
    units = {unit for _, unit in found.values()}
    return {} if any(month_number(unit) is not None for unit in units) else found  # 6 Mar, 7 Mar


def _units_before(column: Column) -> dict[int, tuple[str, str]]:
    """The amount and the letters before it, of each cell that has both; empty where these may be codes.

    Codes come again and again, as AB 1.200 does on each day.
    """
    cells = column.cells
    texts = [cell for cell in cells[:_SAMPLE] if isinstance(cell, str) and cell != "" and not is_missing_word(cell)]
    if len(texts) < _MIN_AMOUNTS or not all(map(_WITH_UNIT_BEFORE.fullmatch, texts[:3])):
        return {}
    matches = ((n, _WITH_UNIT_BEFORE.fullmatch(cell)) for n, cell in enumerate(cells) if isinstance(cell, str))
    found = {n: (f"{match[1]}{match[3].strip()}", match[2]) for n, match in matches if match}
    amounts = sum(AMOUNT.fullmatch(number.lstrip(f"{MINUS_SIGNS}+")) is not None for number, _ in found.values())
    different = len(found) >= _MIN_SHARE * (~column.empty).sum()
    return found if different and amounts >= max(_MIN_AMOUNTS, _MIN_SHARE * len(cells)) else {}


def _likely(cells: Sequence[Cell]) -> bool:
    """Whether all of the first cells that begin with a digit, after a sign or not, are numbers with a unit."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell.lstrip(_SIGNS_BEFORE)[:1].isdecimal()]
    return bool(texts) and all(not looks_like_number(text) and _WITH_UNIT.fullmatch(text) for text in texts)


def _common_sign(cells: Sequence[Cell]) -> str:
    """The sign for money or percent that all these cells have, if they are numbers; otherwise an empty text."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell != "" and not is_missing_word(cell)]
    if not texts or not all(_SIGN_IN_CELL.search(text) for text in texts[:3]):
        return ""
    signs = {found[0] if (found := _SIGN_IN_CELL.findall(text)) else "" for text in texts if looks_like_number(text)}
    return usual_sign(next(iter(signs))) if len(signs) == 1 else ""
