"""Names that only a level has, whatever it stands next to: "Bank balance", "Temperature"; not "Stock", "Power"."""

from __future__ import annotations

import re

from almanac.tables.columns.column_words import has_word, words_of
from almanac.tables.series.measuring.product_names import may_be_product

# In nine languages.
_OF_ACCOUNTS = """
    bank balance, account balance, savings balance, cash balance, closing balance, opening balance, current balance,
    -kontostand, banksaldo, kontosaldo, kassensaldo, solde bancaire, solde du compte, saldo bancario, saldo del conto,
    saldo de la cuenta, saldo da conta, rekeningsaldo, saldo rachunku, saldo konta
"""
_READINGS = """
    temperature, temperatures, -temperatur, -temperaturen, temperatura, temperatuur, lampotila, teplota, homerseklet,
    sicaklik, humidity, -luftfeuchtigkeit, -luftfeuchte, humidite, humedad, umidita, umidade, luchtvochtigheid,
    wilgotnosc, luftfuktighet, air pressure, luftdruck, pression atmospherique, exchange rate, wechselkurs,
    interest rate, zinssatz, dew point, taupunkt, occupancy rate
"""
_MEANS = re.compile(
    r"(?:average|avg|mean|durchschnittliche[rs]?|mittlere[rs]?|moyenne|gemiddelde|genomsnittlig\w*) \w+|.*%"
)
_MAX_OTHERS = 2  # words more than these, such as "Outside temperature"; chosen by judgement


def is_sure_level_name(name: str) -> bool:
    """Whether the name is one of a level among those of shops, products or lines of a budget."""
    words = words_of(name)
    if len(words.split()) > _MAX_OTHERS + 2 or may_be_product(name):
        return False
    return has_word(name, _OF_ACCOUNTS) or has_word(name, _READINGS) or _MEANS.fullmatch(words) is not None
