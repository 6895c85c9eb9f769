"""What Trust says is about the forecast before the person adjusted it, and says so."""

from __future__ import annotations

from dataclasses import replace

from tests.desktop import builders
from tests.desktop.driving import hand_over, shown_text
from tests.window_fixtures import WindowUnderTest

from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.core.entered.events import EventEffect, EventKind
from almanac.desktop.pages.trust.explanation_view import _besides
from almanac.desktop.shell.station import StationKey
from almanac.wording.adjustments import WITHOUT_ADJUSTMENTS
from almanac.workflow.adjusting.apply import with_adjustments


def test_chances_of_an_adjusted_series_say_that_they_are_about_the_forecast_before(still: WindowUnderTest) -> None:
    one = Adjustment("Beer", "2026-07-01", "2026-07-01", AdjustmentKind.SCALE, 2.0)
    result = with_adjustments(builders.result(builders.read_file()), (one,))
    hand_over(still, "check", result.file)
    hand_over(still, "forecast", result)
    still.go_to(StationKey.TRUST)
    still.trust.tabs.setCurrentIndex(still.trust.views.index(still.trust.probabilities))
    still.trust.show_series(1)
    assert WITHOUT_ADJUSTMENTS in shown_text(still)
    still.trust.show_series(2)
    assert WITHOUT_ADJUSTMENTS not in shown_text(still)


def test_why_this_forecast_names_the_events_to_come() -> None:
    easter = EventEffect("Easter Monday", EventKind.HOLIDAY, 0, 0.34, 0.2, 0.5, 3, 0.99, to_come=1)
    past = replace(easter, name="Past fair", to_come=0)
    result = replace(builders.result(builders.read_file()), events=(easter, past))
    assert _besides(result, 0) == ["Easter Monday: +34%, seen 3 times, between +20% and +50%."]
