"""What a PC must hold to work on a shared store: where it is, its password, the key of its people.

```
file = MAGIC ‖ K or P ‖ name (8 bytes) ‖ salt ‖ nonce ‖ AES-256-GCM(msgpack of the pass)
```

On the PC the file is sealed under a secret of the account's keyring (K), or where there is none
under a password that a person types at start (P). On the stick that brings another PC in it is
sealed under a passcode that goes another way (P). So no secret lies in clear in any file.
"""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import URL

from station.files import put_file
from station.ports import WrongKey
from station.store.keys import (
    NewKey,
    found_in_keyring,
    keyring_works,
    put_in_keyring,
    unwrap,
    wrap,
)
from station.stretching import drawn_digits

MAGIC = b"refurbishment-station pass 1\n"
IN_KEYRING, TYPED = b"K", b"P"
NAME_BYTES = 8  # of the secret in the keyring
SECRET_BYTES = 32
LARGEST = 2**16
PASSCODE_DIGITS = 12  # the file opens a whole point: more than a lent laptop's eight
ROLE = DATABASE = "station"
CONNECT_S = 5  # for each address of the main PC


class NotAPass(Exception):
    """Another kind of file, one of a newer version, or a damaged one."""

    code = "not_a_pass"


class PassDamaged(Exception):
    """What this PC kept of the pass cannot be read any more; the shared store is not touched."""

    code = "pass_damaged"


class SharedPass(Struct, frozen=True):
    """Where the shared store is, and what opens it."""

    hosts: tuple[str, ...]  # names and addresses of the main PC, tried in turn
    port: int
    password: str
    certificate: bytes  # PEM, pinned
    key: bytes  # of the people rows
    coming: str = ""  # the password that a lock-out was giving when the power went

    def url(self, certificate: Path) -> str:
        """The store's address for a PC that keeps the certificate in this file."""
        address = URL.create(
            "postgresql+psycopg",
            ROLE,
            self.password,
            database=DATABASE,
            query={
                "host": tuple(f"{host}:{self.port}" for host in self.hosts),
                "sslmode": "verify-ca",
                "sslrootcert": str(certificate),
                "connect_timeout": str(CONNECT_S),
            },
        )
        return address.render_as_string(hide_password=False)


class PassKey:
    """The key of the people rows as the pass brings it."""

    def __init__(self, shared: SharedPass) -> None:
        self._key = shared.key

    def new(self) -> NewKey:
        """A pass is of a store that has its key."""
        raise WrongKey

    def known(self, notes: Mapping[str, bytes]) -> bytes:  # noqa: ARG002 -- it depends on nothing
        """The pass's key."""
        return self._key


def new_passcode() -> str:
    """Drawn, not chosen; told by mouth or telephone."""
    return drawn_digits(PASSCODE_DIGITS)


def sealed(shared: SharedPass, passcode: str) -> bytes:
    """The file that brings another PC in."""
    return _sealed(shared, TYPED, bytes(NAME_BYTES), passcode)


def opened(raw: bytes, secret: str) -> SharedPass:
    """The pass; raises NotAPass, or WrongKey for another secret."""
    body = unwrap(_parts(raw)[2], secret)
    try:
        return msgspec.msgpack.decode(body, type=SharedPass)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotAPass from error


class PassFile:
    """The pass of this PC. `ask` gives the password that a person typed: True for a new one."""

    def __init__(self, file: Path, ask: Callable[[bool], str]) -> None:
        self.file, self._ask = file, ask

    def exists(self) -> bool:
        """Whether this PC works on a shared store."""
        return self.file.exists()

    def keep(self, shared: SharedPass, *, new: bool) -> None:
        """Hold a pass from now on: durable when this returns. `new`: a password is chosen now."""
        name = secrets.token_bytes(NAME_BYTES)
        if keyring_works():
            secret = secrets.token_hex(SECRET_BYTES)
            put_in_keyring(_entry(name), secret)
            raw = _sealed(shared, IN_KEYRING, name, secret)
        else:
            raw = _sealed(shared, TYPED, name, self._ask(new))
        put_file(self.file, raw)

    def change(self, shared: SharedPass) -> None:
        """Hold a changed pass under the secret of the one before."""
        raw = self.file.read_bytes()
        by, name, _rest = _parts(raw)
        put_file(self.file, _sealed(shared, by, name, self._secret(by, name)))

    def read(self) -> SharedPass:
        """The pass; raises PassDamaged, WrongKey or KeyMissing, and whatever asking raises."""
        raw = self.file.read_bytes()
        try:
            by, name, _rest = _parts(raw)
            return opened(raw, self._secret(by, name))
        except NotAPass as error:
            raise PassDamaged from error

    def certificate_file(self, shared: SharedPass) -> Path:
        """The pinned certificate as the file that the database's driver wants; it is no secret."""
        file = self.file.with_suffix(".crt")
        if not file.exists() or file.read_bytes() != shared.certificate:
            put_file(file, shared.certificate)
        return file

    def _secret(self, by: bytes, name: bytes) -> str:
        return found_in_keyring(_entry(name)) if by == IN_KEYRING else self._ask(False)


def _sealed(shared: SharedPass, by: bytes, name: bytes, secret: str) -> bytes:
    return MAGIC + by + name + wrap(msgspec.msgpack.encode(shared), secret)


def _parts(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """By what it is sealed, under which name, and what; raises NotAPass."""
    start = len(MAGIC) + 1
    by = raw[len(MAGIC) : start]
    if not raw.startswith(MAGIC) or len(raw) > LARGEST or by not in {IN_KEYRING, TYPED}:
        raise NotAPass
    return by, raw[start : start + NAME_BYTES], raw[start + NAME_BYTES :]


def _entry(name: bytes) -> str:
    return f"shared-{name.hex()}"
