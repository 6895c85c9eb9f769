"""Start the packaged program, as ``almanac`` does."""

import sys

from almanac.__main__ import main

sys.exit(main())
