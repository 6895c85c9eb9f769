"""What each page says, from files and forecasts made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from tests.desktop import builders
from tests.desktop.driving import FORBIDDEN, hand_over, shown_text

from almanac.core.system import paths
from almanac.desktop.pages.start import EXAMPLES, examples
from almanac.desktop.shell import problems
from almanac.desktop.shell.station import StationKey
from almanac.desktop.theme.tokens import DARK, DARK_STRONG, LIGHT, LIGHT_STRONG, Palette
from almanac.desktop.window import MainWindow


def test_start_offers_every_sample_that_ships() -> None:
    assert {p.name for p in examples()} == set(EXAMPLES)


def test_forecast_answers_with_a_sentence_then_a_table_then_a_chart(still: MainWindow) -> None:
    file = builders.read_file()
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    page = still.forecast
    assert page.sentence.text().startswith("Apples, Jul 2026: about ")
    heads = page.steps.model()
    assert heads.headerData(0, Qt.Orientation.Horizontal) == "Jul 2026"
    assert [heads.headerData(k, Qt.Orientation.Vertical) for k in range(3)] == ["About", "Likely from", "Likely to"]
    tops = [w.mapTo(page, w.rect().topLeft()).y() for w in (page.sentence, page.steps, page.chart)]
    assert tops == sorted(tops)
    assert page.horizon.text() == "12 months"


def test_a_single_series_needs_no_list(still: MainWindow) -> None:
    file = builders.read_file(1)
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    assert not still.forecast.side.isVisible()


def test_the_chart_can_be_read_as_a_table_with_its_past(still: MainWindow) -> None:
    file = builders.read_file()
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    still.forecast.as_table.click()
    table = still.forecast.table
    assert table.isVisible()
    model = table.model()
    assert [model.headerData(k, Qt.Orientation.Horizontal) for k in range(4)] == [
        "Actual",
        "About",
        "Likely from",
        "Likely to",
    ]
    assert model.rowCount() == 66 + 12  # the whole history
    assert model.headerData(66, Qt.Orientation.Vertical) == "Jul 2026"
    assert model.index(65, 0).data() == f"{file.series[0][-1]:.0f}"
    still.forecast.as_table.click()
    assert still.forecast.chart is not None
    assert still.forecast.chart.isVisible()


def test_a_forecast_that_was_stopped_says_how_far_it_came(still: MainWindow) -> None:
    file = builders.read_file()
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file, stopped_early=True))
    assert "You stopped after" in shown_text(still)


def test_export_says_where_it_was_saved(still: MainWindow, tmp_path: Path) -> None:
    file = builders.read_file()
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    still.go_to(StationKey.EXPORT)
    assert "The next 12 months of 10 series are ready to save." in shown_text(still)
    hand_over(still, "export", tmp_path / "out.xlsx")
    assert f"Saved as out.xlsx in {tmp_path}." in shown_text(still)
    assert still.focusWidget() is still.export.open


def test_no_page_speaks_of_errors(still: MainWindow) -> None:
    file = builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,))
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    for page in (still.start, still.data, still.forecast, still.export):  # with every page of "check my data"
        page.show_problems(problems.WORKER_DIED, problems.STILL_BUSY, problems.UNSAVED, problems.CRASH)
        texts = [w.text() for w in page.findChildren(QLabel)] + [b.text() for b in page.findChildren(QPushButton)]
        everything = " ".join(texts).casefold()
        assert not [word for word in FORBIDDEN if word in everything]
        assert not [b.text() for b in page.findChildren(QPushButton) if b.text() in ("OK", "&OK")]


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


@pytest.mark.parametrize(
    ("tokens", "least"),
    [(LIGHT, 4.5), (DARK, 4.5), (LIGHT_STRONG, 7.0), (DARK_STRONG, 7.0)],
    ids=["light", "dark", "light strong", "dark strong"],
)
def test_every_text_colour_is_readable(tokens: Palette, least: float) -> None:
    texts = (tokens.text, tokens.quiet, tokens.accent, tokens.good, tokens.look, tokens.alert)
    pairs = [(text, ground) for text in texts for ground in (tokens.paper, tokens.surface)]
    pairs += [(tokens.text, ground) for ground in (tokens.tint, tokens.tint_when, tokens.tint_split)]
    pairs += [(tokens.quiet, tokens.tint), (tokens.on_accent, tokens.accent)]
    for text, ground in pairs:
        high, low = sorted((_luminance(text), _luminance(ground)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= least, (text, ground)


@pytest.mark.parametrize(("tokens", "name"), [(LIGHT, "light"), (DARK, "dark")])
def test_icons_of_the_stylesheet_have_its_colours(tokens: Palette, name: str) -> None:
    for icon in ("chevron-down", "chevron-up"):
        assert tokens.quiet in (paths.resources() / "icons" / f"{icon}-{name}.svg").read_text()
