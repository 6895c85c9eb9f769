"""Asking for a newer version: only signed answers count."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from almanac.core.problems import ProblemError
from almanac.desktop.installation import newer_dialog, newer_version
from almanac.desktop.installation.newer_dialog import NewerDialog
from almanac.desktop.installation.newer_version import Source, ask, read, source

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PATIENCE_MS = 30_000  # of a busy computer
# Signed with OpenSSL 3, with a key that was thrown away.
KEY = base64.b64decode("TeheISODvtJUAGm7Hhpclce2756MrcqonrLBtI8GHW0=")
SIGNED = (
    b"9vrf7PYK6y+znJEkt42olEJVHZaSs/8+mC+NNSbS6mDpo0ioOc5ksKce6TBd+gRmw+ssWig59+mo3McSpwH0CQ==\n"
    + rb"""{"version": "0.10.0", "date": "2027-01-31", "notes": "Faster.", "page": "https://example.org/almanac"}"""
)


def test_a_signed_file_is_read() -> None:
    found = read(SIGNED, KEY)
    assert (found.version, found.page) == ("0.10.0", "https://example.org/almanac")
    assert found.is_newer_than("0.9.2")
    assert not found.is_newer_than("0.10.0")
    assert not found.is_newer_than("1.0")


@pytest.mark.parametrize(
    "content",
    [b"", b"\n{}", SIGNED.replace(b"0.10.0", b"0.10.1"), SIGNED.split(b"\n", 1)[1], b"<html>Sign in first</html>"],
    ids=["nothing", "no signature", "changed", "signature cut off", "another page"],
)
def test_what_is_not_signed_is_not_shown(content: bytes) -> None:
    with pytest.raises(ProblemError) as raised:
        read(content, KEY)
    assert raised.value.problem.code == "not_signed"


def test_nobody_is_asked_unless_the_publisher_says_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert source() is None
    known = {"address": "https://example.org/newest", "key": base64.b64encode(KEY).decode()}
    (tmp_path / "newer-version.json").write_text(json.dumps(known), encoding="utf-8")
    monkeypatch.setattr(newer_version.paths, "resources", lambda: tmp_path)
    assert source() == Source("https://example.org/newest", KEY)


def test_a_page_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as raised:
        ask(Source((tmp_path / "nothing").as_uri(), KEY))
    assert raised.value.problem.code == "not_reached"


def test_the_dialog_shows_what_is_new_and_installs_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "newest").write_bytes(SIGNED)
    dialog = NewerDialog(Source((tmp_path / "newest").as_uri(), KEY))
    qtbot.waitUntil(lambda: dialog.outcome.text() != newer_dialog.ASKING, timeout=PATIENCE_MS)
    assert "Almanac 0.10.0 of 2027-01-31 is there" in dialog.outcome.text()
    assert dialog.notes.toPlainText() == "Faster."
    assert dialog.open_page.isEnabled()
    dialog.reject()
    (tmp_path / "newest").write_bytes(SIGNED.replace(b"Faster", b"Slower"))
    dialog = NewerDialog(Source((tmp_path / "newest").as_uri(), KEY))
    qtbot.waitUntil(lambda: dialog.outcome.text() != newer_dialog.ASKING, timeout=PATIENCE_MS)
    assert "not from the makers" in dialog.outcome.text()
    assert not dialog.open_page.isEnabled()
    dialog.reject()
