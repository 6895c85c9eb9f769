"""Headings and names as people write them, in several languages, for the tables made here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The words of one language; ``parts``: year, month, day, hour."""

    date: str
    parts: tuple[str, str, str, str]
    key: str
    items: tuple[str, ...]
    flows: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]  # name and unit
    money_out: str
    money_in: str
    balance: str
    text: str
    price: str
    quantity: str
    amount: str
    number: str


LANGUAGES = (
    Words("Date", ("Year", "Month", "Day", "Hour"), "Product", ("Bread", "Milk", "Apples", "Cheese"),
          ("Sales", "Visitors", "Orders", "Returns"),
          (("Temperature", "°C"), ("Humidity", "%"), ("Price", "€/kg")),
          "Paid out", "Paid in", "Balance", "Description", "Unit price", "Quantity", "Total", "Receipt no"),
    Words("Datum", ("Jahr", "Monat", "Tag", "Stunde"), "Artikel", ("Brot", "Milch", "Äpfel", "Käse"),
          ("Umsatz", "Besucher", "Bestellungen", "Retouren"),
          (("Temperatur", "°C"), ("Luftfeuchte", "%"), ("Preis", "€/kg")),
          "Soll", "Haben", "Saldo", "Buchungstext", "Einzelpreis", "Menge", "Gesamtbetrag", "Bon-Nr."),
    Words("Date", ("Année", "Mois", "Jour", "Heure"), "Produit", ("Pain", "Lait", "Pommes", "Fromage"),
          ("Ventes", "Visiteurs", "Commandes", "Retours"),
          (("Température", "°C"), ("Humidité", "%"), ("Prix", "€/kg")),
          "Débit", "Crédit", "Solde", "Libellé", "Prix unitaire", "Quantité", "Montant total", "N° ticket"),
    Words("Fecha", ("Año", "Mes", "Día", "Hora"), "Producto", ("Pan", "Leche", "Manzanas", "Queso"),
          ("Ventas", "Visitantes", "Pedidos", "Devoluciones"),
          (("Temperatura", "°C"), ("Humedad", "%"), ("Precio", "€/kg")),
          "Cargo", "Abono", "Saldo", "Concepto", "Precio unitario", "Cantidad", "Importe total", "Nº ticket"),
    Words("Data", ("Anno", "Mese", "Giorno", "Ora"), "Prodotto", ("Pane", "Latte", "Mele", "Formaggio"),
          ("Vendite", "Visitatori", "Ordini", "Resi"),
          (("Temperatura", "°C"), ("Umidità", "%"), ("Prezzo", "€/kg")),
          "Addebiti", "Accrediti", "Saldo", "Descrizione", "Prezzo unitario",
          "Quantità", "Importo totale", "N. scontrino"),
    Words("Datum", ("Jaar", "Maand", "Dag", "Uur"), "Artikel", ("Brood", "Melk", "Appels", "Kaas"),
          ("Omzet", "Bezoekers", "Bestellingen", "Retouren"),
          (("Temperatuur", "°C"), ("Vochtigheid", "%"), ("Prijs", "€/kg")),
          "Af", "Bij", "Saldo", "Omschrijving", "Stukprijs", "Aantal", "Totaalbedrag", "Bonnr."),
    Words("Data", ("Ano", "Mês", "Dia", "Hora"), "Produto", ("Pão", "Leite", "Maçãs", "Queijo"),
          ("Vendas", "Visitantes", "Pedidos", "Devoluções"),
          (("Temperatura", "°C"), ("Umidade", "%"), ("Preço", "€/kg")),
          "Saída", "Entrada", "Saldo", "Descrição", "Preço unitário", "Quantidade", "Valor total", "Nº recibo"),
)  # fmt: skip

LONG_NAMES = (
    "Wholesale - North - Extra Virgin Olive Oil 500ml Glass Bottle (case of 12)",
    "Wholesale - North - Extra Virgin Olive Oil 750ml Glass Bottle (case of 6)",
    "Retail - Town Shop - Stone Ground Whole Wheat Flour 1 kg Paper Bag (tray of 10)",
    "Retail - Town Shop - Free Range Eggs Size L in a Box of 10 - 2nd choice",
)
EOF_MARK = "* provisional figures"
