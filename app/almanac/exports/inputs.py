"""The rule that no output replaces a file that it is made from: every file that a person saves is checked by it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from almanac.core.problems import stop_with


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths name one file, also through links or another spelling; missing files by their full paths."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there yet, or cannot be looked at
        return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def refuse_input(path: Path, inputs: Iterable[Path]) -> None:
    """Raises ``ProblemError`` when ``path`` is one of the files that were read."""
    for source in inputs:
        if is_same_file(path, source):
            other = "" if path.name == source.name else f", under the name “{source.name}”"
            raise stop_with(
                "output_is_input",
                f"“{path.name}” was not saved: it is the file that Almanac reads{other}.",
                "Saving there would replace your own data with the result. Your file is unchanged.",
                "Save under another name, or in another folder.",
            )


def refuse_same_output(one: Path, other: Path) -> None:
    """Raises ``ProblemError`` when two outputs would go to one file, where the second replaces the first."""
    if is_same_file(one, other):
        raise stop_with(
            "outputs_are_same",
            f"Two results cannot both be saved as “{other.name}”.",
            "The second would replace the first.",
            "Give each of them its own name.",
        )
