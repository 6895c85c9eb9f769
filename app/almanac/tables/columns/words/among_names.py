"""What a name says of the events of a list next to others: the price of each booking, the net weight of a load."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.tables.columns.column_words import Meaning, has_word, meaning_of, words_of
from almanac.tables.values.dates.calendar_names import names_date

_PRICES = """
    price, preis, -preis, prix, precio, prezzo, preco, prijs, cena, pris
"""
# What else the name of such a price may say: with the tax or without it, of what.
_WITH_WORDS = """
    total net gross final paid booking order invoice with without incl excl including excluding tax vat gesamt netto
    brutto inkl exkl mit ohne mwst ust steuer ttc ht hors taxe taxes avec sans tva total final con sin iva neto bruto
    impuestos netto lordo con senza com sem ivainclusa incluso excluso btw incl z bez vat dph s celkem celkova brutto
    netto med utan moms of the sale ticket buchung bestellung rechnung reservation commande facture reserva pedido
    factura prenotazione ordine fattura boeking bestelling factuur
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


def meaning_among(name: str, names: Sequence[str]) -> tuple[Meaning, str] | None:
    """What a column of a list of events holds and why (a sentence), as the others show; None where its name says it."""
    if is_paid_price(name, names):
        return Meaning.AMOUNT, "It is what each row cost, as the other columns show."
    if _is_weighed_with_tare(name, names):
        return Meaning.STATE, "What a load came in was weighed as well."
    return None


def _is_weighed_with_tare(name: str, names: Sequence[str]) -> bool:
    """Whether a weight holds more than the load, of which another column has the net weight."""
    if not (_TARE | _WITH_TARE).intersection(words_of(name).split()):
        return False
    words = [frozenset(words_of(other).split()) for other in names]
    return any(own & _TARE for own in words) and any(own & _NET for own in words)


def is_paid_price(name: str, names: Sequence[str]) -> bool:
    """Whether a column called a price says what each row cost, as other columns show, none of which is a quantity."""
    if meaning_of(name) is not Meaning.PRICE or not has_word(name, _PRICES):
        return False
    words = words_of(name).split()
    if not all(word in _PLAIN or has_word(word, _PRICES) for word in words):
        return False
    others = [other for other in names if other != name]
    if any(meaning_of(other) is Meaning.QUANTITY for other in others):
        return False
    return any(has_word(other, _SHOWN_BY) and not names_date(other) for other in others)  # not by an order date
