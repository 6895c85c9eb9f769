"""Words in names that say in what something is measured: "Active minutes" are minutes, "Steps" are steps."""

from __future__ import annotations

from almanac.tables.columns.column_words import words_of

_WORDS = {
    "time": """
        minute minutes min mins hour hours hrs second seconds sec secs minuten stunde stunden std sekunden heure heures
        minuto minutos hora horas ora ore minuti uur uren minuut timer timmar minuter godziny minuty
        """,
    "steps": "step steps schritt schritte pas pasos passi passos stappen steg skridt kroki",
    "distance": """
        km kilometer kilometers kilometre kilometres mile miles metre metres meters distance strecke kilometri
        kilometros distancia distanza afstand
        """,
    "energy": "calorie calories kcal kalorien calorias calorie kilojoule kilojoules kwh kilowattstunden",
    "weight": "kg kilo kilos kilogram kilograms gram grams tonne tonnes ton tons kilogramm gramm tonnen",
    "volume": "litre litres liter liters gallon gallons litros litri",
}
_MEASURED_IN = {word: kind for kind, words in _WORDS.items() for word in words.split()}


def measured_in(name: str) -> str:
    """What the last such word of a name says: "time", "steps"; empty where none does."""
    return next((kind for word in reversed(words_of(name).split()) if (kind := _MEASURED_IN.get(word))), "")


def says_only_that(name: str) -> bool:
    """Whether a name has no other words than these: "Hours", "Minutes"; not "Mile End" or "Coffee 1 kg"."""
    return all(word in _MEASURED_IN for word in words_of(name).split())
