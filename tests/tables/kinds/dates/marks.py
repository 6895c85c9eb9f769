"""Dates across the table of which the newest have the mark of a footnote, or of preliminary or revised figures."""

from __future__ import annotations

import random

from tests.tables.kinds.dates.no_year import ITEMS, SHORT
from tests.tables.kinds.dates.split import MONTHS, file, values
from tests.tables.kinds.sample_file import SampleFile

SIGNS = ["*", "**", "#", "†", "‡", "¹", "²", "§", "***"]
IN_BRACKETS = "1|2|a|p|r|e|P|*|preliminary|provisional|prov.|vorläufig|provisoire|provvisorio|est.|revised|voorlopig"
WORDS = "preliminary|provisional|prov.|vorläufig|provisoire|estimé|est.|revised|rev.|voorlopig|foreløpig"
LETTERS = "p|r|e|P|b|s"
BEHIND = (
    *SIGNS,
    *(f" {sign}" for sign in SIGNS),
    *(f" ({word})" for word in IN_BRACKETS.split("|")),
    *(f"({word})" for word in IN_BRACKETS.split("|")),
    *(f" [{word}]" for word in ["1", "a", "p"]),
    *(f" {word}" for word in WORDS.split("|")),
    *(f" – {word}" for word in WORDS.split("|")),
    *(f" {letter}" for letter in LETTERS.split("|")),
    *(f"{blank}{number})" for blank in (" ", "") for number in (1, 2)),
    " 1/",
)
LETTERS_BEHIND = tuple(LETTERS.split("|"))
BEFORE = ("*", "**", "¹", "† ", "(p) ", "(1) ", "prov. ", "Preliminary ", "vorläufig ", "p ", "p")
NAMES_OF_PARTS = ("Month", "Monat", "Mois", "Mese", "Period", "Maand")


def dates_with_marks(rng: random.Random) -> SampleFile:
    """Years beside months or alone, months or quarters across, in one line or in two; marks on the newest."""
    layout = rng.choice(("beside months", "years", "months", "quarters", "fiscal years", "years above", "measured"))
    first, years = rng.randint(1995, 2018), rng.randint(4, 9) if "years" in layout else rng.randint(3, 5)
    last = 1 if rng.random() < 0.7 else 2
    mark = rng.choice(BEHIND if layout in ("measured", "years above", "fiscal years") else (*BEHIND, *LETTERS_BEHIND))
    if (layout == "measured" and mark.strip() in LETTERS_BEHIND) or (layout == "fiscal years" and mark[0].isdecimal()):
        mark = "*"  # a letter may say what is measured
    before = rng.random() < 0.2 and layout in ("beside months", "years")
    mark = f"{rng.choice(BEFORE)}{{}}" if before else f"{{}}{mark}"

    def heads(names: list[str]) -> list[str]:
        return [mark.format(name) if n >= len(names) - last else name for n, name in enumerate(names)]

    label = f"{layout} {mark} {last}"
    in_years = [str(first + n) for n in range(years)]
    months = MONTHS[rng.choice(("en", "de"))].split() if rng.random() < 0.5 else SHORT.split()
    if layout in ("beside months", "measured"):
        numbers = values(rng, 12 * years)
        columns = [months, *(numbers[12 * n : 12 * n + 12] for n in range(years))]
        names, series = in_years, "Value"
        if layout == "measured":
            series = rng.choice(("Arrivals", "Nights"))
            names = [f"{series}{rng.choice('_')}{year}" for year in in_years]
        header = [rng.choice(NAMES_OF_PARTS[:2]), *heads(names)]
        known = {series: (f"{first}-01-01", numbers)}
        return file(rng, label, header, columns, frequency="monthly", series=known)
    items = rng.sample(ITEMS, rng.randint(2, 4))
    parts = {"quarters": 4, "months": 12, "years above": 12}.get(layout, 1)
    frequency = {1: "yearly", 4: "quarterly", 12: "monthly"}[parts]
    by_item = {item: values(rng, parts * years) for item in items}
    columns = [items, *([by_item[item][n] for item in items] for n in range(parts * years))]
    if layout == "years above":
        upper = [name for year in heads(in_years) for name in (year, *[""] * 11)]
        columns = [["Item", *items], *([SHORT.split()[n % 12], *column] for n, column in enumerate(columns[1:]))]
        names = ["", *upper]
    elif layout == "quarters":
        way = rng.choice(("Q{q} {y}", "{y} Q{q}", "{y}-Q{q}"))
        names = ["Item", *heads([way.format(q=q + 1, y=year) for year in in_years for q in range(4)])]
    elif layout == "months":
        way = rng.choice(("{y}-{m:02d}", "{w} {y}", "{m:02d}/{y}"))
        dated = [way.format(y=y, m=m + 1, w=SHORT.split()[m]) for y in in_years for m in range(12)]
        names = ["Item", *heads(dated)]
    else:
        fiscal = layout == "fiscal years"
        names = ["Item", *heads([f"{year}/{(int(year) + 1) % 100:02d}" if fiscal else year for year in in_years])]
    known = {item: (f"{first}-01-01", numbers) for item, numbers in by_item.items()}
    return file(rng, label, names, columns, frequency=frequency, series=known)
