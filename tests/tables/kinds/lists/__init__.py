"""Generated lists whose rows are not all alike: totals among days, refunds, balances, days without a row."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.tables.kinds.exports import devices
from tests.tables.kinds.lists import (
    cancelled,
    counted,
    currencies,
    days,
    measured,
    money,
    movements,
    names,
    slots,
    totals,
    unquoted,
)
from tests.tables.kinds.sample_file import SampleFile

MAKERS: dict[str, Callable[[random.Random], SampleFile]] = {
    "marked_totals": days.marked_totals,
    "eventful_days": days.eventful_days,
    "refunds": money.refunds,
    "bare_statements": money.bare_statements,
    "headed_statements": money.headed_statements,
    "several_accounts": money.several_accounts,
    "cancelled_orders": cancelled.cancelled_orders,
    "orders_with_lines": cancelled.orders_with_lines,
    "payments_with_a_balance": cancelled.payments_with_a_balance,
    "article_numbers": totals.article_numbers,
    "named_totals": totals.named_totals,
    "totals_of_dates": totals.totals_of_dates,
    "totals_of_some_columns": totals.totals_of_some_columns,
    "one_side_of_accounts": totals.one_side_of_accounts,
    "years_to_date": measured.years_to_date,
    "long_durations": measured.long_durations,
    "counted_events": counted.counted_events,
    "places_on_a_map": measured.places_on_a_map,
    "stock_ledgers": movements.stock_ledgers,
    "signed_movements": movements.signed_movements,
    "sums_of_either_side": movements.sums_of_either_side,
    "several_currencies": currencies.several_currencies,
    "several_units": currencies.several_units,
    "one_currency": currencies.one_currency,
    "led_and_counted": names.led_and_counted,
    "below_banners": names.below_banners,
    "blocks_across": names.blocks_across,
    "lists_beside": names.lists_beside,
    "unquoted_commas": unquoted.unquoted_commas,
    "several_devices": devices.several_devices,
    "one_device": devices.one_device,
    "no_devices": devices.no_devices,
    "booked_slots": slots.booked_slots,
    "measured_slots": slots.measured_slots,
}


def made(maker: str, seeds: range) -> list[SampleFile]:
    return [MAKERS[maker](random.Random(f"{maker} {seed}")) for seed in seeds]
