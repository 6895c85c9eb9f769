"""A file of settings that cannot be read is set aside, and the defaults take its place."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from almanac.core.entered.kept import KeptStore
from almanac.core.system import paths
from almanac.core.system.setting_files import ASIDE, read_setting, take_notices, write_setting
from almanac.forecasting.gpu.verdicts import read_verdict
from almanac.forecasting.models.pins import read_pins, switch
from almanac.tables.memory.remembered import _read as remembered
from almanac.workflow.history.access import keeps_history

ODD = ["[" * 100_000, '{"a":' * 100_000, "{", "", "\x00", "nul", '"' + "x" * 100, "\ufeff{}", "1e", "[1,]", "{]}"]
NAMES = ("model.json", "corrections.json", "graphics-card.json", "history.json", "events.json", "adjustments.json")
OTHER = ["[]", "null", "5", '"x"', "[[[]]]", '{"model": 5}', '{"model": null, "earlier": 3}', '{"keep": "no"}', "{}"]


def put(name: str, text: str) -> Path:
    path = paths.state() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_json_is_set_aside_and_said_once(text: str) -> None:
    path = put("x.json", text)
    assert read_setting(path) is None
    assert not path.exists()
    assert path.with_name("x.json" + ASIDE).read_bytes() == text.encode()
    (sentence,) = take_notices()
    assert "x.json" in sentence
    assert take_notices() == ()


@pytest.mark.parametrize("text", [*ODD, *OTHER])
def test_every_reader_of_settings_goes_on_with_its_defaults(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALMANAC_HISTORY")
    for name in (
        "model.json",
        "corrections.json",
        "graphics-card.json",
        "history.json",
        "events.json",
        "adjustments.json",
    ):
        put(name, text)
    for path in paths.state().iterdir():
        KeptStore(path.name).keep("shape", None)
    assert read_pins(paths.state()).model is None
    assert isinstance(remembered(), dict)
    assert read_verdict(paths.state(), "0" * 64) is None
    keeps_history()
    take_notices()


def test_in_doubt_whether_anything_is_kept_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALMANAC_HISTORY")
    assert keeps_history()
    put("history.json", '{"keep"')
    assert not keeps_history()
    take_notices()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_only_the_person_can_read_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "new" / "state"))
    switch(paths.state(), "careful@1.0.0")
    KeptStore("x.json").keep("shape", [1])
    modes = {stat.S_IMODE(path.stat().st_mode) for path in paths.state().iterdir() if path.is_file()}
    assert (modes, stat.S_IMODE(paths.state().stat().st_mode)) == ({0o600}, 0o700)


def test_a_folder_that_cannot_be_written_to_is_said_to_whoever_writes(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    assert read_setting(tmp_path / "state" / "x.json") is None
    with pytest.raises(OSError, match="exists"):
        write_setting(tmp_path / "state" / "x.json", {})


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are those of POSIX")
def test_a_pipe_is_no_file_of_settings() -> None:
    path = paths.state() / "x.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    assert read_setting(path) is None
    take_notices()
