"""A stock list: what is there of each product, what is on order, how long it takes to come."""

from almanac.tables.stock_list.entries import Duration, StockEntry, StockList
from almanac.tables.stock_list.read import read_stock_list

__all__ = ["Duration", "StockEntry", "StockList", "read_stock_list"]
