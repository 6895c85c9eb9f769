"""Totals and averages next to what they add up: they must not be forecast as if they were more of the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers, none_of
from almanac.tables.columns.column_words import FLOWS, Meaning, meaning_of
from almanac.tables.values.cells import Cell, Column
from almanac.tables.values.dates.calendar_names import plain
from almanac.tables.values.dates.read_dates import looks_like_date
from almanac.tables.values.texts import Texts

_TOTAL = re.compile(
    r"(?:grand |sub-?|column |row |overall )?totals?(?: general)?|sum|sums|summe|gesamt|gesamtsumme|insgesamt|"
    r"(?:zwischen|tages|wochen|monats|quartals|jahres|end)summe|gesamtergebnis|totale complessivo|eindtotaal|"
    r"total geral|suma (?:koncowa|ogolem)|totalsumma|"
    r"totaal|totale|totaux|somme|suma|soma|ensemble|all|alle|average|avg\.?|mean|mittelwert|durchschnitt|moyenne|media|"
    r"gemiddelde|cy cum|py cum|ytd|year to date|"
    r"celkem|spolu|yhteensa|razem|lacznie|łacznie|ogolem|ogołem|toplam|osszesen|summa|totalt|i alt|ialt|ukupno|skupaj|"
    r"kokku|kopa|is viso|итого|всего|συνολο|合計|合计|总计|總計|합계|tutti|tutte|tous|toutes|todos|todas|konzern|"
    r"whole company|all (?:branches|stores|shops|sites)"
)
_SIGNS = frozenset(["Ø", "∅", "Σ", "∑"])
_OF = frozenset(
    [
        "for",
        "of",
        "fur",
        "von",
        "de",
        "du",
        "des",
        "di",
        "del",
        "della",
        "do",
        "da",
        "van",
        "voor",
        "za",
        "dla",
        "for",
        "av",
    ]
)
_GRAND_TOTAL = re.compile(r"gt\b|grand[ _-]?total|gran totale?\b|total general|grand totaal")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?:fy ?)?(?:19|20)\d\d(?:[/-]\d{2,4})?", re.IGNORECASE)

# All chosen by judgement. A total may differ from the sum by rounding: up to half a unit, and a share of its size.
_ROUNDING, _TOTAL_TOLERANCE, _SUBTOTAL_TOLERANCE = 0.51, 0.01, 0.001
_MEAN_TOLERANCE, _MEAN_ROUNDING = 0.005, 0.051  # of a mean, which is rounded more
_MIN_TOTAL_SHARE = 0.8  # share of dates at which a total must be the sum or the average
_MIN_SUBTOTAL_SHARE = 0.95  # share of dates at which a subtotal must be the sum
_CENTS, _MIN_DATES = 0.021, 4  # how exactly some columns add up, where not whole numbers; and how often
_MIN_STEPS, _MAX_TURNS = 8, 4  # of a running total next to what it adds up, and tills that are listed in turn
_MAX_COMPARED = 40  # columns among which it is looked for
_MAX_SERIES = 2000  # among which subtotals are looked for
_MAX_WORD = 24  # characters of a cell that is a word for a total
_MAX_NAME = 80  # characters of a cell that names what is added up
_MAX_DATED_TOTALS, _MAX_TOTAL_WORDS = 20_000, 2  # different cells among which totals of dates are looked for, and words


def is_total(cell: Cell) -> bool:
    """Whether the cell is a word for a total or an average."""
    if not isinstance(cell, str) or len(cell) > _MAX_WORD:
        return False
    word = cell.strip(" :.=*")
    return word in _SIGNS or _TOTAL.fullmatch(plain(word)) is not None


def total_rows(column: Column) -> Flags:
    """Which rows of a column hold a word for a total or an average: bool [N]."""
    if column.has_numbers:
        return np.zeros(len(column), dtype=bool)
    short = (cell if isinstance(cell, str) and len(cell) <= _MAX_WORD else "" for cell in column.cells)
    return np.array([is_total_of_all_or_a_year(text) for text in short], dtype=bool)[column.codes]


@lru_cache(maxsize=1 << 14)  # each column is looked at for lines of sums, for totals and for its role
def is_total_of_all_or_a_year(text: str) -> bool:
    """Whether the text is a word for a total, alone or with a year: "Total 2024", "2024 Summe"."""
    if not text or is_total(text):
        return bool(text)
    words = _YEAR.sub("", plain(text), count=1)
    return words != plain(text) and is_total(words)


def named_total_rows(column: Column) -> Flags:
    """Which rows of a column hold a word for a total, alone or next to what is added up: "Total for Site A". bool [N].

    Only where nothing else would be called so: "Total" begins the names of some products.
    """
    if column.has_numbers:
        return np.zeros(len(column), dtype=bool)
    if isinstance(column.cells, Texts) and not column.cells.with_letters:
        return none_of(len(column))
    named = np.array(
        [
            _may_be_words(cell) and (_names_total(cell) or is_total(cell) or _is_total_of_date(str(cell)))
            for cell in column.cells
        ],
        dtype=bool,
    )
    return column.spread(named) if named.any() else none_of(len(column))


def dated_total_rows(column: Column) -> Flags:
    """Which rows hold a word for a total next to the date that is added up: "Summe 02.09.2024". bool [N]."""
    letters = not isinstance(column.cells, Texts) or column.cells.with_letters
    if column.has_numbers or not letters or len(column.cells) > _MAX_DATED_TOTALS:
        return none_of(len(column))
    named = np.array([_may_be_words(cell) and _is_total_of_date(str(cell)) for cell in column.cells], dtype=bool)
    return column.spread(named) if named.any() else none_of(len(column))


def _is_total_of_date(text: str) -> bool:
    words = text.split() if len(text) <= _MAX_NAME else []
    for place in range(1, min(len(words), _MAX_TOTAL_WORDS + 1)):
        for total, date in ((words[:place], words[place:]), (words[-place:], words[:-place])):
            date = date[1:] if plain(date[0]) in _OF else date
            if _is_total_word(" ".join(total)) and looks_like_date(" ".join(date).rstrip(" :")):
                return True
    return False


@lru_cache(maxsize=1 << 12)
def _is_total_word(text: str) -> bool:
    return _DIGIT.search(text) is None and is_total(text)


def _may_be_words(cell: Cell) -> bool:
    """Whether the cell has a letter: of a million dates in digits, none is looked at more closely."""
    return isinstance(cell, str) and _LETTER.search(cell) is not None


def _names_total(cell: Cell) -> bool:
    words = _YEAR.sub("", cell, count=1).split() if isinstance(cell, str) and len(cell) <= _MAX_NAME else []
    return bool(words) and any(is_total(word) for word in (words[0], words[-1]))


def _matches(values: Floats, candidate: Floats) -> bool:
    """Whether a total is this candidate at nearly all dates, up to rounding."""
    close = np.isclose(values, candidate, rtol=_TOTAL_TOLERANCE, atol=_ROUNDING)
    return bool(len(values) and close.mean() >= _MIN_TOTAL_SHARE)


def are_averages(numbers: Floats, totals: Flags) -> bool:
    """Whether rows set aside as totals are the mean of the rows since the last one (or up to the next), by the numbers.

    ``numbers``: float64 [N]; ``totals``: bool [N].
    """
    return any(_means_so_far(numbers[::step], totals[::step]) for step in (1, -1))


def _means_so_far(numbers: Floats, totals: Flags) -> bool:
    known = ~totals & ~np.isnan(numbers)
    sums, counts = np.cumsum(np.where(known, numbers, 0.0)), np.cumsum(known)
    at = np.flatnonzero(totals)
    parts, added, written = np.diff(counts[at], prepend=0), np.diff(sums[at], prepend=0.0), numbers[at]
    telling = (parts > 1) & ~np.isnan(written) & (added != 0)
    if not telling.any():
        return False
    means = added[telling] / parts[telling]
    close = np.abs(written[telling] - means) <= np.maximum(_MEAN_TOLERANCE * np.abs(means), _MEAN_ROUNDING)
    return bool(close.mean() >= _MIN_TOTAL_SHARE)


def total_columns(columns: Mapping[int, Floats], names: tuple[str, ...]) -> tuple[int, ...]:
    """Which columns are called a total and are a sum, row by row: of all the others (or their average), of those
    directly before or after, or of those whose names end in the same words ("Total guests", "Annex guests").
    """
    named = {i for i in columns if _begins_or_ends_as_total(names[i])}
    return tuple(i for i in columns if i in named and _is_total_of_columns(i, columns, names, named))


def running_total_columns(columns: Mapping[int, Floats], names: tuple[str, ...]) -> tuple[int, ...]:
    """Which columns are called totals and add up another one from row to row: a till's grand total, next to its sales.

    Upwards or downwards, with the row itself or without, and of up to ``_MAX_TURNS`` tills in turn. What adds up
    something else than amounts and counts may be a level: members and new members, an index and its change.
    """
    if len(columns) > _MAX_COMPARED:
        return ()
    told = {i: numbers for i, numbers in columns.items() if len(np.unique(numbers)) >= _MIN_STEPS}
    flows = [i for i in told if meaning_of(names[i]) in FLOWS]
    found = []
    for i in filter(lambda i: is_running_name(names[i]), told):
        parts = [told[j] for j in (told if is_grand_total_name(names[i]) else flows) if j != i]
        steps = (told[i][turns:] - told[i][:-turns] for turns in range(1, _MAX_TURNS + 1))
        one_way = [step for step in steps if len(step) >= _MIN_STEPS and ((step >= 0).all() or (step <= 0).all())]
        if any(_are_steps(np.abs(step), part) for step in one_way for part in parts):
            found.append(i)
    return tuple(found)


def is_running_name(name: str) -> bool:
    """Whether a name may be one for what was added up so far: also "Total", which may be that of each row."""
    return is_grand_total_name(name) or (_begins_or_ends_as_total(name) and meaning_of(name) is not Meaning.COUNTER)


def is_grand_total_name(name: str) -> bool:
    """Whether a name is one for all that was ever added up, or for the total of each row: GT, Grand total."""
    return _GRAND_TOTAL.match(plain(name)) is not None


def _are_steps(steps: Floats, part: Floats) -> bool:
    """Whether the steps are the numbers of a column, of the row after each or of the one before."""
    places = (part[len(part) - len(steps) :], part[: len(steps)])
    return any(np.isclose(steps, numbers, rtol=0, atol=_CENTS).mean() >= _MIN_SUBTOTAL_SHARE for numbers in places)


def _begins_or_ends_as_total(name: str) -> bool:
    words = name.split()
    return any(_is_total_word(word) for word in (name, *words[:1], *words[-1:]))


def _is_total_of_columns(i: int, columns: Mapping[int, Floats], names: tuple[str, ...], named: Collection[int]) -> bool:
    """``named``: the columns called totals, at which the parts of another end."""
    others = [j for j in columns if j != i and not is_total(names[j])]
    if len(others) < 2:
        return False
    total = columns[i]
    sums, known = np.zeros(len(total)), ~np.isnan(total)
    for j in others:
        part = columns[j]
        sums, known = sums + np.nan_to_num(part), known & ~np.isnan(part)
    if any(_matches(total[known], candidate[known]) for candidate in (sums, sums / len(others))):
        return True
    order = list(columns)
    at = order.index(i)
    kind = [word for word in names[i].split() if not is_total(word)]
    alike = [j for j in order if j not in named and kind and _ends_with(names[j].split(), kind)]
    return (
        _adds_up(total, (columns[j] for j in takewhile(lambda j: j not in named, order[:at][::-1])))
        or _adds_up(total, (columns[j] for j in takewhile(lambda j: j not in named, order[at + 1 :])))
        or _adds_up(total, (columns[j] for j in alike))
    )


def _adds_up(total: Floats, parts: Iterable[Floats]) -> bool:
    """Whether a column is the sum of the first two or more of these, to the cent, or of whole numbers exactly."""
    known, sums = ~np.isnan(total) & (total != 0), np.zeros(len(total))
    whole = bool((total[known] == np.floor(total[known])).all())
    for count, part in enumerate(parts, start=1):
        known, sums = known & ~np.isnan(part), sums + np.nan_to_num(part)
        if count > 1 and known.sum() >= _MIN_DATES:
            close = np.isclose(total[known], sums[known], rtol=0, atol=_ROUNDING if whole else _CENTS)
            if close.mean() >= _MIN_SUBTOTAL_SHARE:
                return True
    return False


def _ends_with(words: Sequence[str], last: Sequence[str]) -> bool:
    return len(words) > len(last) and [plain(w) for w in words[-len(last) :]] == [plain(w) for w in last]


def total_groups(groups: Integers, dates: Integers, values: Floats, keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Which series are called a total and are the sum (or average) of the others with the same other keys.

    ``groups`` and ``dates``: int64 [N]; ``values``: float64 [N]; ``keys``: the texts of each group.
    """
    found = _subtotals(groups, dates, values, keys)
    found += [group for group in _named_sums(groups, dates, values, keys) if group not in found]
    found += [group for group in _blank_sums(groups, dates, values, keys) if group not in found]
    for position in range(len(keys[0]) if keys else 0):
        whole = np.array([is_total(key[position]) for key in keys], dtype=bool)
        if not whole.any() or whole.all():
            continue
        whole[found] = True
        others = [key[:position] + key[position + 1 :] for key in keys]
        families = {family: n for n, family in enumerate(dict.fromkeys(others))}
        family = np.array([families[other] for other in others], dtype=np.int64)
        place = family[groups] * (int(dates.max(initial=0)) + 1) + dates
        _, place = np.unique(place, return_inverse=True)
        part = ~whole[groups] & ~np.isnan(values)
        sums = np.bincount(place[part], weights=values[part], minlength=int(place.max()) + 1)
        sizes = np.bincount(place[part], minlength=len(sums))
        for group in sorted(set(np.flatnonzero(whole).tolist()) - set(found)):
            if np.bincount(family[~whole], minlength=len(families))[family[group]] < 2:
                continue
            mine = (groups == group) & ~np.isnan(values)
            at = place[mine]
            candidates = (sums[at], sums[at] / np.maximum(sizes[at], 1))
            if any(_matches(values[mine], candidate) for candidate in candidates):
                found.append(int(group))
    return found


def _named_sums(groups: Integers, dates: Integers, values: Floats, keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Which series, named "Total Site A" or "Total" next to a blank key, are the sum of those with the other keys."""
    if not keys or len(keys[0]) < 2 or len(keys) > _MAX_SERIES:
        return []
    rests = [[_added_up(text) for text in key] for key in keys]
    found = []
    for group, parts in enumerate(rests):
        places = [n for n, rest in enumerate(parts) if rest is not None]
        mine = (groups == group) & ~np.isnan(values)
        if not places or not mine.any():
            continue
        wanted = [plain(text if rest is None else rest) for text, rest in zip(keys[group], parts, strict=True)]
        like = [other for other, key in enumerate(keys) if other != group and _is_part(key, wanted)]
        # Some names only begin like totals: "Total Care" is a cream.
        for whole in (range(len(wanted)), places):
            members = [other for other in like if all(rests[other][n] is None for n in whole)]
            part = np.isin(groups, members) & ~np.isnan(values)
            sums = np.bincount(dates[part], weights=values[part], minlength=int(dates.max()) + 1)[dates[mine]]
            if len(members) > 1 and _matches(values[mine], sums):
                found.append(group)
                break
    return found


def _blank_sums(groups: Integers, dates: Integers, values: Floats, keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Which series with blank keys, such as a region without a city, are the sum of those with the same other keys.

    Next to a blank one, a word for a total stands for all as well: "All" without a city.
    """
    if len(keys) > _MAX_SERIES or not any("" in key for key in keys):
        return []
    blanks = [tuple(text == "" or is_total(text) for text in key) for key in keys]
    leaf = np.array([not any(blank) for blank in blanks], dtype=bool)
    part = leaf[groups] & ~np.isnan(values)
    found: list[int] = []
    for pattern in dict.fromkeys(blank for key, blank in zip(keys, blanks, strict=True) if "" in key):
        families = [tuple("" if blank else text for text, blank in zip(key, pattern, strict=True)) for key in keys]
        number = {family: n for n, family in enumerate(dict.fromkeys(families))}
        family = np.array([number[own] for own in families], dtype=np.int64)
        place = np.unique(family[groups] * (int(dates.max(initial=0)) + 1) + dates, return_inverse=True)[1]
        sums = np.bincount(place[part], weights=values[part], minlength=int(place.max()) + 1)
        like = [blank == pattern and "" in key for key, blank in zip(keys, blanks, strict=True)]
        mine = np.array(like, dtype=bool)[groups] & ~np.isnan(values)
        rounding = _ROUNDING if (values[mine] % 1 == 0).all() else _CENTS
        close = np.isclose(values[mine], sums[place[mine]], rtol=_SUBTOTAL_TOLERANCE, atol=rounding)
        counts = np.bincount(groups[mine], minlength=len(keys))
        right = np.bincount(groups[mine], weights=close & (values[mine] != 0), minlength=len(keys))
        sizes = np.bincount(family[leaf], minlength=len(number))[family]
        sure = (counts >= _MIN_DATES) & (right >= _MIN_SUBTOTAL_SHARE * counts)
        if (sure & (sizes > 1)).any():  # then a region with a single city has a sum, too
            found += np.flatnonzero(sure & (sizes > 0)).tolist()
    return sorted(found)


def _is_part(key: tuple[str, ...], wanted: Sequence[str]) -> bool:
    """Whether a key has what is wanted at each place; where nothing is wanted, anything."""
    return all(not want or want == plain(text) for want, text in zip(wanted, key, strict=True))


def _added_up(text: str) -> str | None:
    """What a name says is added up: "Site A" for "Total Site A", nothing for "Total"; None where it is no total."""
    if is_total(text):
        return ""
    words = _YEAR.sub("", text, count=1).split()
    if not _names_total(text):
        return None
    rest = words[1:] if is_total(words[0]) else words[:-1]
    return " ".join(rest[1:] if len(rest) > 1 and plain(rest[0]) in _OF else rest)


def _subtotals(groups: Integers, dates: Integers, values: Floats, keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Which series, named "Total Income" or "North Total", are the sum of those since the previous subtotal, or of all
    before ("Total Company")."""
    if not keys or len(keys[0]) != 1 or len(keys) > _MAX_SERIES:
        return []
    words = [key[0].split() for key in keys]
    named = [group for group, word in enumerate(words) if len(word) > 1 and (is_total(word[0]) or is_total(word[-1]))]
    found, before = [], 0
    known = ~np.isnan(values)
    single = known & ~np.isin(groups, named)
    for group in named:
        mine = (groups == group) & known
        since = (groups >= before) & (groups < group) & known
        if any(_sums_to(values, dates, mine, part) for part in (since, single & (groups < group))):
            found.append(group)
        before = group + 1
    return found


def _sums_to(values: Floats, dates: Integers, mine: Flags, part: Flags) -> bool:
    """Whether some rows, of a total, have the sum of others on nearly every date; ``mine`` and ``part``: bool [N]."""
    if not part.any() or not mine.any():
        return False
    sums = np.bincount(dates[part], weights=values[part], minlength=int(dates.max()) + 1)[dates[mine]]
    close = np.isclose(values[mine], sums, rtol=_SUBTOTAL_TOLERANCE, atol=_ROUNDING)
    return bool(close.mean() >= _MIN_SUBTOTAL_SHARE)
