"""Columns that say in which currency each amount is: amounts in different currencies are never one series."""

from __future__ import annotations

import re
from collections.abc import Collection

from almanac.core.number_signs import CURRENCY
from almanac.tables.columns.column_words import is_money_name, meaning_of
from almanac.tables.values.cells import Column, Table

# Codes of ISO 4217 that people meet, and those of coins that are traded like money.
_CODES = """
AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL GHS HKD HRK HUF IDR ILS INR ISK JOD JPY KES KRW
KWD KZT LKR MAD MXN MYR NGN NOK NPR NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND
ZAR BTC ETH USDT USDC
"""
_KNOWN = frozenset(_CODES.split())
_SIGN = re.compile(CURRENCY, re.IGNORECASE)
_MAX_CURRENCIES = 24  # different cells of such a column; chosen by judgement


def find_currencies(table: Table, taken: Collection[int]) -> int | None:
    """The column of which each cell is a currency, and not always the same; ``taken``: columns that are something else.

    None where there is none.
    """
    columns = (i for i in range(len(table.names)) if i not in taken)
    return next((i for i in columns if _tells_currencies(table.columns[i])), None)


def _tells_currencies(column: Column) -> bool:
    if column.floats is not None or not 1 < len(column.cells) <= _MAX_CURRENCIES:
        return False
    used = {cell for cell, count in zip(column.cells, column.counts.tolist(), strict=True) if count and cell != ""}
    texts = {cell.strip().upper() if isinstance(cell, str) else "" for cell in used}
    return len(texts) > 1 and all(text in _KNOWN or _SIGN.fullmatch(text) for text in texts)


def may_be_money(name: str) -> bool:
    """Whether a column of that name may hold amounts of money, so that its currency matters."""
    return is_money_name(name) or meaning_of(name) is None
