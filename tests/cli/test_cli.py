"""The command line, as a contract: arguments, output, exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from models.training.signing import sign
from tests.builders import TEST_KEY, TOY, seasonal

from almanac.cli.main import main
from almanac.core.jobs import Progress
from almanac.core.system import paths
from almanac.forecasting.models.catalogue import list_models


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    months = pd.date_range("2019-01-01", periods=60, freq="MS").strftime("%Y-%m-%d")
    table = pd.DataFrame({"month": months, "bread": seasonal(60).round(2), "milk": seasonal(60, seed=1).round(2)})
    path = tmp_path / "sales.csv"
    table.to_csv(path, index=False)
    return path


def test_forecast_writes_one_row_for_each_series_and_step(sales: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    assert main(["forecast", str(sales), "--output", str(output), "--horizon", "6", "--quiet"]) == 0
    table = pd.read_csv(output)
    assert list(table.columns) == ["series", "date", "step", "forecast", "mean", *[f"q0.{k}" for k in range(1, 10)]]
    assert table.groupby("series")["step"].apply(list).to_dict() == {
        "bread": [1, 2, 3, 4, 5, 6],
        "milk": [1, 2, 3, 4, 5, 6],
    }
    assert table["date"].iloc[0] == "2024-01-01"
    quantiles = table[[f"q0.{k}" for k in range(1, 10)]].to_numpy()
    assert (np.diff(quantiles, axis=1) >= 0).all()
    np.testing.assert_array_equal(table["forecast"], table["q0.5"])


def test_quantiles_can_be_chosen(sales: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.parquet"
    arguments = ["forecast", str(sales), "--output", str(output), "--quantiles", "0.05,0.5,0.95", "--no-calibration"]
    assert main([*arguments, "--quiet"]) == 0
    assert list(pd.read_parquet(output).columns)[5:] == ["q0.05", "q0.5", "q0.95"]


def test_ranges_are_corrected_unless_asked_not_to(tmp_path: Path) -> None:
    """Twenty series of the same noise, whose spread the model takes for larger than it is."""
    months = pd.date_range("2012-01-01", periods=72, freq="MS").strftime("%Y-%m-%d")
    noise = np.random.default_rng(0).standard_normal((72, 20)).round(4)
    table = pd.DataFrame(100 + noise, columns=[f"p{k}" for k in range(20)])
    table.insert(0, "month", months)
    path, output = tmp_path / "many.csv", tmp_path / "out.csv"
    table.to_csv(path, index=False)
    made = []
    for more in ([], ["--no-calibration"]):
        assert main(["forecast", str(path), "--output", str(output), "--horizon", "6", "--quiet", *more]) == 0
        made.append(pd.read_csv(output))
    corrected, raw = made
    assert list(corrected.columns) == list(raw.columns)
    assert not np.allclose(corrected["q0.9"], raw["q0.9"])
    assert (np.diff(corrected[[f"q0.{k}" for k in range(1, 10)]].to_numpy(), axis=1) >= 0).all()


def test_short_series_learn_from_long_ones_unless_asked_not_to(tmp_path: Path) -> None:
    """Eight shops with the same season, and one that is open since four months."""
    months = pd.date_range("2019-01-01", periods=60, freq="MS").strftime("%Y-%m-%d")
    rng = np.random.default_rng(0)
    season = np.exp(0.4 * np.sin(np.arange(60) * np.pi / 6))
    shops = 100 * np.arange(1, 10) * season[:, None] * np.exp(0.05 * rng.standard_normal((60, 9)))
    table = pd.DataFrame(shops.round(2), columns=[f"shop {k}" for k in range(9)])
    table.loc[:55, "shop 8"] = np.nan
    table.insert(0, "month", months)
    path, output = tmp_path / "shops.csv", tmp_path / "out.csv"
    table.to_csv(path, index=False)
    off = []
    for more in ([], ["--no-pooling"]):
        command = ["forecast", str(path), "--output", str(output), "--horizon", "12", "--quiet", "--no-calibration"]
        assert main([*command, *more]) == 0
        made = pd.read_csv(output).query("series == 'shop 8'")["forecast"].to_numpy()
        off.append(np.abs(made / (900 * season[:12]) - 1).mean())
    assert off[0] < 0.1 < off[1]


def test_the_best_for_this_data_needs_practice_runs(
    sales: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["forecast", str(sales), "--output", str(tmp_path / "o.csv"), "--best-for-this-data", "--quiet"]
    assert main(command) == 0
    assert main([*command, "--no-calibration"]) == 1
    assert "Practice runs choose it" in capsys.readouterr().err


def test_backtest_json_is_the_contract(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", str(sales), "--json", "--horizon", "3", "--windows", "6"]) == 0
    found = json.loads(capsys.readouterr().out)
    contract = {"series", "windows", "coverage", "mase", "mase_seasonal_naive", "wql", "slices", "verdict"}
    assert contract <= set(found)
    assert (found["series"], found["windows"], found["horizon"]) == (2, 6, 3)
    assert set(found["coverage"]) == {"0.5", "0.8", "0.9", "0.95"}
    assert 0 < found["mase"] < found["mase_seasonal_naive"]
    assert 0.5 < found["coverage"]["0.5"] + found["coverage"]["0.8"] < 2
    assert found["coverage"]["0.95"] is None  # too few checks
    assert set(found["metrics"]) == {"smape", "rmsse", "scaled_crps", "scaled_interval_score", "scaled_bias"}
    assert 0 < found["metrics"]["smape"] < 2
    assert 0 < found["metrics"]["scaled_crps"] < found["metrics"]["scaled_interval_score"]["0.8"]
    assert found["metrics"]["scaled_interval_score"]["0.95"] is None
    assert found["verdict"]
    assert found["best_for_this_data"]["series"] == {}


def test_backtest_names_the_series_that_another_method_forecasts_better(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = np.random.default_rng(0).permutation(np.arange(1, 13) ** 3) * 10.0
    rows = [f"{2010 + t // 12}-{t % 12 + 1:02}-01," + ",".join(f"{year[(t - k) % 12] + t % 7:g}" for k in range(6))
            for t in range(108)]  # fmt: skip
    (tmp_path / "plans.csv").write_text("\n".join(["month,a,b,c,d,e,f", *rows]))
    ask = ["backtest", str(tmp_path / "plans.csv"), "--horizon", "12"]
    assert main([*ask, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["best_for_this_data"]
    assert found["series"] == dict.fromkeys("abcdef", "theta")
    assert found["unseen_loss"] < 0.6
    assert main(ask) == 0
    out = capsys.readouterr().out
    assert "6 of 6 series are forecast better by continuing trend and season: a, b, c, d, e, …" in out


def test_backtest_compares_with_classical_methods(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", str(sales), "--json", "--horizon", "3", "--compare-with", "theta"]) == 0
    found = json.loads(capsys.readouterr().out)["comparison"]
    assert [one["method"] for one in found] == ["seasonal_naive", "model", "theta"]
    assert found[0]["error"] == 1
    assert len({one["windows"] for one in found}) == 1
    assert all(0 < one["error"] < 1 for one in found[1:])


def test_theta_needs_no_statsmodels(
    sales: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)  # as in the installed program
    assert main(["backtest", str(sales), "--horizon", "3", "--compare-with", "theta"]) == 0
    assert "Continuing trend and season: misses " in capsys.readouterr().out


def test_backtest_without_statsmodels_says_what_to_do(
    sales: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)  # as in the installed program
    assert main(["backtest", str(sales), "--horizon", "3", "--compare-with", "ets"]) == 1
    assert "Leave ets out of --compare-with" in capsys.readouterr().err


def test_backtest_in_words(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", str(sales)]) == 0
    said = capsys.readouterr().out
    assert "practice forecasts of 2 of 2 series" in said
    assert "80% range: held" in said


@pytest.mark.parametrize(
    ("values", "words"),
    [([3, 4, 5, 4], "too little history"), ([7] * 40, "ever changes"), ([0] * 40, "ever changes")],
    ids=["four values", "a constant", "all zeros"],
)
def test_backtest_of_what_proves_nothing_says_so(
    values: list[int], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    months = pd.date_range("2019-01-01", periods=len(values), freq="MS").strftime("%Y-%m-%d")
    pd.DataFrame({"month": months, "sold": values}).to_csv(path, index=False)
    assert main(["backtest", str(path), "--json", "--horizon", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found["coverage"].values()) == {None}
    assert (found["mase"], found["wql"], found["pit"], found["slices"]) == (None, None, None, [])
    assert found["metrics"]["smape"] is None
    assert words in found["verdict"]


@pytest.mark.parametrize("windows", ["0", "many"])
def test_backtest_takes_a_number_of_windows(windows: str, sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["backtest", str(sales), "--windows", windows])
    assert end.value.code == 2
    assert "whole number" in capsys.readouterr().err


def test_forecast_says_what_comes_next_and_how_sure(
    sales: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forecast", str(sales), "--output", str(tmp_path / "out.xlsx")]) == 0
    said = capsys.readouterr().out
    whole = said.splitlines()[0]
    assert "bread, 2024-01: about" in said
    assert "80% likely to be between" in said
    main(["totals", str(sales)])
    assert whole.removeprefix("Everything, n").removesuffix(".") in capsys.readouterr().out  # the same number


def test_check_json_is_the_contract(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(sales), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {
        "file", "sheet", "date_column", "value_columns", "other_value_columns", "series_columns", "layout", "frequency",
        "season_length", "series", "rows", "first_date", "last_date", "last", "open_periods",
        "event_columns", "problems", "chosen",
    }  # fmt: skip
    assert found["chosen"] == ""
    assert found["date_column"] == "month"
    assert found["value_columns"] == ["bread", "milk"]
    assert (found["frequency"], found["season_length"], found["series"]) == ("monthly", 12, 2)


def test_a_problem_is_exit_code_1_and_leaves_no_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty, output = tmp_path / "empty.csv", tmp_path / "out.csv"
    empty.write_text("")
    assert main(["forecast", str(empty), "--output", str(output)]) == 1
    assert not output.exists()
    assert len(capsys.readouterr().err.strip().splitlines()) == 3  # what, why, fix
    assert main(["check", str(empty), "--json"]) == 1
    assert set(json.loads(capsys.readouterr().err)["problem"]) == {"code", "what", "why", "fix", "count", "rows"}


@pytest.mark.parametrize(
    "arguments",
    [[], ["forecast"], ["nonsense"], ["forecast", "a.csv", "--output", "b.csv", "--quantiles", "0.5,2"]],
    ids=["nothing", "no file", "unknown", "level of 2"],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_reading_options_are_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    rows = "\n".join(f"{n}/9/2014,{-200 if n % 3 == 0 else n + 0.5}" for n in range(1, 13))
    path.write_text(f"Date,Level\n{rows}\n")
    arguments = [
        "check",
        str(path),
        "--json",
        "--missing",
        "-200",
        "--month-first",
        "--gaps=zero",
        "--repair",
        "outliers=missing",
    ]
    assert main(arguments) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["frequency"], found["last"]) == ("monthly", {"Level": ["2014-11-09", 11.5]})
    assert main(["check", str(path)]) == 0
    assert "--month-first" in capsys.readouterr().out


def test_a_horizon_too_long_says_the_limit(sales: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", str(sales), "--output", str(tmp_path / "o.csv"), "--horizon", "5000"]) == 1
    assert "120 months" in capsys.readouterr().err


def test_the_models_are_listed_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list"]) == 0
    assert main(["models", "verify"]) == 0
    titles = [entry.title for entry in list_models(*paths.models())]
    assert {title.partition("@")[0] for title in titles} == {"careful", "quick"}
    said = capsys.readouterr().out.splitlines()
    listed, verified = said[: len(titles)], said[len(titles) :]
    assert [line.partition(" ")[0] for line in listed] == titles
    assert [line.partition(" (")[0] for line in listed if "(in use" in line] == [titles[0]]
    assert verified == [f"{title}: signed, unchanged, and right on this computer" for title in titles]


def test_a_model_can_be_pinned_rolled_back_and_left_to_almanac(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("1.0.0", "1.1.0"):
        folder = tmp_path / "toy" / version
        shutil.copytree(TOY / "1.0.0", folder)
        manifest = json.loads((folder / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps(manifest | {"version": version}))
        sign(folder, TEST_KEY)
    monkeypatch.setenv("ALMANAC_MODELS", str(tmp_path))
    assert main(["models", "rollback"]) == 0
    assert "toy@1.0.0 is used instead of toy@1.1.0" in capsys.readouterr().out
    assert main(["models", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "toy@1.1.0",
        "toy@1.0.0 (used for every forecast, as you chose; “almanac models use default” leaves it to Almanac)",
    ]
    assert main(["models", "rollback"]) == 1
    assert "no earlier version" in capsys.readouterr().err
    assert main(["models", "use", "toy@9.9.9"]) == 1
    assert main(["models", "use", "toy@1.1.0", "--reason", "smaller misses in March"]) == 0
    capsys.readouterr()
    main(["models", "list"])
    assert "as you chose, because: smaller misses in March;" in capsys.readouterr().out
    assert main(["models", "rollback"]) == 0
    assert "toy@1.0.0 is used instead of toy@1.1.0" in capsys.readouterr().out
    assert main(["models", "use", "default"]) == 0
    capsys.readouterr()
    main(["models", "list"])
    assert "as you chose" not in capsys.readouterr().out


def test_models_are_compared_on_the_past_of_a_file(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "compare", str(sales), "--horizon", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["models"]
    titles = [entry.title for entry in list_models(*paths.models())]
    assert [one["method"] for one in found] == ["seasonal_naive", "excel", *titles]
    assert main(["models", "compare", str(sales), "--horizon", "1"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(found)


STAGES = ("Putting the rows", "Getting the model", "Writing the workbook")


def wide_table(path: Path, series: int) -> Path:
    """A hundred days of many series."""
    wide = pd.DataFrame(np.random.default_rng(0).uniform(1, 9, (100, series)).round(2))
    wide.insert(0, "day", pd.date_range("2020-01-01", periods=100).strftime("%Y-%m-%d"))
    wide.to_csv(path, index=False)
    return path


@pytest.mark.parametrize("stage", STAGES)
def test_a_stop_at_any_stage_leaves_no_half_written_file(
    tmp_path: Path, stage: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(progress: Progress) -> None:
        if progress.message.startswith(stage):
            signal.raise_signal(signal.SIGINT)

    source, folder = wide_table(tmp_path / "wide.csv", 5), tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr("almanac.core.system.logs.step", stop)
    command = ["forecast", str(source), "--output", str(folder / "o.xlsx"), "--no-calibration", "--quiet"]
    assert main(command) == 130
    assert "Stopped" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
@pytest.mark.parametrize("stage", [pytest.param(stage, marks=pytest.mark.slow) for stage in STAGES[:2]] + [STAGES[2]])
def test_ctrl_c_leaves_no_half_written_file(tmp_path: Path, stage: str) -> None:
    import pty

    source, folder = wide_table(tmp_path / "wide.csv", 50), tmp_path / "out"
    folder.mkdir()
    command = [sys.executable, "-m", "almanac", "forecast", str(source), "--output", str(folder / "o.xlsx")]
    command += ["--no-calibration"]  # which would take most of the time
    watched, terminal = pty.openpty()  # progress is told to people only
    with os.fdopen(watched, "rb", buffering=0) as screen:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=terminal)
        os.close(terminal)
        said = b""
        while stage.encode() not in said:
            said += screen.read(1024)
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(OSError):  # how a terminal says that its program has ended
            while more := screen.read(1024):
                said += more
        assert process.wait(timeout=30) == 130, said
    assert b"Stopped" in said
    assert list(folder.iterdir()) == []


def test_ctrl_c_that_a_library_turns_into_something_else_is_still_a_stop(
    sales: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_: object, **__: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("initialization was not complete") from None

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("almanac.workflow.forecast_file", load)
    assert main(["forecast", str(sales), "--output", str(tmp_path / "o.csv")]) == 130
    assert "Stopped" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is before


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = "{'pandas', 'onnxruntime', 'scipy', 'PySide6'}"
    code = f"import sys, almanac.cli.main as m; m.parser().format_help(); print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
