"""What a person reads about alerts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.calendar.frequency import DAILY, MONTHLY
from almanac.wording.watching.alerts import (
    ACTIONS,
    KINDS,
    action_sentence,
    alert_sentence,
    chance_sentence,
    drift_verdict,
    event_name,
    stock_sentence,
)

SHOP = Alert(
    AlertKind.LEVEL, "Store 12", 20150, 20158, 0.18, 0.4, (AlertAction.FORECAST_AGAIN, AlertAction.MARK_ONE_OFF)
)


def test_an_alert_says_what_since_when_how_large_how_often_by_chance_and_what_to_do() -> None:
    assert alert_sentence(SHOP, DAILY) == (
        "Since 2025-03-03, Store 12: about 18% above what was expected, for 9 days now."
    )
    assert chance_sentence(SHOP) == "By chance this happens less than once in 2 years."
    assert action_sentence(SHOP) == "Forecast Again, or: Mark as One-Off."


def test_what_has_no_share_changes_by_an_amount() -> None:
    cold = replace(SHOP, series="Berlin", has_share=False, amount=-2.345)
    assert alert_sentence(cold, DAILY) == (
        "Since 2025-03-03, Berlin: about 2.3 below what was expected, for 9 days now."
    )
    fell = alert_sentence(replace(cold, kind=AlertKind.TREND), DAILY)
    assert fell == "Since 2025-03-03, Berlin: further and further below what was expected, by now about 2.3."
    many = replace(SHOP, series="", count=40, has_share=False)
    assert alert_sentence(many, DAILY) == (
        "Since 2025-03-03, 40 series: clearly above what was expected, for 9 days now."
    )


def test_what_is_seen_at_once_has_no_chance() -> None:
    units = Alert(AlertKind.UNITS, "Tea", 660, 662, 0.001)
    assert (
        alert_sentence(units, MONTHLY)
        == "Since 2025-01, Tea: values are 1,000 times smaller, as if another unit were used."
    )
    assert chance_sentence(units) == ""


@pytest.mark.parametrize("kind", list(AlertKind))
def test_every_kind_has_its_words(kind: AlertKind) -> None:
    sentence = alert_sentence(Alert(kind, "", 600, 602, 0.5, feature="shorter than anything it learned from"), MONTHLY)
    assert sentence.endswith(".")
    assert KINDS[kind]


def test_every_action_has_its_words() -> None:
    assert set(ACTIONS) == set(AlertAction)


def test_what_is_less_asks_whether_it_was_sold_out_and_says_why() -> None:
    asked = replace(SHOP, actions=(AlertAction.ASK_STOCK, AlertAction.MARK_ONE_OFF))
    assert "sales cannot exceed the stock" in stock_sentence(asked)
    assert stock_sentence(SHOP) == ""
    assert event_name(asked, AlertAction.ASK_STOCK) == "Sold out"
    assert event_name(asked, AlertAction.MARK_ONE_OFF) == "One-off: level"


def test_the_verdict_counts_what_needs_a_look() -> None:
    assert drift_verdict((SHOP, Alert(AlertKind.NEW, "Tea", None, None)), 30) == "1 thing to look at in 30 series."
    assert drift_verdict((), 3) == "Nothing changed in 3 series."
    assert drift_verdict((), 0) == "There is nothing new to compare."
