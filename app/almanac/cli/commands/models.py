"""``almanac models``: list, verify, compare and choose the forecasting models on this computer."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from almanac.cli.command import DONE, PROBLEM, Command, CommandEntry, add_events, at_least_one, chosen_events
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading, chosen_reading
from almanac.core.text import some
from almanac.wording.comparison import comparison_line

if TYPE_CHECKING:
    from almanac.forecasting.models.status import ModelStatus

ALMANACS_CHOICE = ("default", "auto")


def _list(_: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import model_statuses

    models = model_statuses()
    chosen = any(model.pinned for model in models)
    for model in models:
        used = ""
        if model.pinned:
            why = f", because: {model.reason}" if model.reason else ""
            used = f" (used for every forecast, as you chose{why}; “almanac models use default” leaves it to Almanac)"
        elif model.default and not chosen:
            used = f" (in use{_exceptions(model)})"
        print(model.title + used + ("" if model.signed else " (not signed: used only when you name it)"))
    return DONE


def _exceptions(model: ModelStatus) -> str:
    """At which frequencies an older version is used in place of this one."""
    if not model.weaker_at:
        return ""
    return f"; for {some(model.weaker_at, len(model.weaker_at))} data the version before, measured to be better there"


def _verify(_: argparse.Namespace) -> int:
    from almanac import workflow

    models = run_job(workflow.verify_models(), quiet=False)
    for model in models:
        print(f"{model.title}: {_state(model)}")
    return DONE if all(model.signed and not model.fault for model in models) else PROBLEM


def _state(model: ModelStatus) -> str:
    if model.fault:
        return f"not used. {model.fault}"
    if not model.signed:
        return "not signed by those who release Almanac, so it is used only when you name it; right on this computer"
    return "signed, unchanged, and right on this computer"


def _add_use_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="NAME@VERSION", help="“default” leaves the choice to Almanac")
    _add_reason(parser)


def _add_reason(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", default="", metavar="WHY", help="why, in your words; it is kept with the choice")


def _use(options: argparse.Namespace) -> int:
    from almanac import workflow

    asked = None if options.model in ALMANACS_CHOICE else options.model
    models = run_job(workflow.pin_model(asked, options.reason), quiet=False)
    title = next((model.title for model in models if model.pinned), "")
    print(f"From now on {title} is used." if title else "From now on Almanac chooses the model.")
    if not all(model.signed for model in models if model.pinned):
        print("It is not signed by those who release Almanac: nobody but its maker vouches for it.")
    return DONE


def _rollback(options: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import rollback
    from almanac.workflow.history.keep import keep_switch

    before, current = rollback(options.reason)
    keep_switch(before, options.reason)
    print(f"From now on {before} is used instead of {current}.")
    return DONE


def _add_compare_arguments(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument("--horizon", type=at_least_one, metavar="N", help="how many periods ahead")
    add_events(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def _compare(options: argparse.Namespace) -> int:
    from almanac import workflow

    compared = workflow.compare_models_on(
        options.file, chosen_reading(options), options.horizon, chosen_events(options)
    )
    found = run_job(compared, quiet=options.json)
    if options.json:
        print(json.dumps({"models": [one.to_dict() for one in found]}, ensure_ascii=False, allow_nan=False))
        return DONE
    for one in found:
        print(comparison_line(one))
    return DONE


def _compare_command() -> Command:
    return Command(_compare, _add_compare_arguments)


MODELS = Command(
    actions=(
        CommandEntry("list", "list every model on this computer, and which one you chose", lambda: Command(_list)),
        CommandEntry(
            "verify",
            "check that no model was changed, and that each is right here",
            lambda: Command(_verify),
        ),
        CommandEntry("compare", "try every model on the past of a file", _compare_command),
        CommandEntry("rollback", "go back one step: to what was used before", lambda: Command(_rollback, _add_reason)),
        CommandEntry("use", "use one model for every forecast", lambda: Command(_use, _add_use_arguments)),
    ),
)
