"""Whether a model's description was signed by those who release Almanac.

``docs/signing.md`` says who has the key, and how it is replaced.
"""

from __future__ import annotations

from almanac.core.system.signatures import is_signed

FILE = "manifest.sig"  # next to manifest.json: the signature in hexadecimal
PURPOSE = b"almanac model manifest 1\n"  # what is signed begins with it: a signature for anything else is none
PUBLIC_KEYS: tuple[str, ...] = ("36441f7b43208fa77033b6a01a66ae16f01e932e74e6dbf13c94bd0c46f8eabc",)


def is_ours(manifest: bytes, signature: bytes) -> bool:
    """Whether one of ``PUBLIC_KEYS`` belongs to the key that made ``signature`` (hexadecimal) for these bytes."""
    try:
        made = bytes.fromhex(signature.decode("ascii").strip())
    except ValueError:
        return False
    return any(is_signed(PURPOSE + manifest, made, bytes.fromhex(key)) for key in PUBLIC_KEYS)
