"""Columns that say what became of each row: paid, cancelled, refunded, or a mark or date where it was cancelled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.text import some
from almanac.tables.columns.column_words import Meaning, meaning_of, words_of
from almanac.tables.columns.event_columns import event_flags
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Cell, Column, Table, cell_text
from almanac.tables.values.dates.calendar_names import plain

# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, in lower case without accents.
_CANCELLED = """
    cancelled, canceled, cancel, cancellation, void, voided, reverted, reversed, storniert, storno, stornierung,
    annule, annulee, annulation, cancelado, cancelada, anulado, anulada, annullato, annullata, cancellato,
    cancellata, geannuleerd, anulowane, anulowany, anulowana, anulowano, annullerad, annullerat, makulerad,
    peruutettu, iptal, iptal edildi, отменен, отменено, отмена, скасовано, キャンセル, 交易关闭, 已取消, 취소, đa huy,
    đã hủy, dibatalkan, batal, ยกเลิก, ακυρωθηκε, ακυρωμενο, torolve, torolt, anulata, anulat, otkazano,
    makulerat, avbokad, avbestalld, annulleret, aflyst, kansellert, zruseno, stornovano, peruttu
"""
_NOT_DONE = """
    declined, fail, failed, failure, payment failed, denied, rejected, refused, expired, abandoned, aborted, deleted,
    no show, noshow, not delivered,
    abgebrochen, abgelehnt, verfallen, fehlgeschlagen, nicht erschienen, refuse, refusee, echoue, echouee, rejete,
    rejetee, expire, expiree, abandonne, abandonnee, rechazado, rechazada, fallido, fallida, caducado, caducada, no
    presentado, rifiutato, rifiutata, respinto, respinta, fallito, fallita, scaduto, scaduta, recusado, recusada,
    rejeitado, rejeitada, falhou, expirado, expirada, afgewezen, mislukt, geweigerd, verlopen, odrzucone, odrzucony,
    odrzucona, nieudane, nieudana, wygasłe, avbruten, avbrutet, nekad, avvisad, misslyckad, misslyckades
"""
_LOST = "closed lost, deal lost"
# Words for deals that are over, one way or the other, where a column has both: the deals in other stages are open.
_WON = """
    won, closed won, deal won, gewonnen, closed gewonnen, gagne, gagnee, ganado, ganada, cerrado ganado, cerrada ganada,
    vinto, vinta, ganho, ganha, wygrana, wygrane, wygrany, vunnen, vunnet
"""
_LOST_TO = """
    lost, verloren, perdu, perdue, perdido, perdida, cerrado perdido, cerrada perdida, perso, persa, przegrana,
    przegrane, przegrany, forlorad, forlorat
"""
_REFUNDED = """
    refunded, refund, fully refunded, charged back, chargeback, erstattet, ruckerstattet, zuruckerstattet,
    rembourse, remboursee, reembolsado, reembolsada, rimborsato, rimborsata, estornado, estornada, terugbetaald,
    aterbetald, aterbetalt, refunderet, refundert, zwrocono, hyvitetty, iade edildi, 返金, 返金済み, 已退款, 환불
"""
_RETURNED = """
    returned, return, retourniert, retoure, zuruckgegeben, zuruckgesendet, retourne, retournee, devuelto, devuelta,
    devolucion, reso, restituito, restituita, devolvido, devolvida, geretourneerd, retour, zwrocone, zwrocony,
    zwrocona, zwrot, palautettu, iade, возврат, возвращен, повернено, 返品, 退货, 반품, returnerad, returnerat
"""
_INVALID = """
    invalid, not valid, bad, error, faulty, fault, erroneous, rejected reading, ungultig, fehler, fehlerhaft, gestort,
    storung, invalide, non valide, erreur, errone, invalido, invalida, no valido, erroneo, erronea, non valido, errato,
    errata, errore, erro, ongeldig, fout, foutief, niewazny, niewazne, niepoprawne, błedne, bład, bledne, blad, ogiltig,
    ogiltigt, fel, ugyldig, fejl, feil, virheellinen, neplatne, chyba
"""
_OTHER = """
    valid, good, verified, plausible, gultig, gut, gepruft, plausibel, valido, valida, bueno, buono, bom, geldig, goed,
    wazny, wazne, poprawne, giltig, giltigt, bra, gyldig, platne, estimated, suspect,
    paid, complete, completed, fulfilled, unfulfilled, shipped, delivered, closed, open, pending, processing, on hold,
    hold, authorized, authorised, partially refunded, partially paid, partial, unpaid, confirmed, succeeded, success,
    successful, settled, posted, cleared, approved, accepted, active, new, received, invoiced, ok, done, finished,
    in progress, checked in, checked out, arrived, booked, sold, in transit, ready, draft, bezahlt, abgeschlossen,
    offen, ausstehend, versendet, versandt, geliefert, zugestellt, bestatigt, erledigt, in bearbeitung, teilerstattet,
    neu, gebucht, abgerechnet, fertig, paye, payee, termine, terminee, expedie, expediee, livre, livree, en attente,
    en cours, confirme, confirmee, valide, validee, nouveau, pagado, pagada, completado, completada, enviado, enviada,
    entregado, entregada, pendiente, en proceso, confirmado, confirmada, nuevo, pagato, pagata, completato, completata,
    spedito, spedita, consegnato, consegnata, in attesa, in lavorazione, confermato, confermata, evaso, nuovo, pago,
    paga, concluido, concluida, pendente, em processamento, entregue, novo, betaald, voltooid, afgerond, verzonden,
    geleverd, bevestigd, openstaand, in behandeling, nieuw, opłacone, opłacony, opłacona, zapłacone, zapłacono,
    zrealizowane, zrealizowany, wysłane, wysłany, dostarczone, dostarczony, oczekujace, w realizacji, potwierdzone,
    nowe, betald, betalt, klar, slutford, skickad, levererad, vantande, pagaende, bekraftad, ny, betalt, afsluttet
"""
_STATE_NAMES = """
    status state stage statut etat estado estatus stato situacao situazione toestand stan zustand stav tila
    validity valid quality flag qc gultigkeit qualitat validite qualite validez calidad validita qualita validade
    durum durumu статус состояние стан 状態 ステータス 状态 交易状态 订单状态 当前状态 상태 สถานะ κατασταση allapot
    statusz stare
    qualidade geldigheid kwaliteit waznosc jakosc giltighet kvalitet
"""
_NAMES = frozenset(plain(_STATE_NAMES).split())
_MOMENT = re.compile(r"\b(?:at|on|date|am|datum|le|date d|el|fecha|il|data|em|op|dnia|den)\b")
# Names of columns for the kind of an event, and for how long it lasted.
_KIND = re.compile(
    r"\b(?:\w*art|\w*typ|types?|kinds?|events?|\w*ereignis|\w*grund|reason|cause|category|kategorie|evenement|genre|"
    r"evento|tipo|motivo|soort|gebeurtenis|rodzaj|zdarzenie|handelse|\w*storung|faults?|alarms?|alarme|message|meldung)\b"
)
_LASTING = re.compile(
    r"\b(?:min|mins|minutes?|minuten|seconds?|sekunden|hours?|stunden|std|\w*dauer|duration|\w*downtime|down time|"
    r"\w*stillstand\w*|ausfall\w*|duree|arret|heures|duracion|minutos|horas|durata|minuti|ore|fermo|duracao|duur|"
    r"stilstand|minuty|przestoj|varaktighet|stopptid|minuter)\b"
)
_NO_MEASURES = frozenset([Meaning.IDENTIFIER, Meaning.CALENDAR])

# All chosen by judgement.
_MAX_MISTAKES = 0.35  # share of readings that may be mistakes where no name says that a column is a state
_MAX_WORDS = 24  # different cells of such a column
_MAX_MORE = 1.02  # times as many groups of rows, where such a column tells more than which readings are mistakes
_MAX_WITHOUT = 0.7  # share of the rows that are cancelled: where more are, it says something else
_MAX_LOST = 0.95  # share of deals that are lost or open


def _listed(words: str) -> frozenset[str]:
    return frozenset(" ".join(plain(word).split()) for word in words.split(","))


_MEANINGS = {  # what a finding says of rows with one of these words
    "cancelled": _listed(_CANCELLED),
    "returned": _listed(_RETURNED),
    "refunded": _listed(_REFUNDED),
    "not completed": _listed(_NOT_DONE),
    "lost": _listed(_LOST),
    "still open": frozenset(),  # whatever the stage is called
    "not valid": _listed(_INVALID),
}
NOT_VALID = frozenset(["not valid"])  # of readings, and not of orders
_UNDONE = frozenset[str]().union(*_MEANINGS.values())
_MARKS = _UNDONE - _MEANINGS["not valid"]  # as names of columns: "Error" says that there was one, and not what counts
_COMES_BACK = frozenset(["return", "returned", "retour", "reso", "zwrot"])  # also of people
_SETTLED = _listed(_OTHER) - _listed(
    "new, neu, nouveau, nuevo, nueva, nuovo, novo, nieuw, nowe, ny, booked, sold, gebucht"
)
_KNOWN = _UNDONE | _listed(_OTHER)
_STAGES = frozenset(["phase", "etape", "etapa", "fase", "etap", "fas", "skede", "stadium", "deal", "opportunity"])
_DEALS_WON, _DEALS_LOST = _listed(_WON), _listed(_LOST_TO) | _listed(_LOST)


@dataclass(frozen=True, eq=False)
class State:
    """A column that says which rows were cancelled or given back: bool [N]; ``in_words``: not by a mark or a date.

    ``meanings``: what that is in a sentence: "cancelled", "returned", "lost".
    """

    column: int
    undone: Flags
    in_words: bool
    meanings: frozenset[str]


def find_states(table: Table, profiles: Sequence[ColumnProfile]) -> tuple[State, ...]:
    """All columns that say which rows were cancelled, by their words or by a mark or date under such a name."""
    found = []
    for i, (column, profile) in enumerate(zip(table.columns, profiles, strict=True)):
        for find in (_by_words, _by_mark, _by_date):
            state = find(i, column, profile)
            most = _MAX_LOST if state is not None and "lost" in state.meanings else _MAX_WITHOUT
            if state is None or not 0 < state.undone.sum() <= most * len(table):
                continue
            if state.meanings != NOT_VALID or _tells_mistakes(state, table, profiles):
                found.append(state)
                break
    return tuple(found)


def _tells_mistakes(state: State, table: Table, profiles: Sequence[ColumnProfile]) -> bool:
    """Whether a column says which readings are mistakes, and not of which kind each event of a list is.

    Of faults their kind is named, or how long they lasted, or nothing but the faults is listed.
    """
    i, name = state.column, words_of(profiles[state.column].name)
    measured = [p for k, p in enumerate(profiles) if k != i and p.numeric and meaning_of(p.name) not in _NO_MEASURES]
    if table.counts_rows or not measured or any(is_lasting_name(p.name) for p in measured) or _KIND.search(name):
        return False
    many = state.undone.sum() > _MAX_MISTAKES * len(table) and not _is_named_state(name)
    return not many and not _tells_rows_apart(i, table, profiles)


def is_lasting_name(name: str) -> bool:
    """Whether a column of that name says how long each event lasted: Minutes, Dauer (min), downtime."""
    return _LASTING.search(words_of(name)) is not None


def _is_named_state(name: str) -> bool:
    return not _NAMES.isdisjoint(name.split()) or name.endswith("status")


def _tells_rows_apart(i: int, table: Table, profiles: Sequence[ColumnProfile]) -> bool:
    """Whether rows are the same in all dates and words but this one, as pieces that are good and bad on each day."""
    others = [column.codes for k, column in enumerate(table.columns) if k != i and not profiles[k].numeric]
    groups = np.zeros(len(table), dtype=np.int64)
    for codes in others:
        groups = np.unique(groups * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)[1]
    own = table.columns[i].codes
    both = np.unique(groups * (int(own.max(initial=0)) + 1) + own)
    return len(both) > _MAX_MORE * (int(groups.max(initial=0)) + 1)


def _by_words(i: int, column: Column, profile: ColumnProfile) -> State | None:
    """A column of a few words of which some mean cancelled: all are known, or the column is called a state."""
    if column.has_numbers or profile.numeric or not 1 < len(column.cells) <= _MAX_WORDS:
        return None
    words = [_plain(cell) for cell in column.cells]
    named = _is_named_state(name := words_of(profile.name))
    of_stages = named or not _STAGES.isdisjoint(name.split())  # games are won and lost as well
    if of_stages and _are_stages_of_deals(words):
        without = np.array([word not in _DEALS_WON and word != "" for word in words], dtype=bool)
        still_open = any(word not in _DEALS_WON | _DEALS_LOST for word in words if word)
        return State(i, without[column.codes], True, frozenset(["lost", "still open"] if still_open else ["lost"]))
    undone = np.array([word in _UNDONE or (named and _begins_undone(word)) for word in words], dtype=bool)
    if not undone.any() or not (named or all(map(_is_known, filter(None, words)))):
        return None
    others = [word for word, gone in zip(words, undone.tolist(), strict=True) if word and not gone]
    gone = [word for word, gone in zip(words, undone.tolist(), strict=True) if gone]
    if all(word.partition(" ")[0] in _COMES_BACK for word in gone) and not any(word in _SETTLED for word in others):
        return None  # "New" and "Return" are kinds of visits and trips
    return State(i, undone[column.codes], True, _meanings(gone))


def _is_known(words: str) -> bool:
    """Whether a cell says what became of a row, or ends with such a word: "Eventbrite completed"."""
    return words in _KNOWN or words.rpartition(" ")[2] in _SETTLED


def _are_stages_of_deals(words: Sequence[str]) -> bool:
    """Whether some deals were won and some lost, so that those in other stages are open; ``words``: the cells."""
    return not (_DEALS_WON.isdisjoint(words) or _DEALS_LOST.isdisjoint(words))


def _begins_undone(text: str) -> bool:
    """Whether a text says more than a word for cancelled, such as who did it: "cancelled by guest"."""
    first, _, more = text.partition(" ")
    return first in _UNDONE and more.split()[:1] != ["requested"]


def _counted(column: Column, rows: Flags) -> Iterator[str]:
    counts = np.bincount(column.codes[rows], minlength=len(column.cells))
    for code in np.flatnonzero(counts).tolist():
        yield f"{cell_text(column.cells[code])} ({int(counts[code]):,})"


def _by_mark(i: int, column: Column, profile: ColumnProfile) -> State | None:
    """A column of yes and no called "cancelled"."""
    other_numbers = profile.numeric and not 0 <= profile.lowest <= profile.highest <= 1
    if other_numbers or _name_of_mark(profile.name) not in _MARKS:
        return None
    flags = event_flags(column)
    return None if flags is None else State(i, flags, False, _meanings([_name_of_mark(profile.name)]))


def _by_date(i: int, column: Column, profile: ColumnProfile) -> State | None:
    """A column called "Cancelled at" that holds dates in some rows."""
    name = words_of(profile.name)
    if column.has_numbers or not profile.dated or not _MOMENT.search(name):
        return None
    mark = _name_of_mark(_MOMENT.sub(" ", name))
    return State(i, ~column.empty, False, _meanings([mark])) if mark in _MARKS else None


def _name_of_mark(name: str) -> str:
    words = words_of(name.replace("_", " ")).removeprefix("is ").removeprefix("was ")
    return " ".join(words.split())


def _meanings(words: Sequence[str]) -> frozenset[str]:
    """What words for rows that do not count mean, alone or with more behind: "cancelled by guest"."""
    found = ((name, word) for name, listed in _MEANINGS.items() for word in words if _means(word, listed))
    return frozenset(name for name, _ in found)


def _means(word: str, listed: frozenset[str]) -> bool:
    return word in listed or (word not in _UNDONE and word.partition(" ")[0] in listed)


def _plain(cell: Cell) -> str:
    """A cell as the words are listed: NO_SHOW and no-show are "no show", and a shop's wc-cancelled is "cancelled"."""
    return " ".join(re.sub(r"[\W_]+", " ", plain(cell)).split()).removeprefix("wc ") if isinstance(cell, str) else ""


def meanings_of(states: Sequence[State]) -> str:
    """What the columns say became of the rows: "cancelled or refunded", "lost"."""
    said = [name for name in _MEANINGS if any(name in state.meanings for state in states)]
    return " or ".join(([", ".join(said[:-1])] if len(said) > 1 else []) + said[-1:])


def described(states: Sequence[State], table: Table, rows: Flags) -> str:
    """What the columns say of some rows (bool [N]): "cancelled (14), refunded (10)"; empty where they hold no words."""
    said = [_counted(table.columns[state.column], rows & state.undone) for state in states if state.in_words]
    return some([word for words in said for word in words], 4)
