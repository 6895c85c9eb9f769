"""How much to order of a product, and when it runs out.

Everything here takes numbers and arrays; ``workflow`` has the series, the forecast and the stock list.
"""

from almanac.orders.demand import cumulated_demand
from almanac.orders.durations import is_rounded, whole_periods
from almanac.orders.policy import Order, StockTerms, enough, plan_order
from almanac.orders.run_out import run_out_chances
from almanac.orders.widths import width_scales

__all__ = [
    "Order",
    "StockTerms",
    "cumulated_demand",
    "enough",
    "is_rounded",
    "plan_order",
    "run_out_chances",
    "whole_periods",
    "width_scales",
]
