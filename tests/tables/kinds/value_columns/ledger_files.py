"""Statements of accounts: money in and out in two columns, or in one with marks beside the amounts."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

DATES = {"en": "Date|Transaction Date|Value Date", "de": "Buchungstag|Datum", "fr": "Date|Date opération",
    "es": "Fecha|Fecha valor", "it": "Data|Data contabile", "pt": "Data|Data lançamento", "nl": "Datum|Boekdatum",
    "pl": "Data|Data operacji", "sv": "Datum|Bokföringsdag"}  # fmt: skip
# Headings of money out and in, and of the balance.
PAIRS = {
    "en": "Debit|Credit|Balance;Paid out|Paid in|Balance;Money Out|Money In|Balance;"
    "Withdrawals|Deposits|Balance;"
    "DR|CR|BAL;Withdrawal Amt.|Deposit Amt.|Closing Balance;"
    "Debit Amount|Credit Amount|Balance;Payments|Receipts|Balance",
    "de": "Soll|Haben|Saldo;Lastschrift|Gutschrift|Kontostand;Ausgaben|Einnahmen|Saldo;Betrag Soll|Betrag Haben|Saldo;"
    "Ausgang|Eingang|Saldo",
    "fr": "Débit|Crédit|Solde;Débit euros|Crédit euros|Solde;Dépenses|Recettes|Solde;Retraits|Versements|Solde",
    "es": "Cargo|Abono|Saldo;Debe|Haber|Saldo;Cargos|Abonos|Saldo;Gastos|Ingresos|Saldo;Retiros|Depósitos|Saldo",
    "it": "Addebiti|Accrediti|Saldo;Dare|Avere|Saldo;Uscite|Entrate|Saldo",
    "pt": "Débito|Crédito|Saldo;Saída|Entrada|Saldo;Saídas (R$)|Entradas (R$)|Saldo (R$);Despesas|Receitas|Saldo",
    "nl": "Af|Bij|Saldo;Debet|Credit|Saldo;Uitgaven|Inkomsten|Saldo",
    "pl": "Obciążenia|Uznania|Saldo;Wypłata|Wpłata|Saldo;Wydatki|Przychody|Saldo",
    "sv": "Uttag|Insättning|Saldo;Utgifter|Inkomster|Saldo;Debet|Kredit|Saldo",
}
AMOUNTS = {"en": "Amount", "de": "Betrag", "fr": "Montant", "es": "Importe", "it": "Importo", "pt": "Valor",
    "nl": "Bedrag", "pl": "Kwota", "sv": "Belopp"}  # fmt: skip
CELL_MARKS = (("Dr", "Cr"), ("DR", "CR"), ("S", "H"), ("D", "C"), ("DB", "CR"), ("dr", "cr"), ("Soll", "Haben"))
COLUMN_MARKS = (
    ("Soll/Haben", "S", "H"), ("D/C", "D", "C"), ("Af Bij", "Af", "Bij"), ("Type", "Debit", "Credit"),
    ("Cr/Dr", "DR", "CR"), ("Transaction Type", "debit", "credit"), ("Income/Expense", "Expense", "Income"),
    ("Type", "Withdrawal", "Deposit"), ("S/H", "S", "H"), ("D/H", "Debe", "Haber"), ("D/A", "Dare", "Avere"),
    ("Typ", "Ausgabe", "Einnahme"), ("Sens", "Débit", "Crédit"), ("Tipo", "Despesa", "Receita"),
    ("Soll/Haben-Kennzeichen", "S", "H"),
)  # fmt: skip
TEXTS = ("CARD SHOP", "FUEL", "RENT", "SALARY", "CASH", "UPI/P2M/SHOP", "TRANSFER", "GROCER")
ISO, SLASHES, POINTS = "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"


@dataclass(frozen=True)
class LedgerFile:
    """``net``: for each day what came in less what went out; ``names``: the columns of the amounts."""

    text: str
    net: dict[date, float]
    names: tuple[str, ...]


@dataclass
class _Entry:
    day: date
    amount: float
    balance: float
    text: str


def _entries(rng: random.Random) -> list[_Entry]:
    day, balance, entries = date(rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28)), 5000.0, []
    for _ in range(rng.randint(40, 120)):
        day += timedelta(1 if rng.random() < 0.85 else 3)
        for _ in range(rng.choice([1, 1, 2, 3])):
            amount = round(rng.uniform(300, 3000), 2) if rng.random() < 0.2 else -round(rng.uniform(2, 400), 2)
            balance = round(balance + amount, 2)
            entries.append(_Entry(day, amount, balance, rng.choice(TEXTS)))
    return entries


def ledger_file(seed: int) -> LedgerFile:
    """A statement of an account in one of three forms."""
    rng = random.Random(seed)
    code = sorted(PAIRS)[seed % len(PAIRS)]
    entries = _entries(rng)
    net: defaultdict[date, float] = defaultdict(float)
    for entry in entries:
        net[entry.day] += entry.amount
    if rng.random() < 0.3:
        entries.reverse()
    comma = code != "en"
    form = rng.choice([ISO, POINTS if code in ("de", "pl") else SLASHES])
    delimiter = ";" if comma else rng.choice([",", "\t"])

    def number(value: float) -> str:
        return f"{value:.2f}".replace(".", ",") if comma else f"{value:.2f}"

    head = rng.choice(DATES[code].split("|"))
    kind = seed // len(PAIRS) % 3
    rows: list[list[str]]
    if kind == 0:
        out, into, balance = rng.choice(PAIRS[code].split(";")).split("|")
        blank = rng.choice(["", "", " ", "0,00" if comma else "0.00"])
        minus = rng.random() < 0.15
        sides = [
            (blank, number(e.amount)) if e.amount > 0 else (number(e.amount if minus else -e.amount), blank)
            for e in entries
        ]
        names: tuple[str, ...] = (out, into)
        rows = [[head, "Text", out, into]] + [
            [e.day.strftime(form), e.text, *side] for e, side in zip(entries, sides, strict=True)
        ]
        if rng.random() < 0.3:  # money in comes first
            rows = [[*row[:2], row[3], row[2], *row[4:]] for row in rows]
    elif kind == 1:
        minus_mark, plus_mark = rng.choice(CELL_MARKS)
        gap = " " if len(plus_mark) > 1 else rng.choice([" ", ""])
        names, balance = (AMOUNTS[code],), "Saldo" if comma else "Balance"
        rows = [[head, "Text", names[0]]] + [
            [e.day.strftime(form), e.text, f"{number(abs(e.amount))}{gap}{plus_mark if e.amount > 0 else minus_mark}"]
            for e in entries
        ]
    else:
        heading, minus_mark, plus_mark = rng.choice(COLUMN_MARKS)
        names, balance = (AMOUNTS[code],), "Saldo" if comma else "Balance"
        rows = [[head, heading, "Text", names[0]]] + [
            [e.day.strftime(form), plus_mark if e.amount > 0 else minus_mark, e.text, number(abs(e.amount))]
            for e in entries
        ]
    if rng.random() < 0.6:
        rows = [[*row, cell] for row, cell in zip(rows, [balance, *(number(e.balance) for e in entries)], strict=True)]
    if rng.random() < 0.3:
        rows = [
            [cell, *row] for row, cell in zip(rows, ["No.", *(str(n + 1) for n in range(len(entries)))], strict=True)
        ]
    text = "\n".join(delimiter.join(row) for row in rows) + "\n"
    return LedgerFile(text, {day: round(total, 2) for day, total in net.items()}, names)
