"""Observers of a reading: they get each decision as it is made, with what it was based on.

``read`` ignores the decisions; ``explain`` collects them. So both run the same code, and a reading costs no more for
being explainable.
"""

from __future__ import annotations

from collections.abc import Callable

Observer = Callable[[object], None]


def ignore(_: object) -> None:
    """Do nothing with a decision."""
