"""``python -m almanac.worker``: started by the window."""

import sys

from almanac.worker.serve import main

sys.exit(main())
