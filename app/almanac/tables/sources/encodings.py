"""Which encoding a text file has: marks, then UTF-16 and UTF-8, then what its letters look like in each alphabet."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_SAMPLE = 256 << 10
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WEST = frozenset("äöüßéèêëàâáçñíóúôîïûùãõåæøœœÄÖÜÉÈÀÇÑÅÆØÁÓ")
_CENTRAL = frozenset("ąćęłńóśźżčďěňřšťůžýáíéúäöüßőűľĺôâăîşţĄĆĘŁŃÓŚŹŻČĎĚŇŘŠŤŮŽÝÁÍÉÚÄÖÜŐŰ")
_TURKISH = frozenset("çğıöşüâîÇĞİÖŞÜ")
# Encodings of one byte a letter, in the order they are preferred when their texts look equally likely.
_LATIN = (
    ("cp1252", _WEST),
    ("iso8859-15", _WEST),
    ("mac_roman", _WEST),
    ("cp1250", _CENTRAL),
    ("iso8859-2", _CENTRAL),
    ("cp1254", _TURKISH),
)
_ALPHABETS = (
    ("cp1251", "а", "я"),
    ("koi8-r", "а", "я"),
    ("iso8859-5", "а", "я"),
    ("cp1253", "ά", "ώ"),
    ("iso8859-7", "ά", "ώ"),
)
_IN_WORD = re.compile(r"[A-Za-z][^\x00-\x7f]{2,}[a-z]")  # several letters beyond ASCII in a word
_SIGNS = frozenset("€£¥°%²³µ·«»„“”‘’–—…•§©®±½¼¾×÷¿¡ªº™‰\xa0")
_RUNS = re.compile(rb"[\x80-\xff]+")
_ATTACHED = re.compile(rb"[a-z][\x80-\xff]+|[\x80-\xff]+[a-z]")


def find_encoding(data: bytes) -> str:
    """The encoding of a text that begins with ``data``."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) > 0.2 * min(len(data), 4096):
        return "utf-16-be" if even > odd else "utf-16-le"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as cause:
        if cause.start >= len(data) - 3:  # only the last character is cut in two
            return "utf-8"
    return _by_letters(data[:_SAMPLE])


def _by_letters(data: bytes) -> str:
    """In Western text the letters beyond ASCII stand alone; in other alphabets nearly every letter is one."""
    runs = Counter(len(run) for run in _RUNS.findall(data))
    together = sum(length * count for length, count in runs.items() if length > 1)
    total = sum(length * count for length, count in runs.items())
    if together >= 0.6 * total and not _inside_words(data):
        found = _east_asian(data) or _alphabet(data)
        if found:
            return found
    elif (japanese := _shift_jis(data)) is not None:
        return japanese
    scores = {name: _latin(data, name, usual) for name, usual in _LATIN}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0:
        return best
    from charset_normalizer import from_bytes  # for the alphabets not known here

    guess = from_bytes(data).best()
    return guess.encoding if guess is not None and not guess.encoding.startswith("utf") else "cp1252"


def _inside_words(data: bytes) -> bool:
    """Whether nearly all letters beyond ASCII are parts of words with small ASCII letters, as only in Latin text."""
    attached = len(_ATTACHED.findall(data))
    alone = sum(
        len(run[0]) > 1
        and not data[run.start() - 1 : run.start()].islower()
        and not data[run.end() : run.end() + 1].islower()
        for run in _RUNS.finditer(data)
    )
    return attached > 3 * alone


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text, or None when it cannot be; the last character may be cut."""
    for end in (len(data), len(data) - 1, len(data) - 2, len(data) - 3):
        try:
            return data[:end].decode(encoding)
        except UnicodeDecodeError as cause:
            if cause.start < len(data) - 4:
                return None
    return None


def _shift_jis(data: bytes) -> str | None:
    text = _decoded(data, "cp932")
    if text is None:
        return None
    letters = [c for c in text if ord(c) > 127]
    kana_or_kanji = sum(
        "\u3000" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" or "\uff01" <= c <= "\uff5e" for c in letters
    )
    usual = sum("\u3040" <= c <= "\u30ff" for c in letters) or any(c in "年月日東京売上店高" for c in letters)
    return "cp932" if letters and kana_or_kanji >= 0.95 * len(letters) and usual else None


def _east_asian(data: bytes) -> str | None:
    """Chinese, Japanese or Korean in two bytes a letter, by the rows of their tables that are in daily use."""
    pairs = Counter(
        (run[n], run[n + 1]) for run in _RUNS.findall(data) if len(run) % 2 == 0 for n in range(0, len(run), 2)
    )
    total = sum(pairs.values())
    kana = sum(count for (lead, _), count in pairs.items() if lead in (0xA4, 0xA5))
    daily = sum(count for (lead, trail), count in pairs.items() if 0xB0 <= lead <= 0xD7 and trail >= 0xA1)
    if total and kana >= 0.05 * total and _decoded(data, "euc_jp") is not None:
        return "euc_jp"
    if total and kana < 0.05 * total and daily >= 0.7 * total and _decoded(data, "gb18030") is not None:
        hangul = sum(count for (lead, _), count in pairs.items() if 0xB0 <= lead <= 0xC8)
        korean = _decoded(data, "euc_kr")
        if (
            korean is not None
            and hangul >= 0.97 * total
            and sum(korean.count(c) for c in "이의가을는에서") > 0.05 * total
        ):
            return "euc_kr"
        return "gb18030"
    japanese = _shift_jis(data)
    if japanese is not None:
        return japanese
    big5 = _decoded(data, "big5")
    if big5 is not None and sum("\u4e00" <= c <= "\u9fff" for c in big5) >= 0.8 * sum(ord(c) > 127 for c in big5):
        return "big5"
    return None


def _alphabet(data: bytes) -> str | None:
    """Cyrillic or Greek: the encoding in which words are small letters, perhaps with a capital in front."""
    best, best_share = None, 0.85
    for encoding, first, last in _ALPHABETS:
        text = data.decode(encoding, errors="replace")
        letters = [(before, c) for before, c in pairwise(" " + text) if ord(c) > 127]
        good = sum(
            first <= c <= last
            or c in "ёς"
            or (first <= c.lower() <= last and (not before.isalpha() or before.isupper()))
            for before, c in letters
        )
        if letters and good / len(letters) > best_share:
            best, best_share = encoding, good / len(letters)
    return best


def _latin(data: bytes, encoding: str, usual: frozenset[str]) -> float:
    """How likely the text is in this encoding: 1 for usual letters in usual places, less than 0 for gibberish."""
    text = " " + data.decode(encoding, errors="replace") + " "
    score = total = 0.0
    inside_words = {n for word in _IN_WORD.finditer(text) for n in range(word.start() + 1, word.end() - 1)}
    for n in range(1, len(text) - 1):
        c = text[n]
        if ord(c) < 128:
            continue
        total += 1
        before, after = text[n - 1], text[n + 1]
        if c == "\ufffd" or "\x80" <= c <= "\x9f":
            score -= 2
        elif c.isalpha() and c not in "ªº":
            if c.isupper() and before.isalpha() and before.islower():
                score -= 1
            elif not before.isalpha() and not after.isalpha():
                score += 0.3  # a letter all by itself
            else:
                score += 1 if c in usual else 0.2
        elif c in _SIGNS:
            inside = n in inside_words or (before.isalpha() and after.isalpha() and c not in "’·")
            score += -1 if inside or (c in "¿³¹²" and after.isalpha()) else 1.0
        else:
            score -= 1
    return score / max(total, 1)
