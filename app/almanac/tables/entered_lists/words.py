"""What the columns of a list, kinds of events and changes of a forecast are called, in nine languages.

English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, in lower case without accents. Phrases
are set apart by commas.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from almanac.core.entered.adjustments import AdjustmentKind
from almanac.core.entered.events import EventKind
from almanac.tables.columns.column_words import words_of
from almanac.tables.columns.event_columns import event_kind

Known = TypeVar("Known")


class ListColumn(Enum):
    """A column of a list; the value is its name in English, which a list may always use."""

    EVENT = "event"
    KIND = "kind"
    FROM = "from"
    TO = "to"
    SERIES = "series"
    YEARLY = "yearly"
    CHANGE = "change"
    AMOUNT = "amount"
    NOTE = "note"


_KIND = "kind, type, category, art, typ, kategorie, categorie, tipo, categoria, soort, rodzaj, kategoria, slag, sort"
HEADINGS: dict[ListColumn, str] = {
    ListColumn.EVENT: """
        event, name, title, what, ereignis, anlass, veranstaltung, bezeichnung, titel, evenement, nom, titre,
        intitule, evento, nombre, titulo, nome, titolo, gebeurtenis, naam, wydarzenie, zdarzenie, nazwa, handelse,
        evenemang, namn
    """,
    ListColumn.KIND: _KIND,
    ListColumn.FROM: """
        from, start, start date, begin, begins, first day, date, day, month, period, von, ab, beginn, anfang,
        startdatum, datum, tag, monat, du, de, debut, date de debut, date debut, a partir du, jour, mois, desde,
        inicio, fecha, fecha de inicio, fecha inicio, mes, da, dal, inizio, data, data inizio, data di inizio,
        giorno, mese, data de inicio, data inicio, a partir de, van, vanaf, begindatum, dag, maand, od, poczatek,
        data poczatku, data rozpoczecia, dzien, miesiac, fran, fran och med, borjan, manad
    """,
    ListColumn.TO: """
        to, until, till, end, end date, ends, last day, bis, ende, enddatum, au, jusqu au, jusqu a, fin, date de
        fin, date fin, hasta, fecha de fin, fecha fin, al, fino al, fino a, fine, data fine, data di fine, ate, fim,
        data de fim, data fim, tot, tot en met, t m, einde, einddatum, do, koniec, data konca, data zakonczenia,
        till och med, t o m, slut, slutdatum
    """,
    ListColumn.SERIES: """
        series, product, item, article, group, store, shop, for, applies to, serie, reihe, zeitreihe, produkt,
        artikel, gruppe, filiale, laden, gilt fur, fur, produit, groupe, magasin, pour, producto, articulo, grupo,
        tienda, para, prodotto, articolo, gruppo, negozio, per, produto, artigo, loja, reeks, groep, winkel, voor,
        seria, szereg, towar, grupa, sklep, dla, grupp, butik, for serie
    """,
    ListColumn.YEARLY: """
        yearly, every year, annual, annually, repeats, jahrlich, jedes jahr, annuel, annuelle, chaque annee, tous
        les ans, anual, cada ano, todos los anos, annuale, ogni anno, todos os anos, jaarlijks, elk jaar, corocznie,
        co rok, coroczne, arligen, arlig, varje ar
    """,
    ListColumn.CHANGE: f"""
        change, {_KIND}, what, action, anderung, aenderung, veranderung, changement, modification, action, cambio,
        modificacion, accion, modifica, cambiamento, variazione, azione, alteracao, mudanca, acao, wijziging,
        verandering, actie, zmiana, andring, forandring
    """,
    ListColumn.AMOUNT: """
        amount, value, number, quantity, qty, by, factor, betrag, wert, menge, zahl, anzahl, faktor, montant,
        valeur, quantite, facteur, importe, valor, cantidad, importo, valore, quantita, fattore, quantidade,
        montante, fator, bedrag, waarde, hoeveelheid, aantal, kwota, wartosc, ilosc, liczba, wspolczynnik, belopp,
        varde, mangd, antal
    """,
    ListColumn.NOTE: """
        note, notes, comment, reason, why, remark, notiz, bemerkung, kommentar, grund, anmerkung, remarque,
        commentaire, raison, motif, nota, comentario, motivo, razon, commento, ragione, razao, notitie, opmerking,
        reden, toelichting, notatka, uwaga, komentarz, powod, anteckning, anmarkning, orsak
    """,
}
# Kinds of events besides those that a column of 0 and 1 may be about (``columns.event_columns``).
_KINDS: dict[EventKind, str] = {
    EventKind.PRICE_CHANGE: """
        price change, new price, price, preisanderung, preisaenderung, neuer preis, changement de prix, nouveau
        prix, cambio de precio, nuevo precio, cambio prezzo, cambio di prezzo, nuovo prezzo, alteracao de preco,
        mudanca de preco, novo preco, prijswijziging, nieuwe prijs, zmiana ceny, nowa cena, prisandring, nytt pris
    """,
    EventKind.ONE_OFF: """
        one off, once, einmalig, einmaliges ereignis, ponctuel, evenement ponctuel, puntual, unico, una tantum,
        pontual, eenmalig, jednorazowe, jednorazowy, engangs, engangshandelse
    """,
    EventKind.EXCEPTIONAL: """
        exceptional, exceptional stretch, exceptional time, aussergewohnlich, aussergewoehnlich, ausnahme,
        ausnahmezeit, exceptionnel, exceptionnelle, excepcional, eccezionale, excecional, uitzonderlijk, wyjatkowy,
        wyjatkowe, exceptionell, undantag
    """,
}
_CHANGES: dict[AdjustmentKind, str] = {
    AdjustmentKind.SET: """
        set, set to, setzen, festlegen, setzen auf, fixer, definir, fijar, establecer, impostare, impostato,
        fissare, fixar, instellen, vaststellen, zetten op, ustaw, ustalic, satt, satta, ange
    """,
    AdjustmentKind.SCALE: """
        scale, times, multiply, multiply by, mal, multiplizieren, multipliziert, skalieren, faktor, factor, fois,
        multiplier, multiplicar, por, veces, moltiplicare, per, volte, vezes, keer, maal, vermenigvuldigen, razy,
        pomnoz, mnozyc, ganger, multiplicera, x
    """,
    AdjustmentKind.ADD: """
        add, plus, add or take off, more, addieren, hinzufugen, hinzufuegen, dazu, ajouter, sumar, anadir, mas,
        aggiungere, sommare, piu, adicionar, somar, mais, toevoegen, optellen, dodaj, dodac, lagg till, addera
    """,
}
_YES = frozenset(["1", "yes", "true", "y", "x", "ja", "j", "oui", "o", "si", "sim", "s", "tak", "t", "wahr", "vrai"])


def kind_of(text: str) -> EventKind | None:
    """The kind of event that a text names; None for another text."""
    wanted = text.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted in {kind.value for kind in EventKind}:
        return EventKind(wanted)
    return event_kind(text) or _called(text, _KINDS)


def change_of(text: str) -> AdjustmentKind | None:
    """The change of a forecast that a text names; None for another text."""
    return {"×": AdjustmentKind.SCALE, "*": AdjustmentKind.SCALE, "+": AdjustmentKind.ADD}.get(
        text.strip(), _called(text, _CHANGES)
    )


def is_yes(text: str) -> bool:
    """Whether a text means yes."""
    return words_of(text) in _YES


def listed(phrases: str) -> tuple[str, ...]:
    """The phrases of an entry of this module."""
    return tuple(" ".join(phrase.split()) for phrase in phrases.split(","))


def _called(text: str, known: Mapping[Known, str]) -> Known | None:
    words = words_of(text.replace("_", " "))
    return next((one for one, phrases in known.items() if words in listed(phrases)), None)
