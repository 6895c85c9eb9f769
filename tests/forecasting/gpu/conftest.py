"""A graphics card that behaves as a test wants."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from almanac.forecasting import engine
from almanac.forecasting.gpu import card, client, trial, verdicts
from almanac.forecasting.gpu.providers import PROVIDERS

PRETEND = Path(__file__).with_name("pretend_card.py")
Pretend = Callable[..., None]
BATCH = 512  # of the card in these tests, so that trials are short


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pretend]:
    """Let the process that has the card be ``pretend_card.py``, which behaves like this; engines are opened again."""
    sizes = {"SMALL": (4, 120), "LARGE": (BATCH, 120), "LONG": (64, 1104)}
    for module, (name, size) in product((trial, verdicts), sizes.items()):
        monkeypatch.setattr(module, name, size)
    monkeypatch.setattr(card.Card, "BATCH", BATCH)
    monkeypatch.setattr(engine, "_opened", {})
    monkeypatch.setattr(card, "MIN_SERIES", 2)
    monkeypatch.setattr(client, "MAX_SECONDS_TO_OPEN", 30.0)

    def behave(how: str, *, seconds_for_a_batch: float = 30.0, number: int = 0) -> None:
        if "hang at-start" in how:
            monkeypatch.setattr(client, "MAX_SECONDS_TO_OPEN", 1.0)
        monkeypatch.setattr(client, "MAX_SECONDS_FOR_A_BATCH", seconds_for_a_batch)
        monkeypatch.setattr(client, "command", lambda: [sys.executable, str(PRETEND), how])
        monkeypatch.setattr(trial, "installed_providers", lambda: (PROVIDERS[number],))

    yield behave
    close_all()


def close_all() -> None:
    for opened in engine._opened.values():
        opened.close()
    engine._opened.clear()
