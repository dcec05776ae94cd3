"""Passcodes to be typed, and a key from what was typed: Argon2id, so that guessing is slow."""

import secrets
from unicodedata import normalize

KEY_BYTES = 32
SALT_BYTES = 16


def stretched(typed: str, salt: bytes) -> bytes:
    """32 bytes, the same however an input method composed what was typed."""
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 -- only where one is typed

    # the second recommended option of RFC 9106: 64 MiB, 3 passes, 4 lanes
    return hash_secret_raw(
        normalize("NFC", typed).encode(),
        salt,
        time_cost=3,
        memory_cost=65_536,
        parallelism=4,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def drawn_digits(count: int) -> str:
    """A passcode of digits: an input method rewrites letters."""
    return "".join(str(secrets.randbelow(10)) for _ in range(count))
