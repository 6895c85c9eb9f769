"""A record of a reading, kept as a text, gives the very same series again, or says why it cannot."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from tests.tables.conftest import lines, months

from almanac.cli.main import main
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import ReadingOptions, make_record, read, read_record, require_same

TEXT = lines([*months(30), months(30)[3]], [-200 if n == 9 else n for n in [*range(1, 31), 4]], header="Date,Sales")
CHOSEN = ReadingOptions(missing=(-200.0,), gaps="zero", repairs=(("duplicate_rows", "keep"),))


def test_a_record_survives_as_text_and_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT)
    file = run(read(path, CHOSEN))
    record = read_record(make_record(file, CHOSEN, datetime(2026, 1, 2, 3, 4)).to_json())
    assert record == make_record(file, CHOSEN, datetime(2026, 1, 2, 3, 4))
    again = run(read(path, record.options))
    require_same(record, again)
    assert np.array_equal(again.series.values, file.series.values, equal_nan=True)
    (repair,) = [repair for repair in record.repairs if repair.code == "duplicate_rows"]
    assert (repair.treatment, repair.changed) == ("Keep all", 0)


def test_other_contents_or_other_series_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT)
    record = make_record(run(read(path, CHOSEN)), CHOSEN, datetime(2026, 1, 2))
    for options, content, code in ((ReadingOptions(), TEXT, "reads_differently"), (CHOSEN, TEXT + " ", "file_changed")):
        path.write_text(content)
        with pytest.raises(ProblemError) as caught:
            require_same(record, run(read(path, options)))
        assert caught.value.problem.code == code


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"options": 5}', "not json"])
def test_a_text_that_is_not_a_record_is_refused(text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read_record(text)
    assert caught.value.problem.code == "not_a_record"


def test_the_command_line_keeps_a_record_and_reads_by_it(tmp_path: Path) -> None:
    path, kept, book = tmp_path / "a.csv", tmp_path / "r.json", tmp_path / "a.xlsx"
    path.write_text(TEXT)
    first = ["forecast", str(path), "--output", str(book), "--missing", "-200", "--save-record", str(kept), "--quiet"]
    assert main(first) == 0
    cells = [
        str(cell)
        for row in openpyxl.load_workbook(book)["What Was Changed"].iter_rows(values_only=True)
        for cell in row
    ]
    assert "Count once" in cells
    assert read_record(kept.read_text()).series_sha256 in cells
    again = ["forecast", str(path), "--output", str(tmp_path / "b.csv"), "--record", str(kept), "--quiet"]
    assert main(again) == 0
    path.write_text(TEXT + "2022-07-01,31\n")
    assert main(again) == 1
