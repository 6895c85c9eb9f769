"""The signs that people write in numbers: between thousands, before negative numbers, of money.

Whether a point or a comma sets thousands apart or begins the decimals depends on the file: ``tables/values/numbers.py``
decides. A blank of any width may always set thousands apart.
"""

from __future__ import annotations

GROUP_SIGNS = "'’٬"  # Switzerland, typed and printed; Arabic
MINUS = "−"  # as people read it; programs read "-"
MINUS_SIGNS = f"-{MINUS}"  # first within brackets of a pattern: elsewhere the hyphen makes a range
# A part of a regular expression: what money is counted in, before or behind the number.
CURRENCY = r"(?:R\$|US\$|[$€£¥₹₽₩₺₫]|EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|BRL|INR|AUD|CAD|JPY|kr\.?|zł|Kč|Fr\.)"
