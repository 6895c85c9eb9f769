"""Let programs that we start (the person's spreadsheet, their browser) load their own libraries. Runs first.

PyInstaller's launcher points LD_LIBRARY_PATH at our folder. This process has used it already; its children must not.
"""

import os

before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before
