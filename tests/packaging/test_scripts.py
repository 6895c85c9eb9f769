"""The scripts that build and try packages, as far as their languages can be checked without running them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "packaging").rglob("*.sh"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="Windows has no shell of this kind")
def test_every_script_is_one_that_its_shell_understands() -> None:
    for script in SCRIPTS:
        shell = script.read_text(encoding="utf-8").splitlines()[0].rpartition("/")[2]
        said = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)
        assert (said.returncode, said.stderr) == (0, ""), script.name


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed here")
def test_no_script_has_what_shellcheck_warns_of() -> None:
    said = subprocess.run(["shellcheck", "--severity=warning", *SCRIPTS], capture_output=True, text=True, check=False)
    assert said.stdout == ""


def test_every_script_that_a_workflow_or_another_script_runs_is_there() -> None:
    callers = [ROOT / "Makefile", *(ROOT / ".github" / "workflows").glob("*.yml"), *SCRIPTS]
    words = {word for caller in callers for word in caller.read_text(encoding="utf-8").split()}
    named = {word.strip("\"',:") for word in words if word.strip("\"'").startswith("packaging/")}
    assert "packaging/in-root.sh" in named
    missing = [name for name in named if not (ROOT / name).exists() and "*" not in name]
    assert missing == []


def test_flatpak_gets_no_network_and_no_folders() -> None:
    manifest = yaml.safe_load((ROOT / "packaging/linux/io.github.almanac.Almanac.yml").read_text(encoding="utf-8"))
    assert set(manifest["finish-args"]) == {"--socket=wayland", "--socket=fallback-x11", "--share=ipc", "--device=dri"}
