"""Words in names that say in what something is measured: "Active minutes" are minutes, "Steps" are steps."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.tables.columns.column_words import has_word, words_of

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
    "sessions": "session sessions sitzungen sesiones sessioni sessies sesje",
    "views": "view views pageviews seitenaufrufe vues vistas visualizzazioni visualizacoes weergaven odslony visningar",
    "clicks": "click clicks klicks clics clic cliques kliks klikniecia klick",
    "impressions": "impression impressions impressionen impresiones impressioni impressoes vertoningen",
    "reach": "reach reichweite portee alcance copertura bereik",
    "interactions": "interaction interactions likes comments shares interaktionen interacciones interazioni",
    "users": "user users nutzer utilisateurs usuarios utenti gebruikers uzytkownicy anvandare",
    "orders": "order orders bestellungen commandes pedidos ordini bestellingen zamowienia bestallningar",
    "nights": """
        night nights ubernachtungen nuitees pernoctaciones pernoctacion pernottamenti presenze dormidas
        overnachtingen noclegi gastnatter overnattningar overnatninger overnattinger
        """,
    "arrivals": "arrival arrivals ankunfte arrivees llegadas arrivi chegadas aankomsten przyjazdy ankomster",
    "travellers": """
        traveller travellers traveler travelers reisende gaste guests tourists touristes voyageurs viajero viajeros
        turistas huespedes hospedes viaggiatori reizigers podrozni resenarer gaster turysci
        """,
    "loans": "loan loans ausleihen prets prestamos prestiti emprestimos uitleningen wypozyczenia lan",
    "visits": "visit visits besuche visite visites visita visitas bezoek bezoeken wizyty besok",
    "visitors": "visitor visitors besucher visiteurs visitantes visitatori bezoekers odwiedzajacy besokare",
    "temperature": "temp temperature temperatures tmin tmax tavg temperatur temperatura temperatuur",
    "humidity": "rh hum humidity feuchte luftfeuchte luftfeuchtigkeit humidite humedad umidita umidade wilgotnosc",
    "pressure": "pressure baro barometer luftdruck pression presion pressione pressao luchtdruk cisnienie",
    "volume": "litre litres liter liters gallon gallons litros litri",
}
_MEASURED_IN = {word: kind for kind, words in _WORDS.items() for word in words.split()}

# Figures of a trade, each of which is another ratio: the mean of several says nothing.
_FIGURES = {
    "ADR": "adr, average daily rate, average room rate, arr, zimmerpreis, prix moyen, tarifa media, durchschnittsrate",
    "RevPAR": "revpar, rev par, revenue per available room",
    "TRevPAR": "trevpar, t rev par, trev par",
    "GOPPAR": "goppar, gop par",
    "RevPASH": "revpash, rev pash",
    "ARPU": "arpu, arppu",
    "AOV": "aov, average order value",
    "CPC": "cpc, cost per click",
    "CPM": "cpm, ecpm",
    "CPA": "cpa, cost per acquisition, cac",
    "CPL": "cpl, cost per lead",
    "LTV": "ltv, clv, cltv",
    "EPS": "eps",
}


# What is taken off the money that comes in, or passed on: it is no more of it.
_TAKEN_OFF = """
    discount, discounts, void, voids, voided, comp, comps, comped, refund, refunds, refunded, tip, tips, gratuity,
    gratuities, tax, taxes, vat, gst, -rabatt, -rabatte, skonto, nachlass, storno, stornos, -erstattung, -erstattungen,
    trinkgeld, trinkgelder, mwst, ust, -steuer, remise, remises, rabais, annulations, remboursement, remboursements,
    pourboire, pourboires, tva, descuento, descuentos, anulaciones, reembolso, reembolsos, propina, propinas, iva,
    impuesto, impuestos, sconto, sconti, storni, rimborso, rimborsi, mancia, mance, imposta, imposte, desconto,
    descontos, estorno, estornos, gorjeta, gorjetas, imposto, impostos, -korting, -kortingen, terugbetalingen, fooi,
    fooien, btw, rabat, rabaty, zwroty, napiwki, napiwek, podatek, -rabatter, aterbetalningar, dricks, moms
"""
_COMES_IN = """
    sales, sale, revenue, turnover, takings, gross, net, -umsatz, -umsatze, erlose, einnahmen, brutto, netto, ventes,
    recettes, chiffre, brut, ventas, ingresos, bruto, neto, vendite, incassi, incasso, ricavi, lordo, vendas, receita,
    faturamento, omzet, sprzedaz, przychody, obrot, forsaljning, omsattning
"""


def is_taken_off(name: str) -> bool:
    """Whether a name says what is taken off the money that comes in, or passed on: "Discount amount", "Tips"."""
    return has_word(name, _TAKEN_OFF)


def comes_in(name: str) -> bool:
    """Whether a name says that money comes in, and not what is taken off it: "Net sales"; not "Sales tax"."""
    return has_word(name, _COMES_IN) and not is_taken_off(name)


def figure_of(name: str) -> str:
    """Which figure of a trade a name is one for: "ADR"; empty where it is none."""
    return next((figure for figure, words in _FIGURES.items() if has_word(name, words)), "")


def measured_in(name: str) -> str:
    """What the last such word of a name says: "time", "steps"; empty where none does."""
    return next((kind for word in reversed(words_of(name).split()) if (kind := _MEASURED_IN.get(word))), "")


def says_only_that(name: str) -> bool:
    """Whether a name has no other words than these: "Hours", "Minutes"; not "Mile End" or "Coffee 1 kg"."""
    return all(word in _MEASURED_IN for word in words_of(name).split())


def count_different_things(texts: Sequence[str]) -> bool:
    """Whether each text is one for what is counted or measured, and not all for the same: "Arrivals" and "Nights"."""
    kinds = {measured_in(text) if says_only_that(text) else "" for text in texts}
    return len(kinds) > 1 and "" not in kinds
