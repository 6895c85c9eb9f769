"""Payments that were given back, and bank statements without a heading."""

from __future__ import annotations

import random
from datetime import date

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.lists.days import DAY, sample, start
from tests.tables.kinds.sample_file import SampleFile

TEXTS = ("CARD SHOP 12", "Rent", "Coffee House", "Transfer 77", "Insurance", "Fuel", "Bakery", "Books")


def by_day(rows: list[tuple[date, float]]) -> tuple[str, list[float]]:
    """The sum of each day from the first to the last, 0 where there is no row."""
    first, last = min(day for day, _ in rows), max(day for day, _ in rows)
    sums = [0.0] * ((last - first).days + 1)
    for day, amount in rows:
        sums[(day - first).days] = round(sums[(day - first).days] + amount, 2)
    return first.isoformat(), sums


def refunds(rng: random.Random) -> SampleFile:
    """Payments of which some are given back in full some days later."""
    dialect = Dialect.drawn(rng)
    share, when = rng.choice((0.06, 0.2, 0.5)), start(rng)
    states = rng.choice((None, ("Paid", "Refunded"), ("Succeeded", "Reversed"), ("Zahlung", "Erstattung")))
    texts = rng.random() < 0.6
    payments: list[tuple[date, float, str, str]] = []
    for n in range(rng.randint(150, 300)):
        when += rng.choice((0, 0, 1, 1, 2)) * DAY
        amount, who = round(rng.uniform(5, 190), 2), f"Customer {rng.randint(1, 90)}"
        payments.append((when, amount, who, states[0] if states else ""))
        if n in (5, 25, 45) or (rng.random() < share and n < 140):
            back = when + rng.choice((0, 1, 3, 6)) * DAY
            payments.append((back, -amount, who, states[1] if states else ""))
    payments.sort(key=lambda payment: payment[0])
    header, rows = ["Date"], [[dialect.day(payment[0])] for payment in payments]
    if texts:
        header.append("Customer")
        rows = [[*row, payment[2]] for row, payment in zip(rows, payments, strict=True)]
    header.append("Amount")
    rows = [[*row, dialect.number(payment[1])] for row, payment in zip(rows, payments, strict=True)]
    if states:
        header.append("Status")
        rows = [[*row, payment[3]] for row, payment in zip(rows, payments, strict=True)]
    if rng.random() < 0.3:
        rows.reverse()
    truth = by_day([(payment[0], payment[1]) for payment in payments])
    return sample(f"{share} {states} {texts}", dialect, [header, *rows], {"Amount": truth})


def bare_statements(rng: random.Random) -> SampleFile:
    """Date, text, amount and balance of a bank account without a heading, in any order."""
    dialect = Dialect.drawn(rng)
    balance, when = round(rng.uniform(-300, 9000), 2), start(rng)
    rows, moved = [], []
    for _ in range(rng.randint(120, 280)):
        when += rng.choice((0, 0, 1, 1, 2, 3)) * DAY
        out = rng.random() < 0.75
        amount = -round(rng.uniform(2, 140), 2) if out else round(rng.uniform(50, 2100), 2)
        balance = round(balance + amount, 2)
        moved.append((when, amount))
        rows.append([dialect.day(when), rng.choice(TEXTS), dialect.number(amount), dialect.number(balance)])
    order = [0, *rng.sample((1, 2, 3), 3)]
    rows = [[row[i] for i in order] for row in rows]
    if rng.random() < 0.3:
        rows = [[*row, "EUR"] for row in rows]
    if rng.random() < 0.5:
        rows.reverse()
    name = f"Column {'ABCDE'[order.index(2)]}"
    return sample(f"{order}", dialect, [rows[0], *rows[1:]], {name: by_day(moved)})


HEADINGS = (
    ("Date", "Type", "Payee", "Amount", "Balance"),
    ("Buchungstag", "Buchungstext", "Empfänger", "Betrag (EUR)", "Saldo nach Buchung"),
    ("Date", "Opération", "Libellé", "Montant", "Solde"),
    ("Fecha", "Tipo", "Concepto", "Importe", "Saldo disponible"),
)


def headed_statements(rng: random.Random) -> SampleFile:
    """A bank statement with few kinds of payments, each on a rhythm of its own and hardly ever twice a day."""
    dialect, heading = Dialect.drawn(rng), rng.choice(HEADINGS)
    balance, first = round(rng.uniform(500, 9000), 2), start(rng)
    often, salary, payees = rng.uniform(0.4, 0.9), round(rng.uniform(1800, 3900), 2), rng.randint(3, 30)
    rows, moved = [], []
    for n in range(rng.randint(300, 600)):
        when = first + n * DAY
        payments = [("Standing order", "Landlord", -850.0)] if when.day == 1 else []
        payments += [("Salary", "Employer", salary)] if when.day == 28 else []
        if rng.random() < often or n == 0:
            payments.append(("Card", f"Shop {rng.randint(1, payees)}", -round(rng.uniform(3, 95), 2)))
        for kind, payee, amount in payments:
            balance = round(balance + amount, 2)
            moved.append((when, amount))
            rows.append([dialect.day(when), kind, payee, dialect.number(amount), dialect.number(balance)])
    if rng.random() < 0.5:
        rows.reverse()
    return sample(f"{often:.2f}", dialect, [list(heading), *rows], {heading[3]: by_day(moved)})


def several_accounts(rng: random.Random) -> SampleFile:
    """The statements of two or three accounts in one file: by date, or one account below the other."""
    dialect, first = Dialect.drawn(rng), start(rng)
    accounts = rng.sample(("Checking", "Savings", "4711 0815", "Joint account"), rng.choice((2, 3)))
    balances = {account: round(rng.uniform(500, 9000), 2) for account in accounts}
    moved: dict[str, list[tuple[date, float]]] = {account: [] for account in accounts}
    rows, often, days = [], rng.uniform(0.3, 0.8), rng.randint(150, 300)
    for n in range(days):
        for account in accounts:
            for _ in range((rng.random() < often or n in (0, days - 1)) + (rng.random() < 0.1)):
                amount = round(rng.uniform(-90, 80), 2)
                balances[account] = round(balances[account] + amount, 2)
                moved[account].append((first + n * DAY, amount))
                kind = rng.choice(("Card", "Transfer", "Fee"))
                shown = dialect.number(amount), dialect.number(balances[account])
                rows.append([account, dialect.day(first + n * DAY), kind, *shown])
    if rng.random() < 0.5:
        rows.sort(key=lambda row: row[0])
    if rng.random() < 0.3:
        rows.reverse()
    header = [rng.choice(("Account", "Konto", "Compte", "Cuenta")), "Date", "Type", "Amount", "Balance"]
    return sample(f"{often:.2f}", dialect, [header, *rows], {account: by_day(moved[account]) for account in accounts})
