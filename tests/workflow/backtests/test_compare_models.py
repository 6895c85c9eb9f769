"""Models are compared with what is known of events; what people use instead cannot know of them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from almanac import workflow
from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.jobs import run
from almanac.wording.methods.names import SEASONAL_NAIVE
from almanac.workflow import EventChoice

START, DAYS = date(2024, 1, 1), 240
BEGINS = np.cumsum(np.random.default_rng(1).integers(9, 24, 30))  # at irregular times, which no model can guess
PROMO = np.isin(np.arange(DAYS), (BEGINS[:, None] + np.arange(3)).ravel())


def sales(path: Path) -> Path:
    chance = np.random.default_rng(0)
    values = 100 * np.where(PROMO, 2.5, 1.0) * (1 + 0.05 * chance.standard_normal(DAYS))
    rows = [f"{START + timedelta(n)},{value:.0f}" for n, value in enumerate(values)]
    path.write_text("\n".join(["date,sold", *rows]))
    return path


def test_models_are_better_with_events_and_the_others_as_before(tmp_path: Path) -> None:
    file = run(workflow.check(sales(tmp_path / "sales.csv")))
    spans = tuple(Span(START + timedelta(int(n)), START + timedelta(int(n) + 2)) for n in BEGINS)
    elsewhere = Event("Gone", EventKind.SALE, spans, ("Nowhere",))  # kept for a file that had such a series
    choice = EventChoice((Event("Promo", EventKind.SALE, spans), elsewhere))
    naive, _, quick = run(workflow.compare_models(file, 7, ("quick",)))
    same, _, knowing = run(workflow.compare_models(file, 7, ("quick",), choice))
    assert (naive.method, naive.wql, naive.windows) == (SEASONAL_NAIVE, same.wql, knowing.windows)
    assert knowing.error < 0.6 * quick.error
    assert knowing.wql < 0.6 * quick.wql
