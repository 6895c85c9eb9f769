"""Words for money that went out and money that came in, in many languages, as pairs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

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
ut fra konto, ut av konto, uttak, belastet | inn pa konto, innskudd, godskrevet
ud af konto, ud fra konto, hævet, hævninger, hævning | ind pa konto, indsat, indsættelse, indsættelser
otto, otot, veloitus, veloitukset | pano, panot, hyvitys, hyvitykset
ma dati, odepsano, výběr, výběry | dal, připsáno, vklad, vklady
terhelés, terhelések, tartozik | jóváírás, jóváírások, követel
borç, çıkan, çekilen | alacak, giren, yatan, yatırılan
isplata, isplate, duguje | uplata, uplate, potrazuje
breme, odliv, odlivi, odlivy | dobro, priliv, prilivi, přiliv
deebet | kreedit
дебет, списание, списано | кредит, зачисление, зачислено, поступление
дебет, списання | кредит, зарахування, надходження
χρέωση, χρεώσεις, ανάληψη | πίστωση, πιστώσεις, κατάθεση
出金, 出金額, 出金金額, お引出し, 引出額, お支払金額 | 入金, 入金額, 入金金額, お預入れ, 預入額, お預り金額
借方, 借方金額 | 貸方, 貸方金額
借方, 借方金额 | 贷方, 贷方金额
출금, 출금액, 찾으신금액 | 입금, 입금액, 맡기신금액
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
utgift, utgifter, utbetaling, utbetalinger | inntekt, inntekter, innbetaling, innbetalinger
udgift, udgifter, udbetaling, udbetalinger | indtægt, indtægter, indbetaling, indbetalinger
meno, menot | tulo, tulot
wydatek, wydatki | wpływ, wpływy, przychod, przychody
výdaj, výdaje, výdavok, výdavky | příjem, příjmy
kiadás, kiadások, kifizetés, kifizetések | bevétel, bevételek, befizetés, befizetések
plata, plati, cheltuiala, cheltuieli | incasare, incasari, venit, venituri
gider, giderler | gelir, gelirler
rashod, rashodi, odhodek, odhodki | prihod, prihodi
расход, расходы | доход, доходы, приход
витрати, видатки | доходи, надходження
έξοδα | έσοδα
支出, 支出金額, 支出金额 | 収入, 収入金額, 收入, 收入金额
지출 | 수입
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
ut | inn
ud | ind
iesire, iesiri | intrare, intrari
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
    words = words_of(name)
    form = _longest_form(words, forms)
    return f" {words} ".replace(f" {form} ", " ", 1).strip() if form else None


@lru_cache(maxsize=1 << 14)  # those of "Product 1" to "Product 20000" are the same
def _longest_form(words: str, forms: frozenset[str]) -> str:
    padded = f" {words} "
    return max((form for form in forms if f" {form} " in padded), key=lambda form: (len(form), form), default="")


def is_account_name(name: str) -> bool:
    """Whether a column of that name says which account an amount belongs to."""
    return any(word in _ACCOUNTS for word in words_of(name).split())
