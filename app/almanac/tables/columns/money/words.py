"""Words for money that went out and money that came in, in nine languages, as pairs."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.tables.columns.column_words import words_of
from almanac.tables.values.dates.calendar_names import plain

# (out, in) of one pair, as headings and as cells have them; each may have several forms.
_LEDGER_PAIRS = """
debit, debits, debit amount, dr, debit dr | credit, credits, credit amount, cr, credit cr
paid out | paid in
money out | money in
withdrawal, withdrawals, withdrawn | deposit, deposits, deposited
soll | haben
belastung, belastungen, lastschrift, lastschriften | gutschrift, gutschriften
debit, debits | credit, credits
retrait, retraits | depot, depots, versement, versements
cargo, cargos | abono, abonos
debe | haber
retiro, retiros | deposito, depositos
addebito, addebiti | accredito, accrediti
dare | avere
uscita, uscite | entrata, entrate
debito, debitos | credito, creditos
saque, saques | deposito, depositos
af | bij
debet | credit, kredit
afschrijving, afschrijvingen | bijschrijving, bijschrijvingen
obciazenie, obciazenia, winien | uznanie, uznania, ma
wypłata, wypłaty | wpłata, wpłaty
rozchod | przychod
uttag | insattning, insattningar
ut fra konto, ut av konto | inn pa konto
borc | alacak
terheles | jovairas
"""
# Such words also name what is added up month by month.
_BUDGET_PAIRS = """
payments, payment | receipts, receipt, deposits, deposit
expense, expenses, exp, spending | income, incomes, earnings
outflow, outflows | inflow, inflows
outgoing | incoming
ausgabe, ausgaben, auszahlung, auszahlungen | einnahme, einnahmen, einzahlung, einzahlungen
depense, depenses | recette, recettes
gasto, gastos, egreso, egresos | ingreso, ingresos
despesa, despesas | receita, receitas
uitgave, uitgaven | inkomsten, ontvangsten
utgift, utgifter, utbetalning, utbetalningar | inkomst, inkomster, inbetalning, inbetalningar
wydatek, wydatki | wpływ, wpływy, przychod, przychody
"""
# Pairs that also name goods or people that come and go.
_ANY_PAIRS = """
out | in
ausgang, ausgange | eingang, eingange
sortie, sorties | entree, entrees
salida, salidas | entrada, entradas
saida, saidas | entrada, entradas
uit | in
ut | in
"""
_ACCOUNT_WORDS = """
account accounts konto kontonummer compte cuenta conto conta rekening rachunek iban card karte carte tarjeta carta
cartao kaart karta kort wallet bank
"""
_ACCOUNTS = frozenset(_ACCOUNT_WORDS.split())


def pairs_of(text: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """(out, in) of the pairs in a text that has one in each line, as those of this module."""
    sides = (line.split("|") for line in plain(text).strip().split("\n"))
    forms = (tuple(frozenset(form.strip() for form in side.split(",")) for side in pair) for pair in sides)
    return tuple((out, into) for out, into in forms)


MONEY_PAIRS, ANY_PAIRS = pairs_of(_LEDGER_PAIRS) + pairs_of(_BUDGET_PAIRS), pairs_of(_ANY_PAIRS)
"""Pairs of words: for money, and for anything that comes and goes."""


_FIRST_WORDS = frozenset(form.split()[0] for pair in (*MONEY_PAIRS, *ANY_PAIRS) for side in pair for form in side)


def is_side_name(name: str) -> bool:
    """Whether a name may be one for what went out or came in."""
    return not _FIRST_WORDS.isdisjoint(words_of(name).split())


def is_ledger_side(name: str) -> bool:
    """Whether a column of that name lists single amounts of one side of an account, such as "Debit"."""
    words = words_of(name)
    return any(words in side for pair in pairs_of(_LEDGER_PAIRS) for side in pair)


def pair_in(
    names: Sequence[str], pairs: Sequence[tuple[frozenset[str], frozenset[str]]], *, whole: bool = False
) -> tuple[int, int] | None:
    """The positions of two names that differ only by the words of a pair: "Debit amount" and "Credit amount".

    ``whole``: they must have no other words.
    """
    for pair in pairs:
        outs, ins = (
            {rest: n for n, name in enumerate(names) if (rest := without_form(name, side)) is not None} for side in pair
        )
        both = [rest for rest in outs if rest in ins and not (whole and rest)]
        found = [(outs[rest], ins[rest]) for rest in both if outs[rest] != ins[rest]]
        if found:
            return found[0]
    return None


def without_form(name: str, forms: frozenset[str]) -> str | None:
    """The rest of a name that holds one of the forms; None when it holds none."""
    words = f" {words_of(name)} "
    for form in sorted(forms, key=len, reverse=True):
        if f" {form} " in words:
            return words.replace(f" {form} ", " ", 1).strip()
    return None


def is_account_name(name: str) -> bool:
    """Whether a column of that name says which account an amount belongs to."""
    return any(word in _ACCOUNTS for word in words_of(name).split())
