"""Asked to stop while Python drops exceptions: nothing is printed, and other exceptions are still reported."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

import pytest

from almanac.cli.main import AskedToStop, Interruption


class LetsGo:
    """Does something when Python lets go of it, where exceptions are dropped."""

    def __init__(self, what: Callable[[], object]) -> None:
        self.what = what

    def __del__(self) -> None:
        self.what()


def fail() -> None:
    raise ValueError("a fault")


def test_a_stop_that_python_drops_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    reported: list[object] = []
    before = sys.unraisablehook
    sys.unraisablehook = reported.append
    try:
        with Interruption():
            LetsGo(lambda: signal.raise_signal(signal.SIGINT))
            assert reported == []
            LetsGo(fail)
            assert len(reported) == 1
            with pytest.raises(AskedToStop):
                signal.raise_signal(signal.SIGINT)
    finally:
        sys.unraisablehook = before
    assert capsys.readouterr().err == ""
