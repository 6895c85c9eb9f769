"""Alerts: a forecast or a spreadsheet needs a look, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import nan


class AlertKind(StrEnum):
    """What changed; the values are what ``almanac drift --json`` and the store say."""

    # Found by watching where values fell in their predicted distributions.
    LEVEL = "level"
    SPREAD = "spread"
    SEASON = "season"
    TREND = "trend"
    ZEROS = "zeros"
    GAPS = "gaps"
    # Seen at once in the spreadsheet, without statistics.
    UNITS = "units"
    SIGN = "sign"
    REPEATED = "repeated"
    FREQUENCY = "frequency"
    VANISHED = "vanished"
    NEW = "new"
    TEXT = "text"
    SAME_FILE = "same_file"
    PARTIAL = "partial"
    # Compared with what the model learned from.
    UNLIKE_TRAINING = "unlike_training"


class AlertAction(StrEnum):
    """What a person can do about an alert."""

    CHECK_FILE = "check_file"
    FORECAST_AGAIN = "forecast_again"
    RECALIBRATE = "recalibrate"
    OTHER_MODEL = "other_model"
    GO_BACK = "go_back"
    MARK_ONE_OFF = "mark_one_off"
    ASK_STOCK = "ask_stock"
    KEEP_WATCHING = "keep_watching"
    SNOOZE = "snooze"


@dataclass(frozen=True)
class Alert:
    """One thing that changed, in one series or, where ``series`` is empty, in the whole workbook.

    ``since``, ``last``: the periods between which it shows, as period numbers; None where it has no time. ``size``: how
    large, by kind: a share of what was expected for level (0.18: 18% more), trend (by the end) and units (100.0: times
    100), a factor for spread (2.0: swings twice as wide), a share of periods for zeros and gaps, a count for others;
    NaN where there is none. Of what has no share, such as a temperature or an account that goes below 0, ``has_share``
    is False, and the ``amount`` is shown for level and trend: by how much each value is above what was expected
    in the mean, in its unit; NaN where it is not known, as of a whole workbook. ``per_year``: how often this happens by
    chance in a year of this workbook; 0 for what is seen without statistics. ``actions``: what can be done, the
    proposed one first. ``feature``: for ``unlike_training``, in what the series is unlike. ``count``: how many series
    share it.
    """

    kind: AlertKind
    series: str
    since: int | None
    last: int | None
    size: float = nan
    per_year: float = 0.0
    actions: tuple[AlertAction, ...] = (AlertAction.KEEP_WATCHING,)
    feature: str = ""
    count: int = 1
    has_share: bool = True
    amount: float = nan

    @property
    def is_certain(self) -> bool:
        """Whether it is seen in the spreadsheet itself, without statistics."""
        return self.per_year == 0.0 and self.kind is not AlertKind.UNLIKE_TRAINING

    @property
    def periods(self) -> int:
        """For how many periods it has shown; 0 where it has no time."""
        return 0 if self.since is None or self.last is None else self.last - self.since + 1
