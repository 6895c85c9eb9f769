"""Columns that say which sensor, meter or room each reading is of, where every one reports at its own times.

No two rows need to share a date then, so that dates do not show which rows belong together. Names do: "Sensor",
"entity_id". Elsewhere the numbers do: each reading is close to the last one of the same source, and far from the last
one of any other. A list of sales has products and shops, too; it is one of amounts, and of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from almanac.core.arrays import Floats, Integers, Timestamps, extremes
from almanac.tables.columns.column_words import (
    LEVELS,
    has_word,
    is_any_value,
    is_flow_name,
    is_identifier_name,
    is_money_name,
    is_traded_name,
    meaning_of,
    words_of,
)
from almanac.tables.columns.keys.grouping import group_rows, splits
from almanac.tables.columns.keys.splitting import are_irregular, can_be_key
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.targets import first_numbers
from almanac.tables.values.cells import Table
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY, SECONDS_PER_HOUR

# In nine languages, as the words in ``column_words``.
_METERS = """
    sensor, sensors, sensor id, sensor name, entity, entity id, statistic id, meter, meters, probe, logger, datalogger,
    transmitter, thermometer, datastream, messstelle, messpunkt, messgerat, -fuhler, -zahler, -zaehler, zahlpunkt,
    capteur, sonde, compteur, point de mesure, medidor, contador, sonda, punto de medida, sensore, contatore, punto di
    misura, medidor, ponto de medicao, meetpunt, meetpunten, czujnik, licznik, punkt pomiarowy, givare, matare, matpunkt
"""
_DEVICES = """
    device, devices, deviceid, device id, node, gateway, appliance, instrument, thermostat, tag, tagname, tag name,
    parameter, metric, measurement, variable, topic, -gerat, -geraet, appareil, dispositif, dispositivo, aparato,
    aparelho, apparaat, toestel, urzadzenie, enhet, apparat, messgrosse, grandeur, magnitud, grandezza, grootheid
"""
_PLACES = """
    station, stations, location, room, zone, site, channel, place, machine, pump, tank, greenhouse, -raum, ort,
    -standort, -zimmer, -kanal, -maschine, piece, lieu, emplacement, salle, canal, machine, estacion, ubicacion, sala,
    habitacion, lugar, maquina, stazione, luogo, stanza, posizione, canale, macchina, estacao, local, localizacao,
    locatie, kamer, ruimte, kanaal, stacja, miejsce, pokoj, lokalizacja, kanał, maszyna, plats, rum, maskin
"""
_NO_SOURCE = """
    type, typ, tipo, status, state, mode, model, modell, modele, modelo, firmware, version, unit, units, class, quality,
    event, message, country, land, kind
"""
# All chosen by judgement.
_MAX_SOURCES, _MIN_READINGS = 200, 8  # sources, and readings that each has on average
_MIN_SPAN, _MIN_ROWS_OF_SUCH = 0.5, 0.9  # share of the whole time that a source has readings, of rows of such sources
_MIN_A_DAY = 4  # readings of a source, where its column is named as a place
_MIN_RHYTHM = 0.7  # share of a source's commonest step, where the dates of all together are regular
_ROWS_LOOKED_AT, _MAX_UNNAMED = 50_000, 20  # rows whose numbers are compared, and sources, where no name says it
_MIN_HOURS, _HOUR_IN_USE = 22, 0.01  # hours of the day in use, each by a share of the rows
_MIN_CHANGES, _MAX_OWN_STEP = 0.2, 0.2  # share of rows behind another source's; step from the own, in that to the other


@dataclass(frozen=True)
class Readings:
    """Readings in time: ``moments`` the distinct dates, ascending; ``dates``: int64 [N], the place of each row's."""

    table: Table
    moments: Timestamps
    dates: Integers

    def told_apart(self, columns: tuple[int, ...]) -> bool:
        """Whether the groups of some columns are few, have many readings each, and nearly all go on all the time."""
        groups, rows = group_rows(self.table, columns)
        if not 1 < len(rows) <= _MAX_SOURCES or len(groups) < _MIN_READINGS * len(rows):
            return False
        first, last = extremes(groups, self.dates, len(rows))
        seconds = self.moments.astype(np.int64)
        span = seconds[last] - seconds[first]
        long = span >= _MIN_SPAN * max(int(seconds[-1] - seconds[0]), 1)
        return bool(long[groups].mean() >= _MIN_ROWS_OF_SUCH and long.sum() > 1)

    def a_day(self, columns: tuple[int, ...]) -> float:
        """How many readings a day each source has, on average."""
        days = max(float((self.moments[-1] - self.moments[0]).astype(np.int64)) / SECONDS_PER_DAY, 1.0)
        return len(self.dates) / days / len(group_rows(self.table, columns)[1])

    def in_time_order(self, column: int, rows: int) -> tuple[Integers, Integers]:
        """The source and the date of so many first rows by date: int64 [n] each."""
        order = np.argsort(self.dates[:rows], kind="stable")
        return group_rows(self.table, (column,))[0][:rows][order], order

    def keep_time(self, column: int) -> bool:
        """Whether each source has its own rhythm."""
        groups, order = self.in_time_order(column, len(self.dates))
        by_source = np.argsort(groups, kind="stable")
        seconds = self.moments.astype(np.int64)[self.dates[order]][by_source]
        steps = np.diff(seconds)[np.diff(groups[by_source]) == 0]
        if not len(steps):
            return False
        own, counts = np.unique(steps, return_counts=True)
        together, often = np.unique(np.diff(seconds), return_counts=True)
        # As a phone or a watch, one of which is worn on a day, has: the rhythm is that of all together.
        longer = own[counts.argmax()] > together[often.argmax()]
        return bool(longer and counts.max() >= _MIN_RHYTHM * len(steps))

    def round_the_clock(self) -> bool:
        """Whether there are readings by day and by night."""
        hours = self.moments.astype(np.int64) % SECONDS_PER_DAY // SECONDS_PER_HOUR
        share = np.bincount(hours, minlength=24) / max(len(hours), 1)
        return int((share >= _HOUR_IN_USE).sum()) >= _MIN_HOURS

    def differ(self, column: int, values: Floats) -> bool:
        """Whether each reading is close to the last one of its source, and far from one of another right before it.

        ``values``: float64, of the first rows.
        """
        groups, order = self.in_time_order(column, len(values))
        values = values[order]
        known = ~np.isnan(values)
        groups, values = groups[known], values[known]
        by_source = np.argsort(groups, kind="stable")
        own = np.full(len(values), np.nan)
        same = np.diff(groups[by_source]) == 0
        own[by_source[1:][same]] = np.abs(np.diff(values[by_source]))[same]
        behind_other = np.concatenate([[False], np.diff(groups) != 0]) & ~np.isnan(own)
        if behind_other.sum() < max(_MIN_CHANGES * len(values), _MIN_READINGS):
            return False
        other = np.abs(np.diff(values, prepend=np.nan))
        return bool(np.median(own[behind_other]) < _MAX_OWN_STEP * np.median(other[behind_other]))


def with_sources(
    readings: Readings, profiles: tuple[ColumnProfile, ...], free: list[int], series: tuple[int, ...]
) -> tuple[tuple[int, ...], bool]:
    """The columns that split the rows, and whether these are readings of one source or several.

    ``free``: the columns that may say it or be measured; ``series``: those that split the rows anyway.
    """
    sources = _sources(readings, profiles, free)
    if sources:
        return series or sources, not series or set(sources) <= set(series)
    return series, not series and bool(only_source(readings.table))


def _sources(readings: Readings, profiles: tuple[ColumnProfile, ...], free: list[int]) -> tuple[int, ...]:
    """The columns that say of what each reading is; none where the rows are sales or other events."""
    table, moments = readings.table, readings.moments
    able = [i for i in free if _may_tell(profiles[i], len(table))]
    if not able or len(moments) < 2:
        return ()
    measured = [i for i in free if i not in able and profiles[i].numeric and not is_identifier_name(profiles[i].name)]
    names = [profiles[i].name for i in measured]
    if not names or any(_is_of_sales(name) for name in names):
        return ()
    irregular = are_irregular(moments)
    flows = any(is_flow_name(name) for name in names)
    levels = any(meaning_of(name) in LEVELS for name in names)
    found: tuple[int, ...] = ()
    for i in able:
        name = profiles[i].name
        named = has_word(name, _METERS) or (not flows and has_word(name, _DEVICES))
        placed = not flows and levels and has_word(name, _PLACES) and readings.a_day((i,)) >= _MIN_A_DAY
        more = not found or splits(table, found, i)
        if (named or placed) and more and (irregular or readings.keep_time(i)) and readings.told_apart((*found, i)):
            found = (*found, i)
    return found or (() if flows or not irregular else _by_numbers(readings, profiles, able, measured))


def only_source(table: Table) -> str:
    """What all rows are readings of, where a column such as "Sensor" says something that is a level; else empty."""
    for name, column in zip(table.names, table.columns, strict=True):
        if _says_source(name) and isinstance(thing := column.everywhere, str) and meaning_of(thing) in LEVELS:
            return thing
    return ""


def _says_source(name: str) -> bool:
    """Whether a column of that name says what each reading is of."""
    return _are_for_source(words_of(name))


@lru_cache(maxsize=1 << 12)  # those of "Product 1" to "Product 20000" are the same
def _are_for_source(words: str) -> bool:
    return not has_word(words, _NO_SOURCE) and any(has_word(words, listed) for listed in (_METERS, _DEVICES, _PLACES))


def _by_numbers(
    readings: Readings, profiles: tuple[ColumnProfile, ...], able: list[int], measured: list[int]
) -> tuple[int, ...]:
    """The column of texts by which the level of the numbers differs, as only that of several sources does."""
    few = [i for i in able if not profiles[i].numeric and profiles[i].distinct <= _MAX_UNNAMED]
    few = [i for i in few if readings.told_apart((i,)) and readings.a_day((i,)) >= _MIN_A_DAY]
    if not few or not readings.round_the_clock():
        return ()
    numbers = [first_numbers(readings.table.columns[i], _ROWS_LOOKED_AT) for i in measured]
    return next(((i,) for i in few if any(readings.differ(i, values) for values in numbers)), ())


def _may_tell(profile: ColumnProfile, rows: int) -> bool:
    """Whether a column may say of what a reading is: few texts, or few whole numbers under such a name."""
    if not can_be_key(profile, rows) or profile.distinct > _MAX_SOURCES:
        return False
    return _says_source(profile.name) if profile.numeric else not has_word(profile.name, _NO_SOURCE)


def _is_of_sales(name: str) -> bool:
    """Whether a column of that name holds what is bought and sold; "value" may be one of any kind."""
    return (is_traded_name(name) or is_money_name(name)) and not is_any_value(words_of(name))
