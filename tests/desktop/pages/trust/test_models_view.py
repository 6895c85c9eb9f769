"""Models: which there are, which is pinned, and how they would have done."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton
from pytestqt.qtbot import QtBot
from tests.desktop.driving import FORBIDDEN, forecast, hand_over, idle, shown_text

from almanac.core.system import paths
from almanac.desktop.shell.station import StationKey
from almanac.desktop.window import MainWindow
from almanac.forecasting.models.catalogue import list_models
from almanac.forecasting.models.pins import read_pin
from almanac.forecasting.models.status import ModelStatus


def choices(window: MainWindow) -> dict[str, QRadioButton]:
    QApplication.processEvents()  # new ones appear with the next paint
    found = window.trust.models.findChildren(QRadioButton)
    return {choice.text().split(" ")[0]: choice for choice in found if choice.isVisible()}


def newest(name: str) -> str:
    """The title of the newest bundled version."""
    return next(entry.title for entry in list_models(*paths.models()) if entry.name == name)


@pytest.fixture
def at_models(window: MainWindow, qtbot: QtBot, sales: Path) -> MainWindow:
    forecast(window, qtbot, sales)
    window.go_to(StationKey.TRUST)
    window.trust.tabs.setCurrentIndex(window.trust.views.index(window.trust.models))
    idle(window, qtbot)
    return window


def test_the_model_of_the_forecast_and_what_it_cannot_know_are_shown(at_models: MainWindow) -> None:
    said = shown_text(at_models)
    assert f"made by {newest('careful')}" in said
    assert "It sees only the past" in said
    assert not any(word in said.lower() for word in FORBIDDEN)
    assert [text for text, choice in choices(at_models).items() if choice.isChecked()] == ["Leave"]


def test_a_model_can_be_pinned_and_unpinned(at_models: MainWindow, qtbot: QtBot) -> None:
    choices(at_models)[newest("quick")].click()
    idle(at_models, qtbot)
    assert read_pin(paths.state()) == newest("quick")
    qtbot.waitUntil(lambda: "Leave" in choices(at_models))
    choices(at_models)["Leave"].click()
    idle(at_models, qtbot)
    assert read_pin(paths.state()) is None


def test_models_are_compared_on_the_persons_own_past(at_models: MainWindow, qtbot: QtBot) -> None:
    view = at_models.trust.models
    qtbot.mouseClick(view.compare, Qt.MouseButton.LeftButton)
    idle(at_models, qtbot)
    assert "practice runs on 2 series" in view.comparison_note.text()
    table = view.table.model()
    rows = [[table.index(row, column).data() for column in range(3)] for row in range(table.rowCount())]
    titles = [entry.title for entry in list_models(*paths.models())]
    assert [row[0] for row in rows] == ["Repeating the last season", "Excel's Forecast Sheet (ETS AAA)", *titles]
    assert rows[0][1] == "the same"
    assert rows[2][1].endswith("% smaller")


def test_with_two_versions_there_is_a_way_back_and_a_damaged_one_cannot_be_chosen(still: MainWindow) -> None:
    from tests.desktop import builders

    file = builders.read_file()
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    still.go_to(StationKey.TRUST)
    still.trust.tabs.setCurrentIndex(still.trust.views.index(still.trust.models))
    models = [
        ModelStatus("careful@1.1.0", "2026-01-01", False, True, ""),
        ModelStatus("careful@1.0.0", "2025-01-01", False, False, ""),
        ModelStatus("quick@1.0.0", "2025-01-01", False, False, "The file model.onnx is not the one that was made."),
    ]
    still.trust.models.show_lookup("models", tuple(models))
    assert still.trust.models.back.isVisible()
    assert not choices(still)["quick@1.0.0"].isEnabled()
    still.trust.models.show_lookup("models", tuple(models[1:]))
    assert not still.trust.models.back.isVisible()


def test_a_sentence_that_several_models_share_is_said_once(still: MainWindow) -> None:
    from tests.desktop import builders

    file = builders.read_file()
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    still.go_to(StationKey.TRUST)
    still.trust.tabs.setCurrentIndex(still.trust.views.index(still.trust.models))
    fault = "The file model.onnx is not the one that was made."
    titles = [f"{name}@{version}.0.0" for name in ("careful", "quick", "mine") for version in (2, 1)]
    models = [ModelStatus(title, "2026-01-01", False, False, "", signed="mine" not in title) for title in titles]
    models.append(ModelStatus("quick@0.9.0", "2025-01-01", False, False, fault))
    still.trust.models.show_lookup("models", tuple(models))
    QApplication.processEvents()  # new labels appear with the next paint
    said = [label.text() for label in still.trust.models.findChildren(QLabel) if label.isVisible()]
    sentences = ("the best forecasts", "a little less exact", "not signed by those", "will not be used")
    for sentence in sentences:
        assert sum(sentence in text.lower() for text in said) == 1
    assert any(text.startswith("careful: the best") for text in said)
    assert any(text.startswith("quick@2.0.0, quick@1.0.0: a little") for text in said)
    assert any(text.startswith("Will not be used. ") for text in said)  # of a single one, below its name
