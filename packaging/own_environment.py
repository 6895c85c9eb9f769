"""Run before the program: programs we start (the person's spreadsheet, their browser) must load their own libraries.

PyInstaller's launcher points LD_LIBRARY_PATH at our folder. This process has read it already; its children must not.
"""

import os

before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before
