"""Signatures are checked as RFC 8032 says, whose own examples these are."""

from __future__ import annotations

import pytest

from almanac.core.system.signatures import is_signed

ORDER = 2**252 + 27742317777372353535851937790883648493  # of the group, section 5.1
# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_are_right_and_changed_ones_are_not(key: str, message: str, signature: str) -> None:
    owner, words, signed = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert is_signed(words, signed, owner)
    assert not is_signed(words + b" ", signed, owner)
    assert not is_signed(words, signed[:-1] + bytes([signed[-1] ^ 1]), owner)
    assert not is_signed(words, bytes([signed[0] ^ 1]) + signed[1:], owner)
    assert not is_signed(words, signed, bytes([owner[0] ^ 1]) + owner[1:])
    larger = (int.from_bytes(signed[32:], "little") + ORDER).to_bytes(32, "little")
    assert not is_signed(words, signed[:32] + larger, owner), "RFC 8032: the scalar is below the order"
    assert not is_signed(words, signed[:-1], owner)
    assert not is_signed(words, signed, owner[:-1])
