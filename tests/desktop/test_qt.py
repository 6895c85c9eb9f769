"""What Almanac needs from the installed Qt for Python."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    happened = Signal(object)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True is immortal there")
def test_a_signal_releases_no_more_references_than_it_took() -> None:
    """6.12.0 drops a reference to True at every emit; when none is left, the program ends without a word."""
    sender = Sender()
    sender.happened.connect(lambda _: None)
    before = sys.getrefcount(True)
    for _ in range(500):
        sender.happened.emit("advanced")
    assert sys.getrefcount(True) > before - 100
