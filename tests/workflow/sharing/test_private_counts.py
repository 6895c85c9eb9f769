from __future__ import annotations

import sys
from math import exp, log

import numpy as np
import pytest
from tests.builders import series_set

from almanac.core.calendar.frequency import DAILY
from almanac.core.problems import ProblemError
from almanac.workflow.sharing.private_counts import MISSED, PROTECTIONS, Protection, add_noise, certainty

MANY = 20_000


def noise(epsilon: float, rows: int) -> np.ndarray:
    """The noise of many counts of 7."""
    pytest.importorskip("opendp", reason="the extra share is not installed")
    return add_noise(series_set(np.full(MANY, 7.0), frequency=DAILY), epsilon, rows).counts - 7


@pytest.mark.parametrize(("epsilon", "rows"), [(0.5, 1), (1.0, 1), (2.0, 1), (1.0, 5)])
def test_noise_is_that_of_the_discrete_laplace_distribution(epsilon: float, rows: int) -> None:
    drawn, decay = noise(epsilon, rows), exp(-epsilon / rows)
    at = np.arange(-3, 4)
    expected = (1 - decay) / (1 + decay) * decay ** np.abs(at)  # Ghosh, Roughgarden and Sundararajan 2009
    found = (drawn[:, None] == at).mean(axis=0)
    assert np.abs(found - expected).max() <= 5 * np.sqrt(0.25 / MANY)


def test_no_result_is_much_likelier_with_a_person_than_without() -> None:
    drawn = noise(1.0, 1)
    with_one = np.array([(drawn + 1 == k).mean() for k in range(-2, 4)])
    without = np.array([(drawn == k).mean() for k in range(-2, 4)])
    assert np.abs(np.log(with_one / without)).max() <= 1.0 + 0.25  # epsilon, and what chance adds to 20,000 draws


@pytest.mark.parametrize(
    ("protection", "within"), list(zip(PROTECTIONS, (6, 3, 1), strict=True)), ids=["strong", "medium", "light"]
)
def test_what_is_said_of_exactness_holds(protection: Protection, within: int) -> None:
    pytest.importorskip("opendp", reason="the extra share is not installed")
    made = add_noise(series_set(np.full(MANY, 7.0), frequency=DAILY), protection.epsilon, 1)
    assert made.within == within
    assert made.epsilon == pytest.approx(protection.epsilon)
    assert (np.abs(made.counts - 7) > made.within).mean() <= MISSED + 0.005


def test_certainty_is_that_of_a_likelihood_ratio_of_epsilon() -> None:
    assert certainty(0.0) == 0.5
    assert certainty(log(3)) == pytest.approx(0.75)
    assert [round(100 * certainty(one.epsilon)) for one in PROTECTIONS] == [62, 73, 88]


def test_without_the_library_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opendp.prelude", None)
    with pytest.raises(ProblemError, match="OpenDP"):
        add_noise(series_set(np.ones(5), frequency=DAILY), 1.0, 1)


def test_more_counts_than_can_be_protected_are_refused() -> None:
    with pytest.raises(ProblemError, match="1,000,001 numbers"):
        add_noise(series_set(np.ones(1_000_001), frequency=DAILY), 1.0, 1)
