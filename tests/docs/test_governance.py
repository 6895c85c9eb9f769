"""Evidence that docs/governance.md, the threat model and the other pages about trust name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "docs/governance.md",
    "docs/threat-model.md",
    "docs/privacy.md",
    "docs/data-sheet.md",
    "docs/signing.md",
    "SECURITY.md",
)
# NIST AI RMF 1.0, tables 1 to 4: how many subcategories each category has.
SUBCATEGORIES = {
    "GOVERN": (7, 3, 2, 3, 2, 2),
    "MAP": (6, 3, 5, 2, 2),
    "MEASURE": (3, 13, 3, 3),
    "MANAGE": (4, 4, 2, 3),
}
EXCUSES = ("not done: ", "does not apply: ")
_PLACES = r"(?:app|docs|models|tests|packaging|resources|\.github|\.ci)/[^`*]+"
PATH = re.compile(rf"`({_PLACES}|[A-Z]+\.md|requirements\.lock)`")
MIN_REASON = 20  # letters
MIN_TESTED = 0.8  # of Map, Measure and Manage, where they apply


def rows() -> dict[str, str]:
    """The evidence of each subcategory of NIST."""
    text = (ROOT / "docs" / "governance.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ((?:GOVERN|MAP|MEASURE|MANAGE) [\d.]+) \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE)
    assert len(found) == len(dict(found))
    return dict(found)


def excuse(evidence: str) -> str:
    """The reason why there is no evidence; empty when there is some."""
    return next((evidence.removeprefix(words) for words in EXCUSES if evidence.startswith(words)), "")


def test_every_subcategory_is_answered_once() -> None:
    wanted = {
        f"{function} {n}.{k}"
        for function, counts in SUBCATEGORIES.items()
        for n, count in enumerate(counts, 1)
        for k in range(1, count + 1)
    }
    assert set(rows()) == wanted


def test_every_row_has_evidence_or_a_reason() -> None:
    for name, evidence in rows().items():
        assert "`" in evidence or len(excuse(evidence)) >= MIN_REASON, name


def test_most_of_what_applies_has_a_test() -> None:
    applying = {
        name: evidence
        for name, evidence in rows().items()
        if not name.startswith("GOVERN") and not evidence.startswith("does not apply: ")
    }
    tested = [name for name, evidence in applying.items() if re.search(r"`tests/[\w/]*test_\w+\.py`", evidence)]
    assert len(tested) >= MIN_TESTED * len(applying), sorted(set(applying) - set(tested))


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:app|docs|models|tests|packaging|resources|\.github|\.ci)/[^`*]+|[A-Z]+\.md|requirements\.lock)`", text
    )
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
