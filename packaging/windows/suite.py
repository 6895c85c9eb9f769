"""Run the project's tests with the Python for Windows (with wine, or on Windows), less a list of named ones.

    python packaging/windows/suite.py REPORT.json [PYTEST ARGUMENTS…]      # at the root of the checkout

Exit code 1 when a test failed, or when fewer than 95% of all tests ran.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

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
        self.unused = set(reasons)

    @pytest.hookimpl(trylast=True)  # after those that the marks leave out: make test does not run them either
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Take the named tests out."""
        self.collected = len(items)
        kept, out = [], []
        for item in items:
            named = next((pattern for pattern in self._reasons if pattern.match(item.nodeid)), None)
            self.unused.discard(named)
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
            "share": round(ran / max(self.collected, 1), 4),
            "passed": self.outcomes["passed"],
            "failed": failed,
            "skipped": self.skipped,
            "not_a_test_any_more": sorted(pattern.pattern for pattern in self.unused),
        }


def left_out() -> dict[re.Pattern[str], str]:
    """Return the patterns of left-out-tests.txt with their reasons; a line is: pattern, two blanks or more, reason."""
    lines = (HERE / "left-out-tests.txt").read_text(encoding="utf-8").splitlines()
    pairs = (re.split(r" {2,}", line, maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {re.compile(pattern): reason for pattern, reason in pairs}


def main() -> int:
    """Run the tests, write the report, and return the exit code."""
    target, *arguments = sys.argv[1:]
    plugin = LeftOut(left_out())
    code = pytest.main([*arguments], plugins=[plugin])
    found = plugin.report()
    Path(target).write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(f"{found['ran']} of {found['collected']} tests ran ({found['share']:.1%}), {len(plugin.failed)} failed")
    whole = not any(not argument.startswith("-") for argument in arguments)
    return 1 if code or (whole and found["share"] < MIN_SHARE) else 0


if __name__ == "__main__":
    sys.exit(main())
