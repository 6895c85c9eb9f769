"""Every guide fits the code as it is: its changes find their place, and what they make can be compiled.

That it also works is tried by following it: that for a page in every run, the others with ``make test-slow``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.texts import ROOT
from tests.docs.walkthrough import apply

GUIDES = sorted((ROOT / "docs" / "how-to").glob("*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_the_changes_of_a_guide_fit_the_code(guide: Path, tmp_path: Path) -> None:
    made = apply(guide, tmp_path)
    assert made
    for path in made:
        if path.suffix == ".py":
            compile(path.read_text(encoding="utf-8"), path.name, "exec")
