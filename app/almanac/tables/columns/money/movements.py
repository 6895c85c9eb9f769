"""Goods that came in or went out, where a column says which: Type is "GRN", "Issue" or "Sale"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from almanac.core.arrays import Floats
from almanac.tables.columns.column_words import FLOWS, Meaning, is_money_name, meaning_of, words_of
from almanac.tables.columns.money.columns import is_unsigned
from almanac.tables.columns.profile import ColumnProfile, unnamed
from almanac.tables.columns.targets import sample
from almanac.tables.values.cells import Cell, Column, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import plain

# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, in lower case without accents. What
# a cell says decides by the longest phrase in it, so that "purchase return" goes out.
_OUT = """
    stock out, goods out, inventory out, transfer out, adjustment out, outbound, outgoing, outward, issue, issues,
    issued, goods issue, gi, gin, sale, sales, sold, sell, dispatch, dispatched, despatch, despatched, shipment,
    shipped, delivery note, consumption, consumed, usage, used, pick, picked, write off, written off, scrap,
    scrapped, waste, wastage, damage, damaged, expired, return to supplier, return to vendor, supplier return,
    vendor return, purchase return, purchase returns, export, exported, ausgang, warenausgang, wa, abgang,
    lagerabgang, verkauf, verkaufe, entnahme, verbrauch, versand, auslieferung, lieferschein, schwund, ausschuss,
    retoure an lieferant, sortie, sorties, vente, ventes, expedition, consommation, bon de sortie, bon de livraison,
    livraison client, rebut, perte, casse, retour fournisseur, salida, salidas, venta, ventas, consumo, despacho,
    merma, egreso, uscita, uscite, scarico, vendita, vendite, prelievo, spedizione, scarto, saida, saidas, venda,
    vendas, baixa, requisicao, perda, uitgifte, verkoop, verkopen, uitslag, verbruik, verzending, uitgaand, wydanie,
    wz, rw, sprzedaz, rozchod, zuzycie, uttag, utleverans, forsaljning, forbrukning, kassation
"""
_IN = """
    stock in, goods in, inventory in, transfer in, adjustment in, inbound, incoming, inward, grn, gr, goods receipt,
    goods received, goods received note, receipt, receipts, received, purchase, purchases, purchased, buy, bought,
    po, restock, restocked, restocking, replenishment, replenish, production, produced, customer return, return from
    customer, sales return, sales returns, return, returns, returned, import, imported, eingang, wareneingang, we,
    zugang, lagerzugang, einkauf, zukauf, anlieferung, einlagerung, produktion, retoure, rucklieferung,
    kundenretoure, entree, entrees, reception, achat, achats, bon de reception, approvisionnement, retour client,
    retour, entrada, entradas, compra, compras, recepcion, ingreso, devolucion, devolucion de cliente, reposicion,
    entrata, entrate, carico, acquisto, acquisti, ricevimento, reso, reso cliente, recebimento, devolucao,
    ontvangst, goederenontvangst, inkoop, inslag, inkomend, przyjecie, pz, pw, zakup, przychod, zwrot, inleverans,
    inkop, mottagning, inlevererat
"""
# Alone in a cell; within others they say other things: "Dine in", "Take out".
_ALONE = {"out": True, "uit": True, "ut": True, "in": False}
_TRADED_WORDS = """
sale sales sold sell purchase purchases purchased buy bought verkauf einkauf vente ventes achat achats venta ventas
compra compras vendita vendite acquisto acquisti venda vendas verkoop inkoop sprzedaz zakup forsaljning inkop
"""
_TRADED = frozenset(_TRADED_WORDS.split())
# A word in the name of a column that says what each row is.
_NAME_WORDS = """
type typ types tipo tip movement movements mvt mvmt transaction trans txn document doc voucher entry activity action
operation event direction side kind nature status in out bewegung bewegungsart buchungsart belegart vorgang vorgangsart
art richtung mouvement sens movimiento operacion concepto direccion movimento causale operazione operacao natureza
beweging mutatie mutatiesoort soort richting ruch rodzaj dokument rorelse rorelsetyp handelse transactiontype
movementtype doctype trantype transtype entrytype
"""
_NAMES = frozenset(_NAME_WORDS.split())
# Numbers of the types of movements in SAP: MvT, in German BwA.
_CODE_NAMES = (["mvt"], ["mvt", "type"], ["movement", "type"], ["bwa"], ["bwart"], ["bewegungsart"], ["cmv"], ["tmv"])
_CODES_WORDS = {
    True: "122 161 201 221 231 241 251 261 281 291 333 335 543 551 553 555 601 641 702",
    False: "101 103 105 131 202 222 262 292 501 521 531 561 602 651 653 657 701",
}
_CODES_OUT, _CODES_IN = (frozenset(_CODES_WORDS[out].split()) for out in (True, False))
# All chosen by judgement.
_MIN_ONE_SIGN = 0.9  # mean sign of the numbers of one code
_MAX_WORDS = 24  # different cells of such a column
_MIN_KNOWN = 0.5  # share of the rows whose side is known
_MIN_AGREE = 0.95  # share of signed numbers whose sign is that of their side
_MOVED = FLOWS | {Meaning.WEIGHT, None}  # what the numbers may be, by their name
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Movements:
    """``marks``: the column that says what came in and what went out; ``out`` and ``into``: its cells for either side.

    ``others``: its cells for neither, such as a correction. ``trade``: all of them are about buying and selling, so
    that amounts of money go the other way.
    """

    marks: int
    out: frozenset[Cell]
    into: frozenset[Cell]
    others: tuple[str, ...] = ()
    trade: bool = False

    def of_money(self) -> Movements:
        """The same for amounts of money, which come in where goods are sold."""
        return Movements(self.marks, self.into, self.out, self.others) if self.trade else self


def find_movements(table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int]) -> Movements | None:
    """The column that says of each row whether something came in or went out, if there is one."""
    able = [i for i in free if profiles[i].numeric and meaning_of(profiles[i].name) in _MOVED]
    if not able:
        return None
    for i in free:
        column, name = table.columns[i], profiles[i].name
        if not 1 < profiles[i].distinct <= _MAX_WORDS:
            continue
        if profiles[i].numeric or column.has_numbers:
            found = _sides_of_codes(table, i, [k for k in able if k != i]) if _is_named_code(profiles[i]) else None
        else:
            found = _sides(i, column)
            found = found if found and (_is_named(name) or (unnamed(name) and not found.others)) else None
        if found and any(movements_of(table, k, profiles[k], found) for k in able if k != i):
            return found
    return None


def _is_named_code(profile: ColumnProfile) -> bool:
    """Whether whole numbers are those of types of movements, by the name of their column: "MvT", "Bewegungsart"."""
    return profile.whole and _LETTERS.findall(plain(profile.name))[:2] in _CODE_NAMES


def _sides_of_codes(table: Table, i: int, able: Sequence[int]) -> Movements | None:
    """What each code is for: numbers of one sign each say it; without a minus among them the list of usual codes."""
    marks = as_cells(table.columns[i])
    text = {cell: cell_text(cell).removesuffix(".0") for cell in marks.cells if cell != ""}
    signed = [values for k in able if not is_unsigned(values := sample(table.columns[k]))]
    if signed:
        signs = _signs(marks, signed[0])
        out, into = (frozenset(cell for cell, sign in signs.items() if sign * side > 0) for side in (-1, 1))
        known = signs.keys() if min(map(abs, signs.values()), default=0.0) >= _MIN_ONE_SIGN else ()
    else:
        out, into = (frozenset(cell for cell in text if text[cell] in side) for side in (_CODES_OUT, _CODES_IN))
        known = out | into
    rows = np.array([cell in known for cell in marks.cells], dtype=bool)[marks.codes].sum()
    if not out or not into or rows < _MIN_KNOWN * (~marks.empty).sum():
        return None
    return Movements(i, out, into, tuple(text[cell] for cell in text if cell not in out | into))


def _signs(marks: Column, values: Floats) -> dict[Cell, float]:
    """The mean sign of the first numbers of each code, without those that are 0: from -1 to 1."""
    codes, signs = marks.codes[: len(values)], np.sign(values)
    of_code = ((cell, signs[(codes == n) & (np.abs(signs) == 1)]) for n, cell in enumerate(marks.cells) if cell != "")
    return {cell: float(own.mean()) for cell, own in of_code if len(own)}


def _is_named(name: str) -> bool:
    return not _NAMES.isdisjoint(words_of(name.replace("_", " ").replace("/", " ")).split())


def _sides(i: int, column: Column) -> Movements | None:
    """The cells for either side, where most rows have one and each side has some."""
    known: dict[str, bool] = {}
    others: list[str] = []
    rows = 0
    for cell, count in zip(column.cells, column.counts.tolist(), strict=True):
        if not isinstance(cell, str) or not cell or not count:
            continue
        side = _goes_out(cell)
        if side is None:
            others.append(cell)
        else:
            known[cell] = side
            rows += count
    out, into = (frozenset(cell for cell, side in known.items() if side is which) for which in (True, False))
    if not out or not into or rows < _MIN_KNOWN * (~column.empty).sum():
        return None
    trade = all(_TRADED.issuperset(_LETTERS.findall(plain(cell))) for cell in known)
    return Movements(i, out, into, tuple(others), trade)


@cache
def _phrases() -> dict[str, bool]:
    """Whether what has this phrase goes out."""
    listed = {" ".join(phrase.split()): False for phrase in _IN.split(",")}
    return listed | {" ".join(phrase.split()): True for phrase in _OUT.split(",")}


def _goes_out(cell: str) -> bool | None:
    """Whether a cell is about something that goes out, by the longest phrase in it; None when none says so."""
    words, phrases = _LETTERS.findall(plain(cell)), _phrases()
    if len(words) == 1 and words[0] in _ALONE:
        return _ALONE[words[0]]
    for length in range(min(len(words), 4), 0, -1):
        sides = {
            phrases[phrase]
            for start in range(len(words) - length + 1)
            if (phrase := " ".join(words[start : start + length])) in phrases
        }
        if sides:
            return sides.pop() if len(sides) == 1 else None
    return None


def movement_side(name: str) -> bool | None:
    """Whether what has this name, and no other words, goes out: "Sold", "Goods issue"; None where it says neither."""
    return _phrases().get(words_of(name))


def movements_of(table: Table, i: int, profile: ColumnProfile, found: Movements) -> Movements | None:
    """The movements whose numbers are in column ``i``; None where these are levels, or signs say otherwise."""
    values = sample(table.columns[i])
    money = is_money_name(profile.name)
    if meaning_of(profile.name) not in _MOVED:
        return None
    sides = found.of_money() if money else found
    if not is_unsigned(values) and (sides is not found or not _signs_agree(table.columns[found.marks], values, found)):
        return None
    return sides


def _signs_agree(marks: Column, values: Floats, found: Movements) -> bool:
    """Whether what goes out is negative and what comes in is not, in nearly all of the first rows."""
    marks = as_cells(marks)
    codes = marks.codes[: len(values)]
    out, into = (np.array([cell in side for cell in marks.cells])[codes] for side in (found.out, found.into))
    agree = (out & (values <= 0)) | (into & (values >= 0))
    known = (out | into) & ~np.isnan(values)
    return bool(known.any() and agree[known].mean() >= _MIN_AGREE)
