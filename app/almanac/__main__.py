"""Start Almanac: the window; with arguments, the command line."""

from __future__ import annotations

import signal
import sys

# How Almanac starts its own processes: an argument, and the module whose main never returns (almanac.spec: too).
PROCESSES = {
    "--worker": "almanac.worker.serve",  # runs jobs for the window
    "--read-workbook": "almanac.workbooks.serve",  # takes workbooks apart
    "--try-model": "almanac.forecasting.trial.serve",  # tries a model that is not signed
    "--graphics-card": "almanac.forecasting.gpu.serve",  # has the graphics card
}


def main() -> int:
    """Entry point of the installed command and of the packaged program."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while modules load, from here on, ends it without a word
    arguments = sys.argv[1:]
    if len(arguments) == 1 and _is_file(arguments[0]):  # as a file manager starts us, and who is used to other programs
        arguments = [f"--open={arguments[0]}"]
    if len(arguments) == 1 and arguments[0] in PROCESSES:
        from importlib import import_module

        import_module(PROCESSES[arguments[0]]).main()
    from almanac.core.system.pipes import use_utf8

    use_utf8()
    if arguments == ["--self-test"]:
        arguments = ["self-test"]
    if arguments == ["--try-window"]:  # how the self-test starts the window
        from almanac.desktop.app import try_out

        return try_out()
    if arguments == ["--close-window"]:  # how the installer asks before it replaces the program
        from almanac.desktop.shell.one_window import close_window

        return 0 if close_window() else 1
    if arguments and not arguments[0].startswith("--open="):
        from almanac.cli.main import main as command_line

        return command_line(arguments)
    from almanac.desktop.display import NO_DISPLAY, can_open_windows

    if not can_open_windows():
        sys.stderr.write(f"{NO_DISPLAY}\n")
        return 1
    from almanac.desktop.installation import system_libraries

    if missing := system_libraries.problem():
        system_libraries.say(str(missing))
        return 1
    from almanac.desktop.app import main as window

    return window([a.removeprefix("--open=") for a in arguments])


def _is_file(word: str) -> bool:
    """Whether a single word names a file: no command and no option has a folder or a suffix."""
    from pathlib import PurePath

    path = PurePath(word)
    return not word.startswith("-") and bool(path.suffix or len(path.parts) > 1)


if __name__ == "__main__":
    sys.exit(main())
