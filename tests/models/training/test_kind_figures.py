"""Models are asked for the kinds as a person's file would be, and the table says what was found."""

from __future__ import annotations

import numpy as np
import pytest
from models.training.evaluation.kinds import KINDS
from models.training.evaluation.kinds.models import by_engine, by_forecast, one_file
from models.training.evaluation.kinds.score import score_kinds
from models.training.evaluation.results import KindFigure, summary
from tests.benchmarks.kinds.table import lines
from tests.builders import TOY

from almanac.core.calendar.frequency import MONTHLY

TOY_FOLDER = TOY / "1.0.0"
CHOSEN = [k for k in KINDS if k.name in ("0, 0, 412.5", "missing values", "counts of .2 a day")]
CHOSEN += [k for k in KINDS if k.name.startswith("new products of 6")]


def test_each_history_begins_with_its_first_known_value_and_all_end_together() -> None:
    made = one_file(np.array([[np.nan, np.nan, 3.0, 4.0], [1.0, np.nan, 3.0, 5.0]]), MONTHLY)
    assert made[0].tolist() == [3.0, 4.0]
    np.testing.assert_array_equal(made[1], [1.0, np.nan, 3.0, 5.0])
    assert made.first.tolist() == [2, 0]
    assert made.last.tolist() == [3, 3]


@pytest.fixture(scope="module")
def figures() -> dict[str, KindFigure]:
    return {f.name: f for f in score_kinds(by_forecast(TOY_FOLDER), CHOSEN)}


def test_a_person_gets_exact_repetitions_and_the_network_alone_does_not(figures: dict[str, KindFigure]) -> None:
    (alone,) = score_kinds(by_engine(TOY_FOLDER), CHOSEN[:1])
    assert CHOSEN[0].name == "0, 0, 412.5"
    assert figures["0, 0, 412.5"].ratio == 1.0
    assert alone.ratio > 1.0


def test_of_counts_the_sums_are_measured_and_of_others_not(figures: dict[str, KindFigure]) -> None:
    assert figures["counts of .2 a day"].sum_off is not None
    assert figures["counts of .2 a day"].sum_ratio is not None
    assert figures["missing values"].sum_off is None


def test_other_series_of_the_file_are_not_scored(figures: dict[str, KindFigure]) -> None:
    assert figures["new products of 6 months next to older sisters"].error > 0


def test_the_worst_kind_comes_first_and_the_last_line_counts(figures: dict[str, KindFigure]) -> None:
    _, first, *rest, last = lines(tuple(figures.values()))
    worst = max(figures.values(), key=lambda f: f.ratio)
    assert first.startswith(worst.name)
    assert len(rest) == len(CHOSEN) - 1
    assert last == summary(tuple(figures.values()))
    assert f"of {len(CHOSEN)} kinds" in last
    assert worst.name in last
