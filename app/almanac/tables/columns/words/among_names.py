"""What a name says of the events of a list next to others: the price of each booking, the net weight of a load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from almanac.tables.columns.column_words import Meaning, has_word, meaning_of, words_of
from almanac.tables.values.dates.calendar_names import names_date

_PRICES = "price, preis, -preis, prix, precio, prezzo, preco, prijs, cena, pris"
# What else the name of such a price may say: with the tax or without it, of what.
_WITH_WORDS = """
    total net gross final paid booking order invoice with without incl excl including excluding tax vat gesamt netto
    brutto inkl exkl mit ohne mwst ust steuer ttc ht hors taxe taxes avec sans tva total final con sin iva neto bruto
    impuestos netto lordo con senza com sem inclusa incluso excluso btw incl z bez vat dph s celkem celkova med utan
    moms of the sale ticket buchung bestellung rechnung reservation commande facture reserva pedido factura
    prenotazione ordine fattura boeking bestelling factuur
"""
# A list in which someone pays for each row has such a column.
_SHOWN_BY = """
    payment, payment method, paid, payment status, customer, client, guest, buyer, booking, reservation, invoice, order,
    zahlung, zahlart, zahlungsart, bezahlt, kunde, kundin, gast, -buchung, buchung, reservierung, rechnung, bestellung,
    paiement, mode de paiement, payeur, client, cliente, commande, facture, reservation, pago, forma de pago, factura,
    reserva, pedido, comprador, pagamento, fattura, ordine, prenotazione, ospite, pagador, fatura, betaling, klant,
    boeking, bestelling, factuur, płatnosc, klient, nabywca, kontrahent, faktura, betalning, kund, bokning, odberatel,
    zakaznik, doklad, objednavka
"""
_PLAIN = frozenset(_WITH_WORDS.split())
# A load is weighed with what it came in, and then that alone.
_TARE = frozenset(["tare", "tara", "taragewicht", "leergewicht", "taravikt", "tarra"])
_WITH_TARE = frozenset(["gross", "brutto", "bruttogewicht", "brut", "bruto", "lordo", "bruttovikt"])
_NET = frozenset(["net", "netto", "nettogewicht", "neto", "nettovikt", "liquido"])


@dataclass(frozen=True)
class ShownByNames:
    """What the names of all columns of a list show, looked through once and not again for each column.

    ``paid``: someone pays for each row, and no column is a quantity; ``weighed``: loads were weighed with what they
    came in, and one column has their net weight.
    """

    paid: bool
    weighed: bool

    @classmethod
    def of(cls, names: Sequence[str]) -> ShownByNames:
        """What these names show."""
        words = [frozenset(words_of(name).split()) for name in names]
        weighed = any(own & _TARE for own in words) and any(own & _NET for own in words)
        return cls(says_who_paid(names, names), weighed)

    def meaning(self, name: str) -> tuple[Meaning, str] | None:
        """What a column of a list of events holds and why (a sentence); None where its name says it alone."""
        if self.paid and may_be_paid(name):
            return Meaning.AMOUNT, "It is what each row cost, as the other columns show."
        if self.weighed and (_TARE | _WITH_TARE).intersection(words_of(name).split()):
            return Meaning.STATE, "What a load came in was weighed as well."
        return None


def may_be_paid(name: str) -> bool:
    """Whether a column called a price may say what each row cost: "Total price", not "Unit price" or "Price per kg"."""
    if meaning_of(name) is not Meaning.PRICE or not has_word(name, _PRICES):
        return False
    return all(word in _PLAIN or has_word(word, _PRICES) for word in words_of(name).split())


def says_who_paid(names: Sequence[str], by: Sequence[str]) -> bool:
    """Whether one of the names ``by`` is for who paid or for a paper, no date, and none of the ``names`` a quantity."""
    if not any(has_word(name, _SHOWN_BY) and not names_date(name) and not may_be_paid(name) for name in by):
        return False
    return not any(meaning_of(name) is Meaning.QUANTITY for name in names)
