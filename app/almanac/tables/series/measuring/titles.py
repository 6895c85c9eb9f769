"""What the title of a table says that its numbers are: how many there are, or a rate, a price or an index."""

from __future__ import annotations

import re
from functools import lru_cache

from almanac.tables.columns.column_words import Meaning, meaning_of, words_of

# How many there are at one time, in several languages; "members" may also be those who came on a day.
_THERE_ARE_WORDS = """
    followers, follower, fans, seguidores, volgers, foljare, obserwujacy, open tickets, open issues, open cases, tickets
    open, offene tickets, cows in milk, milchkuhe, vaches laitieres, patients in icu, in icu,
    members, membership, subscribers, employees, headcount, head count, fte, population, inhabitants, residents,
    mitglieder, mitgliederzahl, abonnenten, mitarbeiter, beschaftigte, einwohner, einwohnerzahl,
    bevolkerung, membres, adherents, abonnes, salaries, effectif, effectifs, habitants, miembros, socios, suscriptores,
    empleados, plantilla, habitantes, poblacion, membri, soci, abbonati, dipendenti, abitanti, popolazione, membros,
    assinantes, funcionarios, empregados, populacao, leden, ledental, abonnees, werknemers, medewerkers, inwoners,
    bevolking, hens, laying hens, legehennen, hennen, huhner, poules, pondeuses, gallinas, galline, galinhas, kippen,
    kury, hons, cows, kuhe, vaches, vacas, vacche, koeien, krowy, colonies, beds, betten, lits, camas, posti letto,
    letti, leitos, bedden, łozka, nufus, vakiluku, folketall, folketal, obyvatel, obyvatelstvo, nepesseg, lakossag,
    asukasluku, członkowie, abonenci, pracownicy, ludnosc, mieszkancy, medlemmar, prenumeranter, anstallda, invanare,
    befolkning, befolkningsmangd, folkmangd
"""
THERE_ARE = frozenset(" ".join(form.split()) for form in _THERE_ARE_WORDS.split(","))
# Words behind it in a title, or none: "Population by region", "Befolkning efter region".
_BEHIND_WORDS = """
    by at on in of per and on as nach am je und par au de en et al por segun per e em op naar efter den i vid the total
"""
_BEHIND_HOW_MANY = [[], *([word] for word in _BEHIND_WORDS.split())]
_LEVELS = frozenset([Meaning.SHARE, Meaning.PRICE, Meaning.STATE])
_RATES = _LEVELS - {Meaning.STATE}
_INDICES = frozenset(["index", "indice", "indeks", "indeksi", "endeks"])
# What a title goes on with, which is not what is measured: "Deaths by age", "Unemployment rate in Austria".
_ASIDE = re.compile(r"[,;:(\[–]|\s-\s|\b(?:by|in|for|nach|je|in|par|en|por|per|naar|wg|efter|according to|segun)\b")
_AT_THE_END = re.compile(
    r"\b(?:at|end of) (?:the )?(?:month|quarter|year|week|period)(?: end)?\b|\b(?:monats|quartals|jahres)ende\b|"
    r"\bfin (?:de|du) (?:mes|mois|ano|trimestre|trimestr)\b|\bfine (?:mese|anno)\b|\bultimo\b"
)
_MAX_TITLE = 120  # characters of a title that are looked at


@lru_cache(maxsize=4)  # asked for each column
def says_how_many(title: str) -> bool:
    """Whether a title in words is about how many there are: "Head count at month end", not "Members' dinners"."""
    if _AT_THE_END.search(title):
        return True
    words = title.split()
    forms = (" ".join(words[:count]) for count in (1, 2))
    return next((words[len(form.split()) :][:1] for form in forms if form in THERE_ARE), ["?"])[:1] in _BEHIND_HOW_MANY


@lru_cache(maxsize=4)
def level_in_title(title: str) -> Meaning | None:
    """What a title is of, where that is a rate, a price or another level: its last word says it, or its first one.

    The last word is the one that counts in "Unemployment rate", the first in "Taux de chômage"; in "Power stations" no
    word does.
    """
    words = words_of(_ASIDE.split(title[:_MAX_TITLE].casefold(), maxsplit=1)[0]).split()
    if not words:
        return None
    first, last = meaning_of(words[0]), meaning_of(words[-1])
    if last in _LEVELS:
        return last
    return first if first in _RATES or words[0] in _INDICES else None
