"""What is expected of the Qt for Python that is installed."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    told = Signal(object)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True lives for ever there")
def test_a_signal_gives_back_no_more_than_it_took() -> None:
    """6.12.0 drops a reference to True at every emit; when none is left, the program ends without a word."""
    sender = Sender()
    sender.told.connect(lambda _: None)
    before = sys.getrefcount(True)
    for _ in range(500):
        sender.told.emit("advanced")
    assert sys.getrefcount(True) > before - 100
