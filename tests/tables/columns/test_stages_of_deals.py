"""Deals that are lost or still open are left out where a column says which were won."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines

STAGES = [  # won, lost, open
    ("Closed Won", "Closed Lost", ("Contract Sent", "Decision Maker Bought-In")),
    ("Won", "Lost", ("Proposal",)),
    ("Gewonnen", "Verloren", ("Angebot", "Verhandlung")),
    ("Gagnée", "Perdue", ("Proposition",)),
    ("Ganada", "Perdida", ("Negociación",)),
    ("Wygrana", "Przegrana", ("Oferta",)),
]


def _deals(words: tuple[str, ...]) -> tuple[str, np.ndarray]:
    rng = np.random.default_rng(8)
    amounts, days = rng.integers(10, 90, 300) * 100, np.sort(rng.integers(0, 400, 300))
    stages = rng.choice(words, 300, p=[0.3, *[0.7 / (len(words) - 1)] * (len(words) - 1)])
    dates = (np.datetime64("2023-01-02") + days).astype(str)
    ids = rng.permutation(10**6)[:300].tolist()
    text = lines(
        ids, stages.tolist(), dates.tolist(), amounts.tolist(), header="Record ID,Deal Stage,Close Date,Amount"
    )
    return text, amounts[stages == words[0]]


@pytest.mark.parametrize(
    ("won", "lost", "still_open"), [STAGES[0], *(pytest.param(*words, marks=pytest.mark.slow) for words in STAGES[1:])]
)
def test_only_deals_that_were_won_are_added_up(
    read_text: Reader, won: str, lost: str, still_open: tuple[str, ...]
) -> None:
    text, amounts = _deals((won, lost, *still_open))
    file = read_text(text)
    assert " were lost or still open, as “Deal Stage” says" in finding(file, "cancelled_rows").what
    assert np.nansum(file.series.values) == amounts.sum()


@pytest.mark.parametrize("words", [("Won", "Proposal"), ("Home", "Away"), ("Lost", "Found")])
def test_other_words_say_nothing_of_what_counts(read_text: Reader, words: tuple[str, ...]) -> None:
    assert "cancelled_rows" not in codes(read_text(_deals(words)[0]))


def test_games_that_were_lost_count(read_text: Reader) -> None:
    text, _ = _deals(("Won", "Lost", "Drawn"))
    file = read_text(text.replace("Deal Stage", "Result").replace("Close Date", "Date").replace("Amount", "Attendance"))
    assert "cancelled_rows" not in codes(file)
