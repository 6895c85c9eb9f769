"""Whether a model's description was signed by those who release Almanac: Ed25519, checked by libsodium (PyNaCl).

``docs/signing.md`` says who has the key, and how it is replaced.
"""

from __future__ import annotations

FILE = "manifest.sig"  # beside manifest.json: the signature in hexadecimal
PURPOSE = b"almanac model manifest 1\n"  # what is signed begins with it: a signature for anything else is none
SIGNATURE_BYTES = 64
PUBLIC_KEYS: tuple[str, ...] = ("36441f7b43208fa77033b6a01a66ae16f01e932e74e6dbf13c94bd0c46f8eabc",)


def is_signed(manifest: bytes, signature: bytes) -> bool:
    """Whether one of ``PUBLIC_KEYS`` belongs to the key that made ``signature`` (hexadecimal) for these bytes."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        made = bytes.fromhex(signature.decode("ascii").strip())
    except ValueError:
        return False
    for key in PUBLIC_KEYS:
        try:
            VerifyKey(bytes.fromhex(key)).verify(PURPOSE + manifest, made)
        except (CryptoError, ValueError):
            continue
        return True
    return False
