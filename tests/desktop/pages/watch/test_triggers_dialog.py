"""When to warn: the questions with what is chosen, and nothing that is done by itself but what Almanac does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.window_fixtures import WindowUnderTest

from almanac.core.triggers import Reaction, TriggerSettings
from almanac.desktop.pages.watch.page import WatchPage
from almanac.desktop.pages.watch.triggers_dialog import TriggersDialog
from almanac.desktop.shell.station import StationKey
from almanac.worker.messages import JobFinished
from almanac.workflow.history.kept import Kept

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CHOSEN = TriggerSettings(4.0, Reaction.ALWAYS, Reaction.NEVER, Reaction.NEVER, Reaction.ASK)


@pytest.mark.parametrize("settings", [TriggerSettings(), CHOSEN])
def test_what_is_shown_is_what_is_chosen(settings: TriggerSettings, qtbot: QtBot) -> None:
    dialog = TriggersDialog()
    qtbot.addWidget(dialog)
    dialog.show_settings(settings)
    assert dialog.settings == settings


def test_another_model_is_never_chosen_by_itself(qtbot: QtBot) -> None:
    dialog = TriggersDialog()
    qtbot.addWidget(dialog)
    dialog.show_settings(replace(TriggerSettings(), other_model=Reaction.ALWAYS))
    assert dialog.settings.other_model is not Reaction.ALWAYS


def test_settings_are_looked_up_and_kept(still: WindowUnderTest) -> None:
    hand_over(still, "check", builders.read_file())
    kept = Kept("r1", "reading", "p1", "gone.csv")
    hand_over(still, "forecast", replace(builders.result(still.session.file), kept=kept))
    page = still.page(StationKey.WATCH)
    assert isinstance(page, WatchPage)
    page.settings.click()
    assert answer(still, "trigger_settings", TriggerSettings()) == ("p1",)
    assert page.dialog is not None
    assert page.dialog.isVisible()
    page.dialog.show_settings(CHOSEN)
    page.dialog.use.click()
    assert answer(still, "choose_triggers", CHOSEN) == ("p1", CHOSEN)


def answer(window: WindowUnderTest, job: str, result: object) -> tuple[object, ...]:
    """Let the worker answer the job that runs; what it was asked with."""
    running = window.session.jobs.running
    assert running is not None
    assert running.name == job
    window.session.worker.receive(JobFinished(result))
    QApplication.processEvents()
    return running.arguments
