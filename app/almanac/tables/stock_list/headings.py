"""Which column of a stock list holds what, by its heading in nine languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from almanac.core.text import normalise
from almanac.tables.columns.column_words import Meaning, has_word, meaning_of
from almanac.tables.values.cells import Cell, cell_text, clean_cell

MAX_HEADING_ROW = 30  # the heading is looked for in the first rows; chosen by judgement


class StockColumn(Enum):
    """What a column of a stock list holds, as a person calls it."""

    PRODUCT = "the product"
    ON_ORDER = "what is on order"
    LEAD = "the lead time"
    REVIEW = "how often you order"
    PACK = "the pack size"
    CERTAINTY = "the wanted certainty"
    ON_HAND = "the stock on hand"


# Written as in ``columns.column_words``, in the order in which they are tried.
_WORDS: dict[StockColumn, str] = {
    StockColumn.CERTAINTY: """
        certainty, service level, service, runs out at most, -servicegrad, -lieferbereitschaft, sicherheit, taux de
        service, niveau de service, certitude, nivel de servicio, certeza, livello di servizio, certezza, nivel de
        servico, servicegraad, serviceniveau, zekerheid, poziom obsługi, poziom obslugi, pewnosc, -serviceniva, sakerhet
    """,
    StockColumn.REVIEW: """
        order every, orders every, review period, review, order interval, order cycle, days between orders,
        -bestellrhythmus, -bestellintervall, -bestellzyklus, bestellen alle, frequence de commande, intervalle de
        commande, commande tous les, pedir cada, ciclo de pedido, intervalo de pedido, ordinare ogni, intervallo ordini,
        ciclo ordini, encomendar a cada, intervalo de encomenda, bestelinterval, bestelcyclus, bestellen om de, zamawiac
        co, cykl zamowien, bestallningsintervall, bestall var
    """,
    StockColumn.LEAD: """
        lead time, lead times, leadtime, lead, delivery time, delivery days, days to deliver, replenishment time,
        -lieferzeit, -lieferfrist, -beschaffungszeit, -wiederbeschaffungszeit, delai, delai de livraison, plazo, plazo
        de entrega, tiempo de entrega, tempo di consegna, tempi di consegna, prazo, prazo de entrega, tempo de entrega,
        -levertijd, -leveringstijd, czas dostawy, termin dostawy, czas realizacji, -ledtid, -leveranstid
    """,
    StockColumn.ON_ORDER: """
        on order, ordered, open order, open orders, open po, incoming, inbound, in transit, on the way, bestellt, offene
        bestellung, offene bestellungen, -zulauf, unterwegs, -bestellbestand, en commande, commande en cours, commandes
        en cours, attendu, en transit, en pedido, pedido pendiente, pedidos pendientes, en camino, en transito, in
        ordine, ordinato, ordini aperti, in arrivo, encomendado, em encomenda, em transito, a caminho, pedido em aberto,
        besteld, in bestelling, onderweg, zamowione, w zamowieniu, w drodze, bestallt, beställt, i order, pa vag
    """,
    StockColumn.PACK: """
        pack, pack size, packs of, packaging, case, case size, carton, box, per box, per case, per pack, multiple, order
        multiple, lot size, batch size, -verpackungseinheit, ve, vpe, -gebinde, -gebindegroße, -gebindegrosse,
        -packungsgroße, -packungsgrosse, -losgroße, -losgrosse, -karton, colisage, conditionnement, taille du lot, par
        carton, tamano de lote, tamano del paquete, por caja, caja, lote, confezione, per confezione, imballo, lotto,
        embalagem, por caixa, caixa, tamanho do lote, -verpakking, -verpakkingseenheid, doos, per doos, colli,
        opakowanie, opakowania, opakowaniu, karton, -forpackning, -forpackningsstorlek, kolli
    """,
    StockColumn.ON_HAND: """
        soh, available, available now, lager, lagernd, auf lager, en stock, stock actuel, disponible, disponibile,
        disponivel, beschikbaar, op voorraad, dostepne, na stanie, stan, i lager, lagersaldo, tillgangligt
    """,
    StockColumn.PRODUCT: """
        product, products, item, article, sku, name, description, material, series, -artikel, -produkt, bezeichnung,
        ware, sorte, produit, designation, producto, articulo, descripcion, nombre, prodotto, articolo, descrizione,
        nome, produto, artigo, descricao, naam, omschrijving, nazwa, towar, artykuł, artykul, vara, namn, benamning
    """,
}


@dataclass(frozen=True)
class StockHeading:
    """The heading of a list: ``row`` is its position; ``columns``: where each thing is, and ``texts`` all headings.

    ``names``: the columns of names; ``by_keys``: whether they are those that the series are split by.
    """

    row: int
    columns: dict[StockColumn, int]
    names: tuple[int, ...]
    by_keys: bool
    texts: tuple[str, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of columns that say nothing about stock."""
        used = {*self.columns.values(), *self.names}
        return tuple(text for i, text in enumerate(self.texts) if text and i not in used)


def find_stock_heading(rows: Sequence[Sequence[Cell]], keys: Sequence[str]) -> StockHeading:
    """The row with the most headings that are known; the first of equals. ``keys``: what the series are split by."""
    found = [_as_heading(n, rows[n], keys) for n in range(min(len(rows), MAX_HEADING_ROW))]
    return max(found, key=lambda heading: len(heading.columns), default=StockHeading(0, {}, (), False, ()))


def _as_heading(row: int, cells: Sequence[Cell], keys: Sequence[str]) -> StockHeading:
    texts = tuple(cell_text(cell) if isinstance(cell, str) else "" for cell in map(clean_cell, cells))
    known = {normalise(text): i for i, text in reversed(list(enumerate(texts))) if text}
    by_keys = bool(keys) and all(normalise(key) in known for key in keys)
    names = tuple(known[normalise(key)] for key in keys) if by_keys else ()
    columns: dict[StockColumn, int] = {}
    for i, text in enumerate(texts):
        meaning = stock_column(text) if text and i not in names else None
        if meaning is not None:
            columns.setdefault(meaning, i)
    if not by_keys and StockColumn.PRODUCT in columns:
        names = (columns[StockColumn.PRODUCT],)
    elif not by_keys:
        names = tuple(i for i, text in enumerate(texts) if text and i not in columns.values())[:1]
    return StockHeading(row, columns, names, by_keys, texts)


def stock_column(heading: str) -> StockColumn | None:
    """What a column with this heading holds; None when the heading does not say it."""
    for column, words in _WORDS.items():
        if column is StockColumn.ON_HAND and meaning_of(heading) is Meaning.STOCK:
            return column
        if has_word(heading, words):
            return column
    return None
