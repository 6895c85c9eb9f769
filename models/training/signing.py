"""Sign the models that ship: ``python -m models.training.signing [FOLDER …]``.

The key is a file outside of this repository, for its owner alone, which ``ALMANAC_RELEASE_KEY`` names: 32 bytes in
hexadecimal. ``docs/signing.md`` says how to make one and how to replace it.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from nacl.signing import SigningKey

from almanac.core.system import paths
from almanac.forecasting.models.catalogue import list_models, load
from almanac.forecasting.models.signature import FILE, PURPOSE

VARIABLE = "ALMANAC_RELEASE_KEY"


def release_key() -> SigningKey:
    """The key of whoever releases. Raises SystemExit when it is not there, or not for its owner alone."""
    path = Path(os.environ.get(VARIABLE, ""))
    if not path.is_file():
        raise SystemExit(f"{VARIABLE} must name the file with the key that signs releases (docs/signing.md).")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SystemExit(f"Others can read the key: chmod 600 {path.name}")
    return read_key(path)


def read_key(path: Path) -> SigningKey:
    """The key in a file."""
    return SigningKey(bytes.fromhex(path.read_text("ascii").strip()))


def new_key(path: Path) -> str:
    """Write a new key into a file for its owner alone; the public half in hexadecimal."""
    key = SigningKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key.encode().hex() + "\n")
    return key.verify_key.encode().hex()


def sign(folder: Path, key: SigningKey) -> None:
    """Write the signature of the manifest that a model folder has now."""
    manifest = (folder / "manifest.json").read_bytes()
    (folder / FILE).write_text(key.sign(PURPOSE + manifest).signature.hex() + "\n", encoding="ascii")


def main() -> None:
    """Sign the named folders, or every bundled model, and see that each is then as the program wants it."""
    if sys.argv[1:2] == ["--new-key"]:
        print(new_key(Path(sys.argv[2])))
        return
    key = release_key()
    wanted = {Path(name).resolve() for name in sys.argv[1:]}
    for entry in list_models(paths.models()[0]):
        if wanted and entry.folder.resolve() not in wanted:
            continue
        sign(entry.folder, key)
        if not load(entry).signed:
            raise SystemExit(
                f"{entry.title}: the program does not know this key (almanac.forecasting.models.signature)"
            )
        print(f"{entry.title}: signed")


if __name__ == "__main__":
    main()
