"""For each frequency: how long its series are, how far ahead they are scored, how strong noise and seasons are."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Shape:
    """``seasons``: the season and a longer one (1: none). ``count``: how many series are drawn for training."""

    seasons: tuple[int, int]
    context: int
    steps: tuple[int, ...]
    count: int
    shortest: int
    noise: tuple[float, float]
    seasonality: tuple[float, float]
    variation: tuple[float, float]  # of the whole series, relative to its level
    upward: float
    persistent: float = 0.4  # share of series that keep growing or falling
    no_noise: float = 0.1
    multiplicative: float = 0.65  # share of series whose parts multiply
    no_season: float = 0.2
    memory: float = 0.0  # share of series whose noise has a long memory, like weather
    demand: tuple[float, float, float] = (0.1, 0.06, 0.04)  # shares of whole numbers, counts, intermittent sales
    surprise: float = 0.1  # share of series whose future breaks with the past
    laws: float = 0.32  # share of series that follow one simple law
    signed: float = 0.1  # share of series that go below zero
    closed: float = 0.0  # share of series that are zero at some phases: Sundays, nights

    @property
    def season(self) -> int:
        """The first season length."""
        return self.seasons[0]


YEARLY = Shape(
    (1, 1),
    64,
    (1, 2, 3, 4, 5, 6, 8, 10),
    50_000,
    3,
    (0.01, 0.3),
    (0.0, 0.0),
    (0.12, 1.8),
    0.75,
    0.8,
    0.65,
    0.8,
    demand=(0, 0, 0),
)
QUARTERLY = Shape(
    (4, 1),
    144,
    (1, 2, 3, 4, 5, 6, 7, 8, 12),
    40_000,
    4,
    (0.01, 0.5),
    (0.015, 1.3),
    (0.08, 0.9),
    0.8,
    0.65,
    surprise=0.45,
)
MONTHLY = Shape(
    (12, 1), 144, (1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 24), 60_000, 6, (0.03, 1.0), (0.08, 2.3), (0.06, 0.7), 0.7, 0.6
)
FOUR_WEEKLY = Shape(
    (13, 1), 144, (1, 2, 3, 4, 6, 8, 10, 13, 20, 26), 8_000, 6, (0.03, 1.0), (0.05, 2.0), (0.06, 0.7), 0.65, 0.55
)
WEEKLY = Shape(
    (52, 1),
    288,
    (1, 2, 3, 5, 8, 13, 20, 26, 39, 52),
    30_000,
    8,
    (0.05, 1.5),
    (0.03, 2.0),
    (0.05, 0.8),
    0.5,
    0.2,
    memory=0.2,
    demand=(0.1, 0.15, 0.08),
)
DAILY = Shape(
    (7, 1),
    288,
    (1, 2, 3, 5, 7, 10, 14, 21, 28),
    25_000,
    5,
    (0.1, 2.5),
    (0.1, 3.0),
    (0.06, 0.8),
    0.45,
    0.15,
    no_season=0.3,
    memory=0.4,
    demand=(0.1, 0.15, 0.12),
    surprise=0.75,
    closed=0.05,
)
DAILY_AND_YEARLY = replace(DAILY, seasons=(7, 365), context=1104, steps=(*DAILY.steps, 56, 91), count=16_000)
BUSINESS_DAILY = replace(
    DAILY, seasons=(5, 1), steps=(1, 2, 3, 5, 7, 10, 15, 20, 40), count=12_000, no_season=0.5, closed=0.0
)
HOURLY = Shape(
    (24, 1),
    336,
    (1, 2, 3, 6, 9, 12, 18, 24, 36, 48),
    12_000,
    8,
    (0.08, 2.5),
    (0.2, 4.0),
    (0.06, 0.8),
    0.4,
    0.1,
    no_season=0.15,
    memory=0.85,
    demand=(0.1, 0.06, 0.03),
    surprise=0.8,
    laws=0.06,  # with shares of .2 and .22, loss on real hourly series was 2 and 8% higher
    closed=0.05,
)
HOURLY_AND_WEEKLY = replace(HOURLY, seasons=(24, 168), context=1008, steps=(*HOURLY.steps, 72, 120, 168), count=24_000)
HALF_HOURLY = replace(HOURLY, seasons=(48, 1), steps=(1, 2, 4, 8, 16, 24, 36, 48, 96), count=4_000)
HALF_HOURLY_AND_WEEKLY = replace(HALF_HOURLY, seasons=(48, 336), context=1008, count=6_000)
QUARTER_HOURLY_AND_WEEKLY = replace(
    HOURLY, seasons=(96, 672), context=1104, steps=(1, 4, 12, 24, 48, 96, 192), count=4_000
)

ROWS = replace(WEEKLY, seasons=(1, 1), context=144, steps=(1, 2, 3, 5, 8, 12, 20), count=6_000)


def _far(shape: Shape, count: int, *steps: int) -> Shape:
    return replace(shape, steps=steps, count=count)


def _other(season: int) -> Shape:
    """Seasons that no common frequency has, so that the network does not memorise a few lengths."""
    steps = sorted({1, 2, 3, max(season // 2, 2), season, season + max(season // 2, 1), 2 * season})
    return replace(WEEKLY, seasons=(season, 1), steps=tuple(steps), count=1_500, memory=0.3)


SHAPES = (
    YEARLY,
    _far(YEARLY, 6_000, 1, 2, 4, 7, 10, 15, 20),
    QUARTERLY,
    _far(QUARTERLY, 6_000, 1, 4, 8, 16, 24, 40),
    MONTHLY,
    _far(MONTHLY, 8_000, 1, 6, 12, 24, 48, 84, 120),
    FOUR_WEEKLY,
    WEEKLY,
    _far(WEEKLY, 5_000, 1, 4, 13, 26, 52, 104, 156),
    DAILY,
    DAILY_AND_YEARLY,
    _far(DAILY_AND_YEARLY, 4_000, 1, 7, 28, 91, 182, 365, 730),
    BUSINESS_DAILY,
    replace(BUSINESS_DAILY, seasons=(5, 260), context=1104, count=5_000),
    HOURLY,
    HOURLY_AND_WEEKLY,
    _far(HOURLY_AND_WEEKLY, 3_000, 1, 24, 96, 168, 336, 744),
    HALF_HOURLY,
    HALF_HOURLY_AND_WEEKLY,
    QUARTER_HOURLY_AND_WEEKLY,
    ROWS,
    *[_other(m) for m in (2, 3, 6, 8, 10, 18, 30, 36, 60, 96)],
)
