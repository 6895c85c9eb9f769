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


def test_more_than_fit_in_one_step_are_all_there() -> None:
    words = [f"text {n}" for n in range(10_000)]
    assert list(texts(words)) == words


def test_texts_of_one_length_have_their_letters_in_rows() -> None:
    letters = texts(["2024-01-01", "2024-01-02"]).letters()
    assert letters is not None
    assert [row.tobytes() for row in letters] == [b"2024-01-01", b"2024-01-02"]
    assert texts(WORDS).letters() is None
    assert texts([]).letters() is None
