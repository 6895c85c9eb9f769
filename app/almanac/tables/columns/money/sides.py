"""Names that no sum may join: opposite sides, such as "Received" and "Sold", and what was planned next to what came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from almanac.tables.columns.column_words import words_of
from almanac.tables.columns.money.movements import movement_side
from almanac.tables.columns.money.words import ANY_PAIRS, MONEY_PAIRS, pair_in, pairs_of, without_form
from almanac.tables.values.cells import Table
from almanac.tables.values.dates.calendar_names import plain

# What a business spends and what it earns, in the nine languages of ``words``.
_SPENT_WORDS = """
cost costs expense expenses expenditure kosten aufwand aufwendungen couts costes costos gastos costi spese
custos despesas lasten uitgaven koszty wydatki kostnader utgifter
"""
_EARNED_WORDS = """
revenue revenues sales turnover income earnings umsatz umsatze erlos erlose ertrag ertrage einnahmen recettes ventes
revenus ventas ingresos ricavi vendite fatturato receitas vendas faturamento omzet opbrengst opbrengsten inkomsten
przychody przychod sprzedaz intakter omsattning forsaljning
"""
_SPENT, _EARNED = frozenset(plain(_SPENT_WORDS).split()), frozenset(plain(_EARNED_WORDS).split())
# What was planned or came in another year, and words for what really came, in the same languages.
_PLANNED_WORDS = """
    budget, budgeted, plan, planned, forecast, forecasted, target, goal, expected, estimate, estimated, last year,
    previous year, prior year, ly, py, geplant, planwert, ziel, prognose, vorjahr, prevu, prevision, previsions,
    objectif, annee precedente, presupuesto, previsto, prevision, objetivo, ano anterior, preventivo, obiettivo, anno
    precedente, orcamento, orcado, meta, begroting, begroot, doel, vorig jaar, budzet, cel, rok poprzedni, prognos, mal,
    foregaende ar, fjolaret
"""
_REAL_WORDS = """
    actual, actuals, real, realised, realized, this year, current year, cy, ty, ist, istwert, tatsachlich, laufendes
    jahr, reel, realise, annee en cours, ejecutado, ano actual, consuntivo, effettivo, anno in corso, realizado,
    werkelijk, realisatie, dit jaar, rzeczywiste, wykonanie, rok biezacy, utfall, faktisk, faktiskt, i ar
"""
# What is lent comes back: it went out and came in. (The same languages.)
_LENT_PAIRS = """
borrowed, loans, loan, lent, loaned, checked out, checkouts, check outs, rented, hired out | returned, returns, return
ausgeliehen, ausleihen, entleihungen, entliehen, verliehen, vermietet | zuruckgegeben, ruckgaben, ruckgabe, zuruck
prets, empruntes, emprunts, sorties | retours, rendus, retournes
prestamos, prestados, alquilados | devoluciones, devueltos, devuelto
prestiti, prestati, noleggiati | restituzioni, restituiti, resi
emprestimos, emprestados, alugados | devolucoes, devolvidos
uitgeleend, uitleningen, verhuurd | teruggebracht, ingeleverd, inleveringen, retour
wypozyczenia, wypozyczone | zwroty, zwrocone
utlan, utlanade, utlanat | aterlamnade, aterlamningar, aterlamnat, returer
"""
# Columns that say what was measured, each of which is something else.
_INDICATORS = """
    indicator, indicators, indicator name, series name, parameter, parameters, variable, metric, metrics, kpi,
    kpis, kennzahl, kennzahlen, indikator, messgrosse, indicateur, grandeur, indicador, magnitud, indicatore, grandezza,
    grootheid, wskaznik, zmienna, parametre, parametro, variabele, storhet, tabellinnehall, wertmerkmal, tipo de dato
"""
# Columns of one text in all rows that says the same; of several texts, they may be what is sold: "Single", "Double".
_OF_ALL = "measure, measures, mesure, merkmal, statistic, statistics, concepto, subject"
# Who or what goes and comes, next to each other also with further words: "Tickets closed" and "Tickets opened".
_COME_AND_GO = """
closed, resolved, solved, completed | opened, created, new, reported
discharges, discharged | admissions, admitted
departures, departed | arrivals, arrived
exits, exited, vehicles out, cars out | entries, entered, vehicles in, cars in
checkouts, check outs, checked out | checkins, check ins, checked in
leavers, left, resigned, resignations, quits, terminations, exits | joiners, joined, hires, hired, new hires, starters
cancellations, churned, churn, unsubscribes, unsubscribed, lost | signups, sign ups, subscribed, new, won, activations
deaths | births
emigrants, emigration | immigrants, immigration
abgange, austritte, entlassungen, kundigungen | zugange, eintritte, aufnahmen, einstellungen, anmeldungen
abreisen | anreisen
ausfahrten, ausfahrende | einfahrten, einfahrende
fortzuge | zuzuge
sterbefalle, gestorbene | geburten, geborene
geschlossen, erledigt, gelost | geoffnet, eroffnet, neu, erstellt
abmeldungen | anmeldungen
sorties | entrees
sorties, departs | entrees, arrivees, embauches, admissions
deces | naissances
fermes, resolus, clotures | ouverts, crees
desabonnements, resiliations | abonnements, inscriptions
altas | ingresos, admisiones
bajas | altas
salidas | llegadas
salidas | entradas
defunciones | nacimientos
cerrados | abiertos, creados
dimissioni | ricoveri, ammissioni
partenze | arrivi
saidas | entradas
uscite, cessazioni | entrate, assunzioni
decessi, morti | nascite, nati
chiusi, risolti | aperti, creati
altas hospitalares, saidas, demissoes | internamentos, admissoes, entradas, contratacoes
obitos | nascimentos
fechados | abertos, criados
ontslagen, vertrekken, uitstroom | opnames, aankomsten, instroom
overlijdens, sterfgevallen | geboorten
gesloten, opgelost | geopend, aangemaakt
zwolnienia, wypisy, odejscia | przyjecia, zatrudnienia
zgony | urodzenia
zamkniete | otwarte, utworzone
utskrivningar, avgangar, avslut | inskrivningar, ankomster, nyanstallningar
doda, dodsfall | fodda, fodslar
stangda | oppnade, skapade
"""
# Of energy that is used and made: alone, as "Export beers" and "Import beers" are two kinds of goods.
_USED_AND_MADE = """
generation, surplus, surplus generation, feed in, export, exported | consumption, usage, import, imported
exports | imports
einspeisung, netzeinspeisung, ruckspeisung, erzeugung | bezug, netzbezug, verbrauch
injection, surplus, production | soutirage, consommation
excedentes, excedente, generacion, vertido, exportacion | consumo, importacion
immissione, immessa, produzione | prelievo, prelevata, consumo
injecao, exportacao, producao | consumo, importacao
teruglevering, teruggeleverd, injectie, opwek | levering, geleverd, afname, verbruik
oddanie, oddana, generacja | pobor, pobrana, zuzycie
inmatning, produktion | uttag, forbrukning
delivered | received
"""
# Such words also say something else with further words: "New customers" and "Lost".
_ONLY_WHOLE = frozenset(["new", "neu", "lost", "won", "completed", "reported", "quits", "churn"])
_ANY_PAIRS = ANY_PAIRS + pairs_of(_LENT_PAIRS)
_COMING_PAIRS = pairs_of(_COME_AND_GO)
_WHOLE_PAIRS = (*_ANY_PAIRS, *_COMING_PAIRS, *pairs_of(_USED_AND_MADE))
_COMING_WITH_MORE = tuple((out - _ONLY_WHOLE, into - _ONLY_WHOLE) for out, into in _COMING_PAIRS)
_PLANNED, _REAL, _INDICATOR_NAMES, _NAMES_OF_ALL = (
    frozenset(" ".join(form.split()) for form in words.split(","))
    for words in (_PLANNED_WORDS, _REAL_WORDS, _INDICATORS, _OF_ALL)
)
_TAXES = frozenset(
    ["tax", "taxes", "steuer", "impot", "impots", "impuesto", "imposta", "imposto", "belasting", "podatek", "skatt"]
)
_CARDS = frozenset(["card", "cards", "karte", "carte", "tarjeta", "carta", "cartao", "kaart", "karta", "kort"])
# Plans that are also something else: retailers, a country, advertising.
_UNSURE = frozenset(["meta", "target", "goal", "py", "ly", "cel", "mal", "ziel", "doel", "estimate", "expected"])
_MIN_KNOWN = 0.5  # share of the names that say what came in or went out; chosen by judgement


def opposite_sides(names: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The names of what went out or was spent and of what came in or was earned, where there are both.

    Goods that are sold go out, and the money comes in: which side is which, the names alone do not say.
    """
    words = {name: words_of(name) for name in names}
    plain_words = [words[name] for name in names]
    pair = pair_in(names, MONEY_PAIRS) or pair_in(plain_words, _WHOLE_PAIRS, whole=True)
    pair = pair or pair_in(plain_words, _COMING_WITH_MORE)
    # A debit card and a credit card pay alike.
    if pair is not None and _CARDS.isdisjoint(words[names[pair[0]]].split()):
        return [names[pair[0]]], [names[pair[1]]]
    moved = {name: movement_side(name) for name in names}
    kinds = {name: frozenset(words[name].split()) for name in names}
    spent = {name for name in names if kinds[name] & _SPENT and not kinds[name] & _EARNED}
    earned = {name for name in names if kinds[name] & _EARNED and not kinds[name] & (_SPENT | _TAXES)}
    for out, into in (
        ([name for name in names if moved[name] is True], [name for name in names if moved[name] is False]),
        ([name for name in names if name in spent], [name for name in names if name in earned]),
    ):
        if out and into and len(out) + len(into) >= _MIN_KNOWN * len(names):
            return out, into
    return None


def planned_names(names: Sequence[str]) -> list[str]:
    """The names for what was planned, where the others are for the same as it really came: "Budget" next to "Actual".

    Next to a name that does not say so, such as "Sales", a plan must have the same name or be the only other one.
    """
    planned = {name: rest for name in names if (rest := without_form(name, _PLANNED)) is not None}
    others = [name for name in names if name not in planned]
    real = {rest for name in others if (rest := without_form(name, _REAL)) is not None}
    alike = {*real, *(words_of(name) for name in others)}
    single = len(names) == 2 and not _UNSURE.intersection(word for name in planned for word in words_of(name).split())
    sure = all(rest in (alike if rest else real) or (not rest and single) for rest in planned.values())
    return list(planned) if planned and others and sure else []


def names_indicators(name: str) -> bool:
    """Whether a column of that name says what was measured: "Indicator", "Series name"."""
    return words_of(name) in _INDICATOR_NAMES


def only_indicator(table: Table, columns: Iterable[int]) -> str:
    """What all rows measure, where one of these columns says it; an empty text where none does."""
    named = (i for i in columns if names_indicators(table.names[i]) or words_of(table.names[i]) in _NAMES_OF_ALL)
    texts = (table.columns[i].everywhere for i in named)
    return next((text for text in texts if isinstance(text, str) and text), "")
