"""AppImage and Flatpak as far as they can be made here, from the frozen program by the scripts of the workflow."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SHARE = ROOT / "build" / "linux" / "share"
APP = "io.github.almanac.Almanac"

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(not (ROOT / "dist" / "almanac").exists(), reason="`make package` makes what is tried here"),
]


def self_test(program: Path, home: Path) -> None:
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    done = subprocess.run([program, "--self-test"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.skipif(shutil.which("mksquashfs") is None, reason="needs squashfs-tools")
def test_an_appimage_holds_a_program_that_works(tmp_path: Path) -> None:
    starter = tmp_path / "starter"
    starter.write_bytes(b"the starter that the workflow downloads".ljust(4096, b"\0"))
    subprocess.run(["sh", ROOT / "packaging/linux/make-appimage.sh", "test", starter], check=True, capture_output=True)
    (image,) = (ROOT / "dist").glob("Almanac-test-*.AppImage")
    inside = tmp_path / "inside"
    try:
        assert os.access(image, os.X_OK)
        command = ["unsquashfs", "-q", "-n", "-o", "4096", "-d", inside, image]
        subprocess.run(command, check=True, capture_output=True)
    finally:
        image.unlink()
    assert (inside / ".DirIcon").read_bytes().startswith(b"\x89PNG")
    self_test(inside / "AppRun", tmp_path)


def test_what_the_flatpak_installs_works_and_is_described_as_software_centres_ask(tmp_path: Path) -> None:
    manifest = yaml.safe_load((ROOT / "packaging" / "linux" / f"{APP}.yml").read_text(encoding="utf-8"))
    (module,) = manifest["modules"]
    for source in module["sources"]:
        place = (ROOT / "packaging" / "linux" / source["path"]).resolve()
        shutil.copytree(place, tmp_path / source["dest"], symlinks=True)
    for command in module["build-commands"]:
        subprocess.run(["sh", "-euc", command.replace("/app/", f"{tmp_path}/app/")], cwd=tmp_path, check=True)
    share = tmp_path / "app" / "share"
    self_test(tmp_path / "app" / "bin" / manifest["command"], tmp_path)
    for tool, file in (
        (("desktop-file-validate",), share / "applications" / f"{APP}.desktop"),
        (("appstreamcli", "validate", "--no-net"), share / "metainfo" / f"{APP}.metainfo.xml"),
    ):
        if shutil.which(tool[0]):
            said = subprocess.run([*tool, file], capture_output=True, text=True, check=False)
            assert said.returncode == 0, said.stdout
    assert (share / "licenses" / "almanac" / "copyright").exists()
