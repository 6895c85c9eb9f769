"""Names of months, weekdays, parts of dates, quarters and years in the languages the program reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from almanac.tables.values.dates import calendar_words

Part = Literal["year", "quarter", "month", "week", "day", "day of year", "hour", "minute", "second", "period"]

# What people write besides the names of the CLDR: without accents, in other short forms, and other words for the same.
_MORE_MONTHS = """
jan feb mrz apr mai jun jul aug sep okt nov dez
jaenner feber maerz apr mai jun jul aug sept okt nov dez
ene febr mar abr may jun jul ago set oct nov dic
enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre
gen feb mar apr mag giu lug ago sett ott nov dic
tammik helmik maalisk huhtik toukok kesak heinak elok syysk lokak marrask jouluk
"""
_MORE_WEEKDAYS = """
tues thur thurs sonnabend segunda terca quarta quinta sexta loerdag soendag ti pn wt sr cz pt sb nd
"""
_MORE_PARTS: dict[Part, str] = {
    "year": "yr yrs annee yyyy yy y fy jj aaaa rrrr 年度 年份",
    "quarter": "qtr qtrs q trim kw kv kwart",
    "month": "mon mth mo mm m mies mes kk mnd 月 月份",
    "week": "wk kw cw kalenderwoche isoweek vk vko tyd tydz tyd tjedan tjedna tuan нед sapt εβδ hf สัปดาห 週",
    "day": "dd dy d pv dayofmonth 天",
    "day of year": "doy yday jday dayofyear yearday",
    "hour": "hr hrs hh h he std godz uhr uurs 时 時",
    "minute": "min mins mi mn mm",
    "second": "sec secs ss sek",
    "period": "period periode periodo per term trimester semester buchungsperiode",
}
_CLOCK_WORDS = """
time clock hhmm hrmn uhrzeit zeit hora heure ora tijd tid tidspunkt klo kello kellonaika klockslag klokkeslett
klokkeslaet cas czas godzina ido idopont saat kell laikas laiks utc ωρα время час 時刻 时间 시간
"""
_DATE_WORDS = """
date dates datum fecha data dato datas pvm paivamaara paivays kuupaev datums tarih kelt buchungstag when timestamp
datetime yearweek jahrwoche ημερομηνια дата 年月 日付 日期 年月日 날짜
"""
_STARTS_OF_DATE_WORDS = re.compile(r"(?:zeit|time|trimest|period)\w*")
# How dates are written, in letters for year, month and day: YYYYMMDD, yyyymm, JJJJMMTT, AAAAMMJJ.
_FORM_OF_DATE = re.compile(r"(?:y{4}|j{4}|a{4}|r{4})m{2}(?:d{2}|t{2}|j{2}|g{2})?|(?:dd|tt|jj|gg)mm(?:yy|jj|aa|rr){1,2}")
# Words next to the name of a part that leave it what it is: month no, calendar year, hour ending, sales month.
_WORDS_BESIDE = """
no nr n num number nummer numero id index name calendar kalender iso report reporting reference obs observation
data fiscal financial accounting posting school academic ending beginning end begin start local utc gmt lst lt
sale sales order invoice billing booking transaction
"""
_WORDS_BETWEEN = "of the in des im de la l du del della van het do v w i om av"
_FINE_TO_COARSE: tuple[Part, ...] = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")  # month (1-12), hour (UTC)
_NO_LETTER = re.compile(r"[\W\d_]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")

FIRST_YEAR, LAST_YEAR = 1600, 2199  # years outside are taken for ordinary numbers; chosen by judgement
_YEAR = re.compile(r"(?:1[6-9]|20|21)\d\d")
_FISCAL_YEAR = re.compile(r"(?:FY|SY|AY)\s?(?:19|20)\d\d", re.IGNORECASE)
_STAMP_NAMES = re.compile(r"(?:^|[\W_])(?:time_?stamp|unix|epoch|ts|stamp)(?:$|[\W_])", re.IGNORECASE)
_QUARTER = re.compile(r"[QTK]\s?0?([1-4])|([1-4])\.?\s?(?:Q|T|quartal|quarter|qtr)", re.IGNORECASE)
_ROMAN = ("i", "ii", "iii", "iv")
# Letters that Unicode does not take apart.
_IN_PLAIN_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})

_CLOCK, _DATE = frozenset(_CLOCK_WORDS.split()), frozenset(_DATE_WORDS.split())
_BESIDE, _OF = frozenset(_WORDS_BESIDE.split()), frozenset(_WORDS_BETWEEN.split())
MONTHS: dict[str, int] = {
    name: number
    for line in (calendar_words.MONTHS + _MORE_MONTHS).split("\n")
    for number, name in enumerate(line.split(), start=1)
    if name != "-"
}
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_THAI = [line.split() for line in calendar_words.THAI_MONTHS.strip().split("\n")]
WEEKDAYS = frozenset((calendar_words.WEEKDAYS + _MORE_WEEKDAYS).split())
_PARTS: dict[Part, frozenset[str]] = {
    part: frozenset((calendar_words.PARTS.get(part, "") + " " + more).split()) for part, more in _MORE_PARTS.items()
}
_PERIODS = frozenset[str]().union(*(_PARTS[part] for part in ("year", "quarter", "month", "week", "day", "period")))


_CALENDAR = frozenset[str]().union(*(_PARTS.values()), MONTHS, (_NO_LETTER.split(name)[0] for name in WEEKDAYS))


def plain(text: str) -> str:
    """Lower case without accents: "März" and "MARZ" are both "marz"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_IN_PLAIN_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


MONTHS |= {plain(name).rstrip("."): number for names in _THAI for number, name in enumerate(names, start=1)}
_THAI_MONTHS = {name.replace(".", ""): number for names in _THAI for number, name in enumerate(names, start=1)}
_THAI_NAMES = "|".join(r"\.?".join(map(re.escape, name.split("."))) for names in _THAI for name in names)
# Two digits behind one may be a year of either calendar.
_THAI_MONTH = re.compile(
    rf"(?<![\u0e00-\u0e7f])(?:เดือน)?({_THAI_NAMES})(?![\u0e00-\u0e7f])(?:\s?[พค]\.?ศ\.?)?(?!\.?\s?[-/']?\s?\d\d(?!\d))"
)


def in_latin_letters(text: str) -> str:
    """A text with the Thai names of months in English, as their signs and full stops are no letters: ม.ค. is Jan."""
    if text.isascii():
        return text
    return _THAI_MONTH.sub(lambda match: _ENGLISH_MONTHS[_THAI_MONTHS[match[1].replace(".", "")] - 1], text)


@lru_cache(maxsize=1 << 14)
def month_number(word: str) -> int | None:
    """The month (1 to 12) that a word names, long or short, with or without a full stop, also M01 to M12; else None."""
    number = MONTHS.get(plain(word).rstrip("."))
    if number is None and len(word) == 3 and word[0] in "Mm" and word[1:].isdecimal():
        return int(word[1:]) if 1 <= int(word[1:]) <= 12 else None
    return number


def is_weekday(word: str) -> bool:
    """Whether the word names a day of the week, long or short."""
    return plain(word) in WEEKDAYS


def is_calendar_word(word: str) -> bool:
    """Whether a word in plain letters is the name of a month, of a part of a date, or the first one of a weekday."""
    return word in _CALENDAR


@lru_cache(maxsize=4096)
def weekday_numbers(word: str) -> frozenset[int]:
    """Which days of the week the word may name, from 0 for Monday: "do" is Thursday or (Italian) Sunday."""
    name = plain(word).rstrip(".")
    lines = (line.split() for line in calendar_words.WEEKDAYS.split("\n"))
    return frozenset(number for line in lines for number, known in enumerate(line) if known == name)


@lru_cache(maxsize=1 << 15)  # more than most tables have columns
def parts_named(name: str) -> frozenset[Part]:
    """The parts of a date that a heading names: "month" for Month No., MĚSÍC or Sales Month; none for other headings.

    "Hour of day" names the finer of the two, "day of year" a separate part, and "day of week" none.
    """
    words = [word for word in _words(name) if word not in _BESIDE]
    if len(words) == 1:
        return frozenset(part for part, known in _PARTS.items() if words[0] in known)
    own = [word for word in words if word not in _OF]
    if len(own) != 2 or len(own) == len(words):
        return frozenset()
    finer, coarser = (next((part for part in _FINE_TO_COARSE if word in _PARTS[part]), None) for word in own)
    if finer is None or coarser is None or (finer, coarser) == ("day", "week"):
        return frozenset()
    if (finer, coarser) == ("day", "year"):
        return frozenset({"day of year"})
    rising = _FINE_TO_COARSE.index(finer) < _FINE_TO_COARSE.index(coarser)
    return frozenset({finer}) if rising else frozenset()


def names_clock(name: str) -> bool:
    """Whether a heading is one of times of day: Time, Uhrzeit (UTC), klo."""
    words = [word for word in _words(name) if word not in _BESIDE]
    return (bool(words) and all(word in _CLOCK for word in words)) or _words(name) == ("utc",)


@lru_cache(maxsize=1 << 15)
def names_date(name: str) -> bool:
    """Whether a word of a heading is one for a date, a time or a period."""
    return any(
        word in _DATE
        or word in _PERIODS
        or _STARTS_OF_DATE_WORDS.fullmatch(word) is not None
        or _FORM_OF_DATE.fullmatch(word) is not None
        for word in _words(name)
        if len(word) > 1 or not word.isascii()
    )


def called_date(name: str) -> bool:
    """Whether a name is one for a date, also as the end of a longer word: Belegdatum, Buchungsdatum."""
    return names_date(name) or plain(name).endswith("datum")


@lru_cache(maxsize=1 << 15)
def _words(name: str) -> tuple[str, ...]:
    """The words of a heading in plain letters, without what is in brackets."""
    apart = _NEW_WORD.sub(" ", _BRACKETS.sub(" ", name))
    return tuple(word for word in _BETWEEN_WORDS.split(plain(apart)) if word)


def quarter_number(word: str) -> int | None:
    """The quarter (1 to 4) that a word names: Q1, T 2, K3, 4. quarter; None for other words."""
    match = _QUARTER.fullmatch(word)
    return None if match is None else int(match[1] or match[2])


@lru_cache(maxsize=4096)
def roman_quarter(text: str) -> int | None:
    """The quarter (1 to 4) that a Roman number names, in a column of quarters: I, IV., "II kw."; None for others."""
    words = [word for word in _words(text) if word not in _PARTS["quarter"]]
    return _ROMAN.index(words[0]) + 1 if len(words) == 1 and words[0] in _ROMAN else None


def is_year(text: str) -> bool:
    """Whether the text is a year from 1600 to 2199 and nothing else."""
    return _YEAR.fullmatch(text) is not None


def is_fiscal_year(text: str) -> bool:
    """Whether the text is a fiscal, school or academic year: FY 2024, SY2024."""
    return _FISCAL_YEAR.fullmatch(text) is not None


def names_stamp(name: str) -> bool:
    """Whether a word of a name is one for a moment that a computer counts in seconds."""
    return _STAMP_NAMES.search(name) is not None


AVERAGE = re.compile(r"(?<![^\W\d_])avg(?![^\W\d_])\.?", re.IGNORECASE)
_MONTH = re.compile(r"(?<![^\W\d_])(jan|feb|mar|apr|may|maj|jun|jul|aug|sep|oct|okt|nov|dec)", re.IGNORECASE)
_ENGLISH, _NEXT_TO_AUGUST = frozenset(["aug", "may", "oct"]), frozenset(["jul", "sep"])


def month_words(texts: Sequence[str]) -> set[str]:
    """What names of months begin with in some texts, in English or Slovenian: "jan", "maj"."""
    return {match[1].lower() for text in texts for match in _MONTH.finditer(text)}


def means_average(texts: Sequence[str]) -> bool:
    """Whether "avg" in some of these texts is an average, and not August in Slovenian.

    It is one next to another August or to a month in English, and where neither July nor September is among the others.
    """
    words = month_words(texts)
    return not words.isdisjoint(_ENGLISH) or words.isdisjoint(_NEXT_TO_AUGUST)
