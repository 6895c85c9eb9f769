"""Whether something was signed with a key: Ed25519 (RFC 8032), checked by libsodium through PyNaCl."""

from __future__ import annotations

SIGNATURE_BYTES = 64


def is_signed(message: bytes, signature: bytes, key: bytes) -> bool:
    """Whether ``signature`` (64 bytes) is that of ``message`` by the owner of the public ``key`` (32 bytes)."""
    from nacl.exceptions import CryptoError  # 8 ms of processor time
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key).verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True
