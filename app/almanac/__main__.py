"""Start Almanac: the window; with arguments, the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Entry point of the installed command and of the packaged program."""
    arguments = sys.argv[1:]
    if arguments == ["--worker"]:  # how the packaged program starts its own background process
        from almanac.worker.serve import main as serve

        serve()
    if arguments == ["--graphics-card"]:  # how the engine starts the process that has the graphics card
        from almanac.forecasting.gpu.serve import main as serve_card

        serve_card()
    if arguments and not arguments[0].startswith("--open="):
        from almanac.cli.main import main as command_line

        return command_line(arguments)
    from almanac.desktop.display import NO_DISPLAY, can_open_windows

    if not can_open_windows():
        sys.stderr.write(f"{NO_DISPLAY}\n")
        return 1
    from almanac.desktop.app import main as window

    return window([a.removeprefix("--open=") for a in arguments])


if __name__ == "__main__":
    sys.exit(main())
