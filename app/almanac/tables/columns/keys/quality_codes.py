"""Columns of codes for how good other numbers are: QN_3, temperature_flag, QTX next to TX, "Status code"."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from almanac.core.arrays import Floats
from almanac.tables.columns.column_words import meaning_of
from almanac.tables.columns.targets import sample
from almanac.tables.values.cells import Column, Table
from almanac.tables.values.dates.calendar_names import plain

_CODES = (
    r"(?:quality|qual|qa|qc|validity|validation|status|error|approval|quality control) (?:flag|code|indicator|byte|bit)"
)
_CODE_NAMES = re.compile(
    rf"(?:.* )?(?:{_CODES}|data flag|(?:quality|validation|qc) (?:control|level)|qualita(?:e?)ts ?(?:niveau|code|byte)|"
    r"(?:code|indicateur) (?:de )?qualite|statuscode|errorcode|fehlercode|codigo de (?:calidad|estado|error)|"
    r"codice di (?:qualita|stato|errore)|kwaliteitscode|kod (?:jakosci|statusu|błedu)|kvalitetskod|qualifier)|"
    r"(?:qn|qc|qa|qf)(?: \d+)?|qcflag|qflag|eor"
)
_SURELY_OF = re.compile(rf"(?:flag|qc|qa|qf|qn|qflag|{_CODES}) (.+)|(.+?) (?:flag|qc|qa|qf|qn|qflag|{_CODES})")
_MAYBE_OF = re.compile(r"(?:quality|status|validity|valid|code|q) (.+)|(.+) (?:quality|status|validity|valid|code|q)")
_FLAG_ALONE = "flag"
_WORD = re.compile(r"[^\W_]+")
_LETTERS = ("q", "f")  # before or after the name of another column: QTX, RSKF
# All chosen by judgement.
_MAX_CODES, _LOWEST, _HIGHEST = 10, -9, 999
_MIN_OFTEN = 2.0  # rows of each code, on average


def is_quality_code(table: Table, i: int) -> bool:
    """Whether a column holds few whole numbers, under a name for codes."""
    about = _codes_of(table.names[i], table.names)
    if about is None:
        return False
    known = _known(table.columns[i])
    if not len(known) or (known != np.floor(known)).any() or known.min() < _LOWEST or known.max() > _HIGHEST:
        return False
    codes = len(np.unique(known))
    if codes > _MAX_CODES or len(known) < _MIN_OFTEN * codes:
        return False
    return not about or _is_measured(_known(table.columns[table.names.index(about)]))


def _is_measured(values: Floats) -> bool:
    """Whether numbers are finer, or more different ones, than codes."""
    return bool((values != np.floor(values)).any() or len(np.unique(values)) > _MAX_CODES)


def _known(column: Column) -> Floats:
    values = sample(column)
    return values[~np.isnan(values)]


def _codes_of(name: str, names: tuple[str, ...]) -> str | None:
    """The other column that codes of this name are about, empty if the name itself says that it holds codes.

    None where the name is not one for codes.
    """
    words = _words(name)
    if words == _FLAG_ALONE:  # also a product
        return "" if any(meaning_of(other) is not None for other in names if other != name) else None
    if _CODE_NAMES.fullmatch(words):
        return ""
    sure, maybe = _SURELY_OF.fullmatch(words), _MAYBE_OF.fullmatch(words)
    wanted = [] if maybe is None else [maybe[1] or maybe[2]]
    if name.isupper() and len(name) > 1:
        wanted += [words[1:]] * words.startswith(_LETTERS[0]) + [words[:-1]] * words.endswith(_LETTERS[1])
    if sure is None and not wanted:
        return None
    others = _by_words(names)
    if sure is not None and (sure[1] or sure[2]) in others:
        return ""
    return next((other for rest in wanted if (other := others.get(rest)) not in (None, name)), None)


@lru_cache(maxsize=4)  # asked for each of thousands of columns
def _by_words(names: tuple[str, ...]) -> dict[str, str]:
    return {_words(name): name for name in names}


def _words(name: str) -> str:
    """The words and numbers of a name."""
    return " ".join(match[0] for match in _WORD.finditer(plain(name)))
