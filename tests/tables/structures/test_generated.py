"""Generated files of each kind of structure are read as they were meant, asked about, or refused; none is misread."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.kinds.structures import delimiters, heading, no_heading, sections, stacked, units_lines
from tests.tables.kinds.structures.truth import difference

KINDS = {
    "delimiters": delimiters,
    "heading": heading,
    "no heading": no_heading,
    "sections": sections,
    "stacked tables": stacked,
    "units": units_lines,
}
FEW, MANY = 30, 330
OF_ONE_KIND = {"sections": 15, "stacked tables": 15}  # together


def wrong(kind: str, seeds: range, folder: Path) -> dict[int, str]:
    """How each file is read wrongly; files that are asked about or refused are not."""
    found = {seed: difference(*KINDS[kind].make(seed, folder)) for seed in seeds}
    return {seed: text for seed, text in found.items() if text and not text.startswith(("asked", "refused"))}


@pytest.mark.parametrize("kind", KINDS)
def test_generated_files_are_read_rightly(kind: str, tmp_path: Path) -> None:
    assert not wrong(kind, range(OF_ONE_KIND.get(kind, FEW)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_many_generated_files_are_read_rightly(kind: str, tmp_path: Path) -> None:
    assert not wrong(kind, range(OF_ONE_KIND.get(kind, FEW), FEW + MANY), tmp_path)
