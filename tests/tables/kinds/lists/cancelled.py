"""Lists of orders and payments of which some were cancelled or refunded, as a column says."""

from __future__ import annotations

import random
from datetime import date

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.lists.days import DAY, sample, start
from tests.tables.kinds.lists.money import by_day
from tests.tables.kinds.sample_file import SampleFile

# Heading of the number, the state and the amount; states that count, and states that do not.
LANGUAGES = (
    ("Order", "Status", "Total", ("paid", "shipped", "pending"), ("cancelled", "refunded")),
    ("Name", "Financial Status", "Total", ("PAID", "PARTIALLY_REFUNDED"), ("VOIDED", "REFUNDED")),
    ("Booking", "State", "Amount", ("Confirmed", "Checked-in"), ("Canceled", "No-show")),
    ("Deal", "Deal Stage", "Amount", ("Closed won",), ("Closed lost", "Proposal", "Negotiation")),
    ("Deal", "Phase", "Betrag", ("Gewonnen",), ("Verloren", "Angebot")),
    ("Opportunité", "Étape", "Montant", ("Gagnée",), ("Perdue", "Proposition")),
    ("Oportunidad", "Etapa", "Importe", ("Ganada",), ("Perdida", "Negociación")),
    ("Bestellung", "Bestellstatus", "Betrag", ("bezahlt", "versendet", "offen"), ("storniert", "retourniert")),
    ("Commande", "Statut", "Montant", ("Payée", "Expédiée", "En attente"), ("Annulée", "Remboursée")),
    ("Pedido", "Estado", "Importe", ("Pagado", "Enviado", "Pendiente"), ("Cancelado", "Devuelto")),
    ("Ordine", "Stato", "Importo", ("Pagato", "Spedito", "In attesa"), ("Annullato", "Rimborsato")),
    ("Pedido", "Situação", "Valor", ("Pago", "Concluído", "Entregue"), ("Cancelado", "Estornado")),
    ("Bestelling", "Status", "Bedrag", ("Betaald", "Verzonden"), ("Geannuleerd", "Terugbetaald")),
    ("Zamówienie", "Stan", "Kwota", ("Opłacone", "Zrealizowane"), ("Anulowane", "Zwrócone")),
    ("Order", "Status", "Belopp", ("Betald", "Levererad"), ("Makulerad", "Återbetald")),
)


def cancelled_orders(rng: random.Random) -> SampleFile:
    """Orders with a number each; those that were cancelled have their amount all the same, or none."""
    dialect = Dialect.drawn(rng)
    number, state, amount, counted, undone = rng.choice(LANGUAGES)
    share, shops, flag = rng.choice((0.05, 0.15, 0.4)), rng.random() < 0.3, rng.random() < 0.2
    none = rng.random() < 0.2  # near miss: a cancelled order has no amount
    when, rows, kept, said = start(rng), [], [], 0
    for n in range(rng.randint(120, 260)):
        when += rng.choice((0, 0, 0, 1, 1)) * DAY
        gone = 3 < n < 110 and rng.random() < share
        value = round(rng.uniform(5, 190), 2)
        word = rng.choice((undone if said else undone[:1]) if gone else counted)  # some deal is lost
        said += gone
        shown = dialect.number(0.0 if gone and none else value)
        cells = [f"#{1000 + n}", dialect.day(when), ("yes" if gone else "no") if flag else word, shown]
        rows.append([*cells, f"Customer {rng.randint(1, 80)}"] if shops else cells)
        if not gone:
            kept.append((when, value))
    if rng.random() < 0.3:
        rows.reverse()
    header = [number, "Date", "Cancelled" if flag else state, amount]
    order = [1, *rng.sample((0, 2, 3), 3)]
    rows = [[*(row[i] for i in order), *row[4:]] for row in [[*header, *(["Customer"] if shops else [])], *rows]]
    return sample(f"{share} {state} {shops} {flag} {none}", dialect, rows, {amount: by_day(kept)})


def payments_with_a_balance(rng: random.Random) -> SampleFile:
    """Payments of which some did not go through: the balance shows whether they count."""
    dialect = Dialect.drawn(rng)
    counted = rng.random() < 0.3  # near miss: they changed the balance
    words = rng.choice((("COMPLETED", "REVERTED"), ("Posted", "Declined"), ("gebucht", "storniert"), ("OK", "Failed")))
    blank = not counted and rng.random() < 0.3
    balance, when, rows, moved = round(rng.uniform(300, 9000), 2), start(rng), [], []
    for n in range(rng.randint(60, 120)):
        when += DAY
        for k in range(rng.choice((1, 1, 2, 3))):
            gone = k > 0 and n > 1 and rng.random() < 0.5
            value = round(rng.uniform(-140, 150), 2)
            balance = round(balance + (value if counted or not gone else 0.0), 2)
            shown = "" if gone and blank else dialect.number(balance)
            rows.append([dialect.day(when), f"Shop {rng.randint(1, 40)}", dialect.number(value), words[gone], shown])
            if counted or not gone:
                moved.append((when, value))
    if rng.random() < 0.4:
        rows.reverse()
    header = ["Date", "Description", "Amount", rng.choice(("State", "Status")), "Balance"]
    return sample(f"{words} {counted} {blank}", dialect, [header, *rows], {"Amount": by_day(moved)})


def orders_with_lines(rng: random.Random) -> SampleFile:
    """A row for each line of an order, of which only the first says what became of the order and where it went."""
    dialect = Dialect.drawn(rng)
    number, state, _, counted, undone = rng.choice(LANGUAGES)
    quantity = rng.choice(("Quantity", "Menge", "Quantité", "Cantidad", "Aantal", "Ilość", "Antal"))
    share, most, split = rng.choice((0.05, 0.15, 0.3)), rng.choice((2, 4)), rng.random() < 0.5
    countries = ("Germany", "France") if split else ("",)
    when, rows = start(rng), []
    kept: dict[str, list[tuple[date, float]]] = {country or quantity: [] for country in countries}
    for n in range(rng.randint(40, 80)):
        for country in countries * rng.randint(1, 3):
            gone = n == 5 or (3 < n < 30 and rng.random() < share)  # a state that none has is none
            for line in range(rng.randint(1, most)):
                value = rng.randint(1, 9)
                words = (undone[:1] if n == 5 else undone) if gone else counted  # some deal is lost
                said = [rng.choice(words), country or f"customer{len(rows)}@example.org"]
                cells = ["", ""] if line else said
                rows.append([f"#{1000 + len(rows) - line}", dialect.day(when), *cells, str(value)])
                kept[country or quantity] += [] if gone else [(when, float(value))]
        when += DAY
    header = [number, "Date", state, "Country" if split else "Email", quantity]
    expected = {name: by_day(values) for name, values in kept.items()}
    return sample(f"{share} {state} {most} {split}", dialect, [header, *rows], expected)
