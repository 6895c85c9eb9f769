"""``python -m almanac.worker``: started by the window."""

from almanac.worker.serve import main

main()
