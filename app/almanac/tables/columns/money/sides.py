"""Names that no sum may join: opposite sides, such as "Received" and "Sold", and what was planned next to what came."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.tables.columns.column_words import words_of
from almanac.tables.columns.money.movements import goes_out
from almanac.tables.columns.money.words import ANY_PAIRS, MONEY_PAIRS, pair_in, without_form
from almanac.tables.values.dates.calendar_names import plain

# What a business spends and what it earns, in the nine languages of ``words``.
_SPENT_WORDS = """
cost costs expense expenses expenditure kosten aufwand aufwendungen charges couts costes costos gastos costi spese
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
# Columns that say what was measured, each of which is something else.
_INDICATORS = """
    indicator, indicators, indicator name, series name, parameter, parameters, variable, measure, metric, metrics, kpi,
    kpis, kennzahl, kennzahlen, indikator, messgrosse, indicateur, grandeur, indicador, magnitud, indicatore, grandezza,
    grootheid, wskaznik, zmienna, parametre, parametro, variabele, storhet
"""
_PLANNED, _REAL, _INDICATOR_NAMES = (
    frozenset(" ".join(form.split()) for form in words.split(","))
    for words in (_PLANNED_WORDS, _REAL_WORDS, _INDICATORS)
)
_MIN_KNOWN = 0.5  # share of the names that say what came in or went out; chosen by judgement


def opposite_sides(names: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The names of what went out or was spent and of what came in or was earned, where there are both."""
    pair = pair_in(names, (*MONEY_PAIRS, *ANY_PAIRS))
    if pair is not None:
        return [names[pair[0]]], [names[pair[1]]]
    moved = {name: goes_out(name) for name in names}
    out, into = ([name for name, side in moved.items() if side is which] for which in (True, False))
    if out and into and len(out) + len(into) >= _MIN_KNOWN * len(names):
        return out, into
    words = {name: frozenset(words_of(name).split()) for name in names}
    spent = [name for name in names if words[name] & _SPENT and not words[name] & _EARNED]
    earned = [name for name in names if words[name] & _EARNED and not words[name] & _SPENT]
    return (spent, earned) if spent and earned else None


def planned_names(names: Sequence[str]) -> list[str]:
    """The names for what was planned, where the others are for the same as it really came: "Budget" next to "Sales"."""
    rests = {name: without_form(name, _PLANNED) for name in names}
    planned = [name for name in names if rests[name] is not None]
    others = [words_of(name) if (rest := without_form(name, _REAL)) is None else rest for name in names]
    others = [other for name, other in zip(names, others, strict=True) if rests[name] is None]
    return planned if others and all(not rests[name] or rests[name] in others for name in planned) else []


def names_indicators(name: str) -> bool:
    """Whether a column of that name says what was measured: "Indicator", "Series name"."""
    return words_of(name) in _INDICATOR_NAMES
