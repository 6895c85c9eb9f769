"""The installed program starts here, inside Almanac.exe or almanac-cli.exe."""

import sys

from almanac.__main__ import main

sys.frozen = True  # type: ignore[attr-defined]  # the background process is this program again, with --worker
sys.exit(main())
