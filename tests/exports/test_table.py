"""Plain tables in the formats of the registry."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from almanac.core.problems import ProblemError
from almanac.exports import FORMATS, formats, save_table

TABLE = {"name": ["Bread", "Milk"], "point": [1.5, 2.0]}


@pytest.mark.parametrize("suffix", [one.suffix for one in FORMATS])
def test_every_format_of_the_registry_holds_a_table(tmp_path: Path, suffix: str) -> None:
    assert save_table(tmp_path / f"totals{suffix}", TABLE, ()).stat().st_size > 0


@pytest.mark.parametrize("suffix", [one.suffix for one in FORMATS])
def test_a_table_leaves_nothing_that_a_stop_could_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    assert save_table(tmp_path / f"totals{suffix}", TABLE, ()).stat().st_size > 0


def test_a_format_for_forecasts_alone_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_forecasts = replace(FORMATS[0], suffix=".jsonl", name="JSON Lines", write_table=None)
    monkeypatch.setattr(formats, "FORMATS", (only_forecasts, *FORMATS))
    assert formats.format_of(tmp_path / "a.jsonl") is only_forecasts
    with pytest.raises(ProblemError) as stop:
        save_table(tmp_path / "totals.jsonl", TABLE, ())
    assert stop.value.problem.code == "unknown_format"
    assert ".jsonl" not in stop.value.problem.fix
    assert list(tmp_path.iterdir()) == []
