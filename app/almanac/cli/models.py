"""``almanac models``: list, verify and choose the forecasting models on this computer."""

from __future__ import annotations

import argparse

from almanac.cli.command import DONE, PROBLEM, Command, CommandEntry


def _list(_: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import model_statuses

    for model in model_statuses():
        print(model.title + (" (used for every forecast, as you chose)" if model.pinned else ""))
    return DONE


def _verify(_: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import model_statuses

    models = model_statuses()
    for model in models:
        print(f"{model.title}: {f'damaged and not used. {model.fault}' if model.fault else 'unchanged'}")
    return PROBLEM if any(model.fault for model in models) else DONE


def _add_use_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="NAME@VERSION", help="“auto” leaves the choice to Almanac")


def _use(options: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import pin

    title = pin(None if options.model == "auto" else options.model)
    print(f"From now on {title} is used." if title else "From now on Almanac chooses the model.")
    return DONE


def _rollback(_: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import rollback

    before, current = rollback()
    print(f"From now on {before} is used instead of {current}.")
    return DONE


MODELS = Command(
    actions=(
        CommandEntry("list", "list every model on this computer, and which one you chose", lambda: Command(_list)),
        CommandEntry("verify", "check that no model was changed or damaged", lambda: Command(_verify)),
        CommandEntry("rollback", "use the version before the one that is used now", lambda: Command(_rollback)),
        CommandEntry("use", "use one model for every forecast", lambda: Command(_use, _add_use_arguments)),
    ),
)
