"""No total adds a part to its whole, nor what was lent to what came back; names that are only alike are added."""

from __future__ import annotations

import random

import pytest
from tests.tables.conftest import Reader, codes, lines, months

WHOLES = ("Sales", "Visitors", "Orders", "Umsatz", "Ventes", "Ventas", "Revenue", "Besucher")
PARTS = ("B2B", "B2C", "online", "children", "Nord", "shop", "app")
FORMS = ("{w} – {p}", "{w} - {p}", "{w}: {p}", "{w}, {p}")
SUMMED_FORMS = (*FORMS, "{w} {p}", "{p} {w}", "{w} ({p})")
OF_WHICH = (
    *("of which online", "of whom abroad", "davon online", "darunter Kinder", "dont en ligne", "di cui online"),
    *(
        "de los cuales web",
        "dos quais online",
        "waarvan online",
        "w tym online",
        "varav online",
        "Orders, of which B2B",
    ),
)
LENT = (
    *(("Borrowed", "Returned"), ("Loans", "Returns"), ("Ausleihen", "Rückgaben"), ("Prêts", "Retours")),
    *(("Préstamos", "Devoluciones"), ("Uitgeleend", "Ingeleverd"), ("Utlån", "Återlämnade"), ("Rented", "Returned")),
)
ALIKE = (
    *(("Coffee", "Coffee beans", "Tea"), ("Bread", "Bread rolls", "Cake"), ("Adults", "Adults plus", "Children")),
    *(("Coffee", "Coffee - decaf", "Tea"), ("North", "North-East", "South"), ("Ice", "Ice cream", "Iced tea")),
)
FAST, SLOW = 6, 300


def check(rng: random.Random, read_text: Reader) -> None:
    count, kind = rng.randint(30, 60), rng.choice(("sum", "of which", "some parts", "lent", "alike", "larger"))
    whole = rng.choice(WHOLES)
    parts = {part: [rng.randint(5, 60) for _ in range(count)] for part in rng.sample(PARTS, rng.choice((2, 3)))}
    sums = [sum(column) for column in zip(*parts.values(), strict=True)]
    columns: dict[str, list[int]] = {whole: sums}
    if kind == "sum":
        form = rng.choice(SUMMED_FORMS)
        columns |= {form.format(w=whole, p=part): values for part, values in parts.items()}
    elif kind == "of which":
        columns[rng.choice(OF_WHICH)] = next(iter(parts.values()))
    elif kind == "some parts":
        form = rng.choice(FORMS)
        columns |= {form.format(w=whole, p=part): values for part, values in list(parts.items())[:-1]}
    elif kind == "lent":
        columns = dict(zip(rng.choice(LENT), (sums, [rng.randint(20, 90) for _ in range(count)]), strict=True))
    elif kind == "alike":  # the first is always the largest
        names = rng.choice(ALIKE)
        columns = {name: [rng.randint(5, 40) + 60 * (n == 0) for _ in range(count)] for n, name in enumerate(names)}
    else:
        columns |= {f"{whole} – {part}": [rng.randint(5, 500) for _ in range(count)] for part in parts}
    long = rng.random() < 0.3
    if long:
        rows = [(day, name, values[n]) for n, day in enumerate(months(count)) for name, values in columns.items()]
        text = lines(*map(list, zip(*rows, strict=True)), header="Month;Line;Value", delimiter=";")
    else:
        text = lines(months(count), *columns.values(), header=";".join(("Month", *columns)), delimiter=";")
    file = read_text(text)
    if kind == "sum" and set(columns) - set(file.series.names) == {whole}:
        return  # rows of a total are left out
    found = codes(file) & {"computed_series", "opposite_sides"}
    counted = {name: file.series.measure(i).counted for i, name in enumerate(file.series.names)}
    apart = kind not in ("alike", "larger")
    assert len(file.series) == len(columns), (kind, long, file.series.names)
    assert bool(found) == apart, (kind, long, list(columns), found)
    first = next(iter(columns))
    added_to_whole = [name for name, thing in counted.items() if name != first and thing == counted[first]]
    assert (not added_to_whole) == apart, (kind, long, list(columns), counted)


def test_no_total_adds_a_part_to_its_whole(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"parts {seed}"), read_text)


@pytest.mark.slow
def test_no_total_of_hundreds_of_tables_adds_a_part_to_its_whole(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"parts {seed}"), read_text)
