"""Lists in which a column says what paper each row is: invoice, credit note, payment; their amounts have no sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from almanac.tables.columns.column_words import is_money_name, words_of
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.targets import sample
from almanac.tables.values.cells import Table
from almanac.tables.values.dates.calendar_names import plain

# By kind, in nine languages; those of two letters are the ones of Sage.
_KINDS = {
    "invoice": """
        invoice, sales invoice, purchase invoice, bill, si, pi, rechnung, ausgangsrechnung, eingangsrechnung, facture,
        factura, fattura, fatura, factuur, verkoopfactuur, faktura, kundfaktura,
        ingreso, i ingreso, счет, 請求書, szamla, τιμολογιο, lasku
        """,
    "credit": """
        credit note, credit memo, sales credit, purchase credit, vendor credit, sc, pc, gutschrift, rechnungskorrektur,
        avoir, note de credit, nota de credito, abono, nota di credito, nota credito, creditnota, creditfactuur, nota
        kredytowa, korekta, kreditnota, kreditfaktura, egreso, e egreso,
        faktura korygujaca,
        factura rectificativa, dobropis, hyvityslasku, iade faturasi, jovairas, πιστωτικο
        """,
    "payment": """
        payment, receipt, sales receipt, bill payment, customer payment, payment received, sr, sa, pp, pa, br, bp, cp,
        vp, vr, zahlung, zahlungseingang, zahlungsausgang, paiement, reglement, encaissement, pago, cobro, pagamento,
        incasso, recebimento, betaling, ontvangst, płatnosc, wpłata, betalning, inbetalning, utbetalning
        """,
    "sale": """
        sale, sales, verkauf, vente, venta, vendita, venda, verkoop, sprzedaz, forsaljning, myynti, satıs, prodej,
        продажа, 売上, 販売, 销售, 판매, πωληση, eladas
        """,
    "return": """
        refund, refunds, return, returns, retoure, ruckgabe, erstattung, retour, remboursement, devolucion, reembolso,
        reso, rimborso, devolucao, retouren, zwrot, retur, aterbetalning, palautus, iade, vraceni, возврат, 返品, 返金,
        退货, 退款, 반품, 환불, επιστροφη
        """,
    "journal": """
        journal, journal entry, jd, jc, general journal, umbuchung, ecriture, asiento, journaalpost, nomina, traslado
        """,
}
_NAME_WORDS = """
type typ tipo kind art soort rodzaj doctype belegart dokumentart document transaction nature slag efecto comprobante
"""
_NAMES = frozenset(_NAME_WORDS.split())
_MAX_WORDS = 24  # different cells of such a column
_MIN_KINDS = 2
_BETWEEN = re.compile(r"[\W_]+")
_MIN_KNOWN = 0.8  # share of the different cells; all chosen by judgement


def document_column(table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int]) -> tuple[int, ...]:
    """The column that says what paper each row is, where no amount has a minus; empty where there is none.

    Where credit notes have a minus, they are already taken off what was invoiced.
    """
    money = [i for i in free if profiles[i].numeric and is_money_name(profiles[i].name)]
    if not money or (sample(table.columns[money[0]]) < 0).any():
        return ()
    for i in free:
        column = table.columns[i]
        if profiles[i].numeric or column.has_numbers or not 1 < profiles[i].distinct <= _MAX_WORDS:
            continue
        named = not _NAMES.isdisjoint(words_of(profiles[i].name).split())
        if named and are_documents(str(cell) for cell in column.cells if cell != ""):
            return (i,)
    return ()


def are_documents(texts: Iterable[str]) -> bool:
    """Whether nearly all texts name papers, of several kinds."""
    kinds = [_kind_of(" ".join(_BETWEEN.sub(" ", plain(text)).split())) for text in texts]
    known = [kind for kind in kinds if kind is not None]
    return len(set(known)) >= _MIN_KINDS and len(known) >= _MIN_KNOWN * len(kinds)


def _kind_of(text: str) -> str | None:
    """The kind of a paper, by its name or by what that begins with: "fatura simplificada"."""
    words = text.split()
    starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((kind for start in starts if (kind := _kinds().get(start)) is not None), None)


@cache
def _kinds() -> dict[str, str]:
    return {" ".join(word.split()): kind for kind, words in _KINDS.items() for word in plain(words).split(",")}
