"""How Almanac is governed: ``docs/governance.md``, which ships with the program, and a sentence about it."""

from __future__ import annotations

import re
from functools import cache

from almanac.core.system import paths

_ROW = re.compile(r"^\| (?:GOVERN|MAP|MEASURE|MANAGE) [\d.]+ \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
_NOT_DONE = ("not done: ", "does not apply: ")


@cache
def governance_page() -> str:
    """The page in Markdown; a sentence where it did not ship."""
    page = paths.pages() / "governance.md"
    return page.read_text(encoding="utf-8") if page.is_file() else "This installation came without the page."


def governance_summary() -> str:
    """In one sentence, how much of the NIST AI Risk Management Framework there is evidence for."""
    rows = _ROW.findall(governance_page())
    without = sum(row.startswith(_NOT_DONE) for row in rows)
    shown = f"evidence for {len(rows) - without} of {len(rows)} subcategories, a reason for the other {without}"
    return f"NIST AI RMF 1.0: {shown}"
