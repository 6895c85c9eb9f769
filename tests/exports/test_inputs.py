"""No writer replaces a file that was read, under whatever name or link."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.exports import FORMATS, ExportContent, save_bytes, write

SERIES = series_set(seasonal(40), seasonal(40))
CONTENT = ExportContent(SERIES, forecast_of(SERIES))
DATA = b"month,sales\n2024-01,3\n"


def hard_link(source: Path, output: Path) -> None:
    os.link(source, output)


def symbolic_link(source: Path, output: Path) -> None:
    output.symlink_to(source)


def chain_of_links(source: Path, output: Path) -> None:
    output.with_name("between").symlink_to(source)
    output.symlink_to("between")


LINKS = (hard_link, symbolic_link, chain_of_links)
SPELLINGS = {
    "itself": lambda path: path,
    "relative": lambda path: Path(os.path.relpath(path)),
    "up and down again": lambda path: path.parent / "sub" / ".." / path.name,
    "through a linked folder": lambda path: path.parent / "linked" / path.name,
}


def refused(path: Path, source: Path, content: ExportContent | bytes) -> str:
    """Save ``content`` to ``path``, which was read as ``source``; the code of the Problem."""
    inputs = (Path("elsewhere.csv"), source)
    with pytest.raises(ProblemError) as stop:
        save_bytes(path, content, inputs) if isinstance(content, bytes) else run(write(path, content, inputs))
    assert source.read_bytes() == DATA
    assert not [one for one in path.parent.iterdir() if one.name.startswith(".")], "a temporary file is left"
    return stop.value.problem.code


@pytest.mark.parametrize("suffix", [*(one.suffix for one in FORMATS), ".pdf"])
@pytest.mark.parametrize("link", LINKS)
def test_no_format_is_saved_onto_a_link_to_the_input(
    tmp_path: Path, suffix: str, link: Callable[[Path, Path], None]
) -> None:
    source, output = tmp_path / "sales.txt", tmp_path / f"out{suffix}"
    source.write_bytes(DATA)
    link(source, output)
    assert refused(output, source, DATA[::-1] if suffix == ".pdf" else CONTENT) == "output_is_input"


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_the_path_hides_the_input(tmp_path: Path, spelling: str) -> None:
    source = tmp_path / "sales.csv"
    source.write_bytes(DATA)
    (tmp_path / "sub").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path)
    for content in (CONTENT, b"a report"):
        assert refused(SPELLINGS[spelling](source), source, content) == "output_is_input"


def test_another_case_is_the_input_where_the_disk_says_so(tmp_path: Path) -> None:
    source, output = tmp_path / "sales.csv", tmp_path / "SALES.csv"
    source.write_bytes(DATA)
    if not output.exists():  # this disk tells them apart; a hard link stands for one that does not
        hard_link(source, output)
    assert refused(output, source, CONTENT) == "output_is_input"


def test_an_output_that_becomes_the_input_while_it_is_written_is_refused(tmp_path: Path) -> None:
    source, output = tmp_path / "sales.csv", tmp_path / "out.csv"
    source.write_bytes(DATA)
    job = write(output, CONTENT, (source,))
    next(job)
    hard_link(source, output)
    with pytest.raises(ProblemError) as stop:
        run(job)
    assert stop.value.problem.code == "output_is_input"
    assert source.read_bytes() == output.read_bytes() == DATA
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.csv", "sales.csv"]


def test_other_files_are_saved_also_next_to_an_input_that_is_gone(tmp_path: Path) -> None:
    source, output = tmp_path / "sales.csv", tmp_path / "out.csv"
    source.write_bytes(DATA)
    output.write_bytes(DATA)  # the same contents are not the same file
    assert run(write(output, CONTENT, (source, tmp_path / "gone.csv"))) == output
    assert output.read_bytes() != DATA
    assert source.read_bytes() == DATA
