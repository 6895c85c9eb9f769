"""What findings about the choice and the meaning of value columns say."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.problems import Choice
from almanac.core.text import agree, some
from almanac.tables.findings.finding_type import Report

_MAX_OFFERED = 8  # columns; a person finds the others among all columns


def target_column(used: str, reason: str, others: Sequence[str], was_chosen: bool) -> Report:
    """One of several columns that may be forecast; ``others``: best first, ``was_chosen``: by the person."""
    quoted = some([f"“{name}”" for name in others])
    names = (used, *others[: _MAX_OFFERED - 1])
    return Report(
        what=f"“{used}” is forecast. {quoted} {agree(len(others), 'is', 'are')} also possible.",
        why="You chose it." if was_chosen else reason,
        fix="Choose another column if you want to forecast that instead.",
        count=len(others),
        column=used,
        choices=tuple(Choice(name, (("values", (name,)),), f"“{name}” is forecast.") for name in names),
    )
