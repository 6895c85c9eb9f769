"""Asking for a newer version: only signed answers count. RFC 8032's own vectors check the signatures."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from almanac.core.problems import ProblemError
from almanac.desktop.installation import newer_dialog, newer_version
from almanac.desktop.installation.ed25519 import ORDER, is_signed
from almanac.desktop.installation.newer_dialog import NewerDialog
from almanac.desktop.installation.newer_version import Source, ask, read, source

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PATIENCE_MS = 30_000  # of a busy computer
# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)
# Signed with OpenSSL 3, with a key that was thrown away.
KEY = base64.b64decode("TeheISODvtJUAGm7Hhpclce2756MrcqonrLBtI8GHW0=")
SIGNED = (
    b"9vrf7PYK6y+znJEkt42olEJVHZaSs/8+mC+NNSbS6mDpo0ioOc5ksKce6TBd+gRmw+ssWig59+mo3McSpwH0CQ==\n"
    + rb"""{"version": "0.10.0", "date": "2027-01-31", "notes": "Faster.", "page": "https://example.org/almanac"}"""
)


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_are_right_and_changed_ones_are_not(key: str, message: str, signature: str) -> None:
    owner, words, signed = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert is_signed(words, signed, owner)
    assert not is_signed(words + b" ", signed, owner)
    assert not is_signed(words, signed[:-1] + bytes([signed[-1] ^ 1]), owner)
    assert not is_signed(words, bytes([signed[0] ^ 1]) + signed[1:], owner)
    assert not is_signed(words, signed, bytes([owner[0] ^ 1]) + owner[1:])
    larger = (int.from_bytes(signed[32:], "little") + ORDER).to_bytes(32, "little")
    assert not is_signed(words, signed[:32] + larger, owner), "RFC 8032: the scalar is below the order"
    assert not is_signed(words, signed[:-1], owner)
    assert not is_signed(words, signed, owner[:-1])


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
