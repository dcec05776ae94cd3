"""Where the key of the people rows comes from: the system's keyring, else a password.

The key itself never lies in a file beside the data. With a password it is stored wrapped (Argon2id
and AES-256-GCM), with a keyring it is not stored here at all.
"""

import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station.ports import WrongKey

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
SERVICE = "refurbishment-station"


class Notes(Protocol):
    """The few values a store keeps about its own key."""

    store_id: str

    def get(self, name: str) -> bytes | None:
        """A noted value."""

    def put(self, name: str, value: bytes) -> None:
        """Note a value."""


class KeySource(Protocol):
    """Gives a store its key, making one for a new store."""

    def key(self, notes: Notes) -> bytes:
        """The 32-byte key; raises WrongKey."""


class StatedKey:
    """A key that everybody may know: for the demonstration store and for tests."""

    def __init__(self, words: str) -> None:
        self._key = sha256(words.encode()).digest()

    def key(self, notes: Notes) -> bytes:  # noqa: ARG002 -- it depends on nothing
        """The stated key."""
        return self._key


class KeyringKey:
    """The key lies in the keyring of the operating system's account."""

    def key(self, notes: Notes) -> bytes:
        """The key from the keyring; raises WrongKey when a known store's key is not there."""
        import keyring  # noqa: PLC0415 -- costs time at start, and only this source needs it

        found = keyring.get_password(SERVICE, notes.store_id)
        if found is not None:
            return bytes.fromhex(found)
        if notes.get("key_check") is not None:
            raise WrongKey(notes.store_id)
        key = secrets.token_bytes(KEY_BYTES)
        keyring.set_password(SERVICE, notes.store_id, key.hex())
        return key


class PasswordKey:
    """The key is wrapped by a password that a person types at start."""

    def __init__(self, ask: Callable[[bool], str]) -> None:
        self._ask = ask  # called with True when a new password is to be chosen

    def key(self, notes: Notes) -> bytes:
        """Unwrap the key; raises WrongKey for a wrong password."""
        wrapped = notes.get("wrapped_key")
        if wrapped is None:
            return self._choose(notes)
        return unwrap(wrapped, self._ask(False))

    def _choose(self, notes: Notes) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        notes.put("wrapped_key", wrap(key, self._ask(True)))
        return key


def wrap(key: bytes, password: str) -> bytes:
    """Salt, nonce and the key encrypted under the password."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    return salt + nonce + AESGCM(_stretch(password, salt)).encrypt(nonce, key, None)


def unwrap(wrapped: bytes, password: str) -> bytes:
    """The key that `wrap` put away; raises WrongKey."""
    salt, rest = wrapped[:SALT_BYTES], wrapped[SALT_BYTES:]
    try:
        cipher = AESGCM(_stretch(password, salt))
        return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], None)
    except InvalidTag as error:
        raise WrongKey from error


def _stretch(password: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 -- only for passwords

    # the second recommended option of RFC 9106: 64 MiB, 3 passes, 4 lanes
    return hash_secret_raw(
        password.encode(),
        salt,
        time_cost=3,
        memory_cost=65_536,
        parallelism=4,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def check_value(key: bytes) -> bytes:
    """What a store notes to tell a wrong key from a damaged row."""
    return sha256(b"station key check" + key).digest()
