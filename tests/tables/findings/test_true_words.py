"""What findings say is true of each file: what became of rows, whether blanks were filled, how values became one."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from tests.tables.conftest import Reader, codes, finding
from tests.tables.kinds.exports.devices import several_devices

WORDS = {
    "cancelled": ("Cancelled", "VOIDED", "storniert", "Annulée", "Anulado", "cancelled by guest", "reverted"),
    "returned": ("Returned", "retourniert", "Devuelto", "Zwrócone"),
    "refunded": ("Refunded", "erstattet", "Remboursée", "Rimborsato", "Återbetald"),
    "not completed": ("Failed", "Declined", "Abandoned", "No-show", "abgelehnt", "Rechazado", "Expired"),
    "lost": ("Closed lost", "Deal lost", "closed-lost"),
}
FAST, SLOW = 6, 300


def undone(rng: random.Random, read_text: Reader) -> None:
    """The finding has the words for what its column says, and no others."""
    drawn = rng.sample(list(WORDS), rng.choice((1, 1, 2, 3)))
    meanings = [name for name in WORDS if name in drawn]
    words = [rng.choice(WORDS[name]) for name in meanings]
    states = [*words, *(rng.choice(("Completed", "Paid", *words)) for _ in range(50)), *["Paid"] * 30]
    rows = [f"2024-01-{n % 28 + 1:02d},{state},{rng.randint(5, 90)}" for n, state in enumerate(states)]
    file = read_text("\n".join(("Date,Status,Amount", *rows)))
    joined = " or ".join(filter(None, (", ".join(meanings[:-1]), meanings[-1])))
    assert f" were {joined}, as “Status” says: " in finding(file, "cancelled_rows").what


def notes_below(rng: random.Random, read_text: Reader) -> None:
    """Blanks next to notes below a table mean nothing; those below the first row of a block are filled."""
    blocks = rng.random() < 0.5
    places, things = rng.sample(("Kenya", "Ghana", "Peru", "Fiji"), rng.choice((2, 3))), ("Exports", "Rainfall")
    years = range(2001, 2001 + rng.randint(9, 20))
    lines = [",".join(("Country", "Series", *(f"{y} [YR{y}]" if not blocks else str(y) for y in years)))]
    for place in places:
        for n, thing in enumerate(things):
            lines.append(
                ",".join((place if n == 0 or not blocks else "", thing, *(str(rng.randint(9, 99)) for _ in years)))
            )
    if not blocks:
        lines += ["", "", "", "Data from database: Indicators", "Last Updated: 10/24/2024"][rng.choice((0, 2)) :]
    file = read_text("\n".join(lines))
    assert len(file.series.names) == len(places) * len(things)
    assert ("carried_down" in codes(file)) == blocks


def readings(rng: random.Random, read_text: Reader) -> None:
    """Of the series of one column some are averaged, and of others the last reading counts: both are said."""
    sample = several_devices(rng)
    file = read_text(sample.content)
    if "irregular_dates" not in codes(file):
        return
    said = finding(file, "irregular_dates").fix
    differ = "counters=True" in sample.name
    assert ("averaged, or, of a running total, reduced to the last one" in said) == differ
    assert not differ or " of " in finding(file, "running_total").what.partition(" is ")[0]
    assert differ or "averaged" in said


CHECKS: dict[str, tuple[Callable[[random.Random, Any], None], int]] = {
    "undone": (undone, FAST),
    "notes_below": (notes_below, FAST),
    "readings": (readings, 3),
}


@pytest.mark.parametrize("name", CHECKS)
def test_what_findings_say_is_true(name: str, read_text: Reader) -> None:
    check, count = CHECKS[name]
    for seed in range(count):
        check(random.Random(f"{name} {seed}"), read_text)


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKS)
def test_what_findings_say_is_true_of_hundreds_of_files(name: str, read_text: Reader) -> None:
    check, count = CHECKS[name]
    for seed in range(count, SLOW):
        check(random.Random(f"{name} {seed}"), read_text)
