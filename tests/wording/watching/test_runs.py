"""Earlier forecasts in words."""

from __future__ import annotations

from almanac.wording.watching.runs import deleted_words


def test_what_was_deleted_and_until_when_it_comes_back() -> None:
    assert deleted_words(1) == "1 forecast was deleted, with its scores. Undo brings it back while this is open."
    assert deleted_words(2) == "2 forecasts were deleted, with their scores. Undo brings them back while this is open."
