"""The guide for adding an output format works: it is followed here."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.texts import ROOT
from tests.docs.walkthrough import follow


@pytest.mark.slow  # test_how_to.py sees in every run that it fits the code
def test_output_format_can_be_added_as_the_guide_says(tmp_path: Path) -> None:
    follow(ROOT / "docs" / "how-to" / "add-an-output-format.md", tmp_path)
