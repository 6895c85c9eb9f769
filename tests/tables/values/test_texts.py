"""Many texts end to end behave as a list of them."""

from __future__ import annotations

import numpy as np

from almanac.tables.values.texts import Texts

WORDS = ["", "a", "Käse", "", "long text", "東京", "z"]


def texts(words: list[str]) -> Texts:
    parts = [word.encode() for word in words]
    return Texts(b"".join(parts), np.cumsum([len(part) for part in parts], dtype=np.int64))


def test_texts_are_a_sequence() -> None:
    found = texts(WORDS)
    assert len(found) == len(WORDS)
    assert list(found) == WORDS
    assert [found[i] for i in range(-len(WORDS), len(WORDS))] == WORDS * 2
    assert found[1:5] == WORDS[1:5]
    assert found[:0] == []
    assert found[1:5:2] == WORDS[1:5:2]
    assert "東京" in found
    assert "b" not in found
    assert found.empty.tolist() == [word == "" for word in WORDS]


def test_texts_without_letters_are_seen() -> None:
    for digits in ([], ["2024-01-31 00:00", "31.12.2024", "", "1[2]@{3}`"]):
        assert not texts(digits).with_letters
        assert all(texts([*digits * 20_000, letter]).with_letters for letter in "aAzZé東")


def test_more_than_fit_in_one_step_are_all_there() -> None:
    words = [f"text {n}" for n in range(10_000)]
    assert list(texts(words)) == words


def test_texts_of_one_length_are_found_with_their_places() -> None:
    words = [*WORDS, *(f"text {n % 1200}" for n in range(40_000)), "longer than nine"]
    found = {}
    for rows, letters in texts(words).of_one_length(9):
        found |= dict(zip(rows.tolist(), (row.tobytes().decode() for row in letters), strict=True))
    assert found == {n: word for n, word in enumerate(words) if 0 < len(word.encode()) <= 9}
    assert not list(texts([]).of_one_length(9))


def test_texts_that_may_begin_with_a_letter_begin_behind_the_digits() -> None:
    found = texts([*WORDS, "9", "-1", "A", "#", ""])
    assert found.begin_beyond_digits.tolist() == [word[:1] > "9" for word in found]
    assert not len(texts([]).begin_beyond_digits)
