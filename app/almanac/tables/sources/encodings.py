"""Which encoding a text file has: a byte order mark, then UTF-16 and UTF-8, then what its letters look like.

The shares and points below were chosen by judgement and have no outside source; ``tests/tables/kinds/publishers.py``
checks them on texts in many encodings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_SAMPLE_BYTES = 256 << 10
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_UTF16_SAMPLE_BYTES = 4096
_MIN_ZERO_SHARE = 0.2  # zero bytes at even or odd places, of all bytes: every ASCII letter of UTF-16 has one

_USUAL = "its letters and signs look most usual; of equal encodings, the more common one"
_WEST = frozenset("äöüßéèêëàâáçñíóúôîïûùãõåæøœœÄÖÜÉÈÀÇÑÅÆØÁÓŒÊÂÎÔÃÕÍÚ")
_CENTRAL = frozenset("ąćęłńóśźżčďěňřšťůžýáíéúäöüßőűľĺôâăîşţĄĆĘŁŃÓŚŹŻČĎĚŇŘŠŤŮŽÝÁÍÉÚÄÖÜŐŰ")
_TURKISH = frozenset("çğıöşüâîÇĞİÖŞÜ")
# Encodings of Latin letters in one byte, in the order they are preferred when their texts look equally likely.
_LATIN = (
    ("cp1252", _WEST),
    ("iso8859-15", _WEST),
    ("cp1250", _CENTRAL),
    ("iso8859-2", _CENTRAL),
    ("cp1254", _TURKISH),
    ("mac_roman", _WEST),
)
_IN_WORD = re.compile(r"[A-Za-z][^\x00-\x7f]{2,}[a-z]")  # several letters beyond ASCII in a word
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SIGNS = frozenset("€£¥°%²³µ·«»„“”‘’–—…•§©®±½¼¾×÷¿¡ªº™‰\xa0")
_NEVER_BEFORE_LETTERS, _NEVER_AFTER_LETTERS = "³¹²", "¿¡"
_VOWELS = frozenset("aeiouy")
_NEVER_AFTER_OE = frozenset("cklmprw")  # as "ść", "śl" in Polish; no French word in daily use has them
_GROUPING = re.compile(rb"(?<=\d)\xa0(?=\d)")  # a blank between thousands, in most encodings: no letter
# Points for each letter beyond ASCII; the score is their average.
_USUAL_LETTER, _OTHER_LETTER, _SINGLE_LETTER, _SIGN = 1.0, 0.2, 0.3, 1.0
_WRONG_PLACE, _CONTROL_CHARACTER = -1.0, -2.0

# Cyrillic and Greek encodings, with the first and the last small letter.
_ALPHABETS = (
    ("cp1251", "а", "я"),
    ("koi8-r", "а", "я"),
    ("iso8859-5", "а", "я"),
    ("cp1253", "ά", "ώ"),
    ("iso8859-7", "ά", "ώ"),
)
_MIN_ALPHABET_SHARE = 0.85  # letters of the alphabet with the case that their place in the word asks for

_HEBREW_WORDS = re.compile("[\u05d0-\u05ea]+")
_FINAL_FORMS = frozenset("\u05da\u05dd\u05df\u05e3\u05e5")
_MIN_HEBREW = 20  # letters

_RUNS = re.compile(rb"[\x80-\xff]+")
_ATTACHED = re.compile(rb"[a-z][\x80-\xff]+|(?<![\x80-\xff])[\x80-\xff]++[a-z]")
_MIN_IN_RUNS = 0.6  # bytes beyond ASCII that follow one another, from which on the text is not in Latin letters
_ATTACHED_TO_ALONE = 3  # runs attached to small ASCII letters for each run without such letters, in a Latin text

# Shares of all pairs of bytes beyond ASCII (EUC, GB 18030) or of all letters beyond ASCII (Shift JIS, Big5).
_MIN_KANA = 0.05
_MIN_COMMON_CHARACTERS = 0.7
_MIN_HANGUL = 0.97
_MIN_KOREAN_PARTICLES = 0.05
_MIN_SHIFT_JIS = 0.95
_MIN_BIG5 = 0.8
# Two of five characters of Big5 end with an ASCII byte, which no two letters of Cyrillic or Greek do.
_ASCII_TRAIL = re.compile(rb"[\xa1-\xf9][\x40-\x7e]")
_KOREAN_PARTICLES = "이의가을는에서"
_COMMON_KANJI = "年月日東京売上店高"


@dataclass(frozen=True)
class EncodingChoice:
    """The encoding of a text and why it was chosen; ``scores``: of the encodings that were compared, best first."""

    encoding: str
    reason: str
    scores: tuple[tuple[str, float], ...] = ()


def find_encoding(data: bytes) -> EncodingChoice:
    """The encoding of a text that begins with ``data``."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return EncodingChoice(name, "the file begins with a byte order mark")
    start = data[:_UTF16_SAMPLE_BYTES]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) > _MIN_ZERO_SHARE * len(start):
        return EncodingChoice("utf-16-be" if even > odd else "utf-16-le", "every second byte is zero")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as cause:
        if cause.start < len(data) - 3:  # otherwise only the last character is cut in two
            return _by_letters(data[:_SAMPLE_BYTES])
    return EncodingChoice("utf-8", "all bytes are ASCII" if data.isascii() else "all bytes are valid UTF-8")


def _by_letters(data: bytes) -> EncodingChoice:
    """The encoding in which the letters beyond ASCII look most natural.

    In Latin texts such letters come one at a time between ASCII letters; in other alphabets nearly every letter is one.
    """
    bare = _GROUPING.sub(b" ", data)
    runs = Counter(len(run) for run in _RUNS.findall(bare))
    in_runs = sum(length * count for length, count in runs.items() if length > 1)
    total = sum(length * count for length, count in runs.items())
    if in_runs >= _MIN_IN_RUNS * max(total, 1) and not _inside_latin_words(bare):
        found = _east_asian(bare) or _hebrew(bare) or _alphabet(bare) or _big5(bare)
    else:
        found = _shift_jis(bare)
    return found or _best_latin(data) or _guessed(data)


def _inside_latin_words(data: bytes) -> bool:
    """Whether nearly all letters beyond ASCII are parts of words with small ASCII letters."""
    attached = len(_ATTACHED.findall(data))
    alone = sum(
        len(run[0]) > 1
        and not data[run.start() - 1 : run.start()].islower()
        and not data[run.end() : run.end() + 1].islower()
        for run in _RUNS.finditer(data)
    )
    return attached > _ATTACHED_TO_ALONE * alone


def _best_latin(data: bytes) -> EncodingChoice | None:
    """The Latin encoding with the highest score; None when the text is gibberish in all of them."""
    ranked = _ranked((name, _latin_score(data, name, usual)) for name, usual in _LATIN)
    name, score = ranked[0]
    return EncodingChoice(name, _USUAL, ranked) if score > 0 else None


def _guessed(data: bytes) -> EncodingChoice:
    """What charset-normalizer says, for alphabets that are not known here."""
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None or guess.encoding.startswith("utf"):
        return EncodingChoice("cp1252", "no encoding fits, so the most common one of Windows is taken")
    return EncodingChoice(guess.encoding, "charset-normalizer recognised it")


def _ranked(scores: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Encodings and scores, best first; the order of the candidates decides between equal scores."""
    return tuple(sorted(scores, key=lambda item: -item[1]))


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text, or None when it is not in this encoding; the last character may be cut off."""
    for end in (len(data), len(data) - 1, len(data) - 2, len(data) - 3):
        try:
            return data[:end].decode(encoding)
        except UnicodeDecodeError as cause:
            if cause.start < len(data) - 4:
                return None
    return None


def _shift_jis(data: bytes) -> EncodingChoice | None:
    """Shift JIS, when nearly all letters are Japanese and some of them are in daily use."""
    text = _decoded(data, "cp932")
    letters = [c for c in text if ord(c) > 127] if text is not None else []
    japanese = sum("\u3000" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" or "\uff01" <= c <= "\uff5e" for c in letters)
    common = any("\u3040" <= c <= "\u30ff" or c in _COMMON_KANJI for c in letters)
    if not letters or japanese < _MIN_SHIFT_JIS * len(letters) or not common:
        return None
    return EncodingChoice("cp932", "nearly all its letters are Japanese", (("cp932", japanese / len(letters)),))


def _east_asian(data: bytes) -> EncodingChoice | None:
    """Chinese, Japanese or Korean in two bytes a letter, by the rows of their code tables in daily use.

    EUC-JP has kana in rows 0xA4 and 0xA5; GB 18030 has common characters in 0xB0 to 0xD7; EUC-KR has hangul in 0xB0
    to 0xC8.
    """
    pairs = Counter(
        (run[n], run[n + 1]) for run in _RUNS.findall(data) if len(run) % 2 == 0 for n in range(0, len(run), 2)
    )
    total = sum(pairs.values())
    if total:
        kana = sum(count for (lead, _), count in pairs.items() if lead in (0xA4, 0xA5)) / total
        common = sum(n for (lead, trail), n in pairs.items() if 0xB0 <= lead <= 0xD7 and trail >= 0xA1) / total
        if kana >= _MIN_KANA and _decoded(data, "euc_jp") is not None:
            return EncodingChoice("euc_jp", "many of its letters are kana", (("euc_jp", kana),))
        if kana < _MIN_KANA and common >= _MIN_COMMON_CHARACTERS and _decoded(data, "gb18030") is not None:
            hangul = sum(count for (lead, _), count in pairs.items() if 0xB0 <= lead <= 0xC8) / total
            if hangul >= _MIN_HANGUL and _korean(data, total):
                return EncodingChoice("euc_kr", "nearly all its letters are hangul", (("euc_kr", hangul),))
            return EncodingChoice("gb18030", "most of its letters are common Chinese ones", (("gb18030", common),))
    return _shift_jis(data) or (_big5(data) if _ASCII_TRAIL.search(data) else None)


def _korean(data: bytes, letters: int) -> bool:
    """Whether the syllables that end most Korean words are among the letters."""
    text = _decoded(data, "euc_kr")
    return text is not None and sum(map(text.count, _KOREAN_PARTICLES)) > _MIN_KOREAN_PARTICLES * letters


def _big5(data: bytes) -> EncodingChoice | None:
    text = _decoded(data, "big5")
    if text is None:
        return None
    chinese, letters = sum("\u4e00" <= c <= "\u9fff" for c in text), sum(ord(c) > 127 for c in text)
    if chinese < _MIN_BIG5 * letters:
        return None
    return EncodingChoice("big5", "most of its letters are Chinese", (("big5", chinese / max(letters, 1)),))


def _hebrew(data: bytes) -> EncodingChoice | None:
    """Hebrew, whose letters are small Cyrillic ones in other encodings: final forms are at the end of words only."""
    text = data.decode("cp1255", errors="replace")
    words = _HEBREW_WORDS.findall(text)
    letters, finals = sum(map(len, words)), sum(c in _FINAL_FORMS for word in words for c in word)
    others = sum(c.isalpha() and not c.isascii() for c in text) - letters
    inside = sum(c in _FINAL_FORMS for word in words for c in word[:-1])
    if letters < _MIN_HEBREW or not finals or others > letters * (1 - _MIN_ALPHABET_SHARE) or inside:
        return None
    return EncodingChoice("cp1255", "its words are Hebrew ones", (("cp1255", letters / (letters + others)),))


def _alphabet(data: bytes) -> EncodingChoice | None:
    """Cyrillic or Greek: the encoding in which words are small letters, perhaps with a capital first."""
    scores = []
    for encoding, first, last in _ALPHABETS:
        text = data.decode(encoding, errors="replace")
        letters = [(before, c) for before, c in pairwise(" " + text) if ord(c) > 127]
        good = sum(
            first <= c <= last
            or c in "ёς"
            or (first <= c.lower() <= last and (not before.isalpha() or before.isupper()))
            for before, c in letters
        )
        scores.append((encoding, good / max(len(letters), 1)))
    ranked = _ranked(scores)
    name, share = ranked[0]
    return EncodingChoice(name, "its words are small letters", ranked) if share > _MIN_ALPHABET_SHARE else None


def _latin_score(data: bytes, encoding: str, usual: frozenset[str]) -> float:
    """How likely the text is in this encoding: 1 for usual letters in usual places, below 0 for gibberish."""
    text = " " + data.decode(encoding, errors="replace") + " "
    in_words = {n for word in _IN_WORD.finditer(text) for n in range(word.start() + 1, word.end() - 1)}
    places = [match.start() for match in _BEYOND_ASCII.finditer(text)]
    found = Counter((text[n - 1], text[n], text[n + 1], n in in_words) for n in places)  # most come often
    points = sum(count * _points(*place, usual) for place, count in found.items())
    return points / max(len(places), 1)


def _unlikely(before: str, letter: str, after: str) -> bool:
    """Whether a usual letter is in a place where it is another one of an encoding next to it.

    No language has "Iloœæ", "Pøíjem", "Poèet" or "Idõ"; those are Ilość, Příjem, Počet and Idő. Nor has one "Nźrnberg"
    or "Kšln", which are Nürnberg and Köln as an old Macintosh wrote them.
    """
    low, next_to_others = letter.lower(), any(c.isalpha() and not c.isascii() for c in (before, after))
    if low in "œæø" and next_to_others:
        return True
    if low == "è":
        return after in _VOWELS or (after.isalpha() and not after.isascii())
    if low in "źš":
        return all(c.isascii() and c.isalpha() and c.lower() not in _VOWELS for c in (before, after))
    return (low == "œ" and after in _NEVER_AFTER_OE) or (low == "õ" and not after.isalpha())


def _points(before: str, letter: str, after: str, in_word: bool, usual: frozenset[str]) -> float:
    """How well a letter beyond ASCII fits between its neighbours; ``in_word``: one of several such in a word."""
    if letter == "\ufffd" or "\x80" <= letter <= "\x9f":
        return _CONTROL_CHARACTER
    if letter.isalpha() and letter not in "ªº":
        if letter.isupper() and before.isalpha() and before.islower():
            return _WRONG_PLACE
        if not before.isalpha() and not after.isalpha():
            return _SINGLE_LETTER
        return _USUAL_LETTER if letter in usual and not _unlikely(before, letter, after) else _OTHER_LETTER
    inside = in_word or (before.isalpha() and after.isalpha() and letter not in "’·")
    misplaced = inside or (
        after.isalpha() if letter in _NEVER_BEFORE_LETTERS else letter in _NEVER_AFTER_LETTERS and before.isalpha()
    )
    return _SIGN if letter in _SIGNS and not misplaced else _WRONG_PLACE
