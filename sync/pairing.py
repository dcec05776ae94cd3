"""What binds a laptop's report to the person who stands before both screens.

The full code proves who sends: a key is derived from it slowly, because nine digits can be tried
out. The short form names what is sent: it is computed from the report alone, by both ends, so that
whoever compares six digits on two screens lets in exactly those bytes. See decision 0014.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import Final

from msgspec import Struct

from station.codes import CodeKind, NotACode, make_pairing, parse_scan

SALT_LENGTH: Final = 16
NAME_LENGTH: Final = 16
SHORT_DIGITS: Final = 6
_KEY: Final = b"refurbishment-station pairing 1\0"
_SHORT: Final = b"refurbishment-station short form 1\0"
_OFFER: Final = b"refurbishment-station offer 1\0"
_COST: Final = 2**15  # with blocks of 8: 32 MiB and about 0.1 s, so all codes take years
_BLOCK: Final = 8
_MEMORY: Final = 2**26


class NotWaiting(Exception):
    """The laptop stopped asking before its report was picked."""

    code = "not_waiting"


class CodeTaken(Exception):
    """The code brought a report already; the laptop shows a fresh one."""

    code = "code_taken"


class PairingKey(Struct, frozen=True):
    """A code as one receiver knows it; it lives in memory only."""

    name: bytes  # travels openly and says which code is meant
    secret: bytes


def draw_code() -> str:
    """A fresh pairing code for one report."""
    return make_pairing(f"{secrets.randbelow(10**9):09d}")


def draw_salt() -> bytes:
    """What a receiver adds to every code, drawn at each start: no table of keys fits two."""
    return secrets.token_bytes(SALT_LENGTH)


def pairing_code(raw: str) -> str:
    """The pairing code that was scanned or typed; raises BadCode."""
    code = parse_scan(raw)
    if code.kind is not CodeKind.PAIRING:
        raise NotACode(raw)
    return code.text


@lru_cache(maxsize=16)  # a laptop asks every few seconds with the same code
def key_of(code: str, salt: bytes) -> PairingKey:
    """The key that a code means to the receiver with this salt; takes about 0.1 s."""
    derived = _slow(code.encode("ascii"), _KEY + salt, NAME_LENGTH + hashlib.sha256().digest_size)
    return PairingKey(derived[:NAME_LENGTH], derived[NAME_LENGTH:])


def prove(key: PairingKey, digest: bytes, size_bytes: int) -> bytes:
    """The proof that whoever offers these bytes knows the code."""
    said = _OFFER + digest + size_bytes.to_bytes(8, "big")
    return hmac.digest(key.secret, said, "sha256")


def proves(proof: bytes, key: PairingKey, digest: bytes, size_bytes: int) -> bool:
    """Whether a proof is right, asked in constant time."""
    return hmac.compare_digest(proof, prove(key, digest, size_bytes))


def short_form(digest: bytes) -> str:
    """Six digits that stand for a report, such as 482913; takes about 0.1 s.

    A forger who wants other bytes under the same digits tries half a million reports on average.
    """
    drawn = int.from_bytes(_slow(digest, _SHORT, 8), "big")
    return f"{drawn % 10**SHORT_DIGITS:0{SHORT_DIGITS}d}"


def grouped_short(short: str) -> str:
    """The short form as people read it: 482 913."""
    return f"{short[:3]} {short[3:]}"


def _slow(secret: bytes, salt: bytes, length: int) -> bytes:
    return hashlib.scrypt(secret, salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=length)
