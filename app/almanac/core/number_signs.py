"""The signs that people write in numbers: between thousands, before negative numbers, of money.

Whether a point or a comma sets thousands apart or begins the decimals depends on the file: ``tables/values/numbers.py``
decides. A blank of any width may always set thousands apart.
"""

from __future__ import annotations

import unicodedata

GROUP_SIGNS = "'’٬"  # Switzerland, typed and printed; Arabic
MINUS = "−"  # as people read it; programs read "-"
MINUS_SIGNS = f"-{MINUS}"  # first within brackets of a pattern: elsewhere the hyphen makes a range
# What Unicode calls signs of currencies, and the backslash: in Japanese encodings the yen sign has its place.
_MONEY_SIGNS = r"$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛\u20a0-\u20c0\ua838\ufdfc\ufe69\uff04\uffe0\uffe1\uffe5\uffe6\\"
_CODES = "EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|BRL|INR|AUD|CAD|JPY"
# Further codes that people meet, most of them of ISO 4217, in capitals alone; PEN and TRY may be words: "Pen 5".
_CAPITALS = (
    "AED|ARS|BDT|BGN|BHD|CLP|CNY|COP|EGP|GHS|HKD|HRK|IDR|ILS|ISK|JOD|KES|KRW|KWD|KZT|LKR|MAD|MXN|MYR|NGN|NPR|NZD|OMR|"
    "PHP|PKR|QAR|RON|RSD|RUB|SAR|SGD|THB|TND|TWD|UAH|UYU|VND|XAF|XOF|ZAR|FCFA"
)
CURRENCY_CODES = frozenset(f"{_CODES}|{_CAPITALS}".split("|"))
# A part of a regular expression: what money is counted in, before or behind the number.
CURRENCY = rf"(?:[A-Z]{{1,3}}\$|[{_MONEY_SIGNS}]|{_CODES}|(?-i:{_CAPITALS})|kr\.?|zł|Kč|Fr\.)"
_YEN = {"\\": "¥"}


def usual_sign(sign: str) -> str:
    """A sign for money as most people know it: "¥" for its wide form, and for the backslash in its place."""
    return _YEN.get(sign, unicodedata.normalize("NFKC", sign))
