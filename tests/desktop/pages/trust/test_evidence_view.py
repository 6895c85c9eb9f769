"""Evidence: the verdicts, what they rest on, and the parts that do worse."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QAbstractItemModel
from pytestqt.qtbot import QtBot
from tests.builders import series_set
from tests.desktop import builders
from tests.desktop.driving import FORBIDDEN, forecast, hand_over, idle, shown_text

from almanac import workflow
from almanac.core.jobs import run
from almanac.desktop.shell.station import StationKey
from almanac.desktop.window import MainWindow
from almanac.wording.trust.evidence import pit_sentence
from almanac.worker.messages import JobFinished


def evidence(window: MainWindow) -> None:
    window.go_to(StationKey.TRUST)
    window.trust.tabs.setCurrentIndex(window.trust.views.index(window.trust.evidence))
    window.trust.evidence.fold.click()  # the statistics are folded at first


def cells(model: QAbstractItemModel) -> list[list[str]]:
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def test_the_two_questions_are_answered_with_what_the_answers_rest_on(
    window: MainWindow, qtbot: QtBot, sales: Path
) -> None:
    forecast(window, qtbot, sales)
    evidence(window)
    idle(window, qtbot)
    said = shown_text(window)
    assert "Is it better than repeating the last season?" in said
    assert "Are the ranges honest?" in said
    assert "practice forecasts" in said
    assert not any(word in said.lower() for word in FORBIDDEN)
    rows = cells(window.trust.evidence.ranges_table.model())
    assert [row[0] for row in rows] == ["5 in 10 cases", "8 in 10 cases", "9 in 10 cases", "95 in 100 cases"]
    assert all(row[1].endswith("%") or row[1] == "too few checks to tell" for row in rows)


def test_a_part_that_does_clearly_worse_is_named_first(still: MainWindow) -> None:
    """Twenty shops by region; those in the south are noise, and lately more of it."""
    rng = np.random.default_rng(4)
    t = np.arange(120)
    calm = [100 + 20 * np.sin(t / 1.91) + rng.normal(0, 2, 120) for _ in range(15)]
    wild = [100 + rng.normal(0, 1, 120) * np.where(t < 70, 2, 40) for _ in range(5)]
    names = tuple(f"shop {k}" for k in range(20))
    series = series_set(*calm, *wild, names=names)
    file = builders.read_file(1)
    regions = tuple((name, "North" if k < 15 else "South") for k, name in enumerate(names))
    shops = type(series)(
        names, series.values, series.offsets, series.first, series.frequency, ("Shop", "Region"), regions
    )
    file = type(file)(file.reading, shops, file.preview, ())
    hand_over(still, "check", file)
    hand_over(still, "forecast", run(workflow.forecast(file, workflow.ForecastOptions(horizon=6))))
    evidence(still)
    view = still.trust.evidence
    assert "clearly worse" in view.slices_summary.text()
    assert "Region: South" in view.slices_summary.text()
    assert cells(view.slices_table.model())[0][0] in ("Region: South", "Demand: erratic")


def test_where_values_fell_is_shown_in_a_sentence_as_bars_and_as_a_table(still: MainWindow) -> None:
    """Ten shops; the forecasts of a model, and where the values fell in them."""
    rng = np.random.default_rng(3)
    series = series_set(*[100 + rng.normal(0, 10, 120) for _ in range(10)])
    plain = builders.read_file(1)
    file = type(plain)(plain.reading, series, plain.preview, ())
    hand_over(still, "check", file)
    hand_over(still, "forecast", run(workflow.forecast(file, workflow.ForecastOptions(horizon=3))))
    evidence(still)
    view = still.trust.evidence
    assert still.session.result is not None
    assert still.session.result.backtest is not None
    assert pit_sentence(still.session.result.backtest.pit) in shown_text(still)
    assert view.pit_chart.isVisible()
    rows = cells(view.pit_table.model())
    assert (rows[0][0], rows[1][0], rows[9][0]) == ("Lowest", "2", "Highest")
    assert sum(float(row[1].rstrip("%")) for row in rows) == pytest.approx(100, abs=5)  # rounded


def test_a_handful_of_checks_gives_a_sentence_instead_of_empty_tables(still: MainWindow) -> None:
    file = builders.read_file(2, points=5)
    hand_over(still, "check", file)
    hand_over(still, "forecast", run(workflow.forecast(file, workflow.ForecastOptions(horizon=6))))
    evidence(still)
    assert "too little to tell how often ranges hold" in shown_text(still)
    assert not still.trust.evidence.ranges_table.isVisible()
    assert not still.trust.evidence.pit.isVisible()
    chances = still.trust.probabilities
    still.trust.tabs.setCurrentIndex(still.trust.views.index(chances))
    asked = still.session.jobs.running
    assert asked is not None
    assert asked.name == "chances"
    still.session.worker.receive(JobFinished(run(workflow.chances(*asked.arguments))))
    assert "Too little history to tell: only 6 such answers" in shown_text(still)
    assert not chances.table.isVisible()
    assert not chances.diagram.isVisible()


def test_too_few_checks_give_a_sentence_instead_of_bars(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    forecast(window, qtbot, sales)
    evidence(window)
    view = window.trust.evidence
    assert "too few checks to tell where values fall" in view.pit_sentence.text()
    assert not view.pit_chart.isVisible()
    assert not view.pit_table.isVisible()


def test_without_practice_runs_the_page_says_so(still: MainWindow) -> None:
    file = builders.read_file()
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    evidence(still)
    assert "There were no practice runs. Uncorrected. How far the ranges can be trusted is not known." in shown_text(
        still
    )
    assert not still.trust.evidence.ranges.isVisible()
    assert not still.trust.evidence.pit.isVisible()


def test_a_series_too_short_for_practice_gets_a_sentence_and_no_figure(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "short.csv").write_text("month,sales\n2024-01-01,5\n2024-02-01,6\n2024-03-01,7\n")
    forecast(window, qtbot, tmp_path / "short.csv")
    evidence(window)
    idle(window, qtbot)
    said = shown_text(window)
    assert "too little history" in said.lower()
    assert not window.trust.evidence.ranges.isVisible()
    window.trust.tabs.setCurrentIndex(window.trust.views.index(window.trust.probabilities))
    idle(window, qtbot)
    assert "Too little history to tell" in shown_text(window)


def test_where_repeating_the_last_season_is_clearly_better_it_is_offered_and_can_be_taken_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """The series repeat a jagged season almost exactly, which a copy forecasts better than any model."""
    rng = np.random.default_rng(2)
    season = rng.permutation(np.linspace(10, 300, 12))
    months = [f"{2012 + k // 12}-{k % 12 + 1:02d}" for k in range(96)]
    columns = [np.tile(season * rng.uniform(1, 5), 8) + rng.normal(0, 0.01, 96) for _ in range(4)]
    lines = [",".join(["month", *(f"p{k}" for k in range(4))])]
    lines += [",".join([month, *(f"{column[k]:.2f}" for column in columns)]) for k, month in enumerate(months)]
    (tmp_path / "copy.csv").write_text("\n".join(lines))
    forecast(window, qtbot, tmp_path / "copy.csv")
    evidence(window)
    idle(window, qtbot)
    view = window.trust.evidence
    assert "forecast better by repeating the last season" in view.better_methods.text()
    assert window.session.result is not None
    assert not window.session.result.baselines
    view.best.click()
    idle(window, qtbot)
    assert len(window.session.result.baselines) > 0
    evidence(window)
    assert "Model for All" in view.best.text()
    view.best.click()
    idle(window, qtbot)
    assert not window.session.result.baselines
