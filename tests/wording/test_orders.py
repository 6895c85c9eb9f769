"""Sentences about orders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from almanac.wording.orders import (
    OrderFigures,
    amount_text,
    certainty_words,
    chance_text,
    practice_sentence,
    product_sentence,
    today_sentence,
)

BREAD = OrderFigures("Bread", 48, 4, 12, 0.961, "2026-07-09", 0.63, "28 days")
MILK = replace(BREAD, name="Milk", amount=30, packs=30, pack=1, reached=1.0)
SOAP = replace(BREAD, name="Soap", amount=0, packs=0, runs_out="", chance=0.004)


def test_the_list_to_order_today() -> None:
    assert today_sentence([BREAD, MILK, SOAP]) == "Order today: Bread 48 (4 packs of 12), Milk 30."
    assert today_sentence([SOAP]) == "Nothing to order today."
    assert today_sentence([BREAD] * 12).endswith(" and 4 more.")


def test_one_product() -> None:
    assert product_sentence(BREAD) == (
        "Bread: order 48 (4 packs of 12), enough with 96% certainty; "
        "without an order it runs out by 2026-07-09 (63% likely)."
    )
    assert product_sentence(SOAP).endswith("it lasts the next 28 days (under 1% likely to run out).")


@pytest.mark.parametrize(
    ("amount", "text"), [(48.0, "48"), (1250.5, "1,250.5"), (43.18273, "43.2"), (0.0312345, "0.031"), (-3.0, "−3")]
)
def test_amounts_have_few_decimals(amount: float, text: str) -> None:
    assert amount_text(amount) == text


def test_nothing_is_called_certain() -> None:
    assert [chance_text(chance) for chance in (0.0, 0.004, 0.5, 0.994, 0.999, 1.0)] == [
        "under 1%",
        "under 1%",
        "50%",
        "99%",
        "over 99%",
        "over 99%",
    ]


def test_certainty_and_practice() -> None:
    assert certainty_words(0.95) == "runs out at most once in 20 times"
    assert "94% of the time (95% wanted; 212 practice orders)" in practice_sentence(0.95, 0.94, 212, enough=True)
    assert practice_sentence(0.95, 0.94, 3, enough=False).startswith("Your past is too short")
