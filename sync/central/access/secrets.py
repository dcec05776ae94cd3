"""The service's own secrets: made once, kept in its database, sealed under the key it starts with.

Whoever copies the database without the key can neither sign as the service, nor make a token, nor
read a people row. The key is 32 bytes, written as 64 hexadecimal digits, in a file of its own.
"""

import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url

from station.signing import SigningKey
from sync.central import tables as t
from sync.central.database import reading, writing
from sync.sealing import Cipher, WrongSeal

log = logging.getLogger("sync.central")

KEY_BYTES = 32
CREDENTIAL = "central-key"  # the name under which systemd hands the key over
SIGNING, TOKENS, PEOPLE, CODES, FINDING, FORMS = NAMES = (
    "signing", "tokens", "people", "codes", "finding", "forms",
)  # fmt: skip


class NoKey(Exception):
    """The service was started without the key that opens its secrets."""


class KeyLost(Exception):
    """The secrets are there, and the pilot's key file beside the database is not."""


class NotAKey(Exception):
    """The file holds no key."""


class WrongKey(Exception):
    """The secrets of this database were sealed under another key."""


@dataclass(frozen=True)
class Secrets:
    """What only the service knows, opened."""

    signing: SigningKey  # grants and answers of sessions
    tokens: Cipher  # challenges and tokens
    people: Cipher  # people rows and files at rest
    codes: bytes = field(repr=False)  # under which one-time codes are hashed
    finding: bytes = field(repr=False)  # under which names and numbers are hashed to be found by
    forms: bytes = field(repr=False)  # under which forms are signed, so that nobody else sends them

    @property
    def anchors(self) -> tuple[bytes, ...]:
        """The public keys by which points know the service."""
        return (self.signing.public,)


def opened_secrets(engine: Engine, key: bytes) -> Secrets:
    """The secrets of this database, made when there are none; raises WrongKey."""
    seal = Cipher(key)
    if not (held := sealed(engine)).keys() >= set(NAMES):
        with writing(engine) as connection:
            _make(connection, seal)
        held = sealed(engine)
    try:
        found = {name: seal.open(_label(name), held[name]) for name in NAMES}
    except WrongSeal as error:
        raise WrongKey from error
    ciphers = Cipher(found[TOKENS]), Cipher(found[PEOPLE])
    hashing = found[CODES], found[FINDING], found[FORMS]
    return Secrets(SigningKey(found[SIGNING]), *ciphers, *hashing)


def sealed(engine: Engine) -> Mapping[str, bytes]:
    """The secrets as they lie in the database."""
    with reading(engine) as connection:
        rows = connection.execute(select(t.service_secret.c.name, t.service_secret.c.sealed))
        return {row.name: row.sealed for row in rows}


def _make(connection: Connection, seal: Cipher) -> None:
    """Whichever worker comes first makes them; the others read what it made."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    fresh = {name: secrets.token_bytes(KEY_BYTES) for name in NAMES}
    rows = [
        {"name": name, "sealed": seal.seal(_label(name), secret)} for name, secret in fresh.items()
    ]
    connection.execute(dialect.insert(t.service_secret).on_conflict_do_nothing(), rows)


def _label(name: str) -> bytes:
    return b"station-central secret " + name.encode()


# ---- the key it is started with ----


def found_key(engine: Engine, file: Path | None) -> bytes:
    """The key of `--key-file`, of systemd, or of a pilot; raises NoKey, KeyLost or NotAKey."""
    if file is None:
        file = _credential() or pilot_key_file(engine)
    return read_key(file)


def _credential() -> Path | None:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    file = Path(folder, CREDENTIAL) if folder else None
    return file if file and file.exists() else None


def pilot_key_file(engine: Engine) -> Path:
    """The key file beside a pilot's database, made for a new one."""
    file = beside(str(engine.url))
    if file is None:
        raise NoKey
    if not file.exists():
        if sealed(engine):
            raise KeyLost(file)
        make_key_file(file)
        log.warning("a key was made: %s. Keep a copy of it, apart from the database's.", file)
    return file


def beside(url: str) -> Path | None:
    """Where a pilot's key lies; None for what is no SQLite file."""
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database or parts.database == ":memory:":
        return None
    return Path(parts.database + ".key")


def make_key_file(file: Path) -> None:
    """Write a new key that only this user reads, whole or not at all; one that is there stays."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as written:
            written.write(secrets.token_hex(KEY_BYTES) + "\n")
            written.flush()
            os.fsync(written.fileno())
        file.hardlink_to(draft)
    except FileExistsError:  # another worker was first
        pass
    finally:
        draft.unlink()


def read_key(file: Path) -> bytes:
    """The key in a file; raises NotAKey."""
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise NotAKey(file) from error
    if len(key) != KEY_BYTES:
        raise NotAKey(file)
    return key
