"""A watched file that was saved is said in the tray, to a person who is elsewhere, and only then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.watch.page import WatchPage
from almanac.desktop.shell.station import StationKey
from almanac.workflow.history.kept import Kept

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged", extend=True)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the system was asked to show; it has a tray."""
    found: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, title, text, *__: found.append((title, text)))
    return found


@pytest.mark.parametrize(("watched", "elsewhere"), [(True, True), (True, False), (False, True)])
def test_only_of_a_watched_file_and_only_to_a_person_who_is_elsewhere(
    still: WindowUnderTest, said: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, watched: bool, elsewhere: bool
) -> None:
    page = still.page(StationKey.WATCH)
    assert isinstance(page, WatchPage)
    hand_over(still, "check", builders.read_file())
    kept = Kept("r1", "reading", "p1", "sales.csv")
    hand_over(still, "forecast", replace(builders.result(still.session.file), kept=kept))
    proposal, accepted = builders.new_data()
    still.session.watching.file.path = proposal.path if watched else Path("another.csv")
    monkeypatch.setattr(type(still), "isActiveWindow", lambda _: not elsewhere)
    page.show_proposal(proposal)
    expected = watched and elsewhere
    assert [title for title, _ in said] == ([proposal.title] if expected else [])
    assert all("new values" in text for _, text in said)
    assert (page.tray.icon is not None) is expected
    if page.tray.icon is not None:
        page.show_accepted(accepted)
        assert not page.tray.icon.isVisible()
        page.tray.icon.messageClicked.emit()  # the window comes back
        assert still.isVisible()


def test_nothing_is_said_where_there_is_no_tray(still: WindowUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    page = still.page(StationKey.WATCH)
    assert isinstance(page, WatchPage)
    monkeypatch.setattr(type(still), "isActiveWindow", lambda _: False)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    page.tray.say("shop", "3 new values.")
    assert page.tray.icon is None
