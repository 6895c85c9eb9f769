"""How much to order of a product, and when it runs out.

Everything here takes numbers and arrays; ``workflow`` has the series, the forecast and the stock list.
"""

from almanac.orders.demand import cumulated_demand
from almanac.orders.durations import is_rounded, whole_periods
from almanac.orders.policy import Order, StockTerms, enough, plan_order
from almanac.orders.run_out import run_out_chances
from almanac.orders.widths import Widths, product_widths

__all__ = [
    "Order",
    "StockTerms",
    "Widths",
    "cumulated_demand",
    "enough",
    "is_rounded",
    "plan_order",
    "product_widths",
    "run_out_chances",
    "whole_periods",
]
