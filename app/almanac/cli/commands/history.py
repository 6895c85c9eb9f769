"""``almanac history``: look into what was kept, compare, rename, delete, back up, restore and verify it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from almanac.cli.command import DONE, PROBLEM, Command, CommandEntry
from almanac.cli.progress import run_job
from almanac.core.problems import ProblemError
from almanac.core.text import plural

if TYPE_CHECKING:
    from almanac.core.jobs import Job
    from almanac.history import Run
    from almanac.workflow.history.compare import RunComparison

MAX_LISTED = 20  # series of a comparison that are printed for people


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--search", default="", metavar="WORDS", help="only what has all of these words")
    _add_json(parser)


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run_id", metavar="ID", help="of a run, as “history list” prints it")
    _add_json(parser)


def _add_two_runs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="ID", help="the earlier run")
    parser.add_argument("after", metavar="ID", help="the later run")
    _add_json(parser)


def _add_title(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", metavar="ID", help="of a project or a run")
    parser.add_argument("title", metavar="NAME", help="what it is called from now on")
    _add_json(parser)


def _add_ids(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help="of projects or runs")
    parser.add_argument("--now", action="store_true", help="erase it from the disk at once: it cannot be brought back")
    _add_json(parser)


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the file")
    _add_json(parser)


def _add_keeping(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["everything", "nothing"], help="what is kept from now on")
    _add_json(parser)


def _run_quietly(job: Job[Any]) -> Any:
    return run_job(job, quiet=True)


def _say(options: argparse.Namespace, sentence: str, **facts: Any) -> int:
    """Print what was done, as a sentence or for programs."""
    print(json.dumps(facts, ensure_ascii=False) if options.json else sentence)
    return DONE


def _list(options: argparse.Namespace) -> int:
    from almanac.workflow.history.browse import history_overview, history_runs

    overview = _run_quietly(history_overview(options.search))
    if overview.problem is not None and not overview.projects:
        raise ProblemError(overview.problem)
    projects = overview.projects
    runs = _run_quietly(history_runs())
    by_project = {one.project.id: [run for run in runs if run.project == one.project.id] for one in projects}
    if options.json:
        found = [
            {
                "project": one.project.id,
                "title": one.project.title,
                "open_alerts": len(one.open_alerts),
                "runs": [run_facts(run) for run in by_project[one.project.id]],
            }
            for one in projects
        ]
        print(json.dumps({"projects": found}, ensure_ascii=False))
        return DONE
    for one in projects:
        print(f"{one.project.id}  {one.project.title} ({plural(one.runs, 'run', 'runs')})")
        for run in by_project[one.project.id]:
            print(f"    {run.id}  {run_line(run)}")
    if not projects:
        print("Nothing is in your history.")
    if overview.can_undo:
        print("What you deleted last can be brought back: almanac history undo")
    return DONE


def run_facts(run: Run) -> dict[str, Any]:
    """A run as plain JSON types."""
    return {
        "run": run.id,
        "title": run.title,
        "made": run.created_at.isoformat(timespec="seconds"),
        "model": run.model,
        "version": run.version,
        "device": run.device,
        "horizon": run.horizon,
        "series": run.series,
        "settings": dict(run.settings),
        "timings": dict(run.timings),
        "summary": dict(run.summary),
    }


def run_line(run: Run) -> str:
    """A run in a line."""
    series = plural(run.series, "series", "series")
    ahead = run.summary.get("ahead", "")
    return f"{run.created_at.astimezone():%Y-%m-%d %H:%M}  {run.title}: {series}, {ahead} ahead, by {run.model}"


def _show(options: argparse.Namespace) -> int:
    from almanac.workflow.history.browse import history_open

    result = _run_quietly(history_open(options.run_id))
    made = result.plan
    point, low, high = made.shown
    iso = made.frequency.iso
    if options.json:
        series = [
            {
                "series": name,
                "dates": [iso(int(made.first[i]) + step) for step in range(made.horizon)],
                "forecast": _numbers(point[i]),
                "low": _numbers(low[i]),
                "high": _numbers(high[i]),
            }
            for i, name in enumerate(made.names)
        ]
        facts = {"run": options.run_id, "about": dict(result.about), "series": series}
        print(json.dumps(facts, ensure_ascii=False))
        return DONE
    from almanac.wording.phrases import next_step

    for label, text in result.about:
        print(f"{label}: {text}")
    for i in range(min(len(made.names), MAX_LISTED)):
        print(next_step(made, i))
    return DONE


def _numbers(values: Any) -> list[float | None]:
    return [None if value != value else round(float(value), 6) for value in values]


def _compare(options: argparse.Namespace) -> int:
    from almanac.wording.watching.runs import added_up_words, alone_words, data_words
    from almanac.workflow.history.compare import history_compare

    found = _run_quietly(history_compare(options.before, options.after))
    if options.json:
        print(json.dumps(_comparison_facts(found), ensure_ascii=False))
        return DONE
    for label, before, after in found.differences:
        print(f"{label}: {before} → {after}")
    for sentence in (data_words(found.corrected, found.added), *alone_words(found.only_before, found.only_after)):
        print(sentence)
    print(added_up_words(found.first, found.last))
    for one in found.series[:MAX_LISTED]:
        print(f"{one.name}: {one.before:,.10g} → {one.after:,.10g} ({one.change:+,.10g})")
    if len(found.series) > MAX_LISTED:
        print(f"and {len(found.series) - MAX_LISTED:,} more series, which changed less; --json has them all")
    return DONE


def _comparison_facts(found: RunComparison) -> dict[str, Any]:
    return {
        "before": run_facts(found.before),
        "after": run_facts(found.after),
        "differences": [{"what": what, "before": old, "after": new} for what, old, new in found.differences],
        "corrected": found.corrected,
        "added": found.added,
        "first": found.first,
        "last": found.last,
        "series": [
            {"series": one.name, "before": one.before, "after": one.after, "periods": one.periods}
            for one in found.series
        ],
        "only_before": list(found.only_before),
        "only_after": list(found.only_after),
    }


def _rename(options: argparse.Namespace) -> int:
    from almanac.workflow.history.manage import history_rename

    _run_quietly(history_rename(options.record, options.title))
    title = options.title.strip()
    return _say(options, f"It is called “{title}” now.", id=options.record, title=title)


def _delete(options: argparse.Namespace) -> int:
    from almanac.workflow.history.manage import history_delete

    found = _run_quietly(history_delete(tuple(options.ids), options.now))
    counts = ((found.projects, "project"), (found.runs, "run"))
    what = " and ".join(plural(count, noun) for count, noun in counts if count)
    later = "“almanac history undo” brings it back; a day later it is erased from the disk."
    sentence = f"{what} deleted. {'It is erased from the disk.' if options.now else later}"
    return _say(options, sentence, projects=found.projects, runs=found.runs, erased=options.now)


def _undo(options: argparse.Namespace) -> int:
    from almanac.workflow.history.manage import history_undo

    found = _run_quietly(history_undo())
    counts = {"projects": found.projects if found else 0, "runs": found.runs if found else 0}
    return _say(options, "It is back." if found else "Nothing is left to bring back.", **counts)


def _erase(options: argparse.Namespace) -> int:
    from almanac.workflow.history.manage import history_empty_bin

    count = _run_quietly(history_empty_bin())
    return _say(options, f"{plural(count, 'deletion', 'deletions')} erased from the disk.", erased=count)


def _size(options: argparse.Namespace) -> int:
    from almanac.workflow.history.access import history_path, keeps_history
    from almanac.workflow.history.browse import history_size

    size, keeps = history_size(), keeps_history()
    if options.json:
        print(json.dumps({"path": str(history_path()), "bytes": size, "keeps": keeps}, ensure_ascii=False))
    else:
        print(f"{size / 1e6:,.1f} MB in {history_path().parent}")
        print("New forecasts are kept." if keeps else "Nothing new is kept.")
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from almanac.workflow.history.manage import history_verify

    found = _run_quietly(history_verify())
    if options.json:
        facts = {"whole": found.is_whole, "entries": found.entries, "runs": found.runs, "end": found.end}
        facts |= {"entry": found.entry, "why": found.why, "damage": found.damage}
        print(json.dumps(facts | {"changed_runs": list(found.changed_runs)}, ensure_ascii=False))
    elif found.is_whole:
        entries, runs = plural(found.entries, "entry", "entries"), plural(found.runs, "run", "runs")
        print(f"Unchanged: {entries} of the audit trail, {runs}. The trail ends with {found.end}.")
    else:
        _print_faults(found)
    return DONE if found.is_whole else PROBLEM


def _print_faults(found: Any) -> None:
    if found.entry is not None:
        print(f"Entry {found.entry} of the audit trail is not as it was written. {found.why}")
    for run in found.changed_runs:
        print(f"Run {run} is not what was forecast.")
    if found.damage:
        print(f"The file is damaged: {found.damage}")


def _file_action(name: str, done: str) -> Callable[[argparse.Namespace], int]:
    """An action that takes a path; ``done``: what is printed, with the path that comes back."""

    def act(options: argparse.Namespace) -> int:
        from almanac.workflow.history import manage

        path = _run_quietly(getattr(manage, name)(options.path))
        return _say(options, done.format(path=path), path=str(path))

    return act


def _keep(options: argparse.Namespace) -> int:
    from almanac.workflow.history.manage import history_keep

    keeps = _run_quietly(history_keep(options.what == "everything"))
    off = "Nothing new is kept from now on; what is there stays."
    return _say(options, "New forecasts are kept from now on." if keeps else off, keeps=keeps)


def _entry(
    name: str,
    words: str,
    run: Callable[[argparse.Namespace], int],
    add: Callable[[argparse.ArgumentParser], None] = _add_json,
) -> CommandEntry:
    return CommandEntry(name, words, lambda: Command(run, add))


HISTORY = Command(
    actions=(
        _entry("list", "list your projects and the runs of each", _list, _add_search),
        _entry("show", "show what a run forecast, also when its file is gone", _show, _add_run),
        _entry("compare", "say what differs between two runs", _compare, _add_two_runs),
        _entry("rename", "give a project or a run another name", _rename, _add_title),
        _entry("delete", "delete projects or runs", _delete, _add_ids),
        _entry("undo", "bring back what was deleted last", _undo),
        _entry("erase", "erase what was deleted from the disk", _erase),
        _entry("size", "say where your history is and how large", _size),
        _entry("verify", "check that nothing was changed, removed or damaged", _verify),
        _entry(
            "backup",
            "save the whole history as one file",
            _file_action("history_backup", "Saved as {path}."),
            _add_target,
        ),
        _entry(
            "restore",
            "take the history from a backup",
            _file_action("history_restore", "Restored. Your history as it was before is now {path}."),
            _add_target,
        ),
        _entry(
            "export",
            "save the audit trail as JSON lines",
            _file_action("history_export", "Saved as {path}."),
            _add_target,
        ),
        _entry("keep", "choose whether new forecasts are kept", _keep, _add_keeping),
    ),
)
