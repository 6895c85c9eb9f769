"""The model is opened while a large file is read, and nothing of that is left when reading ends in a Problem."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.workflow import ForecastFiles, ForecastOptions, forecast_file
from almanac.workflow.forecasts import make_forecast


@pytest.mark.parametrize(("smaller_by", "cores", "model"), [(0, 2, None), (1, 2, None), (0, 1, None), (0, 2, "quick")])
def test_the_model_is_opened_while_a_large_file_is_read(
    smaller_by: int, cores: int, model: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "words.csv"
    source.write_text("a,b\nx,y\nz,w\n", encoding="utf-8")
    threads: list[threading.Thread] = []
    monkeypatch.setattr("almanac.forecasting.engine.warm_up", lambda: threads.append(threading.current_thread()))
    monkeypatch.setattr(make_forecast, "usable_cores", lambda: cores)
    monkeypatch.setattr(make_forecast, "MIN_BYTES_TO_OPEN_MEANWHILE", source.stat().st_size + smaller_by)
    with pytest.raises(ProblemError) as stop:
        run(forecast_file(ForecastFiles(source, tmp_path / "out.csv"), None, ForecastOptions(model=model)))
    assert stop.value.problem.code == "no_numbers"
    assert len(threads) == ((smaller_by, cores, model) == (0, 2, None))
    assert threading.main_thread() not in threads
    assert not any(thread.is_alive() for thread in threads)
