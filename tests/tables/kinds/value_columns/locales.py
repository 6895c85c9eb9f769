"""How nine languages write headings, numbers and dates in files: what the generators of this folder draw from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Locale:
    """``decimal``: the decimal sign; ``form``: of a date; ``headings``: by what a column holds, the usual ones."""

    code: str
    decimal: str
    form: str
    headings: dict[str, list[str]]

    def number(self, value: float, places: int = 2) -> str:
        return f"{value:.{places}f}".replace(".", self.decimal)

    def day(self, day: date) -> str:
        return day.strftime(self.form)


def _locale(code: str, decimal: str, form: str, **headings: str) -> Locale:
    return Locale(code, decimal, form, {key: value.split("|") for key, value in headings.items()})


LOCALES = (
    _locale("en", ".", "%Y-%m-%d", date="Date|Order date|Transaction Date", item="Product|Item|Description",
        amount="Amount|Total|Revenue|Line Total|Sales Value|Total Amount (USD)|totalAmount",
        quantity="Quantity|Qty|Units Sold",
        price="Unit Price|Price|MRP|unit_price|List price", id="Order ID|Invoice No|transactionId|Receipt No.",
        discount="Discount %|Discount", tax="Tax|VAT", balance="Balance|Running balance",
        stock="Stock on hand|Inventory"),
    _locale("de", ",", "%d.%m.%Y", date="Datum|Belegdatum|Buchungstag", item="Artikel|Bezeichnung|Produkt",
        amount="Umsatz|Betrag|Gesamtpreis|Rechnungsbetrag|Umsatz (EUR)|Summe",
        quantity="Menge|Anzahl|Stück|Stückzahl",
        price="Einzelpreis|Preis|Stückpreis|Listenpreis", id="Belegnr.|Rechnungsnummer|Bestellnr|Lfd. Nr.",
        discount="Rabatt|Rabatt %", tax="MwSt|Mehrwertsteuer", balance="Saldo|Kontostand",
        stock="Bestand|Lagerbestand"),
    _locale("fr", ",", "%d/%m/%Y", date="Date|Date de vente", item="Article|Produit|Désignation",
        amount="Montant|Total TTC|Chiffre d'affaires|CA HT|Montant (€)", quantity="Quantité|Qté|Nombre",
        price="Prix unitaire|Prix|PU", id="N°|Référence|Code", discount="Remise|Remise %", tax="TVA|Taxe",
        balance="Solde", stock="Stock"),
    _locale("es", ",", "%d/%m/%Y", date="Fecha|Fecha de venta", item="Artículo|Producto|Concepto",
        amount="Importe|Total|Ventas|Monto|Importe total (€)", quantity="Cantidad|Unidades|Cant.",
        price="Precio unitario|Precio|PVP", id="Código|Número|Factura", discount="Descuento", tax="IVA|Impuesto",
        balance="Saldo", stock="Existencias"),
    _locale("it", ",", "%d/%m/%Y", date="Data|Data vendita", item="Articolo|Prodotto|Descrizione",
        amount="Importo|Totale|Fatturato|Incasso|Importo (€)", quantity="Quantità|Q.tà|Pezzi",
        price="Prezzo unitario|Prezzo", id="Numero|Codice|Cod.", discount="Sconto", tax="IVA|Imposta",
        balance="Saldo",
        stock="Giacenza"),
    _locale("pt", ",", "%d/%m/%Y", date="Data|Data da venda", item="Produto|Descrição|Artigo",
        amount="Valor total|Total|Faturamento|Receita|Valor (R$)", quantity="Quantidade|Qtde|Qtd.",
        price="Preço unitário|Preço", id="Código|Número|Cód.", discount="Desconto", tax="ICMS|Imposto",
        balance="Saldo",
        stock="Estoque"),
    _locale("nl", ",", "%d-%m-%Y", date="Datum|Verkoopdatum", item="Artikel|Product|Omschrijving",
        amount="Bedrag|Omzet|Totaal|Totaalbedrag|Bedrag (EUR)", quantity="Aantal|Stuks|Hoeveelheid",
        price="Prijs|Stukprijs|Verkoopprijs", id="Factuurnr|Ordernummer|Code", discount="Korting", tax="BTW",
        balance="Saldo", stock="Voorraad"),
    _locale("pl", ",", "%d.%m.%Y", date="Data|Data sprzedaży", item="Produkt|Towar|Opis",
        amount="Kwota|Wartość|Razem|Sprzedaż|Wartość brutto", quantity="Ilość|Sztuk|Liczba",
        price="Cena|Cena jednostkowa", id="Numer|Kod|Nr", discount="Rabat", tax="Podatek|VAT", balance="Saldo",
        stock="Zapas"),
    _locale("sv", ",", "%Y-%m-%d", date="Datum|Orderdatum", item="Artikel|Produkt|Benämning",
        amount="Belopp|Summa|Försäljning|Totalbelopp|Belopp (SEK)", quantity="Antal|Kvantitet|Mängd",
        price="Pris|Styckpris|à-pris", id="Ordernr|Fakturanummer|Kod", discount="Rabatt", tax="Moms",
        balance="Saldo",
        stock="Lagersaldo"),
)  # fmt: skip
