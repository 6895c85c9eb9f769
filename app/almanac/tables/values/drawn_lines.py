"""Cells that only draw a line, as between a heading and its table: -----, |----:, # =====."""

from __future__ import annotations

import re

_LINE = re.compile(r"(?:[#;*/%]+ ?)?[:+|]?[-=_]{3,}[:+|]?")
FIRST_SIGNS = "#;*/%:+|-=_"  # with which such a cell may begin


def draws_line(text: str) -> bool:
    """Whether a cell holds nothing but a line, perhaps behind the sign of a comment."""
    return _LINE.fullmatch(text.strip()) is not None
