"""Columns that say when an event is: 0 and 1, or yes and no, under a name such as promo or Feiertag."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.entered.events import EventKind
from almanac.tables.columns.column_words import words_of
from almanac.tables.values.cells import Cell, Column
from almanac.tables.values.dates.calendar_names import plain

# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, in lower case without accents.
_NAMES = {
    EventKind.STOCK_OUT: """
        stock out, stockout, out of stock, oos, sold out, ausverkauft, nicht lieferbar, rupture, rupture de stock,
        agotado, sin stock, esaurito, esgotado, sem estoque, uitverkocht, brak towaru, slutsald, slut i lager
    """,
    EventKind.CLOSURE: """
        closed, closure, shop closed, store closed, geschlossen, ferme, fermeture, cerrado, cierre, chiuso, chiusura,
        fechado, gesloten, sluiting, zamkniete, stangt
    """,
    EventKind.HOLIDAY: """
        holiday, holidays, public holiday, bank holiday, school holiday, school holidays, state holiday, feiertag,
        feiertage, ferien, schulferien, jour ferie, ferie, vacances, vacances scolaires, festivo, festivos, feriado,
        feriados, vacaciones, festivita, giorno festivo, vacanze, ferias, feestdag, vakantie, schoolvakantie, swieto,
        ferie szkolne, helgdag, rod dag, skollov
    """,
    EventKind.SALE: """
        promo, promos, promotion, promotions, promoted, promotional, sale, offer, special offer, special, campaign,
        deal, discounted, advertised, advertising, ad, aktion, aktionen, angebot, sonderangebot, werbung, werbeaktion,
        rabattaktion, kampagne, schlussverkauf, soldes, offre, operation, publicite, promocion, promociones, oferta,
        rebajas, campana, promozione, promozioni, offerta, saldi, promocao, promocoes, liquidacao, campanha, aanbieding,
        actie, promotie, uitverkoop, promocja, wyprzedaz, kampanj, rea, erbjudande
    """,
}
_AROUND = re.compile(
    r"^(?:is|has|on|in|im|in der|en|ist)\s++|(?<!\s)\s++(?:flag|indicator|dummy|day|active|aktiv|yn|y n|0 1)$"
)
_YES = ("1", "yes", "y", "true", "t", "x", "ja", "j", "wahr", "oui", "o", "vrai", "si", "s", "sim", "tak", "on")
_NO = ("", "0", "no", "n", "false", "f", "-", "nein", "falsch", "non", "faux", "nao", "nee", "nie", "nej", "off")
MAX_CELLS = 12  # different spellings of yes and no in one column; chosen by judgement


@cache
def event_kind(name: str) -> EventKind | None:
    """The kind of event that a column of this name is about; None when the name does not say."""
    words = words_of(name.replace("_", " "))
    while (shorter := _AROUND.sub("", words)) != words:
        words = shorter
    for kind, names in _NAMES.items():
        if words in {" ".join(listed.split()) for listed in names.split(",")}:
            return kind
    return None


def event_flags(column: Column) -> Flags | None:
    """Which rows have the event: bool [N]; None when the column does not hold both yes and no, and nothing else."""
    if column.has_numbers:
        if column.stray_texts or not np.isin(column.known, (0.0, 1.0)).all():
            return None
        flags = column.floats == 1.0
    else:
        meant = _meanings(column.cells)
        if meant is None:
            return None
        flags = meant[column.codes]
    return flags if flags.any() and not flags.all() else None


def _meanings(cells: Sequence[Cell]) -> Flags | None:
    """Whether each distinct cell means yes: bool; None when one means neither yes nor no."""
    if len(cells) > MAX_CELLS:
        return None
    texts = [_plain(cell) for cell in cells]
    if not all(text in _YES or text in _NO for text in texts):
        return None
    return np.array([text in _YES for text in texts], dtype=bool)


def _plain(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return f"{cell:g}"
    return plain(cell.strip()) if isinstance(cell, str) else str(cell)
