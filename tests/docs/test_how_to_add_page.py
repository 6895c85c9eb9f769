"""The guide for adding a page works: it is followed here."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.texts import ROOT
from tests.docs.walkthrough import follow


@pytest.mark.slow
def test_page_can_be_added_as_the_guide_says(tmp_path: Path) -> None:
    follow(ROOT / "docs" / "how-to" / "add-a-page.md", tmp_path)
