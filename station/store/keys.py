"""Where the key of the people rows comes from: the system's keyring, else a password.

The key itself never lies in a file beside the data. With a password it is stored wrapped (Argon2id
and AES-256-GCM), with a keyring it is not stored here at all.
"""

import secrets
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from station.ports import KeyMissing, WrongKey
from station.stretching import KEY_BYTES, SALT_BYTES, stretched

NONCE_BYTES = 12
SERVICE = "refurbishment-station"
KEY_CHECK = "key_check"
WRAPPED_KEY = "wrapped_key"


class NewKey(Struct, frozen=True):
    """A key made for a new store, and what the store notes to find it again."""

    key: bytes
    notes: dict[str, bytes]


class KeySource(Protocol):
    """Gives a store its key. It may ask a person, so no transaction is open meanwhile."""

    def new(self) -> NewKey:
        """A key for a store that has none."""

    def known(self, notes: Mapping[str, bytes]) -> bytes:
        """The 32-byte key of a store with these notes; raises WrongKey or KeyMissing."""


class StatedKey:
    """A key that everybody may know: for the demonstration store and for tests."""

    def __init__(self, words: str) -> None:
        self._key = sha256(words.encode()).digest()

    def new(self) -> NewKey:
        """The stated key."""
        return NewKey(self._key, {})

    def known(self, notes: Mapping[str, bytes]) -> bytes:  # noqa: ARG002 -- it depends on nothing
        """The stated key."""
        return self._key


class KeyringKey:
    """The key lies in the keyring of the operating system's account, under the check of its value.

    So two copies of the app that make a key for the same new store never overwrite each other's.
    """

    def new(self) -> NewKey:
        """Make a key; it is in the keyring before the store relies on it."""
        key = secrets.token_bytes(KEY_BYTES)
        keep_in_keyring(key)
        return NewKey(key, {})

    def known(self, notes: Mapping[str, bytes]) -> bytes:
        """The key from the keyring; raises KeyMissing when it does not give one."""
        try:
            return bytes.fromhex(found_in_keyring(_entry(notes[KEY_CHECK])))
        except ValueError as error:
            raise KeyMissing(type(error).__name__) from error


def keyring_works() -> bool:
    """Whether this account has a keyring at all."""
    import keyring  # noqa: PLC0415 -- slow to import; the worker thread does it
    from keyring.backends.fail import Keyring as NoKeyring  # noqa: PLC0415 -- the same

    return not isinstance(keyring.get_keyring(), NoKeyring)


def keep_in_keyring(key: bytes) -> None:
    """Let the account's keyring hold a store's key; raises KeyMissing where it does not take it."""
    put_in_keyring(_entry(check_value(key)), key.hex())


def put_in_keyring(entry: str, secret: str) -> None:
    """Let the account's keyring hold a secret; raises KeyMissing where it does not take it."""
    import keyring  # noqa: PLC0415 -- costs time at start, and only these two need it

    try:
        keyring.set_password(SERVICE, entry, secret)
    except keyring.errors.KeyringError as error:
        raise KeyMissing(type(error).__name__) from error


def found_in_keyring(entry: str) -> str:
    """What the keyring holds under this name; raises KeyMissing when it does not give it."""
    import keyring  # noqa: PLC0415 -- the same

    try:
        found = keyring.get_password(SERVICE, entry)
    except keyring.errors.KeyringError as error:
        raise KeyMissing(type(error).__name__) from error
    if not found:
        raise KeyMissing
    return str(found)


def _entry(check: bytes) -> str:
    return check.hex()[:32]


class PasswordKey:
    """The key is wrapped by a password that a person types at start."""

    def __init__(self, ask: Callable[[bool], str]) -> None:
        self._ask = ask  # called with True when a new password is to be chosen

    def new(self) -> NewKey:
        """Make a key and wrap it by a password that is chosen now."""
        key = secrets.token_bytes(KEY_BYTES)
        return NewKey(key, {WRAPPED_KEY: wrap(key, self._ask(True))})

    def known(self, notes: Mapping[str, bytes]) -> bytes:
        """Unwrap the key; raises WrongKey for a wrong password, KeyMissing for a keyring's key."""
        if WRAPPED_KEY not in notes:
            raise KeyMissing
        return unwrap(notes[WRAPPED_KEY], self._ask(False))


class KeyringElsePassword:
    """A new store's key goes to the keyring; one that a password wraps keeps its password."""

    def __init__(self, ask: Callable[[bool], str]) -> None:
        self._keyring, self._password = KeyringKey(), PasswordKey(ask)

    def new(self) -> NewKey:
        """A key of the keyring."""
        return self._keyring.new()

    def known(self, notes: Mapping[str, bytes]) -> bytes:
        """The key from where the store's notes say it is."""
        source: KeySource = self._password if WRAPPED_KEY in notes else self._keyring
        return source.known(notes)


def wrap(key: bytes, password: str) -> bytes:
    """Salt, nonce and the key encrypted under the password."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    return salt + nonce + AESGCM(stretched(password, salt)).encrypt(nonce, key, None)


def unwrap(wrapped: bytes, password: str) -> bytes:
    """The key that `wrap` put away; raises WrongKey."""
    salt, rest = wrapped[:SALT_BYTES], wrapped[SALT_BYTES:]
    if len(rest) <= NONCE_BYTES:
        raise WrongKey
    try:
        cipher = AESGCM(stretched(password, salt))
        return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], None)
    except InvalidTag as error:
        raise WrongKey from error


def check_value(key: bytes) -> bytes:
    """What a store notes to tell a wrong key from a damaged row."""
    return sha256(b"station key check" + key).digest()
