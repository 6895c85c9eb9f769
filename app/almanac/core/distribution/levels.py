"""Which levels Almanac shows: those of the likely range, and those it writes unless a person asks for others."""

from __future__ import annotations

LIKELY = 0.8  # the coverage that the likely range promises: "8 in 10"; it takes only four independent checks
DEFAULT_LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # a convention: weighted quantile losses average these


def range_levels(coverage: float) -> tuple[float, float]:
    """Levels of the two ends of the central range that promises ``coverage``: 0.8 gives (0.1, 0.9)."""
    return round((1 - coverage) / 2, 9), round((1 + coverage) / 2, 9)


LIKELY_LOW, LIKELY_HIGH = range_levels(LIKELY)
