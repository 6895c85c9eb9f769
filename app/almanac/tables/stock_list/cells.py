"""Single cells of a stock list: amounts, lengths of time, and how certain a person wants to be."""

from __future__ import annotations

import math
import re

from almanac.tables.columns.column_words import has_word
from almanac.tables.stock_list.entries import Duration, DurationUnit
from almanac.tables.values.cells import Cell
from almanac.tables.values.dates.calendar_names import plain
from almanac.tables.values.numbers import Convention, read_number, votes

# Words for units of time in nine languages, in lower case without accents. Business days come before days.
_UNITS: dict[DurationUnit, str] = {
    "business day": """
        business day, business days, working day, working days, -werktage, -werktagen, -werktag, -arbeitstage,
        -arbeitstagen, jours ouvres, jours ouvrables, dias habiles, dias laborables, giorni lavorativi, dias uteis,
        werkdagen, werkdag, dni robocze, dni roboczych, -arbetsdagar
    """,
    "day": """
        d, day, days, tag, tage, tagen, j, jour, jours, dia, dias, giorno, giorni, gg, dag, dagen, dni, dzien, dagar
    """,
    "week": """
        w, wk, wks, week, weeks, woche, wochen, sem, semaine, semaines, semana, semanas, settimana, settimane, weken,
        tydzien, tygodnie, tygodni, tyg, vecka, veckor
    """,
    "month": """
        month, months, monat, monate, monaten, mois, mes, meses, mese, mesi, maand, maanden, miesiac, miesiace,
        miesiecy, manad, manader
    """,
    "hour": "h, hour, hours, stunde, stunden, std, heure, heures, hora, horas, ora, ore, uur, uren, godzin, timmar",
}
_ROUNDING = 1e-9
_NUMBER = re.compile(r"[-+]?\d[\d.,\s]*\d|\d")
_WORD = re.compile(r"[^\W\d_]+")
_DURATION = re.compile(r"\s*+([-+]?(?:[.,\s]*+\d)+)(\D*+)")
# "runs out at most once in 20 times", "1 in 20", "einmal in 20".
_ONCE = r"1|once|einmal|une fois|una vez|una volta|uma vez|eens|een keer|raz|en gang"
_ONCE_IN = re.compile(rf"(?:\D*\b)?(?:{_ONCE})\b\D+(\d+)\D*")
LOWEST_CERTAINTY, HIGHEST_CERTAINTY = 0.5, 0.999  # less is no certainty, more is beyond what a forecast can say


def number_part(cell: Cell) -> Cell:
    """The first number of a text, to see how numbers are written: "2,5" of "2,5 Tage"."""
    found = _NUMBER.search(cell) if isinstance(cell, str) else None
    return cell if found is None else found[0]


def read_amount(cell: Cell, convention: Convention) -> float | None:
    """The number in a cell; None when there is none, or when "1.200" may be 1.2 or 1,200."""
    if not isinstance(cell, str):
        return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
    own = votes([cell])
    if not convention.certain and (own.groups_point or own.groups_comma):
        return None
    value = read_number(cell, convention.decimal)
    return value if value is not None and math.isfinite(value) else None


def unit_of(text: str) -> DurationUnit:
    """The unit of time that a heading or the end of a cell names: "Lead time (days)"; empty for none."""
    words = " ".join(_WORD.findall(plain(text)))
    return next((unit for unit, names in _UNITS.items() if words and has_word(words, names)), "")


def read_duration(cell: Cell, convention: Convention) -> Duration | None:
    """A length of time such as 10, "10 days" or "2 Wochen", not below 0; None when the cell is none."""
    count, unit = (None, "") if isinstance(cell, str) else (read_amount(cell, convention), "")
    if isinstance(cell, str) and (match := _DURATION.fullmatch(cell)) is not None:
        count, unit = read_amount(match[1], convention), match[2].strip().removesuffix(".").strip()
    if count is None or count < 0 or (unit and not unit_of(unit)):
        return None
    return Duration(count, unit_of(unit))


def read_certainty(cell: Cell, convention: Convention) -> float | None:
    """A chance from 95%, 95, 0.95 or "once in 20 times"; None when the cell is none between 50% and 99.9%."""
    once = _ONCE_IN.fullmatch(plain(cell)) if isinstance(cell, str) and "%" not in cell else None
    value = read_amount(cell.replace("%", "").strip() if isinstance(cell, str) else cell, convention)
    if once is not None:
        value = 1 - 1 / max(int(once[1]), 1)
    elif value is not None and (value > 1 or (isinstance(cell, str) and "%" in cell)):
        value /= 100
    return value if value is not None and LOWEST_CERTAINTY <= value <= HIGHEST_CERTAINTY + _ROUNDING else None
