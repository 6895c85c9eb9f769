"""Names of months, weekdays, quarters and years in the languages the program reads."""

from __future__ import annotations

import re
import unicodedata

_MONTH_NAMES = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
jan feb mrz apr mai jun jul aug sep okt nov dez
januar februar maerz april mai juni juli august september oktober november dezember
jaenner feber marz apr mai juni juli aug sept okt nov dez
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
janv fevr mars avr mai juin juil aout sept oct nov dec
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene febr mar abr may jun jul ago set oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago sett ott nov dic
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt apr mei jun jul aug sept okt nov dec
"""

MONTHS: dict[str, int] = {
    name: number for line in _MONTH_NAMES.split("\n") if line for number, name in enumerate(line.split(), start=1)
}

_WEEKDAY_NAMES = """
monday tuesday wednesday thursday friday saturday sunday
mon tue tues wed thu thur thurs fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche
lun mar mer jeu ven sam dim
lunes martes miercoles jueves viernes sabado domingo
mie jue vie sab dom
lunedi martedi mercoledi giovedi venerdi sabato domenica
gio
segunda terca quarta quinta sexta
seg ter qua qui sex
segunda-feira terca-feira quarta-feira quinta-feira sexta-feira
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
ma wo za zo
月 火 水 木 金 土 日
"""

WEEKDAYS = frozenset(_WEEKDAY_NAMES.split())

FIRST_YEAR, LAST_YEAR = 1600, 2199  # years outside are taken for ordinary numbers; chosen by judgement
_YEAR = re.compile(r"(?:1[6-9]|20|21)\d\d")
_FISCAL_YEAR = re.compile(r"(?:FY|SY|AY)\s?(?:19|20)\d\d", re.IGNORECASE)
_QUARTER = re.compile(r"[QTK]\s?([1-4])|([1-4])\.?\s?(?:Q|T|quartal|quarter|qtr)", re.IGNORECASE)


def plain(text: str) -> str:
    """Lower case without accents: "März" and "MARZ" are both "marz"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def month_number(word: str) -> int | None:
    """The month (1 to 12) that a word names, long or short, with or without a full stop, also M01 to M12; else None."""
    number = MONTHS.get(plain(word).rstrip("."))
    if number is None and len(word) == 3 and word[0] in "Mm" and word[1:].isdecimal():
        return int(word[1:]) if 1 <= int(word[1:]) <= 12 else None
    return number


def is_weekday(word: str) -> bool:
    """Whether the word names a day of the week, long or short."""
    return plain(word) in WEEKDAYS


def quarter_number(word: str) -> int | None:
    """The quarter (1 to 4) that a word names: Q1, T 2, K3, 4. quarter; None for other words."""
    match = _QUARTER.fullmatch(word)
    return None if match is None else int(match[1] or match[2])


def is_year(text: str) -> bool:
    """Whether the text is a year from 1600 to 2199 and nothing else."""
    return _YEAR.fullmatch(text) is not None


def is_fiscal_year(text: str) -> bool:
    """Whether the text is a fiscal, school or academic year: FY 2024, SY2024."""
    return _FISCAL_YEAR.fullmatch(text) is not None
