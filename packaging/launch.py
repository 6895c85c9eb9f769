"""Start the packaged program: as ``almanac`` does, and also with a file from the desktop's file manager."""

import sys
from pathlib import Path

from almanac.__main__ import main

if len(sys.argv) == 2 and Path(sys.argv[1]).is_absolute():  # file managers pass a full path and nothing else
    sys.argv[1] = f"--open={sys.argv[1]}"
sys.exit(main())
