"""The program starts itself, from its source and packaged."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from almanac.__main__ import PROCESSES
from almanac.core.system.own_process import command
from almanac.forecasting.gpu.client import ARGUMENT as CARD
from almanac.forecasting.trial.serve import ARGUMENT as TRIAL
from almanac.workbooks.serve import ARGUMENT as WORKBOOK

SPEC = Path(__file__).resolve().parents[3] / "packaging" / "almanac.spec"


@pytest.mark.parametrize(("frozen", "expected"), [(False, ["-m", "almanac", "--worker"]), (True, ["--worker"])])
def test_the_program_starts_itself(frozen: bool, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert command("--worker") == [sys.executable, *expected]


def test_every_process_of_ours_is_packaged() -> None:
    assert {CARD, TRIAL, WORKBOOK} < set(PROCESSES)
    for module in PROCESSES.values():
        assert callable(import_module(module).main)
        assert f'"{module}"' in SPEC.read_text(encoding="utf-8")
