"""Lists that are no history: stock by expiry date, due dates, price lists; and lists that only look like it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.tables.calendars.export import Dialect, heading

DAY = timedelta(1)
EXPIRY = ("Expiry date", "MHD", "Best before", "Fecha de caducidad", "Scadenza", "DLC", "THT", "Validade", "Use by")
DUE = ("Due date", "Fällig am", "Fälligkeit", "Vencimiento", "Échéance", "Vervaldatum", "Termin płatności", "Deadline")
ITEMS = ("Article", "Artikel", "Product", "SKU", "Producto", "Artikelnummer", "Codice", "Item")
STOCK = ("Stock", "Bestand", "Qty", "Menge", "Cantidad", "On hand")
BORN = ("Born", "DOB", "Date of birth", "Geburtsdatum", "Date de naissance", "Fecha de nacimiento", "Data di nascita")
BIRTH_YEAR = ("Born", "Year of birth", "Birth year", "Geburtsjahr", "Année de naissance", "Año de nacimiento")
SALARY = ("Salary", "Gehalt", "Salaire", "Salario", "Stipendio", "Annual salary", "Lohn")
PRICE = ("Price", "Preis", "Precio", "Prix", "Unit price", "Prezzo")


@dataclass(frozen=True)
class MaybeHistory:
    """``history``: whether the list says what happened when; ``date``: its column, empty when there is none.

    ``born``: a column with the years in which people were born, which is no value.
    """

    text: str
    history: bool
    date: str = ""
    born: str = ""


def maybe_history_file(seed: int) -> MaybeHistory:
    """One file of the kind."""
    rng = random.Random(seed)
    return KINDS[seed % len(KINDS)](rng)


def _item(rng: random.Random, n: int) -> str:
    return rng.choice([f"Article {n:03d}", f"AB-{n * 7 + 100}", f"Thing no {n}"])


def _ahead(rng: random.Random, least: int, most: int) -> date:
    return date.today() + rng.randint(least, most) * DAY


def by_expiry(rng: random.Random) -> MaybeHistory:
    dialect, when = Dialect.drawn(rng), rng.choice(EXPIRY)
    rows = [
        [_item(rng, n), dialect.day(_ahead(rng, -30, 500)), str(rng.randint(1, 90))]
        for n in range(rng.randint(30, 120))
    ]
    return MaybeHistory(dialect.table([rng.choice(ITEMS), when, rng.choice(STOCK)], rows), False, when)


def due(rng: random.Random) -> MaybeHistory:
    dialect, when = Dialect.drawn(rng), rng.choice(DUE)
    rows = [
        [str(2000 + n), dialect.day(_ahead(rng, -60, 120)), dialect.number(rng.uniform(20, 900))]
        for n in range(rng.randint(30, 120))
    ]
    return MaybeHistory(dialect.table(["Invoice", when, heading(rng, "amount")], rows), False, when)


def prices(rng: random.Random) -> MaybeHistory:
    """Codes and prices, without a date."""
    dialect = Dialect.drawn(rng)
    codes = rng.sample(range(10_000, 99_999), rng.randint(30, 100))
    rows = [[str(code), dialect.number(rng.uniform(2, 90))] for code in codes]
    return MaybeHistory(
        dialect.table([rng.choice(["SKU", "EAN", "Article ID", "Code"]), rng.choice(PRICE)], rows), False
    )


def prices_from(rng: random.Random) -> MaybeHistory:
    """Each article once, with its price and since when it holds."""
    dialect = Dialect.drawn(rng)
    when = rng.choice(["Valid from", "Gültig ab", "Last change", "Updated"])
    rows = [
        [
            f"Article-{n:03d}",
            dialect.number(rng.uniform(2, 90)),
            dialect.day(date(2022, 1, 1) + rng.randrange(900) * DAY),
        ]
        for n in range(rng.randint(40, 120))
    ]
    return MaybeHistory(dialect.table([rng.choice(ITEMS[:3]), rng.choice(PRICE), when], rows), False, when)


def planned(rng: random.Random) -> MaybeHistory:
    """Bookings for days to come, under a plain name."""
    dialect, when = Dialect.drawn(rng), heading(rng, "date")
    days = sorted(_ahead(rng, -10, 300) for _ in range(rng.randint(40, 90)))
    rows = [[dialect.day(day), dialect.number(rng.uniform(50, 400))] for day in days]
    return MaybeHistory(dialect.table([when, heading(rng, "amount")], rows), False, when)


def instalments(rng: random.Random) -> MaybeHistory:
    """A near miss: due on the first of each month, for years."""
    dialect, when = Dialect.drawn(rng), rng.choice(DUE)
    rows = [
        [dialect.day(date(2018 + n // 12, n % 12 + 1, 1)), dialect.number(rng.uniform(400, 500))]
        for n in range(rng.randint(36, 80))
    ]
    return MaybeHistory(dialect.table([when, heading(rng, "amount")], rows), True, when)


def invoices(rng: random.Random) -> MaybeHistory:
    """A near miss: the due date next to the date of the invoice."""
    dialect = Dialect.drawn(rng)
    due_name, when = rng.choice(DUE), rng.choice(["Invoice date", "Rechnungsdatum", "Fecha", "Date"])
    day, rows = date(2022, 1, 3), []
    for _ in range(rng.randint(80, 160)):
        day += rng.choice([0, 1, 1, 2, 4]) * DAY
        rows.append([dialect.day(day + 30 * DAY), dialect.day(day), dialect.number(rng.uniform(20, 900))])
    return MaybeHistory(dialect.table([due_name, when, heading(rng, "amount")], rows), True, when)


def orders(rng: random.Random) -> MaybeHistory:
    """A near miss: each order once, in the past."""
    dialect, when = Dialect.drawn(rng), heading(rng, "date")
    days = sorted(date(2022, 1, 1) + rng.randrange(300) * DAY for _ in range(rng.randint(100, 300)))
    rows = [[dialect.day(day), f"#A{n}", dialect.number(rng.uniform(20, 900))] for n, day in enumerate(days)]
    return MaybeHistory(dialect.table([when, "Order", heading(rng, "amount")], rows), True, when)


def budget(rng: random.Random) -> MaybeHistory:
    """A near miss: a plan month by month, much of it ahead."""
    dialect, year = Dialect.drawn(rng), date.today().year
    rows = [[f"{year + n // 12}-{n % 12 + 1:02d}", dialect.number(rng.uniform(400, 500))] for n in range(36)]
    return MaybeHistory(dialect.table(["Month", "Budget"], rows), True, "Month")


def expiry_without_a_weekday(rng: random.Random) -> MaybeHistory:
    """Nothing expires on one day of the week."""
    dialect, when, free = Dialect.drawn(rng), rng.choice(EXPIRY), rng.randrange(7)
    days = sorted(day for day in (_ahead(rng, -20, 60) for _ in range(200)) if day.weekday() != free)
    rows = [[_item(rng, n), dialect.day(day), str(rng.randint(1, 90))] for n, day in enumerate(days)]
    return MaybeHistory(dialect.table([rng.choice(ITEMS), when, rng.choice(STOCK)], rows), False, when)


def _person(rng: random.Random, n: int) -> str:
    return f"{rng.choice(['Ann', 'Bo', 'Cy', 'Di'])} {rng.choice(['Lee', 'Roe', 'Fox'])} {n}"


def _day_in(rng: random.Random, first: int, last: int) -> date:
    return date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))


def people(rng: random.Random) -> MaybeHistory:
    """Each person once, with a salary and when they were born and hired."""
    dialect = Dialect.drawn(rng)
    born, hired = rng.choice(BORN), rng.choice(["Hired", "Start date", "Eintritt", "Joined", "Date"])
    name, salary = rng.choice(["Name", "Employee", "Mitarbeiter", "Personalnummer"]), rng.choice(SALARY)
    cells = [
        {
            name: str(4000 + 3 * n) if name == "Personalnummer" else _person(rng, n),
            born: dialect.day(_day_in(rng, 1960, 2002)),
            salary: dialect.number(rng.uniform(24_000, 90_000)),
            hired: dialect.day(_day_in(rng, 2005, 2024)),
        }
        for n in range(rng.randint(40, 120))
    ]
    kept = rng.choice([[name, born, salary, hired], [name, hired, salary], [hired, name, salary], [name, salary, born]])
    rows = [[one[key] for key in kept] for one in cells]
    return MaybeHistory(dialect.table(kept, rows), False, hired if hired in kept else born)


def people_by_year_of_birth(rng: random.Random) -> MaybeHistory:
    """Each person once, with the year in which they were born, a salary, and when they were hired."""
    dialect, born = Dialect.drawn(rng), rng.choice(BIRTH_YEAR)
    hired = rng.choice(["Hired", "Start date", "Eintritt", "Joined"])
    name, salary = rng.choice(["Name", "Employee", "Mitarbeiter"]), rng.choice(SALARY)
    kept = rng.choice([[name, born, salary, hired], [name, hired, born, salary], [hired, name, salary, born]])
    rows = []
    for n in range(rng.randint(40, 120)):
        cells = {
            name: _person(rng, n),
            born: str(rng.randint(1955, 2004)),
            salary: dialect.number(rng.uniform(24_000, 90_000)),
            hired: dialect.day(_day_in(rng, 2005, 2024)),
        }
        rows.append([cells[key] for key in kept])
    return MaybeHistory(dialect.table(kept, rows), False, hired, born)


def numbered_prices(rng: random.Random) -> MaybeHistory:
    """Articles without words, and their prices."""
    dialect = Dialect.drawn(rng)
    count, name = rng.randint(30, 100), rng.choice(["Article", "Artikel", "Product", "Modell", "Size"])
    numbers = rng.sample(range(1000, 99_999), count)
    if rng.random() < 0.5:
        numbers.sort()
    if name != "Size" and rng.random() < 0.2:
        numbers = list(range(1001, 1001 + count))
    rows = [[str(n), dialect.number(rng.uniform(2, 90)), str(rng.randint(0, 40))] for n in numbers]
    kept = rng.choice([2, 3])
    table = [row[:kept] for row in rows]
    return MaybeHistory(dialect.table([name, rng.choice(PRICE), rng.choice(STOCK[:2])][:kept], table), False)


def visits_of_people(rng: random.Random) -> MaybeHistory:
    """A near miss: when patients were born, next to when they came."""
    dialect, when = Dialect.drawn(rng), rng.choice(["Visit date", "Datum", "Fecha", "Date"])
    rows = []
    for n in range(rng.randint(80, 140)):
        day = date(2023, 1, 2) + n * DAY
        rows.append([dialect.day(_day_in(rng, 1940, 2015)), dialect.day(day), dialect.number(rng.uniform(20, 90))])
    return MaybeHistory(dialect.table([rng.choice(BORN), when, heading(rng, "amount")], rows), True, when)


def payroll(rng: random.Random) -> MaybeHistory:
    """A near miss: the salary of each person, month by month."""
    dialect, names = Dialect.drawn(rng), [_person(rng, n) for n in range(rng.randint(2, 5))]
    rows = [
        [f"{2021 + n // 12}-{n % 12 + 1:02d}", name, dialect.number(rng.uniform(2000, 4000))]
        for n in range(rng.randint(24, 40))
        for name in names
    ]
    return MaybeHistory(dialect.table(["Month", "Name", rng.choice(SALARY)], rows), True, "Month")


def articles_without_a_heading(rng: random.Random) -> MaybeHistory:
    """Numbers of articles in no order, with a price, pieces or both, and nothing above them."""
    dialect, digits = Dialect.drawn(rng), rng.randint(4, 8)
    numbers = rng.sample(range(10 ** (digits - 1), 10**digits), rng.randint(30, 90))
    rows = [[str(n), dialect.number(rng.uniform(2, 90)), str(rng.randint(0, 12))] for n in numbers]
    kept = rng.choice([(0, 1), (0, 2), (0, 1, 2)])
    return MaybeHistory(dialect.table([], [[row[i] for i in kept] for row in rows]).lstrip("\n"), False)


def takings_without_a_heading(rng: random.Random) -> MaybeHistory:
    """A near miss: takings and visitors row by row, and nothing above them."""
    dialect, level = Dialect.drawn(rng), rng.choice([800, 20_000])
    rows = [
        [dialect.number(level * rng.uniform(0.8, 1.2)), str(rng.randint(20, 90))] for _ in range(rng.randint(30, 90))
    ]
    return MaybeHistory(dialect.table([], rows).lstrip("\n"), True)


KINDS = (
    by_expiry, due, prices, prices_from, planned, instalments, invoices, orders, budget, expiry_without_a_weekday,
    people, numbered_prices, visits_of_people, payroll, people_by_year_of_birth,
    articles_without_a_heading, takings_without_a_heading,
)  # fmt: skip
