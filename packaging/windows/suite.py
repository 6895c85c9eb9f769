"""Run the project's tests with the Python for Windows (with wine, or on Windows), less a list of named ones.

    python packaging/windows/suite.py REPORT.json [PYTEST ARGUMENTS…]      # at the root of the checkout

Exit code 1 when a test failed, or when fewer than 95% of all tests ran.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

MIN_SHARE = 0.95
HERE = Path(__file__).resolve().parent


class LeftOut:
    """A plugin of pytest: leaves out the tests in left-out-tests.txt, and counts what ran."""

    def __init__(self, reasons: dict[re.Pattern[str], str]) -> None:
        self._reasons = reasons
        self.collected = 0
        self.outcomes: Counter[str] = Counter()
        self.failed: list[str] = []
        self.skipped: list[str] = []

    def pytest_configure(self) -> None:
        """Tell hypothesis that wine is slower than what it expects of a computer."""
        from hypothesis import HealthCheck, settings  # not sooner: pytest reads its plugin first

        settings.register_profile("wine", suppress_health_check=[HealthCheck.too_slow], deadline=None)
        settings.load_profile("wine")

    @pytest.hookimpl(trylast=True)  # after those that the marks leave out: make test does not run them either
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Take the named tests out."""
        self.collected = len(items)
        kept, out = [], []
        for item in items:
            named = next((pattern for pattern in self._reasons if pattern.match(item.nodeid)), None)
            (kept if named is None else out).append(item)
        items[:] = kept
        config.hook.pytest_deselected(items=out)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count each test once, by the worst of its three phases."""
        if report.failed:
            self.failed.append(f"{report.nodeid} ({report.when})")
        elif report.skipped:
            self.skipped.append(f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else ''}")
        elif report.when == "call":
            self.outcomes["passed"] += 1

    def report(self) -> dict[str, object]:
        """Return what ran, as figures and names."""
        failed = sorted(set(self.failed))
        ran = self.outcomes["passed"] + len({name.rsplit(" (", 1)[0] for name in failed})
        return {
            "collected": self.collected,
            "ran": ran,
            "passed": self.outcomes["passed"],
            "failed": failed,
            "skipped": self.skipped,
        }


def left_out() -> dict[re.Pattern[str], str]:
    """Return the patterns of left-out-tests.txt with their reasons; a line is: pattern, two blanks or more, reason."""
    lines = (HERE / "left-out-tests.txt").read_text(encoding="utf-8").splitlines()
    pairs = (re.split(r" {2,}", line, maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {re.compile(pattern): reason for pattern, reason in pairs}


def run_one(report: Path, arguments: list[str]) -> int:
    """Run these tests in this process, write the report, and return pytest's exit code."""
    QLocale.setDefault(QLocale.c())  # tests know numbers and dates as they are where no language is chosen
    plugin = LeftOut(left_out())
    code = pytest.main(arguments, plugins=[plugin])
    report.write_text(json.dumps(plugin.report()), encoding="utf-8")
    return int(code)


def run_folder(place: Path, report: Path, arguments: list[str]) -> dict[str, object]:
    """Run a folder of tests in a separate process, so that what ends it ends no others."""
    part = report.with_suffix(".part.json")
    part.unlink(missing_ok=True)
    began = time.monotonic()
    command = [sys.executable, "-X", "utf8", str(Path(__file__)), str(part), *arguments, place.as_posix()]
    code = subprocess.run(command, check=False).returncode
    seconds = round(time.monotonic() - began)
    if not part.exists():
        return {"place": place.as_posix(), "seconds": seconds, "failed": [f"{place.as_posix()} ended with {code}"]}
    found = json.loads(part.read_text(encoding="utf-8"))
    part.unlink()
    return {"place": place.as_posix(), "seconds": seconds, **found}


def run_all(report: Path, arguments: list[str]) -> int:
    """Run every folder, write the report of all, and return the exit code."""
    places = sorted(f for f in Path("tests").iterdir() if f.name.startswith("test_") or any(f.glob("**/test_*.py")))
    parts = []
    for place in places:
        parts.append(run_folder(place, report, arguments))
        last = parts[-1]
        print(
            f"{last['place']}: {last.get('ran', 0)} ran, {len(last['failed'])} failed, {last['seconds']} s", flush=True
        )
        whole: dict[str, object] = {key: sum(p.get(key, 0) for p in parts) for key in ("collected", "ran", "passed")}
        whole["share"] = round(whole["ran"] / max(whole["collected"], 1), 4)
        whole["failed"] = [name for p in parts for name in p["failed"]]
        whole["skipped"] = [name for p in parts for name in p.get("skipped", [])]
        report.write_text(json.dumps({**whole, "parts": parts}, indent=1), encoding="utf-8")
    print(f"{whole['ran']} of {whole['collected']} tests ran ({whole['share']:.1%}), {len(whole['failed'])} failed")
    print("\n".join(whole["failed"]))
    return 1 if whole["failed"] or whole["share"] < MIN_SHARE else 0


def main() -> int:
    """Run what is named, or everything."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # wine passes on nothing that begins with QT_
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path("resources", "fonts").absolute()))  # Qt without a screen has none
    target, *arguments = sys.argv[1:]
    report, named = Path(target), any(not argument.startswith("-") for argument in arguments)
    return run_one(report, arguments) if named else run_all(report, arguments)


if __name__ == "__main__":
    sys.exit(main())
