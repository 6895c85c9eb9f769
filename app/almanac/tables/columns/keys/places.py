"""Words that columns of places on a map are called by."""

from __future__ import annotations

from functools import lru_cache

from almanac.tables.columns.column_words import has_word, words_of

_COORDINATES = """
    lat, latitude, lats, lon, lng, longitude, coordinate, coordinates, coord, coords, easting, northing, breitengrad,
    langengrad, geogr breite, geogr lange, geografische breite, geografische lange, koordinate, koordinaten, rechtswert,
    hochwert, coordonnee, coordonnees, latitud, longitud, coordenada, coordenadas, latitudine, longitudine, coordinata,
    breedtegraad, lengtegraad, szerokosc geograficzna, długosc geograficzna, breddgrad, langdgrad
"""
_ALTITUDES = "alti, altitude, altitud, altitudine, elevation, elev, stationshoehe, stationshohe, hoogte"
_STATIONS = "stn, station, stations id, wmo, wban, usaf, num poste, poste, stationsnummer, estacion, stazione"
_BESIDE_COORDINATES = "long, x, y, breite, lange"  # coordinates only next to one that is called so, or x next to y


def is_coordinate_name(name: str, names: tuple[str, ...] = ()) -> bool:
    """Whether a column of that name holds places on a map; ``names``: of all columns: "long" is one next to "lat"."""
    words = words_of(name.replace("_", " "))
    if has_word(words, _COORDINATES):
        return True
    if not has_word(words, _BESIDE_COORDINATES):
        return False
    x_and_y, others = _coordinates_among(names)
    return x_and_y if words in ("x", "y") else others


@lru_cache(maxsize=4)  # asked for each of thousands of columns
def _coordinates_among(names: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether both an x and a y are among the names of columns, and whether a name that can only be a coordinate is."""
    words = {words_of(name.replace("_", " ")) for name in names}
    return {"x", "y"} <= words, any(map(is_coordinate_name, names))


def is_altitude_beside(name: str, names: tuple[str, ...]) -> bool:
    """Whether a name is one for how high a place is, next to where it is."""
    return has_word(name, _ALTITUDES) and _coordinates_among(names)[1]


def is_station_name(name: str) -> bool:
    """Whether a column of that name says which station measured."""
    return words_of(name.replace("_", " ")) in {word.strip() for word in _STATIONS.split(",")}
