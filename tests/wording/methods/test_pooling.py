"""What a person reads about series that learned from others."""

from __future__ import annotations

import numpy as np

from almanac.wording.methods.pooling import NOTHING_LEARNED, SWITCHED_OFF, learning


def test_it_says_how_many_learned_and_from_how_many() -> None:
    assert learning(np.array([0, 20, 18, 0]), True) == "2 series with little history learn from 20 longer ones."
    assert learning(np.array([0, 20]), True) == "1 series with little history learns from 20 longer ones."


def test_it_says_when_nothing_was_learned_or_it_was_off() -> None:
    assert learning(None, True) == NOTHING_LEARNED
    assert learning(np.zeros(3, np.int64), True) == NOTHING_LEARNED
    assert learning(None, False) == SWITCHED_OFF
